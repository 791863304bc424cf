"""PgBouncer between Airflow and PostgreSQL: its files, and how Airflow reaches it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.objects import Piece
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.services.authority import (
    CERTIFICATE,
    KEY,
    Authority,
    authority_file,
    authority_parts,
)
from cdk8s_airflow.services.database import DatabaseServer
from cdk8s_airflow.services.login import Login
from cdk8s_airflow.services.timeouts import LIBPQ, PGBOUNCER
from cdk8s_airflow.services.urls import DATABASE, RESULT_BACKEND, Url, server_url

PORT = 6432
METADATA, RESULTS = "airflow", "results"
"""How clients call a database behind PgBouncer, and themselves there."""
FILES = "/run/pgbouncer/files"
SOCKETS = "/run/pgbouncer/sockets"
_EVERYWHERE = ("0.0.0.0/0", "::/0")  # PgBouncer before 1.20 does not know `all`
CLIENT_SIDE = frozenset(
    {
        *("application_name", "connect_timeout", "fallback_application_name", "keepalives"),
        *("keepalives_count", "keepalives_idle", "keepalives_interval", "tcp_user_timeout"),
    }
)
"""Parameters of libpq that mean the same on the way to PgBouncer."""
_SPELLED: Mapping[str, str] = {
    "connect_timeout": "server_connect_timeout",
    "keepalives": "tcp_keepalive",
    "keepalives_count": "tcp_keepcnt",
    "keepalives_idle": "tcp_keepidle",
    "keepalives_interval": "tcp_keepintvl",
    "tcp_user_timeout": "tcp_user_timeout",
}
"""Those that PgBouncer has, too, for its own connections."""


@dataclass(frozen=True, kw_only=True)
class Pool:
    """A database behind PgBouncer."""

    name: str
    """`METADATA` or `RESULTS`."""
    login: Login
    """How PgBouncer reaches it."""
    client: SecretKey
    """Password by which Airflow logs in to PgBouncer: not the server's."""
    size: int
    """Connections to the server that one PgBouncer may open."""


