"""PostgreSQL, embedded or external."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from constructs import Construct

from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.pods import Container, empty_dir, resources
from cdk8s_airflow.kubernetes.probes import Probe, command
from cdk8s_airflow.kubernetes.references import EnvValue, SecretKey, env_vars
from cdk8s_airflow.kubernetes.service_props import service_port
from cdk8s_airflow.kubernetes.structs import k8s
from cdk8s_airflow.platform import GeneratedSecret, Platform
from cdk8s_airflow.services.authority import Authority
from cdk8s_airflow.services.database import DatabaseServer, ExternalDatabase
from cdk8s_airflow.services.exporters import PostgresqlExporter
from cdk8s_airflow.services.login import Login
from cdk8s_airflow.services.postgresql_drain import DRAIN
from cdk8s_airflow.services.server import EmbeddedServer, Server, server_host, user_name
from cdk8s_airflow.services.tls import LIBPQ_ENCRYPTS, postgresql_problems
from cdk8s_airflow.services.tokens import token_problems
from cdk8s_airflow.services.urls import DATABASE, RESULT_BACKEND, Url, address_problems

PORT = 5432
_COMPONENT = "postgresql"
_DRIVER = "postgresql+psycopg2"
_NAME = "airflow"
RESULT_DATABASE = "airflow_results"
"""Name of the database for Celery's results, and of its role."""
_DATA = "/var/lib/postgresql/data"


