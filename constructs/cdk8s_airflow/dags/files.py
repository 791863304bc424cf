"""DAG sources whose files lie at a fixed path, and the plugins that lie beside the DAGs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.part import Feature, Part
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import READS_DAG_FILES, RUNS_PLUGINS

PLUGINS_OPTION = "AIRFLOW__CORE__PLUGINS_FOLDER"


class DagFiles(Part):
    """A source of DAGs that are files at a fixed path in the pods."""

    @property
    def root(self) -> str:
        """The folder that the pods have of it; the DAGs may be in a folder of this one."""
        raise NotImplementedError

    def mounted_files(self, role: Role, platform: Platform) -> PodParts:
        """What brings the files into a pod, and keeps them up to date."""
        raise NotImplementedError

    def bundle(self, platform: Platform) -> PodParts:
        """The DAG bundle, for roles that parse DAGs or run their tasks."""
        raise NotImplementedError

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The files and the DAG bundle; the files alone for roles that import plugins from them."""
        if role in READS_DAG_FILES:
            return self.bundle(platform) + self.mounted_files(role, platform)
        if role in RUNS_PLUGINS and platform.find(PluginsInDags) is not None:
            return self.mounted_files(role, platform)
        return NOTHING


@dataclass(frozen=True)
class PluginsInDags(Props, Feature):
    """Plugins that lie beside the DAGs, in one repository, folder, volume or image.

    All roles that import plugins get the files of the DAG source, with git-sync a sidecar of their
    own: API server, scheduler, triggerer. Airflow reads plugins when a process starts, so restart
    the pods for changed ones.
    """

    subdirectory: str = "plugins"
    """Folder of plugins, from the root of the DAG source; for git-sync that of the repository. Its
    modules can be imported by name: as XCom backend, timetable, listener. Default: `plugins`."""
    python_path: bool = False
    """Whether Python finds all modules below the root of the DAG source, `PYTHONPATH`: for
    `xcom_backend: include.xcom.Backend` in a folder `include` beside the DAGs. A folder there hides
    a package of the same name. Default: False."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        path = PurePosixPath(self.subdirectory)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            yield (
                f"PluginsInDags(subdirectory={self.subdirectory!r}): expected a path below the "
                "root of the DAG source, such as 'plugins'"
            )

    def validate(self, platform: Platform) -> list[str]:
        """A problem, if the DAG source has no fixed path."""
        if platform.find(DagFiles):
            return []
        return [
            "plugins=PluginsInDags(...): GitDags has a checkout for each version of the DAGs, and "
            "no fixed path; use GitSyncDags, or bring them by PluginsFolder, PluginsVolume or "
            "PluginsInImage"
        ]

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """`[core] plugins_folder`, and `PYTHONPATH`."""
        source = platform.find(DagFiles)
        if role not in RUNS_PLUGINS or source is None:
            return NOTHING
        env = {PLUGINS_OPTION: f"{source.root}/{self.subdirectory.strip('/')}"}
        if self.python_path:
            env["PYTHONPATH"] = source.root
        return PodParts(env=env_vars(env))