@dataclass(frozen=True, kw_only=True)
class Pooler:
    """One PgBouncer of a release, as its clients and its files know it."""

    host: str
    """Name of its Service."""
    pools: Sequence[Pool]
    """The metadata, and the results if they are in PostgreSQL."""
    clients: int
    """`max_client_conn`."""
    server_tls: str
    """`server_tls_sslmode`."""
    server_ca: Authority | None = None
    """Who vouches for the server."""
    server_certificate: str | None = None
    """Secret with the certificate by which the server knows PgBouncer."""
    tls: str | None = None
    """Secret with the certificate that clients see."""
    ca: Authority | None = None
    """Who vouches for it."""
    exporter: bool = False
    """Somebody reads its statistics."""

    @property
    def url(self) -> Url:
        """How Airflow reaches the metadata."""
        return self._url("postgresql+psycopg2", self.pools[0], DATABASE)

    @property
    def results_url(self) -> Url | None:
        """How Celery reaches the results; None: they are not behind PgBouncer."""
        if len(self.pools) == 1:
            return None
        return self._url("db+postgresql+psycopg2", self.pools[1], RESULT_BACKEND)

    @property
    def server(self) -> DatabaseServer:
        """The metadata by its parts, for clients that have no file with an authority."""
        return DatabaseServer(
            kind="postgresql",
            host=self.host,
            port=PORT,
            database=METADATA,
            user=METADATA,
            password=self.pools[0].client,
            parameters={"sslmode": "require" if self.tls else "disable"},
        )

    @property
    def files(self) -> Mapping[str, str]:
        """The files, with `{NAME}` for each credential; the program pgbouncer.py fills them."""
        users = [f'"{pool.name}" "{{{pool.name}.client}}"' for pool in self.pools]
        users += ['"exporter" ""'] if self.exporter else []
        lines = {
            "pgbouncer.ini": self._ini(),
            "databases.ini": ["[databases]", *map(_database, self.pools)],
            "users.txt": users,
            "hba.conf": self._hba(),
        }
        return {name: "".join(f"{line}\n" for line in lines[name]) for name in lines}

    @property
    def sources(self) -> Sequence[Piece]:
        """What the files are made of besides themselves: sources of a projected volume."""
        secrets: list[tuple[SecretKey, str]] = []
        for pool in self.pools:
            secrets.append((pool.client, f"credentials/{pool.name}.client"))
            for part in ("user", "password"):
                value = getattr(pool.login, part)
                if isinstance(value, SecretKey):
                    secrets.append((value, f"credentials/{pool.name}.{part}"))
        for side, certificate in (("client", self.tls), ("server", self.server_certificate)):
            if certificate:
                secrets.append((SecretKey(name=certificate, key=CERTIFICATE), f"{side}.crt"))
                secrets.append((SecretKey(name=certificate, key=KEY), f"{side}.key"))
        sources = [_source("secret", key, path) for key, path in secrets]
        if self.server_ca:
            kind = "secret" if isinstance(self.server_ca, SecretKey) else "configMap"
            sources.append(_source(kind, self.server_ca, "server-ca.crt"))
        return sources

    def _url(self, scheme: str, pool: Pool, prefix: str) -> Url:
        return server_url(
            scheme,
            host=self.host,
            port=PORT,
            path=pool.name,
            prefix=prefix,
            user=pool.name,
            password=pool.client,
            parameters=self._parameters(pool, prefix),
            beside=authority_parts(prefix, self.ca),
        )

    def _parameters(self, pool: Pool, prefix: str) -> Mapping[str, str]:
        said = {k: v for k, v in pool.login.parameters.items() if k in CLIENT_SIDE}
        kept = {**LIBPQ, **said}
        if not self.tls:
            return kept
        verified = {"sslmode": "verify-full", "sslrootcert": authority_file(prefix)}
        return {**kept, **(verified if self.ca else {"sslmode": "require"})}

    def _ini(self) -> Iterator[str]:
        yield from (
            f"%include {FILES}/databases.ini",
            "",
            "[pgbouncer]",
            "listen_addr = *",
            f"listen_port = {PORT}",
            f"unix_socket_dir = {SOCKETS}",
            "auth_type = hba",
            f"auth_hba_file = {FILES}/hba.conf",
            f"auth_file = {FILES}/users.txt",
            "pool_mode = transaction",
            f"max_client_conn = {self.clients}",
            "; asyncpg prepares statements in one transaction and uses them in another",
            "max_prepared_statements = 200",
            "; a server or password that is right again is noticed soon",
            "server_login_retry = 2",
            "; an address that is dead is given up soon",
            *(f"{name} = {value}" for name, value in self._timeouts.items()),
            f"server_tls_sslmode = {self.server_tls}",
        )
        if self.server_ca:
            yield f"server_tls_ca_file = {FILES}/server-ca.crt"
        if self.server_certificate:
            yield f"server_tls_cert_file = {FILES}/server.crt"
            yield f"server_tls_key_file = {FILES}/server.key"
        if self.tls:
            yield "client_tls_sslmode = require"
            yield f"client_tls_cert_file = {FILES}/client.crt"
            yield f"client_tls_key_file = {FILES}/client.key"
        if self.exporter:
            yield "stats_users = exporter"
            yield "ignore_startup_parameters = extra_float_digits"  # of the exporter's driver
        yield "log_connections = 0"
        yield "log_disconnections = 0"

    @property
    def _timeouts(self) -> Mapping[str, str]:
        """Ours, and what the parameters of the metadata database say in their place."""
        said = self.pools[0].login.parameters
        names = {libpq: name for libpq, name in _SPELLED.items() if libpq in said}
        return {**PGBOUNCER, **{name: said[libpq] for libpq, name in names.items()}}

    def _hba(self) -> Iterator[str]:
        """Who may ask for which database: nobody else may ask for any."""
        if self.exporter:
            yield "local pgbouncer exporter trust"
        yield f"local {METADATA} {METADATA} scram-sha-256"
        kind = "hostssl" if self.tls else "host"
        for pool in self.pools:
            for network in _EVERYWHERE:
                yield f"{kind} {pool.name} {pool.name} {network} scram-sha-256"


def _database(pool: Pool) -> str:
    login = pool.login
    words = {"host": login.host, "port": str(login.port), "dbname": login.database}
    line = [f"{name}={_quoted(value)}" for name, value in words.items()]
    for part in ("user", "password"):
        value = getattr(login, part)
        if isinstance(value, SecretKey):
            line.append(f"{part}='{{{pool.name}.{part}}}'")
        elif value:
            line.append(f"{part}={_quoted(value)}")
    return " ".join([f"{pool.name} =", *line, f"pool_size={pool.size}"])


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _source(kind: str, key: Authority, path: str) -> Piece:
    return {kind: {"name": key.name, "items": [{"key": key.key, "path": path}]}}
