"""Storage: quantities, and claims of volumes that several pods share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import jsii
from cdk8s_plus_27 import k8s
from constructs import Construct, IValidation

from cdk8s_airflow.kubernetes.consumption import consumed, workloads_below
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.names import check_object_name
from cdk8s_airflow.kubernetes.objects import KubernetesObject, Piece
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.quantities import canonical
from cdk8s_airflow.kubernetes.workloads import claim_template

_QUANTITY = re.compile(r"[1-9][0-9]*(\.[0-9]+)?([kMGTPE]|[KMGTPE]i)?")
_SINGLE = ("ReadWriteOnce", "ReadWriteOncePod")


def check_quantity(option: str, value: str) -> None:
    """Checks a Kubernetes quantity of storage.

    Raises:
        ValueError: when it is none.
    """
    if not _QUANTITY.fullmatch(value):
        raise ValueError(f"{option}={value!r}: expected a quantity such as '10Gi'")


@dataclass(frozen=True, kw_only=True)
class ClaimTemplate(Props):
    """A PersistentVolumeClaim for each pod of a StatefulSet, which the pod finds again."""

    size: str = "10Gi"
    """Size, a Kubernetes quantity. Default 10Gi. A claim that exists keeps its size."""
    storage_class: str | None = None
    """`storageClassName`; default: the cluster's default class."""
    when_scaled: Literal["Delete", "Retain"] = "Retain"
    """What becomes of the volumes of pods that are scaled away. Default `Retain`: the next pod of
    that number finds them."""
    when_deleted: Literal["Delete", "Retain"] = "Retain"
    """What becomes of all volumes when the StatefulSet is deleted. Default `Retain`."""

    def __post_init__(self) -> None:
        """Checks the size.

        Raises:
            ValueError: for a malformed quantity.
        """
        super().__post_init__()
        check_quantity("ClaimTemplate.size", self.size)

    def wire(self, name: str) -> Piece:
        """The entry of `volumeClaimTemplates`."""
        return claim_template(name, size=self.size, storage_class=self.storage_class)

    @property
    def retention(self) -> Piece:
        """The `persistentVolumeClaimRetentionPolicy`."""
        return {"whenDeleted": self.when_deleted, "whenScaled": self.when_scaled}


@dataclass(frozen=True, kw_only=True)
class VolumeClaim(Props):
    """A PersistentVolumeClaim that the bundle makes, for a volume that pods share."""

    size: str
    """Size, a Kubernetes quantity, for example `5Gi`."""
    access_mode: Literal["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"] = (
        "ReadWriteMany"
    )
    """Who may mount it. Default `ReadWriteMany`: pods of any node, and one of yours that writes.
    The `ReadWriteOnce` modes are for a single pod; the synth fails when more would mount it. While
    that pod is replaced there are two for a moment, which only one node can serve."""
    storage_class: str | None = None
    """`storageClassName`, of a class that has the access mode; default: the cluster's default
    class, or none with `volume_name`."""
    volume_name: str | None = None
    """Name of a PersistentVolume that exists already, for example an NFS export."""
    data_source: k8s.TypedLocalObjectReference | Piece | None = None
    """`dataSource`: what the volume is filled from, a VolumeSnapshot or another claim."""

    def __post_init__(self) -> None:
        """Checks size and source.

        Raises:
            ValueError: for a malformed quantity or name, or a volume that nothing could fill.
        """
        super().__post_init__()
        check_quantity("VolumeClaim.size", self.size)
        if self.volume_name is not None:
            check_object_name("VolumeClaim.volume_name", self.volume_name)
        filled = self.volume_name is not None or self.data_source is not None
        if self.access_mode == "ReadOnlyMany" and not filled:
            raise ValueError(
                "VolumeClaim(access_mode='ReadOnlyMany') would be empty for ever, as nothing may "
                "write to it: give volume_name= or data_source=, or use 'ReadWriteMany'"
            )

    def build(self, scope: Construct, name: str, labels: Labels) -> KubernetesObject:
        """Adds the claim to the tree; the synth fails when its mode cannot serve its pods."""
        storage_class = self.storage_class
        if storage_class is None and self.volume_name is not None:
            storage_class = ""
        scope.node.add_validation(_Serves(scope, name, self.access_mode))
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


@jsii.implements(IValidation)
class _Serves:
    def __init__(self, scope: Construct, claim: str, mode: str) -> None:
        self._root, self._claim, self._mode = scope.node.root, claim, mode

    def validate(self) -> list[str]:
        """Asked at the synth, when all components are in the tree."""
        if self._mode not in _SINGLE:
            return []
        everything = [(item.object_name, consumed(item)) for item in workloads_below(self._root)]
        users = {name: use.pods for name, use in everything if self._claim in use.claims}
        if sum(users.values()) <= 1:
            return []
        told = ", ".join(f"{name} ({count:g})" for name, count in sorted(users.items()))
        return [
            f"VolumeClaim(access_mode={self._mode!r}): claim {self._claim!r} serves one pod, and "
            f"these mount it: {told}; use 'ReadWriteMany', or 'ReadOnlyMany' for a volume that is "
            "filled already"
        ]
