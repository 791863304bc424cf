"""PgBouncer's configuration files, and the URLs by which Airflow connects to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.services.authority import (
    CERTIFICATE,
    KEY,
    Authority,
    authority_file,
    authority_parts,
)
from cdk8s_airflow.services.database import DatabaseServer
from cdk8s_airflow.services.pgbouncer_pool import Pool
from cdk8s_airflow.services.timeouts import LIBPQ, PGBOUNCER
from cdk8s_airflow.services.urls import DATABASE, RESULT_BACKEND, Url, server_url

PORT = 6432
METADATA, RESULTS = "airflow", "results"
"""Names of the databases in PgBouncer, and of the users that connect to them."""
FILES = "/run/pgbouncer/files"
SOCKETS = "/run/pgbouncer/sockets"
_ALL_NETWORKS = ("0.0.0.0/0", "::/0")  # PgBouncer before 1.20 does not know `all`
CLIENT_SIDE = frozenset(
    {
        *("application_name", "connect_timeout", "fallback_application_name", "keepalives"),
        *("keepalives_count", "keepalives_idle", "keepalives_interval", "tcp_user_timeout"),
    }
)
"""Parameters of libpq that apply to the connection to PgBouncer too."""
_PGBOUNCER_NAMES: Mapping[str, str] = {
    "connect_timeout": "server_connect_timeout",
    "keepalives": "tcp_keepalive",
    "keepalives_count": "tcp_keepcnt",
    "keepalives_idle": "tcp_keepidle",
    "keepalives_interval": "tcp_keepintvl",
    "tcp_user_timeout": "tcp_user_timeout",
}
"""Parameter of libpq -> PgBouncer's name of it, for its connections to the server."""
_PARTS: Mapping[str, str] = {
    "host": "host",
    "port": "port",
    "dbname": "database",
    "user": "user",
    "password": "password",
}
"""PgBouncer's word for a part of a login -> ours."""


@dataclass(frozen=True, kw_only=True)
class Pooler:
    """The settings of a release's PgBouncer."""

    host: str
    """Name of its Service."""
    port: int = PORT
    """Port of its Service."""
    pools: Sequence[Pool]
    """The metadata, and the results if they are in PostgreSQL."""
    clients: int
    """`max_client_conn`."""
    server_tls: str
    """`server_tls_sslmode`."""
    server_ca: Authority | None = None
    """CA certificates of the server."""
    server_certificate: str | None = None
    """Name of the Secret with PgBouncer's client certificate."""
    tls: str | None = None
    """Name of the Secret with PgBouncer's server certificate."""
    ca: Authority | None = None
    """CA certificates of `tls`."""
    exporter: bool = False
    """Whether the exporter reads its statistics."""

    @property
    def url(self) -> Url:
        """The URL of the metadata database."""
        return self._url("postgresql+psycopg2", self.pools[0], DATABASE)

    @property
    def results_url(self) -> Url | None:
        """The URL of Celery's results; None: they are not behind PgBouncer."""
        if len(self.pools) == 1:
            return None
        return self._url("db+postgresql+psycopg2", self.pools[1], RESULT_BACKEND)

    @property
    def server(self) -> DatabaseServer:
        """The metadata database, for clients that have no file with CA certificates."""
        return DatabaseServer(
            kind="postgresql",
            host=self.host,
            port=self.port,
            database=METADATA,
            user=self.pools[0].client[0],
            password=self.pools[0].client[1],
            parameters={"sslmode": "require" if self.tls else "disable"},
        )

    @property
    def files(self) -> Mapping[str, str]:
        """The files, with `{NAME}` for each credential; the program pgbouncer.py fills them."""
        known = [user for pool in self.pools for user in pool.users]
        users = [f'"{name}" "{{{file}}}"' for name, file, _ in known]
        users += ['"exporter" ""'] if self.exporter else []
        lines = {
            "pgbouncer.ini": self._ini(),
            "databases.ini": ["[databases]", *map(_database, self.pools)],
            "users.txt": users,
            "hba.conf": self._hba(),
        }
        return {name: "".join(f"{line}\n" for line in lines[name]) for name in lines}

    @property
    def sources(self) -> Sequence[Manifest]:
        """Sources of the projected volume with credentials and certificates."""
        secrets: list[tuple[SecretKey, str]] = []
        for pool in self.pools:
            secrets += [(password, f"credentials/{file}") for _, file, password in pool.users]
            for part in _PARTS.values():
                value = getattr(pool.login, part)
                if isinstance(value, SecretKey):
                    file = pool.login.credential(pool.name, part)
                    secrets.append((value, f"credentials/{file}"))
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
            port=self.port,
            path=pool.name,
            prefix=prefix,
            user=pool.client[0],
            password=pool.client[1],
            parameters=self._parameters(pool, prefix),
            pod_parts=authority_parts(prefix, self.ca),
        )

    def _parameters(self, pool: Pool, prefix: str) -> Mapping[str, str]:
        own = {k: v for k, v in pool.login.parameters.items() if k in CLIENT_SIDE}
        kept = {**LIBPQ, **own}
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
        """Time-outs, overridden by the parameters of the metadata database."""
        parameters = self.pools[0].login.parameters
        names = {libpq: name for libpq, name in _PGBOUNCER_NAMES.items() if libpq in parameters}
        return {**PGBOUNCER, **{name: parameters[libpq] for libpq, name in names.items()}}

    def _hba(self) -> Iterator[str]:
        """The lines of hba.conf: each user may connect to its database only."""
        if self.exporter:
            yield "local pgbouncer exporter trust"
        yield f"local {METADATA} {self.pools[0].client[0]} scram-sha-256"
        kind = "hostssl" if self.tls else "host"
        for pool in self.pools:
            users = ",".join(name for name, _, _ in pool.users)
            for network in _ALL_NETWORKS:
                yield f"{kind} {pool.name} {users} {network} scram-sha-256"


def _database(pool: Pool) -> str:
    login = pool.login
    line = []
    for word, part in _PARTS.items():
        value = getattr(login, part)
        if isinstance(value, SecretKey):
            line.append(f"{word}='{{{login.credential(pool.name, part)}}}'")
        elif value:
            line.append(f"{word}={_quoted(str(value))}")
    limit = [f"max_db_connections={pool.limit}"] if pool.limit else []
    return " ".join([f"{pool.name} =", *line, f"pool_size={pool.size}", *limit])


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _source(kind: str, key: Authority, path: str) -> Manifest:
    return {kind: {"name": key.name, "items": [{"key": key.key, "path": path}]}}
