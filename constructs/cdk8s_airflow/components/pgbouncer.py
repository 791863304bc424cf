"""PgBouncer: a connection pool between Airflow and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cdk8s_airflow.components.replicated import ReplicatedProps
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.key_numbers import FIRST, number_problems, numbered
from cdk8s_airflow.kubernetes.names import object_name_problems
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.probe_props import ProbeProps
from cdk8s_airflow.kubernetes.references import ConfigMapKey, SecretKey
from cdk8s_airflow.kubernetes.scraped import Scraped
from cdk8s_airflow.kubernetes.service_props import ServiceProps, service_port
from cdk8s_airflow.kubernetes.structs import k8s
from cdk8s_airflow.platform import Role
from cdk8s_airflow.services.login import Login
from cdk8s_airflow.services.pgbouncer import METADATA, PORT, RESULTS, Pooler
from cdk8s_airflow.services.pgbouncer_pool import Pool
from cdk8s_airflow.services.pool_sizes import Load
from cdk8s_airflow.services.tls import VERIFIES

TlsMode = Literal["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]
_COMPONENT = Role.PGBOUNCER.value

EXPORTER_PORT = 9127
"""Port of the exporter, of its pods and of the Service."""


@dataclass(frozen=True, kw_only=True)
class PgBouncerExporter(Scraped, ProbeProps):
    """A sidecar with metrics of the pools for Prometheus, on port 9127, path `/metrics`.

    It reads statistics alone, by a socket in the pod and without a password.
    """

    image: Image = Image(repository="prometheuscommunity/pgbouncer-exporter", tag="v0.12.1")
    """Image of the community's pgbouncer_exporter. Default: v0.12.1."""
    resources: k8s.ResourceRequirements | Manifest | None = None
    """Requests and limits of the sidecar. Default: 10m CPU, 32Mi, limit 64Mi."""


