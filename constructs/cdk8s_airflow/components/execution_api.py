"""Separate servers for the execution API, which tasks report to."""

from __future__ import annotations

from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.api_server import HEALTH_PATH, PORT, PORT_NAME
from cdk8s_airflow.components.replicated import AutoscaledProps, ReplicatedComponent
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.probes import Probe, http_get
from cdk8s_airflow.kubernetes.service_props import ServiceProps
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform, Role


@dataclass(frozen=True, kw_only=True)
class ExecutionApiProps(AutoscaledProps, Part):
    """Props of separate servers for the execution API.

    Default resources: 200m CPU, 384Mi, limit 1Gi; 228 MiB were measured.
    """

    service: ServiceProps | None = None
    """Labels, annotations, type and port of its Service. Default: a Service for pods of the
    cluster, on port 8080."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the servers to the bundle."""
        ExecutionApi(scope, Role.EXECUTION_API.value, platform=platform, props=self)


class ExecutionApi(ReplicatedComponent):
    """`airflow api-server --apps execution` as a Deployment, and its Service on port 8080.

    Its first answer takes 4-5 s, which the startup probe waits for; then health costs 3 ms.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        platform: Platform,
        props: ExecutionApiProps | None = None,
    ) -> None:
        """Adds the Deployment and its Service."""
        super().__init__(scope, id, platform=platform, role=Role.EXECUTION_API, props=props)
        props = props or ExecutionApiProps()
        health = http_get(f"{platform.path}{HEALTH_PATH}", PORT_NAME)
        container = Container(
            name="execution-api",
            image=platform.image,
            args=("airflow", "api-server", "--port", str(PORT), "--apps", "execution"),
            ports={PORT_NAME: PORT},
            startup=Probe(handler=health, period=2, timeout=20, failures=150),
            readiness=Probe(handler=health, period=10, timeout=5, failures=3),
            liveness=Probe(handler=health, period=15, timeout=10, failures=6),
            resources=resources(cpu="200m", memory="384Mi", memory_limit="1Gi", storage="256Mi"),
        )
        template = self.template(
            container,
            props=props,
            wait=self.wait_for_migrations(),
            grace_seconds=150,
            service=props.service,
        )
        ports = {PORT_NAME: PORT}
        self.deployment(container, template, props, ports=ports, service=props.service)
