"""PersistentVolumeClaims: templates for StatefulSets, and claims that pods share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

import jsii
from constructs import Construct, IValidation

from cdk8s_airflow.kubernetes.consumption import consumed, workloads_below
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.names import object_name_problems
from cdk8s_airflow.kubernetes.objects import KubernetesObject, Manifest
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.quantities import canonical
from cdk8s_airflow.kubernetes.structs import k8s

_QUANTITY = re.compile(r"[1-9][0-9]*(\.[0-9]+)?([kMGTPE]|[KMGTPE]i)?")
_SINGLE = ("ReadWriteOnce", "ReadWriteOncePod")


def quantity_problems(option: str, value: str) -> Iterator[str]:
    """Why it is no Kubernetes quantity of storage."""
    if not _QUANTITY.fullmatch(value):
        yield f"{option}={value!r}: expected a quantity such as '10Gi'"


@dataclass(frozen=True, kw_only=True)
class ClaimTemplate(Props):
    """A PersistentVolumeClaim for each pod of a StatefulSet, which a restarted pod mounts again."""

    size: str = "10Gi"
    """Size, a Kubernetes quantity; an existing claim keeps its size. Default: 10Gi."""
    storage_class: str | None = None
    """`storageClassName`. Default: the cluster's default class."""
    when_scaled: Literal["Delete", "Retain"] = "Retain"
    """`whenScaled`: whether the claims of pods that are scaled away are kept for the next pod of
    that number. Default: `Retain`."""
    when_deleted: Literal["Delete", "Retain"] = "Retain"
    """`whenDeleted`: whether all claims are kept when the StatefulSet is deleted. Default:
    `Retain`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from quantity_problems("ClaimTemplate.size", self.size)

    def wire(self, name: str) -> Manifest:
        """The entry of `volumeClaimTemplates`."""
        return claim_template(name, size=self.size, storage_class=self.storage_class)

    @property
    def retention(self) -> Manifest:
        """The `persistentVolumeClaimRetentionPolicy`."""
        return {"whenDeleted": self.when_deleted, "whenScaled": self.when_scaled}


@dataclass(frozen=True, kw_only=True)
class VolumeClaim(Props):
    """A PersistentVolumeClaim of the bundle, for a volume that pods share."""

    size: str
    """Size, a Kubernetes quantity, for example `5Gi`."""
    access_mode: Literal["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"] = (
        "ReadWriteMany"
    )
    """Access mode. The `ReadWriteOnce` modes are for a single pod: the synth fails when more pods
    mount the claim. During an update there are two pods for a moment, which then have to be on one
    node. Default: `ReadWriteMany`, for pods on any node and one of yours that writes."""
    storage_class: str | None = None
    """`storageClassName` of a class that supports the access mode. Default: the cluster's default
    class, or none with `volume_name`."""
    volume_name: str | None = None
    """Name of an existing PersistentVolume, for example of an NFS export. Default: none, a new
    volume."""
    data_source: k8s.TypedLocalObjectReference | Manifest | None = None
    """`dataSource`: a VolumeSnapshot or another claim whose data the new volume gets. Default:
    none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from quantity_problems("VolumeClaim.size", self.size)
        if self.volume_name is not None:
            yield from object_name_problems("VolumeClaim.volume_name", self.volume_name)
        filled = self.volume_name is not None or self.data_source is not None
        if self.access_mode == "ReadOnlyMany" and not filled:
            yield (
                "VolumeClaim(access_mode='ReadOnlyMany') would be empty for ever, as nothing may "
                "write to it: give volume_name= or data_source=, or use 'ReadWriteMany'"
            )

    def build(self, scope: Construct, name: str, labels: Labels) -> KubernetesObject:
        """Adds the claim, and a validation that its access mode fits the pods that mount it."""
        storage_class = self.storage_class
        if storage_class is None and self.volume_name is not None:
            storage_class = ""
        scope.node.add_validation(_AccessModeValidation(scope, name, self.access_mode))
        return KubernetesObject(
            scope,
            "PersistentVolumeClaim",
            api_version="v1",
            kind="PersistentVolumeClaim",
            name=name,
            labels=labels.all,
            body={
                "spec": {
                    "accessModes": [self.access_mode],
                    "resources": {"requests": {"storage": canonical(self.size)}},
                    "storageClassName": storage_class,
                    "volumeName": self.volume_name,
                    "dataSource": self.data_source,
                }
            },
        )


def shared_problems(
    owner: str, claim: str | VolumeClaim, sub_path: str | None, example: str
) -> Iterator[str]:
    """What is wrong with the place of something on a shared volume.

    Args:
        owner: name of the class, for messages.
        claim: name of an existing claim, or a new one.
        sub_path: a folder of the volume; None: the whole volume.
        example: a good folder, for messages.
    """
    if isinstance(claim, str):
        yield from object_name_problems(f"{owner}.claim", claim)
    path = PurePosixPath(sub_path if sub_path is not None else example)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        yield (
            f"{owner}(sub_path={sub_path!r}): expected a path below the root of the volume, such "
            f"as {example!r}"
        )


def claim_name(claim: str | VolumeClaim, new: str) -> str:
    """Name of a claim; `new` is that of one that the bundle makes."""
    return claim if isinstance(claim, str) else new


def build_claim(
    scope: Construct, id: str, claim: str | VolumeClaim, name: str, labels: Labels
) -> None:
    """Adds a claim with its construct, unless it exists already."""
    if not isinstance(claim, str):
        claim.build(Construct(scope, id), name, labels)


def claim_template(
    name: str, *, size: str, storage_class: str | None, access_mode: str = "ReadWriteOnce"
) -> Manifest:
    """An entry of `volumeClaimTemplates`, with the fields that the API server fills in.

    The list is atomic in server-side apply, so any difference would be a conflict.
    """
    claim = {"accessModes": [access_mode], "resources": {"requests": {"storage": canonical(size)}}}
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": name},
        "spec": {**claim, "storageClassName": storage_class, "volumeMode": "Filesystem"},
        "status": {"phase": "Pending"},
    }


@jsii.implements(IValidation)
class _AccessModeValidation:
    def __init__(self, scope: Construct, claim: str, mode: str) -> None:
        self._root, self._claim, self._mode = scope.node.root, claim, mode

    def validate(self) -> list[str]:
        """A problem, if more pods mount the claim than its access mode allows."""
        if self._mode not in _SINGLE:
            return []
        everything = [(item.object_name, consumed(item)) for item in workloads_below(self._root)]
        users = {name: use.pods for name, use in everything if self._claim in use.claims}
        if sum(users.values()) <= 1:
            return []
        mounted_by = ", ".join(f"{name} ({count:g})" for name, count in sorted(users.items()))
        return [
            f"VolumeClaim(access_mode={self._mode!r}): claim {self._claim!r} serves one pod, and "
            f"these mount it: {mounted_by}; use 'ReadWriteMany', or 'ReadOnlyMany' for a "
            "volume that has data already"
        ]