@dataclass(frozen=True, kw_only=True)
class PgBouncer(ReplicatedProps):
    """PgBouncer between Airflow and PostgreSQL, in transaction mode.

    Airflow logs in to PgBouncer with a separate password; only PgBouncer's pods and the migrations
    Job hold the server's, and a new one needs no restart. The migrations have a direct connection,
    as they hold a lock of their session. `image` needs PgBouncer 1.21 or newer. Default:
    `edoburu/pgbouncer:v1.25.2-p0`, of which only the program `pgbouncer` and a shell are used.
    Default resources: 50m CPU, 32Mi, limit 128Mi; 9 MiB were measured.
    """

    replicas: int = 2
    """Number of pods. Each can carry the whole load, so that one may go at any time. Default: 2."""
    pool_size: int | None = None
    """Connections of one pod to the metadata database, `pool_size`. Default: computed from the
    replicas of all components, see docs/pgbouncer.md."""
    results_pool_size: int | None = None
    """Connections of one pod to the database of Celery's results, if that is PostgreSQL. Default:
    computed as well."""
    max_client_connections: int | None = None
    """Connections that Airflow may open to one pod, `max_client_conn`. Default: computed from the
    replicas."""
    password: SecretKey | None = None
    """Password with which Airflow logs in to PgBouncer. Default: generated."""
    results_password: SecretKey | None = None
    """Password for Celery's results, which workers hold. Default: generated."""
    rotation: Sequence[int] = (FIRST,)
    """Numbers of the generated passwords that PgBouncer knows, the one in use first: [1, 2], then
    [2, 1] and [2], each applied to all pods before the next. Default: [1]."""
    server_tls: TlsMode | None = None
    """TLS to the server, `server_tls_sslmode`. Default: that of the database, by its `ca` or the
    `sslmode` of its `parameters`, else `prefer`."""
    server_ca: SecretKey | ConfigMapKey | None = None
    """CA certificates of the servers, for `verify-ca` and `verify-full`, where `ca` of the
    databases does not do: one file for several servers, or with `sslrootcert=system`. Default: `ca`
    of the database."""
    tls: str | None = None
    """Name of a `kubernetes.io/tls` Secret with a certificate for `{release}-pgbouncer`: Airflow
    then connects to PgBouncer by TLS alone. A renewed certificate is reloaded. Default: no TLS in
    the cluster."""
    ca: SecretKey | ConfigMapKey | None = None
    """CA certificates by which Airflow verifies `tls`. Default: Airflow encrypts and does not
    verify."""
    exporter: PgBouncerExporter | None = None
    """Metrics for Prometheus. Default: none."""

    service: ServiceProps | None = None
    """Labels, annotations, type and port of its Service. Default: one for pods of the cluster, on
    port 6432."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        for option in ("pool_size", "results_pool_size", "max_client_connections"):
            if (value := getattr(self, option)) is not None and value < 1:
                yield f"PgBouncer({option}={value}): expected 1 or more"
        if self.replicas == 0:
            yield (
                "PgBouncer(replicas=0) would cut Airflow from its database: expected 1 or more; "
                "for none leave pgbouncer= out"
            )
        yield from number_problems("PgBouncer(rotation)", self.rotation)
        if tuple(self.rotation) != (FIRST,) and (self.password or self.results_password):
            yield (
                f"PgBouncer(rotation={list(self.rotation)}) is for generated passwords, and "
                "password or results_password are yours: leave one of them out"
            )
        if self.ca and not self.tls:
            yield f"PgBouncer(ca={self.ca!r}) does nothing without TLS: add tls='<Secret>'"
        if self.exporter and self.service and self.service.port == EXPORTER_PORT:
            yield (
                f"PgBouncer(service=ServiceProps(port={EXPORTER_PORT})) is the port of its "
                "metrics: give it another"
            )
        if self.tls:
            yield from object_name_problems("PgBouncer.tls", self.tls)

    def sslmode(self, logins: Sequence[Login]) -> str:
        """`server_tls_sslmode`: how PgBouncer encrypts its connections to the servers."""
        modes = [login.sslmode for login in logins if login.sslmode]
        return self.server_tls or (modes[0] if modes else "prefer")

    def authority(self, logins: Sequence[Login]) -> SecretKey | ConfigMapKey | None:
        """The CA certificates of the servers; None: no server is verified."""
        if self.sslmode(logins) not in VERIFIES:
            return None
        return self.server_ca or next((login.ca for login in logins if login.ca), None)

    def sizes(self, load: Load) -> tuple[int, int]:
        """Pool sizes of one pod: for the metadata, and for the results."""
        return self.pool_size or load.metadata_pool, self.results_pool_size or load.results_pool

    def pooler(self, release: str, logins: Sequence[Login], load: Load) -> Pooler:
        """The settings that go into PgBouncer's files.

        Args:
            release: name of the release.
            logins: the metadata database, and that of the results if it is PostgreSQL.
            load: the number of clients.
        """
        clients = [
            self._clients(f"{release}-{_COMPONENT}", self.password),
            self._clients(f"{release}-{_COMPONENT}-results", self.results_password),
        ]
        parts = zip((METADATA, RESULTS), logins, clients, self.sizes(load), strict=False)
        return Pooler(
            host=f"{release}-{_COMPONENT}",
            port=service_port(self.service, PORT),
            pools=[
                Pool(name=name, login=login, clients=known, size=size)
                for name, login, known, size in parts
            ],
            clients=self.max_client_connections or load.clients(results=len(logins) > 1),
            server_tls=self.sslmode(logins),
            server_ca=self.authority(logins),
            server_certificate=logins[0].client_certificate,
            tls=self.tls,
            ca=self.ca,
            exporter=self.exporter is not None,
        )

    def _clients(self, name: str, brought: SecretKey | None) -> Mapping[int, SecretKey]:
        """Number -> password of a user of PgBouncer."""
        if brought:
            return {FIRST: brought}
        return {n: SecretKey(name=numbered(name, n), key="password") for n in self.rotation}
