"""The ConfigMaps, Secrets and PersistentVolumeClaims that a workload's manifest references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from constructs import IConstruct

from cdk8s_airflow.kubernetes.objects import KubernetesObject, Wire

_ROLLING = frozenset({"DaemonSet", "Deployment", "StatefulSet"})
_CONFIG_MAPS = frozenset({"configMap", "configMapKeyRef", "configMapRef"})
_SECRETS = frozenset({"nodePublishSecretRef", "secret", "secretKeyRef", "secretRef"})
_CLAIMS = frozenset({"persistentVolumeClaim"})
_PLACES = ("initContainers", "containers", "volumes")
_NAMES = ("name", "secretName", "claimName")


@dataclass(frozen=True, kw_only=True)
class Consumed:
    """The sorted names of the objects that the pods of a workload reference."""

    config_maps: Sequence[str]
    """ConfigMaps in environment and volumes."""
    secrets: Sequence[str]
    """Secrets in environment and volumes, without image pull secrets."""
    claims: Sequence[str]
    """PersistentVolumeClaims, without those of `volumeClaimTemplates`."""
    pods: float
    """Number of pods; infinite where an autoscaler sets it."""


def workloads_below(scope: IConstruct) -> Sequence[KubernetesObject]:
    """The workloads in a tree whose pods are replaced when their template changes."""
    found = [item for item in scope.node.find_all() if isinstance(item, KubernetesObject)]
    return [item for item in found if item.object_kind in _ROLLING]


def consumed(workload: KubernetesObject) -> Consumed:
    """The objects that a workload references in its containers and volumes, after patches."""
    spec = _at(workload.to_json(), "spec")
    found = _consumed(_at(spec, "template", "spec"))

    def named(fields: frozenset[str]) -> Sequence[str]:
        return sorted({name for field, name in found if field in fields})

    replicas = _at(spec, "replicas")
    return Consumed(
        config_maps=named(_CONFIG_MAPS),
        secrets=named(_SECRETS),
        claims=named(_CLAIMS),
        pods=replicas if isinstance(replicas, int) else float("inf"),
    )


def config_maps_of(pod: Wire) -> frozenset[str]:
    """Names of the ConfigMaps that a pod spec references."""
    return frozenset(name for field, name in _consumed(pod) if field in _CONFIG_MAPS)


def _consumed(pod: Wire) -> Sequence[tuple[str, str]]:
    return list(_references([_at(pod, field) for field in _PLACES]))


def _at(value: Wire, *path: str) -> Wire:
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _references(value: Wire) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for item in value:
            yield from _references(item)
    elif isinstance(value, dict):
        for field, item in value.items():
            if field in _CONFIG_MAPS | _SECRETS | _CLAIMS and isinstance(item, dict):
                yield from ((field, str(item[key])) for key in _NAMES if key in item)
            yield from _references(item)
