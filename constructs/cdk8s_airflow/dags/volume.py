"""DAGs on a volume that something else fills."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from constructs import Construct

from cdk8s_airflow.dags.local import DAGS_FOLDER, local_bundle
from cdk8s_airflow.kubernetes.names import check_object_name
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.storage import VolumeClaim
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import READS_DAG_FILES

_COMPONENT = "dags"


@dataclass(frozen=True)
class DagsVolume(Props, Part):
    """DAGs on a shared volume, for a process of yours that writes them there.

    The pods of the release only read: the volume is mounted read-only at Airflow's own DAG folder,
    in the DAG processor and in the workers. As with every plain folder, a run that is under way
    sees changes.
    """

    claim: str | VolumeClaim
    """Name of a claim that exists in the release's namespace, or one that the bundle makes as
    `{release}-dags`. Of one that exists the access mode is not known here: all DAG processors and
    workers mount it, so that it takes `ReadOnlyMany` or `ReadWriteMany`."""
    sub_path: str | None = None
    """Folder on the volume that holds the DAGs; the pods see nothing else of it. It has to be
    there, and to stay the same folder: one that is replaced is not seen. Default: all."""
    refresh_interval: int = 60
    """Seconds between two looks for new and removed files. Default 60."""

    def __post_init__(self) -> None:
        """Checks name, folder and interval.

        Raises:
            ValueError: for one that is malformed.
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
        """Name of the claim, for what writes the DAGs."""
        return self.claim if isinstance(self.claim, str) else platform.name(_COMPONENT)

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the claim to the bundle, if it is a new one."""
        if not isinstance(self.claim, str):
            labels = platform.labels(_COMPONENT)
            self.claim.build(Construct(scope, _COMPONENT), self.claim_name(platform), labels)

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The volume and the bundle over it, where DAGs are parsed and run."""
        if role not in READS_DAG_FILES:
            return NOTHING
        claim = {"claimName": self.claim_name(platform), "readOnly": True}
        mount = {
            "name": _COMPONENT,
            "mountPath": DAGS_FOLDER,
            "subPath": self.sub_path,
            "readOnly": True,
        }
        bundle = local_bundle(DAGS_FOLDER, refresh_interval=self.refresh_interval)
        return bundle + PodParts(
            volumes=({"name": _COMPONENT, "persistentVolumeClaim": claim},), mounts=(mount,)
        )