@dataclass(frozen=True, kw_only=True)
class EmbeddedPostgresql(EmbeddedServer):
    """An embedded PostgreSQL server: one pod with a persistent volume.

    For clusters without a managed database. It is not replicated; `backup=` saves what is in it.
    """

    image: Image = Image(repository="postgres", tag="17.6")
    """The official image, or a compatible one; a new major version cannot read the data of an older
    one. Default: 17.6."""
    storage: str = "10Gi"
    """Size of the volume, a Kubernetes quantity; the metadata of a million task runs takes about 1
    GiB. Default: 10Gi."""
    max_connections: int = 200
    """`max_connections`; each Airflow process opens up to 15 (`sql_alchemy_pool_size` +
    `max_overflow`). Default: 200."""
    resources: k8s.ResourceRequirements | Manifest | None = None
    """Requests and limits; 54 MiB were measured on an idle release. Default: 100m CPU, 256Mi, limit
    1Gi."""
    exporter: PostgresqlExporter | None = None
    """Metrics for Prometheus, from a separate pod. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.exporter:
            yield from self.exporter.embedded_problems("EmbeddedPostgresql")
        if self.max_connections < 20:
            yield (
                f"EmbeddedPostgresql(max_connections={self.max_connections}): expected 20 or more"
            )

    def url(self, release: str) -> Url:
        """The URL by which the release connects."""
        return self.login(release).url(_DRIVER, DATABASE)

    def login(self, release: str) -> Login:
        """The metadata database, and its owner."""
        return self._login(release, _NAME, self.passwords(release, _COMPONENT))

    def server(self, release: str) -> DatabaseServer:
        """Its host, port and credentials, for other clients."""
        return DatabaseServer(kind="postgresql", **vars(self.login(release)))

    def generated(self, platform: Platform) -> Sequence[GeneratedSecret]:
        """The password of the metadata database's owner."""
        found = self.passwords(platform.release, _COMPONENT).values()
        return [GeneratedSecret(secret=secret, kind="password") for secret in found]

    def result_backend_url(self, release: str, prefix: str = RESULT_BACKEND) -> Url:
        """The URL of the database for Celery's results, whose role can read nothing else.

        `parts.result_database` creates both.
        """
        return self.result_login(release).url(f"db+{_DRIVER}", prefix)

    def result_login(self, release: str) -> Login:
        """The database for results, and its owner."""
        return self._login(release, RESULT_DATABASE, self.result_passwords(release))

    def database_passwords(self, release: str) -> Mapping[int, SecretKey]:
        """Number -> password of the metadata database, the one in use first."""
        return self.passwords(release, _COMPONENT)

    def result_passwords(self, release: str) -> Mapping[int, SecretKey]:
        """Number -> password of the role for results, the one in use first."""
        return self.passwords(release, "result-backend")

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the server to the bundle."""
        ready = command("pg_isready", "--host=127.0.0.1", f"--username={_NAME}")
        env: dict[str, EnvValue] = {
            "POSTGRES_USER": _NAME,
            "POSTGRES_DB": _NAME,
            # For an empty volume alone; roles with other numbers are made by a Job.
            "POSTGRES_PASSWORD": min(self.passwords(platform.release, _COMPONENT).items())[1],
            "POSTGRES_INITDB_ARGS": "--encoding=UTF8 --auth-host=scram-sha-256",
            "PGDATA": f"{_DATA}/pgdata",
        }
        Server(
            scope,
            _COMPONENT,
            platform=platform,
            container=Container(
                name=_COMPONENT,
                image=self.image,
                args=("postgres", "-c", f"max_connections={self.max_connections}"),
                ports={_COMPONENT: PORT},
                startup=Probe(handler=ready, period=1, failures=300),
                readiness=Probe(handler=ready, period=10, failures=3),
                liveness=Probe(handler=ready, period=15, timeout=10, failures=6),
                resources=resources(cpu="100m", memory="256Mi", memory_limit="1Gi"),
                lifecycle={"preStop": command("sh", "-c", DRAIN)},
            ),
            parts=PodParts(env=env_vars(env))
            # A socket and its lock; large sorts spill to the folder of the data.
            + empty_dir("run", "/var/run/postgresql", "16Mi")
            + empty_dir("tmp", "/tmp", "64Mi"),
            data=_DATA,
            props=self,
            grace_seconds=120,
        )

    def _login(self, release: str, name: str, passwords: Mapping[int, SecretKey]) -> Login:
        host = server_host(release, _COMPONENT)
        port = service_port(self.service, PORT)
        number, password = next(iter(passwords.items()))
        user = user_name(name, number)
        return Login(
            host=host, port=port, database=name, user=user, password=password, number=number
        )


@dataclass(frozen=True, kw_only=True)
class ExternalPostgresql(ExternalDatabase):
    """An external PostgreSQL server, as metadata database or as result backend."""

    port: int | SecretKey = PORT
    """Port, literal or from a Secret. With a port from a Secret, clients may connect to any port,
    because only the pods know it. Default: that of the protocol."""
    database: str | SecretKey = "airflow"
    """Name of an existing database in UTF-8, literal or from a Secret. Default: `airflow`."""
    parameters: Mapping[str, str] | None = None
    """Parameters of libpq, for example `{"sslmode": "require"}`; they override the library's.
    `{"sslrootcert": "system"}` trusts the CAs of the image and of `ca_bundle`. Default:
    `connect_timeout=5`, and TCP keepalives that give up a silent server after 20 s."""
    ca: Authority | None = None
    """CA certificates of the server, PEM, from a Secret or ConfigMap. The server's certificate must
    be for `host`, because `sslmode` is then `verify-full` unless you set `verify-ca`. Default:
    libpq encrypts if the server can, and does not verify."""
    direct_host: str | None = None
    """Host of the server itself, if `host` is a connection pool in transaction mode, such as an
    existing PgBouncer: for migrations, which hold a lock in their session, and for backups.
    Default: `host` is the server."""
    direct_port: int = PORT
    """Port at `direct_host`. Default: 5432."""
    exporter: PostgresqlExporter | None = None
    """Metrics of the server for Prometheus, from a pod of the release; only in `database=`.
    Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from address_problems("ExternalPostgresql", self.host, self.port)
        if self.direct_host is not None:
            yield from address_problems(
                "ExternalPostgresql", self.direct_host, self.direct_port, prefix="direct_"
            )
        elif self.direct_port != PORT:
            yield (
                f"ExternalPostgresql(direct_port={self.direct_port}) is of no use without "
                "direct_host, the server behind a connection pool: add it, or leave both out"
            )
        if self.exporter:
            yield from self.exporter.external_problems("ExternalPostgresql")
            yield from self.exporter.words_problems(
                database=self.database, user=self.exporter.user or self.user
            )
            if self.token and self.exporter.user is None:
                yield (
                    f"ExternalPostgresql(token={type(self.token).__name__}(...), exporter="
                    "PostgresqlExporter()): the exporter cannot make tokens; give it user= and "
                    "password= of a login of its own, with the rights of pg_monitor"
                )
        yield from postgresql_problems(self.parameters or {}, self.ca, self.client_certificate)
        mode = (self.parameters or {}).get("sslmode")
        yield from token_problems(self, self.token, mode=mode, encrypts=LIBPQ_ENCRYPTS)

    def url(self, release: str) -> Url:
        """The URL by which the release connects."""
        return self.login(release).url(_DRIVER, DATABASE)

    def login(self, release: str) -> Login:
        """The database and its user."""
        return Login(
            host=self.host,
            port=self.port,
            database=self.database,
            user=self.user,
            password=self.password,
            parameters=self.parameters or {},
            ca=self.ca,
            client_certificate=self.client_certificate,
            token=self.token,
        )

    def result_backend_url(self, release: str, prefix: str = RESULT_BACKEND) -> Url:
        """The URL as Celery's result backend."""
        return self.result_login(release).url(f"db+{_DRIVER}", prefix)

    def result_login(self, release: str) -> Login:
        """The database and its user, as result backend."""
        return self.login(release)

    def server(self, release: str) -> DatabaseServer:
        """Its host, port and credentials, for other clients."""
        server = DatabaseServer(kind="postgresql", **vars(self.login(release)))
        if self.direct_host is None:
            return server
        return replace(server, host=self.direct_host, port=self.direct_port, pooled=server)

    def direct_url(self, release: str) -> Url | None:
        """The URL of the server behind the pool at `host`; None: `host` is the server."""
        if self.direct_host is None:
            return None
        login = replace(self.login(release), host=self.direct_host, port=self.direct_port)
        return login.url(_DRIVER, DATABASE)
