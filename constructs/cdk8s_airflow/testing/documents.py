"""Manifests of anybody: the objects in files, each with its line, and what is no object at all."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from cdk8s_airflow.checks.bundle import Manifest, title

SUFFIXES = (".yaml", ".yml", ".json")
STANDARD_INPUT = "-"
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """One object of a file."""

    manifest: Manifest
    file: str
    line: int


@dataclass(frozen=True)
class Refused:
    """A place of a file that cannot be read as an object."""

    file: str
    line: int
    message: str


@dataclass
class Documents:
    """What files hold."""

    objects: list[Document] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    """Files without any object, such as values.yaml."""

    def place(self, message: str) -> tuple[str, int]:
        """File and line of the object with whose `Kind/name` a message begins."""
        head = message.split(" ", 1)[0].rstrip(":,")
        if not hasattr(self, "_places"):
            self._places: dict[str, tuple[str, int]] = {}
            for each in self.objects:
                self._places.setdefault(title(each.manifest), (each.file, each.line))
        first = self.objects[0].file if self.objects else ""
        # The pods of tasks stand in a ConfigMap.
        template = head.replace("Pod/", "ConfigMap/", 1)
        return self._places.get(head) or self._places.get(template) or (first, 1)


def read_documents(sources: Sequence[str | Path]) -> Documents:
    """Reads folders (all their YAML and JSON files), files, or standard input.

    Args:
        sources: paths; `-` is standard input.

    Raises:
        OSError: a path does not exist, or cannot be read.
        ValueError: there is no file of manifests at all.
    """
    found = Documents()
    read = 0
    for source in sources:
        for file, text in _texts(source):
            read += 1
            _read(found, file, text)
    if not read:
        names = ", ".join(map(str, sources))
        raise ValueError(f"{names}: no *.yaml, *.yml or *.json file in it")
    return found


def _texts(source: str | Path) -> Iterator[tuple[str, str]]:
    if str(source) == STANDARD_INPUT:
        yield "<stdin>", sys.stdin.read()
        return
    path = Path(source)
    if not path.is_dir():
        yield str(path), path.read_text("utf-8")
        return
    for each in sorted(path.rglob("*")):
        below = each.relative_to(path).parts
        hidden = any(part.startswith(".") for part in below)
        if each.suffix in SUFFIXES and each.is_file() and not hidden:
            yield str(each), each.read_text("utf-8")


def _read(found: Documents, file: str, text: str) -> None:
    loader = _Loader(text)
    objects = 0
    try:
        while loader.check_node():
            node = loader.get_node()
            line = node.start_mark.line + 1 if node else 1
            value = loader.construct_document(node)
            for each in _items(value):
                objects += _add(found, each, file, line)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or str(error)
        found.refused.append(Refused(file, mark.line + 1 if mark else 1, f"is no YAML: {why}"))
        objects += 1
    except (TypeError, ValueError, RecursionError) as error:
        found.refused.append(Refused(file, 1, f"cannot be read: {error}"))
        objects += 1
    finally:
        loader.dispose()
    if not objects:
        found.skipped.append(file)


def _items(value: object) -> Iterator[object]:
    """The objects of a `List`, or the one."""
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        if str(value.get("kind", "")).endswith("List"):
            yield from value["items"]
            return
    if value is not None:
        yield value


def _add(found: Documents, value: object, file: str, line: int) -> int:
    """Adds what is an object, or the reason why it is none; 0: it does not want to be one."""
    if not isinstance(value, dict) or not ("kind" in value and "apiVersion" in value):
        return 0
    if str(value["apiVersion"]).startswith("kustomize.config.k8s.io/"):
        return 0
    metadata = value.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    texts = (value["kind"], value["apiVersion"], name)
    if not all(isinstance(each, str) and each for each in texts):
        what = value["kind"] if isinstance(value["kind"], str) else "object"
        message = f"{what}: expected apiVersion, kind and metadata.name, each a text"
        found.refused.append(Refused(file, line, message))
    else:
        found.objects.append(Document(value, file, line))
    return 1
