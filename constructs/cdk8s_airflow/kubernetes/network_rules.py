"""Rules of NetworkPolicies that the types of Kubernetes do not say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any, TypeAlias

from cdk8s_airflow.kubernetes.problems import Problem

Rule: TypeAlias = Callable[[Mapping[str, Any]], Iterator[Problem]]
"""The problems of a value whose fields have the right types."""

_ALL = "{'cidr': '0.0.0.0/0'}"


def _ip_block(value: Mapping[str, Any]) -> Iterator[Problem]:
    paths: list[tuple[tuple[str | int, ...], str]] = [(("cidr",), value["cidr"])]
    paths += [(("except", place), text) for place, text in enumerate(value.get("except") or ())]
    networks: list[IPv4Network | IPv6Network | None] = []
    for path, text in paths:
        try:
            networks.append(ip_network(text))
        except ValueError:
            networks.append(None)
        if networks[-1] is None or "/" not in text:
            yield Problem(
                path, f"={text!r}: expected a network such as '10.1.0.0/16', without bits behind "
                "its prefix"
            )  # fmt: skip
    outer = networks[0]
    for (path, text), inner in zip(paths[1:], networks[1:], strict=True):
        if outer and inner and not _is_inside(inner, outer):
            yield Problem(path, f"={text!r} is not inside of {value['cidr']!r}")


def _is_inside(inner: Any, outer: Any) -> bool:
    return inner.version == outer.version and inner != outer and bool(inner.subnet_of(outer))


def _peer(value: Mapping[str, Any]) -> Iterator[Problem]:
    selectors = [key for key in ("podSelector", "namespaceSelector") if value.get(key) is not None]
    if value.get("ipBlock") is not None and selectors:
        yield Problem((), f": ipBlock and {' and '.join(selectors)} exclude each other")
    if value.get("ipBlock") is None and not selectors:
        yield Problem((), ": expected podSelector, namespaceSelector or ipBlock")


def _policy_rule(key: str) -> Rule:
    def rule(value: Mapping[str, Any]) -> Iterator[Problem]:
        if not value or (key in value and not value[key]):
            shown = "{}" if not value else f"{{{key!r}: []}}"
            yield Problem(
                (), f": {shown} would allow everyone; name peers in {key!r}, or say it openly: "
                f"{{{key!r}: [{{'ipBlock': {_ALL}}}]}}"
            )  # fmt: skip

    return rule


NETWORK_RULES: Mapping[str, Sequence[Rule]] = {
    "networking.v1.IPBlock": (_ip_block,),
    "networking.v1.NetworkPolicyEgressRule": (_policy_rule("to"),),
    "networking.v1.NetworkPolicyIngressRule": (_policy_rule("from"),),
    "networking.v1.NetworkPolicyPeer": (_peer,),
}
"""Type -> its rules."""
