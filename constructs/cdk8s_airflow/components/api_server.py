"""The API server: UI, REST API, and the execution API that tasks report to."""

from __future__ import annotations

from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.base import WAIT_SECONDS, AirflowComponent, ReplicatedProps
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.probes import Probe, http_get
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.platform import Platform, Role

PORT = 8080
VERSION_PATH = "/api/v2/version"
EXECUTION_PATH = "/execution/"
_WARM_PATH = "/execution/health"


@dataclass(frozen=True, kw_only=True)
class ApiServerProps(ReplicatedProps):
    """Props of the API server.

    Default resources: 200m CPU, 512Mi, limit 1Gi; 310 MiB were measured with FAB once the
    execution API was warm.
    """


def service_name(platform: Platform) -> str:
    """The Service of a release's API server."""
    return platform.name(Role.API_SERVER.value)


def url(platform: Platform, path: str) -> str:
    """The URL of a path of the API server, as pods of the release reach it."""
    return f"http://{service_name(platform)}:{PORT}{path}"


def wait_for_api_server(component: AirflowComponent, platform: Platform) -> Container:
    """An init container that waits until the API server knows the version of this image."""
    program = run("wait_for_api_server.py", url(platform, VERSION_PATH), WAIT_SECONDS)
    return component.wait("wait-for-api-server", program)


class ApiServer(AirflowComponent):
    """`airflow api-server` as a Deployment, and its Service on port 8080.

    The startup probe asks the execution API, whose first answer takes 4-5 s: no pod gets
    traffic before its routes are built, so no task's first call runs into its own time-out.
    """

    def __init__(
        self, scope: Construct, id: str, *, platform: Platform, props: ApiServerProps | None = None
    ) -> None:
        """Adds it to the tree."""
        super().__init__(scope, id, platform=platform, role=Role.API_SERVER)
        props = props or ApiServerProps()
        alive = http_get(VERSION_PATH, "http")
        container = Container(
            name="api-server",
            image=platform.image,
            args=("airflow", "api-server", "--port", str(PORT)),
            ports={"http": PORT},
            startup=Probe(handler=http_get(_WARM_PATH, "http"), period=5, timeout=20, failures=60),
            readiness=Probe(handler=alive, period=10, timeout=5, failures=3),
            liveness=Probe(handler=alive, period=15, timeout=10, failures=6),
            resources=resources(cpu="200m", memory="512Mi", memory_limit="1Gi"),
        )
        template = self.template(
            container, props=props, wait=self.wait_for_migrations(), grace_seconds=150
        )
        workloads.deployment(
            self, self.name, self.labels, replicas=props.replicas, template=template
        )
        service = workloads.service(self, self.name, self.labels, ports={"http": PORT})
        self.service_name = service.object_name
        """Name of its Service."""
        workloads.pod_disruption_budget(self, self.name, self.labels, replicas=props.replicas)
