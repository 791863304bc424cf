"""DAGs in the image, beside the packages that they need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from cdk8s_airflow.dags.files import DagFiles
from cdk8s_airflow.dags.local import DAGS_FOLDER
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.platform import Platform, Role


@dataclass(frozen=True)
class DagsInImage(Props, DagFiles):
    """DAGs in the image: DAGs and packages that were tested together run together.

    `make image` builds such an image. A new image restarts the pods, and running tasks finish on
    the old one; so DAGs never change under a running task.
    """

    path: str = DAGS_FOLDER
    """Folder in the image. Default: `/opt/airflow/dags`, where `make image` puts them."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        path = PurePosixPath(self.path)
        if not path.is_absolute() or ".." in path.parts or str(path) != self.path:
            yield f"DagsInImage({self.path!r}): expected an absolute path such as {DAGS_FOLDER!r}"
        for hidden in ("/opt/airflow/logs", "/tmp"):
            if PurePosixPath(hidden) in (path, *path.parents):
                yield (
                    f"DagsInImage({self.path!r}): a volume lies over {hidden} and hides what the "
                    f"image has there; use {DAGS_FOLDER!r}"
                )

    @property
    def root(self) -> str:
        """The folder in the image."""
        return self.path

    def mounted_files(self, role: Role, platform: Platform) -> PodParts:
        """Nothing: they are in the image."""
        return NOTHING

    def bundle(self, platform: Platform) -> PodParts:
        """`[core] dags_folder`, if it is not Airflow's own; the default bundle reads it."""
        if self.path == DAGS_FOLDER:
            return NOTHING
        return PodParts(env=env_vars({"AIRFLOW__CORE__DAGS_FOLDER": self.path}))
