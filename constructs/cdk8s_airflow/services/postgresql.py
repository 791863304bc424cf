"""PostgreSQL: one in the bundle, or one that exists already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cdk8s_plus_27 import k8s
from constructs import Construct

from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.objects import Piece
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.pods import Container, empty_dir, resources
from cdk8s_airflow.kubernetes.probes import Probe, command
from cdk8s_airflow.kubernetes.references import EnvValue, SecretKey, env_vars
from cdk8s_airflow.platform import GeneratedSecret, Platform
from cdk8s_airflow.services.authority import Authority
from cdk8s_airflow.services.database import DatabaseServer, ExternalDatabase
from cdk8s_airflow.services.login import Login
from cdk8s_airflow.services.postgresql_drain import DRAIN
from cdk8s_airflow.services.server import EmbeddedServer, Server, server_host
from cdk8s_airflow.services.tls import check_postgresql
from cdk8s_airflow.services.urls import DATABASE, RESULT_BACKEND, Url, check_server

PORT = 5432
_COMPONENT = "postgresql"
_DRIVER = "postgresql+psycopg2"
_NAME = "airflow"
RESULT_DATABASE = "airflow_results"
"""Name of the database for Celery's results, and of its role."""
_DATA = "/var/lib/postgresql/data"


@dataclass(frozen=True, kw_only=True)
class EmbeddedPostgresql(EmbeddedServer):
    """A PostgreSQL server of the release's own: one pod with a persistent volume.

    For clusters without a managed database. It is not replicated, and backups are yours.
    """

    image: Image = Image(repository="postgres", tag="17.6")
    """The official image, or one with its interface; a new major version cannot read the data of
    an older one."""
    storage: str = "10Gi"
    """Size of the volume, a Kubernetes quantity; the metadata of a million task runs is about
    1 GiB."""
    max_connections: int = 200
    """`max_connections`; each Airflow process opens up to 15 (`sql_alchemy_pool_size` +
    `max_overflow`)."""
    resources: k8s.ResourceRequirements | Piece | None = None
    """Default: 100m CPU, 256Mi, limit 1Gi; 54 MiB were measured on an idle release."""

    def __post_init__(self) -> None:
        """Checks sizes.

        Raises:
            ValueError: for a quantity or a number out of range.
        """
        super().__post_init__()
        if self.max_connections < 20:
            raise ValueError(
                f"EmbeddedPostgresql(max_connections={self.max_connections}): expected 20 or more"
            )

    def url(self, release: str) -> Url:
        """How the release reaches it."""
        return self.login(release).url(_DRIVER, DATABASE)

    def login(self, release: str) -> Login:
        """The metadata database, and its owner."""
        return self._login(release, _NAME, self._password(release))

    def server(self, release: str) -> DatabaseServer:
        """Where it is, by its parts."""
        return DatabaseServer(kind="postgresql", **vars(self.login(release)))

    def generated(self, platform: Platform) -> Sequence[GeneratedSecret]:
        """Its password."""
        return [GeneratedSecret(secret=self._password(platform.release), kind="password")]

    def result_backend_url(self, release: str, prefix: str = RESULT_BACKEND) -> Url:
        """A database for Celery's results, by a role that can read nothing else.

        `parts.result_database` makes both.
        """
        return self.result_login(release).url(f"db+{_DRIVER}", prefix)

    def result_login(self, release: str) -> Login:
        """The database for results, and its owner."""
        return self._login(release, RESULT_DATABASE, self.result_password(release))

    def result_password(self, release: str) -> SecretKey:
        """The password of the role for results."""
        return SecretKey(name=f"{release}-result-backend", key="password")

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the server to the bundle."""
        ready = command("pg_isready", "--host=127.0.0.1", f"--username={_NAME}")
        env: dict[str, EnvValue] = {
            "POSTGRES_USER": _NAME,
            "POSTGRES_DB": _NAME,
            "POSTGRES_PASSWORD": self._password(platform.release),
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
                startup=Probe(handler=ready, period=5, failures=60),
                readiness=Probe(handler=ready, period=10, failures=3),
                liveness=Probe(handler=ready, period=15, timeout=10, failures=6),
                resources=resources(cpu="100m", memory="256Mi", memory_limit="1Gi"),
                lifecycle={"preStop": command("sh", "-c", DRAIN)},
            ),
            parts=PodParts(env=env_vars(env))
            + empty_dir("run", "/var/run/postgresql")
            + empty_dir("tmp", "/tmp"),
            data=_DATA,
            props=self,
            grace_seconds=120,
        )

    def _password(self, release: str) -> SecretKey:
        return SecretKey(name=f"{release}-{_COMPONENT}", key="password")

    def _login(self, release: str, name: str, password: SecretKey) -> Login:
        host = server_host(release, _COMPONENT)
        return Login(host=host, port=PORT, database=name, user=name, password=password)


@dataclass(frozen=True, kw_only=True)
class ExternalPostgresql(ExternalDatabase):
    """A PostgreSQL server that exists already; as metadata database or as result backend."""

    port: int = PORT
    """Port."""
    database: str = "airflow"
    """Database, which exists and is in UTF-8."""
    parameters: Mapping[str, str] | None = None
    """Parameters of libpq, for example `{"sslmode": "require"}`; they win over ours, which give up
    a server that is silent for 20 s, or does not let in within 5 s (`connect_timeout`).
    `{"sslrootcert": "system"}` trusts the authorities of the image, and those of `ca_bundle`."""
    ca: Authority | None = None
    """Certificates of the authorities that vouch for the server, PEM, from a Secret or ConfigMap:
    the server then needs one of theirs for `host` (`sslmode` is `verify-full` unless you say
    `verify-ca`). Default: libpq encrypts where the server can, and does not verify."""

    def __post_init__(self) -> None:
        """Checks the address, and who vouches for whom.

        Raises:
            ValueError: when it is none, or when nobody could be verified.
        """
        super().__post_init__()
        check_server("ExternalPostgresql", self.host, self.port)
        check_postgresql(self.parameters or {}, self.ca, self.client_certificate)

    def url(self, release: str) -> Url:
        """How the release reaches it."""
        return self.login(release).url(_DRIVER, DATABASE)

    def login(self, release: str) -> Login:
        """The database, and its user."""
        return Login(
            host=self.host,
            port=self.port,
            database=self.database,
            user=self.user,
            password=self.password,
            parameters=self.parameters or {},
            ca=self.ca,
            client_certificate=self.client_certificate,
        )

    def result_backend_url(self, release: str, prefix: str = RESULT_BACKEND) -> Url:
        """The same as Celery's result backend."""
        return self.result_login(release).url(f"db+{_DRIVER}", prefix)

    def result_login(self, release: str) -> Login:
        """The same."""
        return self.login(release)

    def server(self, release: str) -> DatabaseServer:
        """Where it is, by its parts."""
        return DatabaseServer(kind="postgresql", **vars(self.login(release)))
