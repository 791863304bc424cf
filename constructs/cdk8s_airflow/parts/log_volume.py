"""One volume for the logs of all pods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.storage import VolumeClaim, build_claim, claim_name, shared_problems
from cdk8s_airflow.parts.runtime import LOGS, LOGS_FOLDER
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import LONG_RUNNING, RUNS_TASKS

_COMPONENT = "logs"
READERS_AND_WRITERS = (LONG_RUNNING - {Role.FLOWER}) | RUNS_TASKS
"""Airflow's processes and tasks; Jobs and servers write to their standard output alone."""


@dataclass(frozen=True, kw_only=True)
class LogVolume(Props):
    """A shared volume for the logs of all pods, which outlive the pods there.

    The API server reads finished logs from it, those of running tasks still from their pod. All
    that write or read logs mount it, task pods included, so it needs `ReadWriteMany`: NFS, EFS,
    Azure Files, CephFS.
    """

    claim: str | VolumeClaim
    """Name of an existing PersistentVolumeClaim in the release's namespace, or one that the bundle
    creates as `{release}-logs`."""
    sub_path: str | None = None
    """Folder of the volume, mounted as `subPath`, for several releases on one volume. The kubelet
    creates it. Default: the whole volume."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from shared_problems("LogVolume", self.claim, self.sub_path, "airflow/logs")

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The volume, in place of the pod's own folder for logs."""
        if role not in READERS_AND_WRITERS:
            return NOTHING
        claim = {"claimName": self.claim_in(platform)}
        return PodParts(
            volumes=({"name": LOGS, "persistentVolumeClaim": claim},), mounts=(self.mount,)
        )

    @property
    def mount(self) -> dict[str, object]:
        """The mount of the folder."""
        return {"name": LOGS, "mountPath": LOGS_FOLDER, "subPath": self.sub_path}

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the claim, unless it exists already."""
        labels = platform.labels(_COMPONENT)
        build_claim(scope, _COMPONENT, self.claim, self.claim_in(platform), labels)

    def claim_in(self, platform: Platform) -> str:
        """Name of the claim in a release."""
        return claim_name(self.claim, platform.name(_COMPONENT))
