"""YAML files as a tree that keeps the line of each value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from cdk8s_airflow.kubernetes.yaml_files import (
    YamlError,
    check_depth,
    check_nodes,
    plain_loader,
    read_text,
    yaml_error,
)

FLEET = "fleet"
"""The key of what the releases of a file share."""


@dataclass(frozen=True)
class Mark:
    """A line of a file; sorts by file, then by line."""

    file: str
    line: int

    def __str__(self) -> str:
        """`file:line`."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Problem:
    """A problem in a line of a file."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class Entry:
    """A value and its line; mappings and lists hold entries again."""

    value: Any
    mark: Mark

    @property
    def plain(self) -> Any:
        """The value without lines."""
        if isinstance(self.value, dict):
            return {key: item.plain for key, item in self.value.items()}
        if isinstance(self.value, list):
            return [item.plain for item in self.value]
        return self.value

    def find(self, steps: Sequence[str | int]) -> tuple[Mark, list[str | int]]:
        """The line that a path leads to, as far as it exists, and the existing part of the path."""
        here, taken = self, []
        for step in steps:
            items = here.value
            known = isinstance(items, dict) and step in items
            if known or (isinstance(items, list) and isinstance(step, int) and step < len(items)):
                here = items[step]
                taken.append(step)
        return here.mark, taken

    def at(self, steps: Sequence[str | int]) -> Mapping[str, Entry]:
        """The mapping that a path leads to, as far as it exists."""
        here = self
        for step in self.find(steps)[1]:
            here = here.value[step]
        return here.value if isinstance(here.value, dict) else {}

    def merged_over(self, below: Entry) -> Entry:
        """Both merged, this one over `below`; another `kind` replaces the whole mapping."""
        ours, theirs = self.value, below.value
        if not (isinstance(ours, dict) and isinstance(theirs, dict)):
            return self
        if "kind" in ours and ours["kind"].value != getattr(theirs.get("kind"), "value", None):
            return self
        merged = {k: v.merged_over(theirs[k]) if k in theirs else v for k, v in ours.items()}
        return Entry({**theirs, **merged}, self.mark)


def read_files(files: Sequence[Path]) -> tuple[Entry, list[Problem]]:
    """The merged tree of all files, the later over the earlier, and YAML problems."""
    tree, problems = Entry({}, Mark(str(files[0]), 1)), list[Problem]()
    for path in files:
        entry, found = read_file(path)
        tree = _below(entry, path.parent).merged_over(tree)
        problems += found
    return tree, problems


def split_releases(tree: Entry, problems: list[Problem]) -> tuple[Mapping[str, Entry], Mark | None]:
    """Id -> entry of each release, "" for a single one; and the line of `releases:`."""
    several, fleet = tree.value.get("releases"), tree.value.get(FLEET)
    if several is None:
        if fleet is not None:
            problems.append(Problem(fleet.mark, "fleet: is for several releases; give releases:"))
        return {"": Entry({k: v for k, v in tree.value.items() if k != FLEET}, tree.mark)}, None
    if not isinstance(several.value, dict) or not several.value:
        problems.append(Problem(several.mark, "releases: expected `name:` lines, one a release"))
        return {}, several.mark
    others = {k: v for k, v in tree.value.items() if k not in ("releases", FLEET)}
    shared = Entry(others, tree.mark)
    return {
        id: (Entry({}, one.mark) if one.value is None else one).merged_over(shared)
        for id, one in several.value.items()
    }, several.mark


def _below(entry: Entry, folder: Path) -> Entry:
    """The tree, with all paths of files made relative to the file."""
    one = {k: v for k, v in entry.value.items() if k != "releases"}
    for key, kind, name in _PATHS:
        if key in one:
            one[key] = _rooted(one[key], folder, kind, name)
    manifests = one.get("extraManifests")
    if manifests and isinstance(manifests.value, list):
        items = [_joined(item, folder) for item in manifests.value]
        one["extraManifests"] = Entry(items, manifests.mark)
    if "releases" in entry.value:
        several = entry.value["releases"]
        if isinstance(several.value, dict):
            below = {
                id: _below(each, folder) if isinstance(each.value, dict) else each
                for id, each in several.value.items()
            }
            several = Entry(below, several.mark)
        one["releases"] = several
    return Entry(one, entry.mark)


_PATHS = (
    ("dags", "DagsFolder", "path"),
    ("plugins", "PluginsFolder", "path"),
    ("extraPackages", "ExtraPackages", "file"),
    ("imageDigests", "ImageDigests", "file"),
)
"""Prop, kind of its value, and the key of that which is a path."""


def _rooted(value: Entry, folder: Path, kind: str, name: str) -> Entry:
    if not isinstance(value.value, dict) or name not in value.value:
        return value
    given = value.value.get("kind")
    if given and given.value != kind:
        return value
    return Entry({**value.value, name: _joined(value.value[name], folder)}, value.mark)


def _joined(path: Entry, folder: Path) -> Entry:
    text = path.value
    return Entry(str(folder / text), path.mark) if isinstance(text, str) else path


def read_file(path: Path) -> tuple[Entry, list[Problem]]:
    """The tree of one file, and its YAML problems."""
    problems: list[Problem] = []
    top = Mark(str(path), 1)
    try:
        text = read_text(path, megabytes=1)
        check_depth(text, yaml.SafeLoader)
        loader = plain_loader()(text)
        node = loader.get_single_node()
        if node is None:
            return Entry({}, top), []
        check_nodes(node)
        entry = _entry(loader, node, str(path), problems)
    except YamlError as error:
        return Entry({}, top), [*problems, Problem(Mark(str(path), error.line), str(error))]
    except yaml.YAMLError as error:
        found = yaml_error(error)
        return Entry({}, top), [*problems, Problem(Mark(str(path), found.line), str(found))]
    except ValueError as error:
        return Entry({}, top), [*problems, Problem(top, f"not YAML: {error}")]
    if not isinstance(entry.value, dict):
        return Entry({}, top), [Problem(top, "expected `key: value` lines")]
    return entry, problems


def _is_trap(node: yaml.Node) -> bool:
    """Whether a number is none for people: `1:30` is sexagesimal, `010` is octal."""
    text = node.value
    octal = text[:1] == "0" and text.isdigit() and text.strip("0")
    return node.tag == "tag:yaml.org,2002:int" and bool(octal or ":" in text)


def _entry(
    loader: Any, node: yaml.Node, file: str, problems: list[Problem], key: str = ""
) -> Entry:
    mark = Mark(file, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return Entry([_entry(loader, item, file, problems) for item in node.value], mark)
    if not isinstance(node, yaml.MappingNode):
        value = loader.construct_object(node)
        if _is_trap(node) and not key.lower().endswith("mode"):
            other = "" if ":" in node.value else f", or write {value}"
            problems.append(Problem(mark, f"YAML reads {node.value} as {value}; quote it{other}"))
        return Entry(value, mark)
    items: dict[str, Entry] = {}
    first: dict[str, int] = {}
    own = {id(key) for key, _ in node.value}
    loader.flatten_mapping(node)
    for name, value in node.value:
        place = Mark(file, name.start_mark.line + 1)
        key = loader.construct_object(name, deep=True)
        if not isinstance(key, str):
            problems.append(Problem(place, f"the key {name.value}: expected text; quote it"))
        elif key in first:
            problems.append(Problem(place, f"{key} is here twice, first in line {first[key]}"))
        else:
            if id(name) in own:
                first[key] = place.line
            items[key] = Entry(_entry(loader, value, file, problems, key).value, place)
    return Entry(items, mark)
