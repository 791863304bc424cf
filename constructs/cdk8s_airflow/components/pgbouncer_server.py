"""The pods of PgBouncer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from constructs import Construct

from cdk8s_airflow.components.pgbouncer import EXPORTER_PORT, PgBouncer, PgBouncerExporter
from cdk8s_airflow.components.replicated import ReplicatedComponent
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.pods import Container, empty_dir_volume, resources, resources_or
from cdk8s_airflow.kubernetes.probes import Probe, command, http_get, tcp_socket
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.programs import packaged, run
from cdk8s_airflow.platform import GeneratedSecret, Platform, Role
from cdk8s_airflow.services.pgbouncer import FILES, METADATA, PORT, SOCKETS, Pooler
from cdk8s_airflow.services.urls import peer_of

_PROGRAM = "pgbouncer.py"
_IMAGE = Image(repository="edoburu/pgbouncer", tag="v1.25.2-p0")
_EXPORTER_USER = 65534  # not PgBouncer's own uid, which is an admin of its console
_GRACE_SECONDS = 120
# Endpoints need some seconds to drop the pod. SIGINT then lets PgBouncer finish running
# transactions and exit; SIGTERM alone would cut them, or wait for idle clients for ever.
_DRAIN = f"sleep 5; kill -INT 1; sleep {_GRACE_SECONDS}"


@dataclass(frozen=True, kw_only=True)
class PgBouncerPods(Part):
    """PgBouncer in a release: its pods and its credentials."""

    props: PgBouncer
    """The user's settings for it."""
    pooler: Pooler
    """The settings in its files."""

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program that writes PgBouncer's files."""
        return packaged(_PROGRAM)

    def generated(self, platform: Platform) -> Sequence[GeneratedSecret]:
        """The passwords that the user does not bring."""
        brought = (self.props.password, self.props.results_password)
        return [
            GeneratedSecret(secret=password, kind="password")
            for pool in self.pooler.pools
            for _, _, password in pool.users
            if password not in brought
        ]

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the pods to the bundle."""
        PgBouncerServer(
            scope,
            Role.PGBOUNCER.value,
            platform=platform,
            pooler=self.pooler,
            props=self.props,
        )


class PgBouncerServer(ReplicatedComponent):
    """`pgbouncer` as a Deployment, and its Service on port 6432.

    A sidecar writes its files, which hold passwords, to memory, and reloads PgBouncer when a Secret
    changes. Readiness is a query through PgBouncer to the server.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        platform: Platform,
        pooler: Pooler,
        props: PgBouncer | None = None,
    ) -> None:
        """Adds the Deployment, its Service and its ConfigMap.

        Args:
            scope: the release.
            id: its construct id.
            platform: the release as its components see it.
            pooler: the settings in its files.
            props: the user's settings for it.
        """
        super().__init__(scope, id, platform=platform, role=Role.PGBOUNCER, props=props)
        props = props or PgBouncer()
        self._pooler = pooler
        image = props.image or _IMAGE
        self.labels = replace(self.labels, version=image.version)
        listens = tcp_socket("pgbouncer")
        ports = {"pgbouncer": PORT}
        container = Container(
            name="pgbouncer",
            image=image,
            command=("pgbouncer", f"{FILES}/pgbouncer.ini"),
            ports=ports,
            startup=Probe(handler=listens, period=2, failures=30),
            readiness=Probe(handler=listens, period=10, failures=3),
            liveness=Probe(handler=listens, period=15, failures=4),
            resources=resources(cpu="50m", memory="32Mi", memory_limit="128Mi"),
            lifecycle={"preStop": {"exec": {"command": ["sh", "-c", _DRAIN]}}},
        )
        template = self.template(
            container,
            props=props,
            extra=self._parts(pooler, props),
            grace_seconds=_GRACE_SECONDS,
            service=props.service,
        )
        if props.exporter:
            ports = {**ports, "metrics": EXPORTER_PORT}
        self.deployment(container, template, props, ports=ports, service=props.service)
        if props.exporter:
            props.exporter.let_in(platform.network, Peer(host=self.name, port=EXPORTER_PORT))
            if monitor := props.exporter.service_monitor:
                monitor.build(self, self.name, self.labels, port="metrics")

    def _parts(self, pooler: Pooler, props: PgBouncer) -> PodParts:
        workloads.config_map(self, "ConfigMap", self.name, self.labels, data=pooler.files)
        sources = [{"configMap": {"name": self.name}}, *pooler.sources]
        projected = {"defaultMode": 0o440, "sources": sources}
        source = {"name": "pgbouncer-source", "mountPath": "/etc/pgbouncer", "readOnly": True}
        shared = PodParts(
            volumes=(
                {"name": "pgbouncer-source", "projected": projected},
                empty_dir_volume("pgbouncer-files", "1Mi", memory=True),
                empty_dir_volume("pgbouncer-sockets", "1Mi", memory=True),
            ),
            mounts=(
                {"name": "pgbouncer-files", "mountPath": FILES},
                {"name": "pgbouncer-sockets", "mountPath": SOCKETS},
            ),
        )
        own = self._platform.parts(self.role) + shared + PodParts(mounts=(source,))
        sidecars = [self._watch().wire(own)]
        images, annotations = [self._platform.image], {}
        if props.exporter:
            exporter = _exporter(self._platform, props.exporter)
            wired = exporter.wire(PodParts(mounts=shared.mounts[1:]))
            sidecars.append(props.exporter.with_probes(wired))
            images.append(props.exporter.image)
            annotations = dict(props.exporter.scrape_annotations(EXPORTER_PORT))
        return shared + PodParts(
            init_containers=(self._watch("write").wire(own),),
            sidecars=tuple(sidecars),
            annotations=annotations,
            checksum_inputs={"pgbouncer-files": content_hash(dict(pooler.files), length=16)},
            pull_secrets=tuple(name for image in images for name in image.pull_secrets),
            peers=tuple(peer_of(p.login.host, p.login.port) for p in pooler.pools),
        )

    def _watch(self, task: str = "watch") -> Container:
        lasting = task == "watch"
        user, file, _ = self._pooler.pools[0].users[0]
        who = () if user == METADATA else (user, file)
        asked = command(*run(_PROGRAM, "ready", *who))
        # Not its readiness: that would take all pods from the Service while the server is away.
        reaches = Probe(handler=asked, period=5, timeout=10, failures=720)
        alive = Probe(handler=command(*run(_PROGRAM, "alive")), period=60, timeout=10, failures=3)
        return Container(
            name=f"{task}-files",
            image=self._platform.image,
            command=run(_PROGRAM, task),
            startup=reaches if lasting else None,
            liveness=alive if lasting else None,
            resources=resources(cpu="10m", memory="48Mi", memory_limit="128Mi"),
        )


def _exporter(platform: Platform, props: PgBouncerExporter) -> Container:
    address = f"postgres://exporter@/pgbouncer?host={SOCKETS}&port={PORT}&sslmode=disable"
    alive = http_get("/", "metrics")
    return Container(
        name="exporter",
        image=props.image,
        args=(
            f"--pgBouncer.connectionString={address}",
            f"--web.listen-address=:{EXPORTER_PORT}",
        ),
        ports={"metrics": EXPORTER_PORT},
        # No readiness: metrics that are missing would take the pod from the Service.
        liveness=Probe(handler=alive, period=30, failures=4),
        resources=resources_or(
            props.resources, resources(cpu="10m", memory="32Mi", memory_limit="64Mi")
        ),
        user=platform.fixed_id(_EXPORTER_USER),
    )
