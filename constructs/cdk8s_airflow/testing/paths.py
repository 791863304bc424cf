"""Paths in commands and options: the program is in its ConfigMap, the folder on a volume."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from cdk8s_airflow.checks.bundle import Bundle, Manifest, Pod, env_literals
from cdk8s_airflow.testing.containers import handlers

FOLDER_OPTIONS = (
    "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH",
    "AIRFLOW__LOGGING__BASE_LOG_FOLDER",
    "PGDATA",
    "PYTHONPYCACHEPREFIX",
)


def check_folders(bundle: Bundle) -> Iterator[str]:
    """The folders that a process is told to write to lie on volumes: the root is read-only."""
    for pod in bundle.pods:
        for container in pod.containers:
            mounts = {PurePosixPath(m["mountPath"]) for m in container.get("volumeMounts") or []}
            literals = env_literals(container)
            for name in FOLDER_OPTIONS:
                folder = PurePosixPath(literals.get(name, ""))
                if name in literals and not mounts & {folder, *folder.parents}:
                    yield f"{pod}: container {container['name']}: {name} {folder} is on no volume"


def check_programs(bundle: Bundle) -> Iterator[str]:
    """What a command runs from a mounted ConfigMap is in it."""
    for pod in bundle.pods:
        for container in pod.containers:
            texts = list(_texts(container))
            for mount in container.get("volumeMounts") or []:
                if "subPath" in mount or (files := _files(bundle, pod, mount["name"])) is None:
                    continue
                path = re.compile(
                    rf"(?<![\w.-]){re.escape(mount['mountPath'])}/(?:\.\.data/)?(\w[\w./-]*\.\w+)"
                )
                for where, text in texts:
                    for wanted in path.findall(text):
                        if wanted not in files:
                            yield (
                                f"{pod}: container {container['name']}: {where}: {wanted} is "
                                f"not in volume {mount['name']}, which has {sorted(files)}"
                            )


def _texts(container: Manifest) -> Iterator[tuple[str, str]]:
    for field in ("command", "args"):
        for word in container.get(field) or []:
            yield field, str(word)
    for name, value in env_literals(container).items():
        yield f"env {name}", str(value)
    for place, handler in handlers(container):
        for word in (handler.get("exec") or {}).get("command") or []:
            yield place, str(word)


def _files(bundle: Bundle, pod: Pod, volume_name: str) -> set[str] | None:
    """Return the files of a volume made of ConfigMaps alone; None for any other."""
    for volume in pod.volumes:
        if volume["name"] == volume_name:
            sources = (volume.get("projected") or {}).get("sources") or [volume]
            files: set[str] = set()
            for source in sources:
                if "configMap" not in source:
                    return None
                ref = source["configMap"]
                config_map = bundle.find("ConfigMap", ref.get("name", ""), pod.namespace)
                if config_map is None:
                    return None
                keys = {*(config_map.get("data") or {}), *(config_map.get("binaryData") or {})}
                files |= {item["path"] for item in ref.get("items") or []} or keys
            return files
    return None
