"""What all pods of a release may share, and how a role's own word stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from cdk8s_plus_27 import k8s

from cdk8s_airflow.kubernetes.objects import Piece, wire_mapping
from cdk8s_airflow.kubernetes.parts import CHECKSUM, merge_named
from cdk8s_airflow.kubernetes.props import Props

DnsPolicy = Literal["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"]


@dataclass(frozen=True, kw_only=True)
class PodDefaults(Props):
    """What can be said of all pods of a release, and of each role. All fields are optional.

    What a role says wins over what the release says: labels, annotations, node labels, the kinds of
    affinity, and pieces with a name (containers, volumes, mounts, host aliases) key by key, so that
    both stand where they do not meet; every other field as a whole.
    """

    labels: Mapping[str, str] | None = None
    """Labels of the pods beside the release's own, which cannot be changed."""
    annotations: Mapping[str, str] | None = None
    """Annotations of the pods."""
    node_selector: Mapping[str, str] | None = None
    """`nodeSelector`; default: any node."""
    tolerations: Sequence[k8s.Toleration | Piece] | None = None
    """`tolerations`; an empty list takes those of the release away."""
    affinity: k8s.Affinity | Piece | None = None
    """`affinity`. Default: pods of one component, where there may be several, prefer nodes and
    zones without another of them; `{"podAntiAffinity": {}}` takes that away."""
    topology_spread: Sequence[k8s.TopologySpreadConstraint | Piece] | None = None
    """`topologySpreadConstraints`, in place of the anti-affinity above. In a mapping only
    `topologyKey` is needed: `labelSelector` is the component of this release, `maxSkew` is 1,
    `whenUnsatisfiable` is `ScheduleAnyway`."""
    priority_class_name: str | None = None
    """`priorityClassName` of an existing PriorityClass."""
    runtime_class_name: str | None = None
    """`runtimeClassName` of an existing RuntimeClass, for example `gvisor` or `nvidia`."""
    scheduler_name: str | None = None
    """`schedulerName`; default: the cluster's default scheduler."""
    host_aliases: Sequence[k8s.HostAlias | Piece] | None = None
    """`hostAliases`: lines for `/etc/hosts`."""
    dns_policy: DnsPolicy | None = None
    """`dnsPolicy`; default: `ClusterFirst`. `None` needs `dns_config`."""
    dns_config: k8s.PodDnsConfig | Piece | None = None
    """`dnsConfig`, for example `{"options": [{"name": "ndots", "value": "2"}]}`."""
    extra_init_containers: Sequence[k8s.Container | Piece] | None = None
    """Init containers that run after ours; hardened where they say nothing else. Those with
    `restartPolicy: Always` (native sidecars, Kubernetes 1.29) start before all others."""
    extra_containers: Sequence[k8s.Container | Piece] | None = None
    """Containers beside the main one; hardened where they say nothing else. In the pods of Jobs
    they are native sidecars (Kubernetes 1.29), which end with the main one."""
    extra_volumes: Sequence[k8s.Volume | Piece] | None = None
    """Volumes of the pod."""
    extra_volume_mounts: Sequence[k8s.VolumeMount | Piece] | None = None
    """Mounts of the main container."""

    def __post_init__(self) -> None:
        """Checks what would be overridden, or mean nothing.

        Raises:
            ValueError: for a label or annotation of ours, a spread over nothing, or a DNS policy
                without servers.
        """
        super().__post_init__()
        owner = type(self).__name__
        for label in self.labels or {}:
            if label.startswith("app.kubernetes.io/"):
                raise ValueError(
                    f"{owner}.labels[{label!r}]: labels of app.kubernetes.io/ tell whose a pod is "
                    "and cannot be changed; use a prefix of your own"
                )
        if CHECKSUM in (self.annotations or {}):
            raise ValueError(
                f"{owner}.annotations[{CHECKSUM!r}] is computed from what the pod consumes; to "
                "roll the pods set an annotation of your own"
            )
        for constraint in self.topology_spread or ():
            if not wire_mapping(constraint).get("topologyKey"):
                raise ValueError(
                    f"{owner}.topology_spread has {wire_mapping(constraint)}: expected a "
                    "topologyKey, for example 'topology.kubernetes.io/zone'"
                )
        if self.dns_policy == "None" and self.dns_config is None:
            raise ValueError(
                f"{owner}(dns_policy='None') leaves the pods without name servers: give "
                "dns_config={'nameservers': [...]}, or leave dns_policy out"
            )


_MAPS = frozenset({"labels", "annotations", "node_selector", "affinity"})
_NAMED: Mapping[str, str] = {
    "host_aliases": "ip",
    "extra_init_containers": "name",
    "extra_containers": "name",
    "extra_volumes": "name",
    "extra_volume_mounts": "mount_path",
}


def merged(role: PodDefaults, release: PodDefaults) -> dict[str, Any]:
    """The fields of `PodDefaults` for a pod: what the role says over what the release says."""
    return {
        field.name: _over(field.name, getattr(role, field.name), getattr(release, field.name))
        for field in fields(PodDefaults)
    }


def _over(name: str, role: Any, release: Any) -> Any:
    if role is None or release is None:
        return release if role is None else role
    if name in _MAPS:
        return {**wire_mapping(release), **wire_mapping(role)}
    return merge_named(release, role, _NAMED[name]) if name in _NAMED else role


def apart(selector: Mapping[str, str]) -> Piece:
    """The soft anti-affinity of the pods that `selector` finds: other nodes, other zones.

    Preferred terms, not spread constraints: those ignore a node that lacks one of their topology
    keys, so that without zones nothing would be spread at all.
    """

    def term(weight: int, key: str) -> Piece:
        place = {"labelSelector": {"matchLabels": selector}, "topologyKey": key}
        return {"weight": weight, "podAffinityTerm": place}

    preferred = [term(100, "kubernetes.io/hostname"), term(50, "topology.kubernetes.io/zone")]
    return {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": preferred}}


def spread(
    constraints: Sequence[k8s.TopologySpreadConstraint | Piece], selector: Mapping[str, str]
) -> list[Piece]:
    """Spread constraints, complete: over the pods that `selector` finds unless they say others."""
    usual = {
        "maxSkew": 1,
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": selector},
    }
    return [{**usual, **wire_mapping(constraint)} for constraint in constraints]
