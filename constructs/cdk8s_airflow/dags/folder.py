"""DAGs from a folder, whose files are put into ConfigMaps."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from constructs import Construct

from cdk8s_airflow.dags.local import DAGS_FOLDER, local_bundle
from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.workloads import config_map
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import READS_DAG_FILES

_COMPONENT = "dags"
# The kubelet swaps this symlink at each change, so all files change at once. The mount itself has
# every file twice, which Airflow reports as a recursive loop.
_FOLDER = f"{DAGS_FOLDER}/..data"
_REFRESH_SECONDS = 30
_LIMIT = 1024 * 1024
# Client-side apply keeps each object in an annotation of at most 256 KiB.
_CHUNK = 200 * 1024
_ALTERNATIVES = (
    "put them into the image, or have them pulled from Git (a repository of their own needs no "
    "new bundle for each change)"
)


@dataclass(frozen=True)
class DagsFolder(Props, Part):
    """DAGs from a folder beside the app, for the stock image and small sets of DAGs.

    Sub-folders, helper modules and data files are included; hidden files (except `.airflowignore`),
    `__pycache__` and compiled files are not. A changed, new or removed DAG reaches the pods about
    two minutes after an apply, without a restart; only a file that is added to or removed from a
    sub-folder restarts them. A run that is under way may see the change, as with git-sync.
    """

    path: str
    """The folder, absolute or relative to the working folder of the app. At most 1 MiB in all."""

    def __post_init__(self) -> None:
        """Reads the folder.

        Raises:
            ValueError: when the folder is missing, holds no Python file, or is too large.
        """
        super().__post_init__()
        folder = Path(self.path)
        if not folder.is_dir():
            raise ValueError(
                f"DagsFolder({self.path!r}): there is no such folder (working folder: "
                f"{Path.cwd().name}/); create it or give its path"
            )
        files = dict(_files(folder))
        if not any(name.endswith(".py") for name in files):
            raise ValueError(f"DagsFolder({self.path!r}): no *.py file in it; put a DAG there")
        size = sum(len(content) for content in files.values())
        if size > _LIMIT:
            raise ValueError(
                f"DagsFolder({self.path!r}) holds {size} bytes in {len(files)} files, at most "
                f"{_LIMIT} (1 MiB) fit: {_ALTERNATIVES}"
            )
        object.__setattr__(self, "_files", files)

    @property
    def files(self) -> Mapping[str, bytes]:
        """Path below the folder -> content, sorted."""
        files: Mapping[str, bytes] = getattr(self, "_files")  # noqa: B009
        return files

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The volume and the DAG bundle, for roles that parse DAGs or run tasks."""
        if role not in READS_DAG_FILES:
            return NOTHING
        sources = []
        for name, files, nested in self._config_maps(platform):
            items = [{"key": _key(path), "path": path} for path in files]
            # Without items the volume takes all keys, so that a new file changes no pod.
            source = {"name": name, "items": items} if nested else {"name": name}
            sources.append({"configMap": source})
        return local_bundle(_FOLDER, refresh_interval=_REFRESH_SECONDS) + PodParts(
            volumes=({"name": _COMPONENT, "projected": {"sources": sources}},),
            mounts=({"name": _COMPONENT, "mountPath": DAGS_FOLDER, "readOnly": True},),
        )

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the ConfigMaps to the bundle."""
        owner, labels = Construct(scope, _COMPONENT), platform.labels(_COMPONENT)
        for name, files, _ in self._config_maps(platform):
            data, binary = _split({_key(path): self.files[path] for path in files})
            config_map(owner, name, name, labels, data=data, binary_data=binary)

    def _config_maps(self, platform: Platform) -> Iterator[tuple[str, Sequence[str], bool]]:
        """Name of each ConfigMap, its files, and whether these are in sub-folders."""
        flat = {path: data for path, data in self.files.items() if _key(path) == path}
        nested = {path: data for path, data in self.files.items() if path not in flat}
        for suffix, files in (("", flat), ("-nested", nested)):
            for number, chunk in enumerate(_chunks(files)):
                name = platform.name(_COMPONENT) + suffix + (f"-{number}" if number else "")
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
