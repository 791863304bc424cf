"""Services that expose UI, REST API and Flower outside the cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from constructs import Construct

from cdk8s_airflow.components import api_server
from cdk8s_airflow.components.flower import PORT as FLOWER_PORT
from cdk8s_airflow.components.flower import PORT_NAME as FLOWER_PORT_NAME
from cdk8s_airflow.components.flower import service_name as flower_service
from cdk8s_airflow.exposure.paths import Exposure
from cdk8s_airflow.kubernetes.labelled import AnnotationMap
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.service_props import ServiceType, port_problems, type_problems
from cdk8s_airflow.platform import Platform, Role

_SUFFIX = "exposed"


@dataclass(frozen=True, kw_only=True)
class ExposedService(Props, Exposure):
    """Exposes UI, REST API and, if you like, Flower by separate Services.

    They are `{release}-api-server-exposed` and `{release}-flower-exposed`, beside the Services that
    the release itself uses, so that a change of type or port disturbs no task. They have no TLS; a
    cloud's load balancer may add it, by annotations.
    """

    type: ServiceType = "LoadBalancer"
    """`spec.type`. Default: `LoadBalancer`."""
    port: int = 80
    """Port of the UI and the REST API. Default: 80."""
    node_port: int | None = None
    """Port of the UI on every node, 30000 to 32767; for `NodePort` and `LoadBalancer`. Default: the
    cluster chooses."""
    flower: bool = False
    """Expose Flower too, on `flower_port`; needs `flower=Flower()`. Default: no."""
    flower_port: int = FLOWER_PORT
    """Port of Flower. Default: 5555."""
    flower_node_port: int | None = None
    """Port of Flower on every node, like `node_port`. Default: the cluster chooses."""
    annotations: AnnotationMap | None = None
    """Annotations of the Services, by which clouds configure load balancers. Default: none."""
    load_balancer_class: str | None = None
    """`loadBalancerClass`. Default: the cluster's."""
    source_ranges: Sequence[str] | None = None
    """`loadBalancerSourceRanges`: networks that may connect, for example `10.0.0.0/8`. Default:
    all."""
    local_traffic: bool = False
    """`externalTrafficPolicy: Local`: only nodes that run the pod accept traffic, so Airflow sees
    the client's address. Default: no, all nodes do."""
    ip_families: Sequence[Literal["IPv4", "IPv6"]] | None = None
    """`ipFamilies`, for example `["IPv4", "IPv6"]`. Default: the cluster's."""
    ip_family_policy: Literal["SingleStack", "PreferDualStack", "RequireDualStack"] | None = None
    """`ipFamilyPolicy`. Default: the cluster's."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        ports = {"port": self.port, "flower_port": self.flower_port}
        yield from port_problems("ExposedService", ports)
        yield from type_problems("ExposedService", self.type, vars(self))
        yield from self._unused()

    @property
    def exposes_flower(self) -> bool:
        """Whether it exposes Flower."""
        return self.flower

    @property
    def flower_path(self) -> str | None:
        """None: Flower has its own port, at its root or below `Flower.url_prefix`."""
        return None

    def expose(self, scope: Construct, platform: Platform) -> None:
        """Adds a Service for each endpoint."""
        ExposedServices(scope, "exposed-services", platform=platform, props=self)

    def _unused(self) -> list[str]:
        problems = []
        if self.flower_node_port and not self.flower:
            problems.append("ExposedService.flower_node_port is set, but not flower=True: add it")
        if self.ip_families and len(set(self.ip_families)) < len(self.ip_families):
            problems.append(
                f"ExposedService.ip_families={list(self.ip_families)!r}: expected each once"
            )
        return problems


class ExposedServices(Construct):
    """One Service for each endpoint."""

    def __init__(
        self, scope: Construct, id: str, *, platform: Platform, props: ExposedService
    ) -> None:
        """Adds a Service for each endpoint."""
        super().__init__(scope, id)
        self._props = props
        self._service(
            api_server.service_name(platform),
            platform.labels(Role.API_SERVER.value),
            port=props.port,
            target=api_server.PORT_NAME,
            node_port=props.node_port,
        )
        if props.flower:
            self._service(
                flower_service(platform),
                platform.labels(Role.FLOWER.value),
                port=props.flower_port,
                target=FLOWER_PORT_NAME,
                node_port=props.flower_node_port,
            )

    def _service(
        self, name: str, labels: Labels, *, port: int, target: str, node_port: int | None
    ) -> None:
        props = self._props
        entry = {"name": target, "port": port, "targetPort": target, "protocol": "TCP"}
        KubernetesObject(
            self,
            labels.component,
            api_version="v1",
            kind="Service",
            name=f"{name}-{_SUFFIX}",
            labels=labels.all,
            annotations=props.annotations,
            body={
                "spec": {
                    "type": props.type,
                    "selector": labels.selector,
                    "ports": [{**entry, "nodePort": node_port}],
                    "loadBalancerClass": props.load_balancer_class,
                    "loadBalancerSourceRanges": props.source_ranges or None,
                    "externalTrafficPolicy": "Local" if props.local_traffic else None,
                    "ipFamilies": props.ip_families or None,
                    "ipFamilyPolicy": props.ip_family_policy,
                }
            },
        )
