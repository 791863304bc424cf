"""IPv6: the families of the Services, and the addresses on which processes listen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from cdk8s import JsonPatch
from constructs import Construct

from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.part import Feature, Part
from cdk8s_airflow.parts.extra_manifests import ExtraObjects
from cdk8s_airflow.parts.programs import packaged
from cdk8s_airflow.platform import Platform, Role

IpFamily: TypeAlias = Literal["IPv4", "IPv6"]

PROBE = "local_health.py"
"""The program that probes the scheduler's health server from inside its pod, as it listens on IPv4
only."""

# Empty means the wildcard address of each family that the pod has; `::` would be IPv6 alone.
_LISTEN_OPTIONS: Mapping[Role, str] = {
    Role.API_SERVER: "AIRFLOW__API__HOST",
    Role.EXECUTION_API: "AIRFLOW__API__HOST",
    Role.FLOWER: "AIRFLOW__CELERY__FLOWER_HOST",
}


@dataclass(frozen=True)
class Ipv6Listeners(Feature):
    """Makes API servers and Flower listen on IPv6 too."""

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program that probes the scheduler."""
        return packaged(PROBE)

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The option for the listening address; other servers listen on all addresses anyway."""
        variable = _LISTEN_OPTIONS.get(role)
        return PodParts(env=env_vars({variable: ""})) if variable else NOTHING


def family_problems(families: Sequence[IpFamily] | None, embedded_rabbitmq: bool) -> list[str]:
    """The problems of `ip_families`."""
    if families is None:
        return []
    if not families or len(set(families)) < len(families):
        return [
            f"ip_families={list(families)!r}: expected 'IPv4', 'IPv6' or both, the first family "
            "first; leave it out for what the cluster does"
        ]
    if embedded_rabbitmq and "IPv4" not in families:
        return [
            "ip_families=['IPv6'] with broker=EmbeddedRabbitmq(): Erlang would look for IPv4; use "
            "EmbeddedRedis, or an ExternalRabbitmq"
        ]
    return []


@dataclass(frozen=True, kw_only=True)
class ServiceFamilies(Part):
    """Sets `ipFamilies` of all Services that do not set it themselves."""

    families: Sequence[IpFamily]
    """One or both families, the preferred one first."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Patches the Services of the parts before this one."""
        policy = "SingleStack" if len(self.families) == 1 else "PreferDualStack"
        for part in scope.node.children:
            if isinstance(part, ExtraObjects):
                continue
            for item in part.node.find_all():
                if isinstance(item, KubernetesObject) and item.object_kind == "Service":
                    if "ipFamil" not in str(item.to_json()):
                        item.add_json_patch(JsonPatch.add("/spec/ipFamilies", list(self.families)))
                        item.add_json_patch(JsonPatch.add("/spec/ipFamilyPolicy", policy))
