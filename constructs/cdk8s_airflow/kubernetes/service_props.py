"""The props of Services: who finds them, and who reaches them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Literal, TypeAlias

from cdk8s_airflow.kubernetes.labelled import AnnotationMap, LabelMap
from cdk8s_airflow.kubernetes.labels import reserved_label_problems
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.props import Props

ServiceType: TypeAlias = Literal["ClusterIP", "LoadBalancer", "NodePort"]

NODE_PORTS = range(30000, 32768)
"""Ports that the API server gives to Services, unless `--service-node-port-range` says others."""
_PUBLISHED = ("NodePort", "LoadBalancer")
_BALANCED = ("LoadBalancer",)
_TYPES: Mapping[str, Sequence[str]] = {
    "node_port": _PUBLISHED,
    "flower_node_port": _PUBLISHED,
    "local_traffic": _PUBLISHED,
    "load_balancer_class": _BALANCED,
    "source_ranges": _BALANCED,
}
"""Option -> the types with which it does something."""


@dataclass(frozen=True, kw_only=True)
class AnyServiceProps(Props):
    """Labels and annotations of a Service."""

    labels: LabelMap | None = None
    """Labels of the Service, for example those that a monitor looks for. Default: those of the
    release alone."""
    annotations: AnnotationMap | None = None
    """Annotations of the Service, by which meshes, monitors and clouds are told what to do with it.
    Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from reserved_label_problems(type(self).__name__, self.labels or (), "an object")


@dataclass(frozen=True, kw_only=True)
class HeadlessServiceProps(AnyServiceProps):
    """Props of a headless Service, whose ports are those of its pods."""


@dataclass(frozen=True, kw_only=True)
class ServiceProps(AnyServiceProps):
    """Props of a Service of the release itself, by which its own pods connect too.

    A Service of type `NodePort` or `LoadBalancer` is published: its NetworkPolicy lets everyone in,
    or whom `NetworkPolicies.ingress_from` names. For users there is also
    `exposure=ExposedService(...)`, a Service beside that of the release.
    """

    type: ServiceType = "ClusterIP"
    """`spec.type`. Default: `ClusterIP`, for pods of the cluster alone."""
    port: int | None = None
    """Port of the Service, that of its clients; its pods go on to listen on their own. Whatever
    connects by it follows and restarts. Default: the port of the pods."""
    node_port: int | None = None
    """Port on every node, 30000 to 32767; for `NodePort` and `LoadBalancer`. Default: the cluster
    chooses."""
    load_balancer_class: str | None = None
    """`loadBalancerClass`. Default: the cluster's."""
    source_ranges: Sequence[str] | None = None
    """`loadBalancerSourceRanges`: networks that may connect by the load balancer, for example
    `10.0.0.0/8`. Default: all."""
    local_traffic: bool = False
    """`externalTrafficPolicy: Local`: only nodes that run the pod take traffic, so that it sees the
    client's address. Default: no, all nodes do."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from port_problems("ServiceProps", {"port": self.port})
        yield from type_problems("ServiceProps", self.type, vars(self))

    @property
    def published(self) -> bool:
        """Whether it is reached from outside the cluster."""
        return self.type in _PUBLISHED


def is_published(props: ServiceProps | None) -> bool:
    """Whether a Service is reached from outside the cluster."""
    return props is not None and props.published


def service_port(props: ServiceProps | None, default: int) -> int:
    """The port of a Service: that of the user, or that of its pods."""
    return (props.port if props else None) or default


def published_fields(props: ServiceProps) -> Manifest:
    """Fields of `spec` of a Service that is published."""
    return {
        "loadBalancerClass": props.load_balancer_class,
        "loadBalancerSourceRanges": list(props.source_ranges or ()) or None,
        "externalTrafficPolicy": "Local" if props.local_traffic else None,
    }


def port_problems(owner: str, ports: Mapping[str, int | None]) -> Iterator[str]:
    """The problems of ports.

    Args:
        owner: name of the class, for messages.
        ports: option -> port.
    """
    for option, value in ports.items():
        if value is not None and not 1 <= value <= 65535:
            yield f"{owner}.{option}={value}: expected a port from 1 to 65535"


def type_problems(owner: str, kind: str, options: Mapping[str, object]) -> Iterator[str]:
    """The problems of a Service's options that depend on its type.

    Args:
        owner: name of the class, for messages.
        kind: the type.
        options: option -> value.
    """
    for option, types in _TYPES.items():
        value = options.get(option)
        if value and kind not in types:
            yield (
                f"{owner}.{option} does nothing with type={kind!r}: leave it out, or use type="
                f"{' or '.join(map(repr, types))}"
            )
        if option.endswith("node_port") and isinstance(value, int) and value not in NODE_PORTS:
            yield (
                f"{owner}.{option}={value}: expected a port from 30000 to 32767, which a cluster "
                "gives to Services unless it is set up for others; those you set by a Patch"
            )
    networks = options.get("source_ranges")
    for network in networks if isinstance(networks, list | tuple) else ():
        try:
            ip_network(network)
        except ValueError:
            yield (
                f"{owner}.source_ranges has {network!r}: expected a network such as '10.0.0.0/8'"
            )
