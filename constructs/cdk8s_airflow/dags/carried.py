"""Folders beside the app, whose files ConfigMaps carry into the pods."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from constructs import Construct

from cdk8s_airflow.kubernetes.credentials import file_problems
from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.workloads import config_map
from cdk8s_airflow.platform import Platform

_LIMIT = 1024 * 1024
# Client-side apply keeps each object in an annotation of at most 256 KiB.
_CHUNK = 200 * 1024


@dataclass(frozen=True)
class CarriedFolder(Props):
    """A folder whose files are put into ConfigMaps, sub-folders included.

    Hidden files (except `.airflowignore`), `__pycache__` and compiled files are left out.
    """

    component: ClassVar[str]
    """Name of the volume, and of the ConfigMaps after that of the release."""
    missing: ClassVar[str]
    """What to do about a folder without a Python file, for the message."""
    alternatives: ClassVar[str]
    """What to use for a folder that is too large, for the message."""

    path: str
    """The folder, absolute or relative to the working folder of the app. At most 1 MiB in all."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        here = f"{type(self).__name__}({self.path!r})"
        if not Path(self.path).is_dir():
            yield (
                f"{here}: there is no such folder (working folder: {Path.cwd().name}/); create it "
                "or give its path"
            )
            return
        if not any(path.endswith(".py") for path in self.files):
            yield f"{here}: no *.py file in it; {self.missing}"
        size = sum(len(content) for content in self.files.values())
        if size > _LIMIT:
            yield (
                f"{here} holds {size} bytes in {len(self.files)} files, at most {_LIMIT} (1 MiB) "
                f"fit: {self.alternatives}"
            )
        yield from (f"{here}: {text}" for text in file_problems(self.files))

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """Path below the folder -> content, sorted; as they were when the props were made."""
        return dict(_files(Path(self.path)))

    def mounted(self, platform: Platform, path: str) -> PodParts:
        """The volume with all files, mounted read-only.

        The files are below `..data` of the mount: the kubelet swaps this symlink at each change, so
        all files change at once. The mount itself has every file twice, which Airflow reports as a
        recursive loop.

        Args:
            platform: the release.
            path: where the pod has it.
        """
        sources = []
        for name, files, nested in self._config_maps(platform):
            items = [{"key": _key(path), "path": path} for path in files]
            # Without items the volume takes all keys, so that a new file changes no pod.
            source = {"name": name, "items": items} if nested else {"name": name}
            sources.append({"configMap": source})
        return PodParts(
            volumes=({"name": self.component, "projected": {"sources": sources}},),
            mounts=({"name": self.component, "mountPath": path, "readOnly": True},),
        )

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the ConfigMaps to the bundle."""
        owner, labels = Construct(scope, self.component), platform.labels(self.component)
        for name, files, _ in self._config_maps(platform):
            data, binary = _split({_key(path): self.files[path] for path in files})
            config_map(owner, name, name, labels, data=data, binary_data=binary)

    def _config_maps(self, platform: Platform) -> Iterator[tuple[str, Sequence[str], bool]]:
        """Name of each ConfigMap, its files, and whether these are in sub-folders."""
        flat = {path: data for path, data in self.files.items() if _key(path) == path}
        nested = {path: data for path, data in self.files.items() if path not in flat}
        for suffix, files in (("", flat), ("-nested", nested)):
            for number, chunk in enumerate(_chunks(files)):
                name = platform.name(self.component) + suffix + (f"-{number}" if number else "")
                yield name, chunk, files is nested


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in relative.parts)
        if (hidden and relative.name != ".airflowignore") or "__pycache__" in relative.parts:
            continue
        if path.is_file() and path.suffix not in (".pyc", ".pyo"):
            yield relative.as_posix(), path.read_bytes()


def _chunks(files: Mapping[str, bytes]) -> Sequence[Sequence[str]]:
    chunks: list[list[str]] = []
    size = 0
    for path, content in files.items():
        if not chunks or size + len(content) > _CHUNK:
            chunks.append([])
            size = 0
        chunks[-1].append(path)
        size += len(content)
    return chunks


def _key(path: str) -> str:
    """A readable ConfigMap key that no other file has."""
    plain = re.sub(r"[^-._a-zA-Z0-9]", "_", path)
    return plain if plain == path and len(path) < 200 else f"{plain[-200:]}.{content_hash(path)}"


def _split(files: Mapping[str, bytes]) -> tuple[dict[str, str], dict[str, str]]:
    data: dict[str, str] = {}
    binary: dict[str, str] = {}
    for key, content in files.items():
        try:
            data[key] = content.decode("utf-8")
        except UnicodeDecodeError:
            binary[key] = base64.b64encode(content).decode()
    return data, binary
