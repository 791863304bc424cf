"""DAGs on a volume that a process of yours fills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from constructs import Construct

from cdk8s_airflow.dags.files import DagFiles
from cdk8s_airflow.dags.local import DAGS_FOLDER, local_bundle
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.storage import VolumeClaim, build_claim, claim_name, shared_problems
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import RUNS_TASKS

_COMPONENT = "dags"
Writer: TypeAlias = Literal["dag-processor", "worker"]
"""Roles that have the DAGs; `worker` is whatever runs tasks."""


@dataclass(frozen=True)
class DagsVolume(Props, DagFiles):
    """DAGs on a shared volume, to which a process of yours writes them.

    The pods of the release only read, unless `writable_by` says otherwise: the volume is mounted at
    Airflow's own DAG folder, in the DAG processor and in the workers. A plain folder has no
    versions, so a run that is under way sees changes.
    """

    claim: str | VolumeClaim
    """Name of an existing PersistentVolumeClaim in the release's namespace, or one that the bundle
    creates as `{release}-dags`. All DAG processors and workers mount it, so an existing one needs
    `ReadOnlyMany` or `ReadWriteMany`."""
    sub_path: str | None = None
    """Folder of the volume that holds the DAGs, mounted as `subPath`. It has to exist; pods do not
    notice when it is replaced by another folder. Default: the whole volume."""
    refresh_interval: int = 60
    """Seconds between two scans for new and removed files. Default: 60."""
    writable_by: Sequence[Writer] = ()
    """Roles whose pods may write: `dag-processor` for who copies DAGs through its pod (`kubectl
    cp`); `worker` for tasks that write DAGs, in workers, task pods, and a scheduler with a
    `LocalExecutor`. Whoever runs code there can then change what all others run. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.writable_by and getattr(self.claim, "access_mode", "") == "ReadOnlyMany":
            yield (
                f"DagsVolume(writable_by={list(self.writable_by)!r}): nobody may write to a "
                "VolumeClaim(access_mode='ReadOnlyMany'); use 'ReadWriteMany', or leave "
                "writable_by out"
            )
        yield from shared_problems("DagsVolume", self.claim, self.sub_path, "team/dags")
        if self.refresh_interval < 1:
            yield (
                f"DagsVolume(refresh_interval={self.refresh_interval}): expected 1 or more seconds"
            )

    def claim_name(self, platform: Platform) -> str:
        """Name of the claim, for the process that writes the DAGs."""
        return claim_name(self.claim, platform.name(_COMPONENT))

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the claim, unless it exists already."""
        labels = platform.labels(_COMPONENT)
        build_claim(scope, _COMPONENT, self.claim, self.claim_name(platform), labels)

    @property
    def root(self) -> str:
        """Where the pods have the volume."""
        return DAGS_FOLDER

    def bundle(self, platform: Platform) -> PodParts:
        """The DAG bundle."""
        return local_bundle(DAGS_FOLDER, refresh_interval=self.refresh_interval)

    def mounted_files(self, role: Role, platform: Platform) -> PodParts:
        """The volume, read-only for all but `writable_by`."""
        writer = Role.WORKER if role in RUNS_TASKS else role
        protected = {} if writer.value in self.writable_by else {"readOnly": True}
        claim = {"claimName": self.claim_name(platform), **protected}
        mount = {
            "name": _COMPONENT,
            "mountPath": DAGS_FOLDER,
            "subPath": self.sub_path,
            **protected,
        }
        return PodParts(
            volumes=({"name": _COMPONENT, "persistentVolumeClaim": claim},), mounts=(mount,)
        )
