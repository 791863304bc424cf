"""The pod of an exporter that asks a server, and what Prometheus needs to find it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.pods import Container, pod_template, resources
from cdk8s_airflow.kubernetes.probes import Probe, http_get
from cdk8s_airflow.kubernetes.service_accounts import ServiceAccount, service_account
from cdk8s_airflow.parts.programs import PROGRAM_MOUNTS, Programs, run
from cdk8s_airflow.platform import AIRFLOW_USER, Platform, Role
from cdk8s_airflow.services.exporters import ServerExporter
from cdk8s_airflow.services.server import own_servers

_WAIT_SECONDS = "600"


@dataclass(frozen=True, kw_only=True)
class ExporterProgram:
    """The program of an exporter."""

    image: Image
    """Its default image."""
    args: Sequence[str]
    """Its arguments."""
    port: int
    """Where it has metrics, and its own health."""
    health: str
    """The path that answers without asking the server."""
    user: int
    """The uid of its image."""


class ExporterPod(Construct):
    """An exporter as a Deployment with one pod, its Service and its ServiceAccount.

    It is no sidecar: the server neither restarts with it nor takes its metrics along when it is
    away, and an external server has no pod.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        platform: Platform,
        props: ServerExporter,
        program: ExporterProgram,
        parts: PodParts,
    ) -> None:
        """Adds the objects.

        Args:
            scope: the release.
            id: its construct id, also its component name.
            platform: the release as its components see it.
            props: the user's settings.
            program: what runs.
            parts: environment, volumes and peers by which it asks the server.
        """
        super().__init__(scope, id)
        name, image = platform.name(id), props.image or program.image
        labels = platform.labels(id, image)
        alive = http_get(program.health, "metrics")
        container = Container(
            name=id,
            image=image,
            args=program.args,
            ports={"metrics": program.port},
            readiness=Probe(handler=alive, period=15, failures=3),
            liveness=Probe(handler=alive, period=30, failures=4),
            resources=resources(cpu="20m", memory="32Mi", memory_limit="128Mi"),
        )
        wait = _wait(platform, own_servers(platform, parts))
        programs = platform.find(Programs)
        if wait and programs:  # the main container mounts none
            brought = programs.parts(Role.BOOTSTRAP, platform)
            parts += PodParts(
                volumes=brought.volumes,
                files=brought.files,
                pull_secrets=platform.image.pull_secrets,
            )
        account = props.service_account or ServiceAccount()
        own = PodParts(annotations=props.scrape_annotations(program.port))
        user = platform.fixed_id(program.user)
        template = pod_template(
            labels,
            container,
            parts=parts + account.pod_parts + own,
            props=props.with_defaults(platform.pods),
            service_account=service_account(self, name, labels, account=account),
            api_token=bool(account.token),
            user=user,
            group=user,
            fs_group=user,
            init_containers=[wait] if wait else [],
            registry=platform.registry,
            scope=self,
        )
        platform.network.add_policy(
            self,
            name,
            labels,
            peers=(*parts.peers, *account.peers),
            ports=container.ports.values(),
        )
        service = workloads.service(self, name, labels, ports=container.ports)
        self.service_name = service.object_name
        """Name of its Service."""
        workloads.deployment(self, name, labels, replicas=1, template=template)
        props.let_in(platform.network, Peer(component=id, port=program.port))
        if props.service_monitor:
            props.service_monitor.build(self, name, labels, port="metrics")


def _wait(platform: Platform, servers: Sequence[str]) -> Container | None:
    """An init container that waits for a server of the release, which has its Secrets then."""
    if not servers:
        return None
    return Container(
        name="wait-for-servers",
        image=platform.image,
        command=run("wait_for_servers.py", _WAIT_SECONDS, *servers, isolated=True),
        resources=resources(cpu="50m", memory="256Mi", memory_limit="512Mi", storage="256Mi"),
        env=(),
        mounts=tuple(PROGRAM_MOUNTS),
        user=platform.fixed_id(AIRFLOW_USER),
    )
