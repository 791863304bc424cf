"""Settings of all pods of a release, and how those of a role override them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from cdk8s_airflow.kubernetes.labelled import DEFAULTED, AnnotationMap, LabelMap
from cdk8s_airflow.kubernetes.labels import reserved_label_problems
from cdk8s_airflow.kubernetes.objects import Manifest, wire_mapping
from cdk8s_airflow.kubernetes.parts import CHECKSUM, merge_named
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.service_accounts import ServiceAccount, merged_accounts
from cdk8s_airflow.kubernetes.structs import k8s

DnsPolicy = Literal["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"]


@dataclass(frozen=True, kw_only=True)
class PodDefaults(Props):
    """Settings of all pods of a release, or of one role. All fields are optional.

    A role's settings override the release's. Labels, annotations, node selectors, kinds of affinity
    and named items (containers, volumes, mounts, host aliases) are merged key by key; every other
    field is replaced as a whole.
    """

    labels: LabelMap | None = None
    """Additional labels of the pods; those of the release cannot be changed. Default: none."""
    annotations: AnnotationMap | None = None
    """Annotations of the pods. Default: none."""
    node_selector: LabelMap | None = None
    """`nodeSelector`. Default: any node."""
    tolerations: Sequence[k8s.Toleration | Manifest] | None = None
    """`tolerations`; for a role, an empty list removes those of the release. Default: none."""
    affinity: k8s.Affinity | Manifest | None = None
    """`affinity`; `{"podAntiAffinity": {}}` removes the default. Default: pods of a component that
    may have several prefer nodes and zones without another one."""
    topology_spread: Sequence[k8s.TopologySpreadConstraint | Manifest] | None = field(
        default=None, metadata={DEFAULTED: ("maxSkew", "whenUnsatisfiable", "topologyKey")}
    )
    """`topologySpreadConstraints`, which replace the default anti-affinity. A mapping needs
    `topologyKey` only: `labelSelector` is the component of this release, `maxSkew` is 1,
    `whenUnsatisfiable` is `ScheduleAnyway`. Default: none."""
    priority_class_name: str | None = None
    """`priorityClassName` of an existing PriorityClass. Default: none."""
    runtime_class_name: str | None = None
    """`runtimeClassName` of an existing RuntimeClass, for example `gvisor` or `nvidia`. Default:
    none."""
    scheduler_name: str | None = None
    """`schedulerName`. Default: the cluster's default scheduler."""
    host_aliases: Sequence[k8s.HostAlias | Manifest] | None = None
    """`hostAliases`: lines for `/etc/hosts`. Default: none."""
    dns_policy: DnsPolicy | None = None
    """`dnsPolicy`; `None` needs `dns_config`. Default: `ClusterFirst`."""
    dns_config: k8s.PodDnsConfig | Manifest | None = None
    """`dnsConfig`, for example `{"options": [{"name": "ndots", "value": "2"}]}`. Default: none."""
    extra_init_containers: Sequence[k8s.Container | Manifest] | None = None
    """Init containers that run after the bundle's; fields of the security context that they do not
    set are hardened. Those with `restartPolicy: Always` (native sidecars, Kubernetes 1.29) start
    first. Default: none."""
    extra_containers: Sequence[k8s.Container | Manifest] | None = None
    """Containers beside the main one; fields of the security context that they do not set are
    hardened. In pods of Jobs they become native sidecars (Kubernetes 1.29), which end with the main
    container. Default: none."""
    extra_volumes: Sequence[k8s.Volume | Manifest] | None = None
    """Additional volumes of the pod. Default: none."""
    extra_volume_mounts: Sequence[k8s.VolumeMount | Manifest] | None = None
    """Additional mounts of the main container. Default: none."""
    image_pull_secrets: Sequence[k8s.LocalObjectReference | Manifest] | None = None
    """`imagePullSecrets`, `[{"name": "registry"}]`, beside those of the images. Default: none."""
    service_account: ServiceAccount | None = None
    """The ServiceAccount of the pods. What is said of all pods is not for embedded servers,
    PgBouncer, git-sync and the Job that generates Secrets. Default: one for each role."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        owner = type(self).__name__
        yield from reserved_label_problems(owner, self.labels or (), "a pod")
        if CHECKSUM in (self.annotations or {}):
            yield (
                f"{owner}.annotations[{CHECKSUM!r}] is computed from what the pod consumes; to "
                "roll the pods set an annotation of your own"
            )
        for constraint in self.topology_spread or ():
            if not wire_mapping(constraint).get("topologyKey"):
                yield (
                    f"{owner}.topology_spread has {wire_mapping(constraint)}: expected a "
                    "topologyKey, for example 'topology.kubernetes.io/zone'"
                )
        ours = {wire_mapping(item).get("name") for item in self.extra_containers or ()}
        for item in map(wire_mapping, self.extra_init_containers or ()):
            if item.get("name") in ours:
                yield (
                    f"{owner}.extra_init_containers: {item['name']!r} is an extra container too; "
                    "give each its own name"
                )
        if self.dns_policy == "None" and self.dns_config is None:
            yield (
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
    "image_pull_secrets": "name",
}


def merged(role: PodDefaults, release: PodDefaults) -> dict[str, Any]:
    """The fields of `PodDefaults` for a pod: those of the role override those of the release."""
    return {
        field.name: _merged_field(
            field.name, getattr(role, field.name), getattr(release, field.name)
        )
        for field in fields(PodDefaults)
    }


def _merged_field(name: str, role: Any, release: Any) -> Any:
    if role is None or release is None:
        return release if role is None else role
    if name == "service_account":
        return merged_accounts(role, release)
    if name in _MAPS:
        return {**wire_mapping(release), **wire_mapping(role)}
    return merge_named(release, role, _NAMED[name]) if name in _NAMED else role


def anti_affinity(selector: Mapping[str, str]) -> Manifest:
    """A preferred anti-affinity to the pods of `selector`: other nodes, other zones.

    Preferred terms, not spread constraints: those ignore a node that lacks one of their topology
    keys, so that without zones nothing would be spread at all.
    """

    def term(weight: int, key: str) -> Manifest:
        place = {"labelSelector": {"matchLabels": selector}, "topologyKey": key}
        return {"weight": weight, "podAffinityTerm": place}

    preferred = [term(100, "kubernetes.io/hostname"), term(50, "topology.kubernetes.io/zone")]
    return {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": preferred}}


def spread(
    constraints: Sequence[k8s.TopologySpreadConstraint | Manifest], selector: Mapping[str, str]
) -> list[Manifest]:
    """Complete spread constraints; their default `labelSelector` is `selector`."""
    defaults = {
        "maxSkew": 1,
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": selector},
    }
    return [{**defaults, **wire_mapping(constraint)} for constraint in constraints]
