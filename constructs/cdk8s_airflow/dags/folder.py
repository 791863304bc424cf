"""DAGs from a folder, whose files are put into ConfigMaps."""

from __future__ import annotations

from dataclasses import dataclass

from cdk8s_airflow.dags.carried import CarriedFolder
from cdk8s_airflow.dags.files import DagFiles
from cdk8s_airflow.dags.local import DAGS_FOLDER, local_bundle
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.platform import Platform, Role

_REFRESH_SECONDS = 30


@dataclass(frozen=True)
class DagsFolder(CarriedFolder, DagFiles):
    """DAGs from a folder beside the app, for the stock image and small sets of DAGs.

    Sub-folders, helper modules and data files are included; hidden files (except `.airflowignore`),
    `__pycache__` and compiled files are not. A changed, new or removed DAG reaches the pods about
    two minutes after an apply, without a restart; only a file that is added to or removed from a
    sub-folder restarts them. A run that is under way may see the change, as with git-sync.
    """

    component = "dags"
    missing = "put a DAG there"
    alternatives = (
        "put them into the image, or have them pulled from Git (a repository of their own needs no "
        "new bundle for each change)"
    )

    @property
    def root(self) -> str:
        """Where the pods have the folder."""
        return f"{DAGS_FOLDER}/..data"

    def mounted_files(self, role: Role, platform: Platform) -> PodParts:
        """The volume."""
        return self.mounted(platform, DAGS_FOLDER)

    def bundle(self, platform: Platform) -> PodParts:
        """The DAG bundle."""
        return local_bundle(self.root, refresh_interval=_REFRESH_SECONDS)
