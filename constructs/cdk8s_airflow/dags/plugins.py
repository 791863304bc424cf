"""Plugins that do not lie beside the DAGs: in a folder, on a volume, in the image."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeAlias

from constructs import Construct

from cdk8s_airflow.dags.carried import CarriedFolder
from cdk8s_airflow.dags.files import PLUGINS_OPTION, PluginsInDags
from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.kubernetes.storage import VolumeClaim, build_claim, claim_name, shared_problems
from cdk8s_airflow.part import Feature
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import RUNS_PLUGINS

PLUGINS_FOLDER = "/opt/airflow/plugins"
"""Airflow's own folder for plugins in the official image."""
_COMPONENT = "plugins"


@dataclass(frozen=True)
class PluginsFolder(CarriedFolder, Feature):
    """Plugins from a folder beside the app, in ConfigMaps; a change restarts the pods.

    All roles that import plugins have them. Sub-folders are included; hidden files, `__pycache__`
    and compiled files are not.
    """

    component = _COMPONENT
    missing = "put a plugin there"
    alternatives = "put them into the image or on a volume"

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The volume, `[core] plugins_folder`, and a hash of all files."""
        if role not in RUNS_PLUGINS:
            return NOTHING
        content = {path: data.hex() for path, data in self.files.items()}
        return self.mounted(platform, PLUGINS_FOLDER) + PodParts(
            env=env_vars({PLUGINS_OPTION: f"{PLUGINS_FOLDER}/..data"}),
            checksum_inputs={_COMPONENT: content_hash(content, length=16)},
        )


@dataclass(frozen=True)
class PluginsVolume(Props, Feature):
    """Plugins on a shared volume, to which a process of yours writes them.

    All roles that import plugins mount it read-only. Airflow reads plugins when a process starts,
    so restart the pods for changed ones.
    """

    claim: str | VolumeClaim
    """Name of an existing PersistentVolumeClaim in the release's namespace, or one that the bundle
    creates as `{release}-plugins`. Pods on many nodes mount it, so an existing one needs
    `ReadOnlyMany` or `ReadWriteMany`."""
    sub_path: str | None = None
    """Folder of the volume that holds the plugins, mounted as `subPath`. It has to exist. Default:
    the whole volume."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from shared_problems("PluginsVolume", self.claim, self.sub_path, "team/plugins")

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The volume, at Airflow's own folder for plugins."""
        if role not in RUNS_PLUGINS:
            return NOTHING
        claim = {"claimName": self._claim_name(platform), "readOnly": True}
        mount = {"name": _COMPONENT, "mountPath": PLUGINS_FOLDER, "readOnly": True}
        return PodParts(
            env=env_vars({PLUGINS_OPTION: PLUGINS_FOLDER}),
            volumes=({"name": _COMPONENT, "persistentVolumeClaim": claim},),
            mounts=({**mount, "subPath": self.sub_path},),
        )

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the claim, unless it exists already."""
        labels = platform.labels(_COMPONENT)
        build_claim(scope, _COMPONENT, self.claim, self._claim_name(platform), labels)

    def _claim_name(self, platform: Platform) -> str:
        return claim_name(self.claim, platform.name(_COMPONENT))


@dataclass(frozen=True)
class PluginsInImage(Props, Feature):
    """Plugins in the image, in another folder than Airflow's own."""

    path: str = PLUGINS_FOLDER
    """Folder in the image. Default: `/opt/airflow/plugins`, where Airflow looks anyway."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        path = PurePosixPath(self.path)
        if not path.is_absolute() or ".." in path.parts:
            yield (
                f"PluginsInImage({self.path!r}): expected an absolute path such as "
                f"{PLUGINS_FOLDER!r}"
            )

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """`[core] plugins_folder`."""
        if role not in RUNS_PLUGINS:
            return NOTHING
        return PodParts(env=env_vars({PLUGINS_OPTION: self.path}))


Plugins: TypeAlias = PluginsInDags | PluginsFolder | PluginsVolume | PluginsInImage
