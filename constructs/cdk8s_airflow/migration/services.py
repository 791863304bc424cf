"""Services of a release."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import Rule, Target
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import is_empty, plain, text_map

_PORTS = {"api-server": 8080, "flower": 5555}


def service(component: str) -> dict[str, Rule]:
    """The Service of a component.

    Args:
        component: `api-server` or `flower`.
    """

    def kind(target: Target, value: Any) -> Outcome:
        if plain(value) == "ClusterIP":
            return Outcome("carried", "", "for pods of the cluster; exposure= is for users")
        return Outcome("carried", target.put("service.type", plain(value)))

    def address(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        return Outcome("carried", target.patch("Service", {"spec": {"loadBalancerIP": value}}))

    def ranges(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        if plain(target.old("service.type")) != "LoadBalancer":
            return Outcome("dead", "", "the Service is no LoadBalancer")
        return Outcome("carried", target.put("service.sourceRanges", value))

    return {
        "service.type": kind,
        "service.annotations": text_map("service.annotations"),
        "service.loadBalancerIP": address,
        "service.loadBalancerSourceRanges": ranges,
        "service.ports": lambda target, value: _ports(target, value, _PORTS[component]),
        "service.externalPort": lambda target, value: port(target, value, _PORTS[component]),
        "service.nodePort.http": node_port,
        "service.sessionAffinity": _affinity,
        "service.sessionAffinityConfig": _affinity_config,
    }


def _ports(target: Target, value: Any, own: int) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    first = value[0]
    outcome = port(target, first.get("port"), own)
    if first.get("nodePort"):
        outcome = node_port(target, first["nodePort"])
    if len(value) > 1:
        note = "one port has an option; give a patch of the Service for more"
        return Outcome("changed", outcome.to, note)
    return outcome


def port(target: Target, value: Any, own: int) -> Outcome:
    """The port of a Service; templates of the chart mean the port of its pods."""
    text = plain(value)
    if not text.isdigit() or int(text) == own:
        return Outcome("carried", "", f"the port is {own}")
    return Outcome("carried", target.put("service.port", int(text)))


def node_port(target: Target, value: Any) -> Outcome:
    """The port on every node."""
    if is_empty(value):
        return Outcome("carried")
    if plain(target.old("service.type")) == "ClusterIP":
        return Outcome("dead", "", "the Service is ClusterIP")
    return Outcome("carried", target.put("service.nodePort", int(value)))


def _affinity(target: Target, value: Any) -> Outcome:
    if is_empty(value) or plain(value) == "None":
        return Outcome("carried")
    return Outcome("carried", target.patch("Service", {"spec": {"sessionAffinity": value}}))


def _affinity_config(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    return Outcome("carried", target.patch("Service", {"spec": {"sessionAffinityConfig": value}}))
