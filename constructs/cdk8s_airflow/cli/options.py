"""The options of a release, as the JSON Schema of values files describes them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from cdk8s_airflow.cli.exits import CommandError
from cdk8s_airflow.cli.schema import SCHEMA
from cdk8s_airflow.kubernetes.nearest import nearest

Node = Mapping[str, object]
KIND = "Kind"
"""How the definitions end that carry `kind`."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One option, or one class of props."""

    path: str
    """As a values file spells it: `executor.workers.concurrency`; of a class, its name."""
    text: str
    """What its docstring says; empty for a class of which the fields say all."""
    types: tuple[str, ...]
    """What it may be: names of props, and types of JSON."""
    values: tuple[str, ...]
    """The only values that it may have; empty: any of its types."""
    default: object
    """None: none, or one that the text tells."""
    below: Mapping[str, str]
    """The options in it, with the first sentence of each."""


@cache
def _schema() -> Node:
    found: Node = json.loads(SCHEMA.read_text("utf-8"))
    return found


def option(path: str) -> Option:
    """An option by its path, in the spelling of YAML or of Python.

    Args:
        path: `executor.workers.concurrency`, `airflow_version`, `WorkerGroup.concurrency`, or
            `WorkerGroup`; empty: all options of a release.

    Raises:
        CommandError: when there is none, with the nearest.
    """
    steps = [step.partition("[")[0] for step in path.split(".") if step]
    here: Node = _schema()
    told: list[str] = []
    for number, step in enumerate(steps):
        known = dict(_children(here))
        classes = _classes() if number == 0 else {}
        name = _spelled(step)
        if name in known:
            here, name = known[name], name
        elif step in classes:
            here, name = classes[step], step
        elif (others := _free(here)) is not None:
            here, name = others, step
        else:
            where = ".".join(told) or "a release"
            raise CommandError(f"{where} has no option {step!r}{nearest(name, known)}")
        told.append(name)
    return Option(
        path=".".join(told),
        text=str(here.get("description", "")) if here is not _schema() else "",
        types=tuple(dict.fromkeys(_types(here))),
        values=tuple(dict.fromkeys(_values(here))),
        default=here.get("default"),
        below={name: _first(child) for name, child in _children(here)},
    )


def all_paths() -> Iterator[str]:
    """Every option of every class of props: `WorkerGroup.concurrency`; of a release: its name."""
    for name, _ in _children(_schema()):
        yield name
    for each, node in _classes().items():
        yield from (f"{each}.{name}" for name, _ in _children(node))


def _classes() -> Mapping[str, Node]:
    found = _definitions()
    plain = {name: node for name, node in found.items() if not name.endswith(KIND)}
    kinds = {name.removesuffix(KIND): found[name] for name in found if name.endswith(KIND)}
    return {**kinds, **plain}


def _definitions() -> Mapping[str, Node]:
    found = _schema()["$defs"]
    assert isinstance(found, dict)
    return found


def _alternatives(node: Node) -> Iterator[Node]:
    """The node, and all that it may be, behind references and in lists."""
    yield node
    reference = node.get("$ref")
    if isinstance(reference, str):
        yield from _alternatives(_definitions()[reference.rpartition("/")[2]])
    for key in ("oneOf", "anyOf"):
        members = node.get(key)
        for member in members if isinstance(members, list) else ():
            yield from _alternatives(member)
    items = node.get("items")
    if isinstance(items, dict):
        yield from _alternatives(items)


def _children(node: Node) -> Iterator[tuple[str, Node]]:
    found: dict[str, Node] = {}
    for each in _alternatives(node):
        properties = each.get("properties")
        for name, child in properties.items() if isinstance(properties, dict) else ():
            if name != "kind":
                found.setdefault(name, child)
    yield from found.items()


def _free(node: Node) -> Node | None:
    """What a mapping with keys of the user holds, if the node may be one."""
    for each in _alternatives(node):
        more = each.get("additionalProperties")
        if isinstance(more, dict):
            return more
        if more is True:
            return {}
    return None


def _types(node: Node) -> Iterator[str]:
    for each in _alternatives(node):
        reference, kind = each.get("$ref"), each.get("type")
        if isinstance(reference, str):
            yield reference.rpartition("/")[2].removesuffix(KIND)
        elif isinstance(kind, str) and kind != "null" and "properties" not in each:
            yield {"object": "mapping", "array": "list"}.get(kind, kind)


def _values(node: Node) -> Iterator[str]:
    for each in _alternatives(node):
        if "properties" not in each and "$ref" not in each:
            values = each.get("enum", [each["const"]] if "const" in each else [])
            yield from map(str, values if isinstance(values, list) else [])


def _spelled(step: str) -> str:
    first, *rest = step.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in rest)


def _first(node: Node) -> str:
    """The first sentence."""
    text = " ".join(str(node.get("description", "")).split())
    return text.partition(". ")[0].rstrip(".")
