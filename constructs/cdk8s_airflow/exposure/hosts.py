"""Hosts and further paths of an Ingress or an HTTPRoute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from cdk8s_airflow.exposure.certificate import Certificate
from cdk8s_airflow.kubernetes.addresses import path_problems
from cdk8s_airflow.kubernetes.names import dns_label_problems, object_name_problems
from cdk8s_airflow.kubernetes.props import Props


@dataclass(frozen=True, kw_only=True)
class IngressHost(Props):
    """One of the host names of an Ingress, with its certificate."""

    name: str
    """The host name, for example `data.example.com`."""
    tls: str | bool | Certificate | None = None
    """The certificate of this host, like `Ingress.tls`. Default: that of `Ingress.tls`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if isinstance(self.tls, str):
            yield from object_name_problems("IngressHost.tls", self.tls)


@dataclass(frozen=True, kw_only=True)
class RouteHost(Props):
    """One of the host names of an HTTPRoute, with the listener that has its certificate."""

    name: str
    """The host name, for example `data.example.com`."""
    gateway: str | None = None
    """Name of the Gateway of this host. Default: `HttpRoute.gateway`."""
    gateway_namespace: str | None = None
    """Namespace of `gateway`. Default: `HttpRoute.gateway_namespace`, or for a Gateway of its own
    the release's."""
    section_name: str | None = None
    """`parentRefs[].sectionName`: the listener of this host. Default: `HttpRoute.section_name`, or
    for a Gateway of its own all listeners that match."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        for option in ("gateway", "section_name"):
            if (value := getattr(self, option)) is not None:
                yield from object_name_problems(f"RouteHost.{option}", value)
        if self.gateway_namespace is not None:
            yield from dns_label_problems("RouteHost.gateway_namespace", self.gateway_namespace)
            if self.gateway is None:
                yield (
                    f"RouteHost(gateway_namespace={self.gateway_namespace!r}) without a gateway: "
                    "give both, or leave it out for that of HttpRoute"
                )


@dataclass(frozen=True, kw_only=True)
class ExtraPath(Props):
    """A further path of the hosts of the UI, which leads to another Service of the namespace.

    For example to a page of yours, to the redirect of a cloud's load balancer, or, for paths that
    nobody outside should reach, to a Service that refuses.
    """

    path: str
    """The path, for example `/docs`. The longest path that fits wins, whatever the order; with
    `ImplementationSpecific` it is the controller's to say."""
    service: str
    """Name of the Service, in the release's namespace."""
    port: int | str
    """Number of its port, or, with an Ingress, its name."""
    path_type: Literal["Prefix", "Exact", "ImplementationSpecific"] = "Prefix"
    """`pathType`; an HTTPRoute knows `Prefix` and `Exact`. Default: `Prefix`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from dns_label_problems("ExtraPath.service", self.service)
        if not self.path.startswith("/"):
            yield f"ExtraPath.path={self.path!r}: a path begins with a slash"
        elif self.path_type != "ImplementationSpecific":
            yield from path_problems("ExtraPath.path", self.path)
        if isinstance(self.port, int):
            if not 1 <= self.port <= 65535:
                yield f"ExtraPath.port={self.port}: expected a port from 1 to 65535"
        else:
            yield from dns_label_problems("ExtraPath.port", self.port, limit=15)


def host_list_problems(
    owner: str, host: str | None, hosts: Sequence[IngressHost] | Sequence[RouteHost] | None
) -> Iterator[str]:
    """The problems of two options that say which hosts there are.

    Args:
        owner: name of the class, for messages.
        host: the only host, if there is one.
        hosts: all hosts, if there are several.
    """
    if hosts is None:
        return
    names = [each.name for each in hosts]
    if host is not None:
        yield (
            f"{owner}.host={host!r} and hosts= are both set: give hosts= all of them, the one that "
            "links use first"
        )
    if not names:
        yield f"{owner}.hosts=[] has no host: leave it out for one that takes any host"
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield f"{owner}.hosts has {name!r} twice: give it once"


def extra_path_problems(owner: str, paths: Iterable[ExtraPath], taken: set[str]) -> Iterator[str]:
    """The problems of further paths beside those of the release.

    Args:
        owner: name of the class, for messages.
        paths: the further paths.
        taken: paths of the UI and of Flower on the same hosts, without a slash at their end.
    """
    seen: set[tuple[str, str]] = set()
    for each in paths:
        path = each.path.rstrip("/")
        shown = f"{owner}.extra_paths: {each.path!r}"
        if each.path_type == "Prefix" and path in taken:
            yield f"{shown} is the path of the UI or of Flower: give it another"
        if (path, each.path_type) in seen:
            yield f"{shown} is there twice: give it once"
        seen.add((path, each.path_type))
