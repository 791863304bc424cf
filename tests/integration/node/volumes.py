"""The volumes of one pod, laid out on disk as the kubelet does it."""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

from .objects import (
    Manifest,
    NodeError,
    NotYetError,
    ObjectStore,
    config_map_data,
    namespace_of,
    pod_field,
    refuse_unknown_fields,
    secret_data,
)

_STAMPS = count()


@dataclass(frozen=True)
class Mount:
    """One bind mount of a container."""

    source: Path
    target: str
    read_only: bool


@dataclass(frozen=True)
class _File:
    content: bytes
    mode: int


class PodVolumes:
    """Makes a pod's volumes, keeps those from ConfigMaps and Secrets fresh, lists the mounts."""

    def __init__(
        self,
        pod: Manifest,
        store: ObjectStore,
        folder: Path,
        claims: Mapping[str, Path],
        token_source: Callable[[Manifest, str], bytes],
    ) -> None:
        self._pod = pod
        self._store = store
        self._folder = folder
        self._claims = claims
        self._token_source = token_source
        context = pod["spec"].get("securityContext", {})
        self._group: int | None = context.get("fsGroup")
        self._only_on_mismatch = context.get("fsGroupChangePolicy") == "OnRootMismatch"
        self._volumes: list[Manifest] = pod["spec"].get("volumes", [])

    def prepare(self) -> None:
        """Makes every volume; NotYetError when a ConfigMap or Secret is missing."""
        for volume in self._volumes:
            path = self.path(volume["name"])
            if {"emptyDir", "ephemeral"} & set(volume):
                path.mkdir(parents=True, exist_ok=True)
                path.chmod(0o777)
                self._give_to_group(path)
            elif "persistentVolumeClaim" in volume:
                name = volume["persistentVolumeClaim"]["claimName"]
                if not self._store.get("PersistentVolumeClaim", namespace_of(self._pod), name):
                    raise NotYetError(f"persistentvolumeclaim {name} not found")
                (path / "lost+found").mkdir(mode=0o700, parents=True, exist_ok=True)
                self._give_to_group(path)
            else:
                write_atomically(path, self._files(volume), self._group)

    def refresh(self) -> None:
        """Brings files from ConfigMaps and Secrets up to date; a missing object changes nothing."""
        for volume in self._volumes:
            path = self.path(volume["name"])
            if path.exists() and {"configMap", "secret", "projected"} & set(volume):
                try:
                    write_atomically(path, self._files(volume), self._group)
                except NotYetError:
                    continue

    def path(self, name: str) -> Path:
        """Where a volume lies on the node."""
        return self._claims.get(name, self._folder / name)

    def mounts(self, container: Manifest) -> list[Mount]:
        """The mounts of a container, outer ones first."""
        kinds = {volume["name"]: volume for volume in self._volumes}
        mounts = []
        for entry in container.get("volumeMounts", []):
            known = ("name", "mountPath", "readOnly", "subPath")
            refuse_unknown_fields("volumeMounts", entry, known)
            source = self.path(entry["name"])
            if entry["name"] not in kinds:
                raise NodeError(f"no volume is named {entry['name']!r}")
            if entry.get("subPath"):
                source = source / entry["subPath"]
                if not source.exists():
                    source.mkdir(parents=True)
                    self._give_to_group(source)
                source = source.resolve()
            kind = kinds[entry["name"]]
            writable = {"emptyDir", "ephemeral", "persistentVolumeClaim"} & set(kind)
            whole = kind.get("persistentVolumeClaim", {}).get("readOnly", False)
            read_only = bool(entry.get("readOnly")) or whole or not writable
            mounts.append(Mount(source, entry["mountPath"], read_only))
        return sorted(mounts, key=lambda mount: PurePosixPath(mount.target).parts)

    def remove(self) -> None:
        """Deletes everything that dies with the pod."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _give_to_group(self, path: Path) -> None:
        if self._group is None:
            return
        found = path.stat()
        wanted = stat.S_ISGID | 0o770
        if self._only_on_mismatch and found.st_gid == self._group:
            if found.st_mode & wanted == wanted:
                return
        for entry in [path, *path.rglob("*")]:
            if not entry.is_symlink():
                os.chown(entry, -1, self._group)
                extra = stat.S_ISGID | 0o770 if entry.is_dir() else 0o660
                entry.chmod(stat.S_IMODE(entry.stat().st_mode) | extra)

    def _files(self, volume: Manifest) -> dict[str, _File]:
        if "projected" in volume:
            projected = volume["projected"]
            mode = projected.get("defaultMode", 0o644)
            files: dict[str, _File] = {}
            for source in projected["sources"]:
                files.update(self._source_files(source, mode))
            return files
        kinds = {"configMap", "secret", "downwardAPI"} & set(volume)
        if not kinds:
            raise NodeError(f"the stand-in node does not know the volume {volume}")
        (kind,) = kinds
        source = volume[kind]
        mode = source.get("defaultMode", 0o644)
        if kind == "secret":
            source = {**source, "name": source["secretName"]}
        return self._source_files({kind: source}, mode)

    def _source_files(self, source: Mapping[str, Any], mode: int) -> dict[str, _File]:
        ((kind, value),) = source.items()
        if kind == "serviceAccountToken":
            token = self._token_source(self._pod, value.get("audience", ""))
            return {value.get("path", "token"): _File(token, mode)}
        if kind == "downwardAPI":
            paths = {item["path"]: item["fieldRef"]["fieldPath"] for item in value["items"]}
            return {
                name: _File(pod_field(path, self._pod, {}).encode(), mode)
                for name, path in paths.items()
            }
        namespace = namespace_of(self._pod)
        if kind == "configMap":
            found = self._store.get("ConfigMap", namespace, value["name"])
            data = config_map_data(found) if found else None
        elif kind == "secret":
            found = self._store.get("Secret", namespace, value["name"])
            data = secret_data(found) if found else None
        else:
            raise NodeError(f"the stand-in node does not know the volume source {kind}")
        optional = value.get("optional", False)
        if data is None and not optional:
            raise NotYetError(f"{kind} {value['name']} not found")
        return _pick(value, data or {}, mode, optional)


def _pick(
    source: Mapping[str, Any], data: Mapping[str, bytes], mode: int, optional: bool
) -> dict[str, _File]:
    if "items" not in source:
        return {key: _File(content, mode) for key, content in data.items()}
    files = {}
    for item in source["items"]:
        if item["key"] in data:
            files[item["path"]] = _File(data[item["key"]], item.get("mode", mode))
        elif not optional:
            raise NotYetError(f"{source['name']} has no key {item['key']}")
    return files


def write_atomically(volume: Path, files: Mapping[str, _File], group: int | None) -> None:
    """The kubelet's AtomicWriter: a dated folder, ``..data`` that points at it, links at the top.

    Replacing ``..data`` changes all files at once; nothing happens when they are as they were.
    """
    volume.mkdir(parents=True, exist_ok=True)
    volume.chmod(0o777)
    data = volume / "..data"
    if data.exists() and _read(data.resolve()) == {n: f.content for n, f in files.items()}:
        return
    fresh = volume / f"..{time.strftime('%Y_%m_%d_%H_%M_%S')}.{next(_STAMPS):010d}"
    fresh.mkdir(mode=0o755)
    for name, file in files.items():
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        path.chmod(file.mode)
    if group is not None:
        for path in [volume, fresh, *fresh.rglob("*")]:
            os.chown(path, -1, group)
            extra = stat.S_ISGID | 0o550 if path.is_dir() else 0o440
            path.chmod(stat.S_IMODE(path.stat().st_mode) | extra)
    old = data.resolve() if data.is_symlink() else None
    link = volume / "..data_tmp"
    link.symlink_to(fresh.name)
    link.replace(data)
    tops = {PurePosixPath(name).parts[0] for name in files}
    for top in tops:
        if not (volume / top).is_symlink():
            (volume / top).symlink_to(f"..data/{top}")
    for entry in volume.iterdir():
        if entry.is_symlink() and not entry.name.startswith("..") and entry.name not in tops:
            entry.unlink()
    if old is not None:
        shutil.rmtree(old)


def _read(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
