"""DAGs on a volume that a process of yours fills."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from constructs import Construct

from cdk8s_airflow.dags.files import DagFiles
from cdk8s_airflow.dags.local import DAGS_FOLDER, local_bundle
from cdk8s_airflow.kubernetes.names import check_object_name
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.storage import VolumeClaim
from cdk8s_airflow.platform import Platform, Role

_COMPONENT = "dags"


@dataclass(frozen=True)
class DagsVolume(Props, DagFiles):
    """DAGs on a shared volume, to which a process of yours writes them.

    The pods of the release only read: the volume is mounted read-only at Airflow's own DAG folder,
    in the DAG processor and in the workers. A plain folder has no versions, so a run that is under
    way sees changes.
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

    def __post_init__(self) -> None:
        """Checks name, folder and interval.

        Raises:
            ValueError: when one is invalid.
        """
        super().__post_init__()
        if isinstance(self.claim, str):
            check_object_name("DagsVolume.claim", self.claim)
        if self.sub_path is not None:
            path = PurePosixPath(self.sub_path)
            if path.is_absolute() or ".." in path.parts or not path.parts:
                raise ValueError(
                    f"DagsVolume(sub_path={self.sub_path!r}): expected a path below the root of "
                    "the volume, such as 'team/dags'"
                )
        if self.refresh_interval < 1:
            raise ValueError(
                f"DagsVolume(refresh_interval={self.refresh_interval}): expected 1 or more seconds"
            )

    def claim_name(self, platform: Platform) -> str:
        """Name of the claim, for the process that writes the DAGs."""
        return self.claim if isinstance(self.claim, str) else platform.name(_COMPONENT)

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the claim, unless it exists already."""
        if not isinstance(self.claim, str):
            labels = platform.labels(_COMPONENT)
            self.claim.build(Construct(scope, _COMPONENT), self.claim_name(platform), labels)

    @property
    def root(self) -> str:
        """Where the pods have the volume."""
        return DAGS_FOLDER

    def bundle(self, platform: Platform) -> PodParts:
        """The DAG bundle."""
        return local_bundle(DAGS_FOLDER, refresh_interval=self.refresh_interval)

    def mounted_files(self, role: Role, platform: Platform) -> PodParts:
        """The volume, read-only."""
        claim = {"claimName": self.claim_name(platform), "readOnly": True}
        mount = {
            "name": _COMPONENT,
            "mountPath": DAGS_FOLDER,
            "subPath": self.sub_path,
            "readOnly": True,
        }
        return PodParts(
            volumes=({"name": _COMPONENT, "persistentVolumeClaim": claim},), mounts=(mount,)
        )
