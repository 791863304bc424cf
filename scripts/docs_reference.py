"""The reference of the documentation site: each prop in Python and in a values file."""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import cdk8s_airflow
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.values.docstrings import field_docstrings
from cdk8s_airflow.values.types import camel

SCHEMA = Path(cdk8s_airflow.__file__).parent / "values" / "schema.json"
CHAPTERS = {
    "props": "A release",
    "executors": "Executors",
    "components": "Components",
    "dags": "DAGs, plugins, git",
    "services": "Databases and brokers",
    "auth": "Login",
    "exposure": "Exposure",
    "parts": "Optional parts",
    "release": "Release",
    "kubernetes": "Pods and other objects",
    "chart": "A release",
    "fleet": "Fleets",
}
"""Subpackage -> title of its page, in the order of the pages."""

Schema = Mapping[str, Any]


def subpackage(cls: type) -> str:
    """The subpackage, or module, of ours that a class is in."""
    return cls.__module__.split(".")[1]


@cache
def props() -> dict[str, list[type]]:
    """Title of a page -> the exported classes of props on it, by name; the release is first."""
    classes = [
        each
        for name in cdk8s_airflow.__all__
        if isinstance(each := getattr(cdk8s_airflow, name), type)
        and issubclass(each, Props)
        and dataclasses.is_dataclass(each)
    ]
    found: dict[str, list[type]] = {title: [] for title in CHAPTERS.values()}
    for each in sorted(classes, key=lambda cls: cls.__name__):
        found[CHAPTERS[subpackage(each)]].append(each)
    return {title: members for title, members in found.items() if members}


@cache
def reference_pages() -> dict[str, tuple[str, str]]:
    """Page -> its title and its Markdown."""
    pages = {"reference/index.md": ("Overview", overview())}
    for title, members in props().items():
        text = "\n\n".join([f"# {title}", *map(described, members)])
        pages[page(title)] = (title, text)
    pages["reference/constructs.md"] = ("Constructs", constructs())
    return pages


def page(title: str) -> str:
    """The page of a title."""
    return f"reference/{re.sub(r'[^a-z]+', '-', title.lower()).strip('-')}.md"


def overview() -> str:
    """All classes, with the first sentence of each."""
    lines = [
        "# Reference", "",
        "Each prop has its name and type in Python, and its key and type in a values file.", "",
    ]  # fmt: skip
    for title, members in props().items():
        lines += [f"## {title}", "", "| class | |", "|---|---|"]
        lines += [f"| {link(each.__name__)} | {first_sentence(each)} |" for each in members]
        lines.append("")
    return "\n".join(lines)


def first_sentence(cls: type) -> str:
    """What a class is, for a table."""
    return (inspect.getdoc(cls) or "").split("\n\n")[0].replace("\n", " ")


@cache
def places() -> dict[str, str]:
    """Name of a class -> where the reference has it, seen from a page of the reference."""
    return {
        each.__name__: f"{Path(page(title)).name}#{each.__name__.lower()}"
        for title, members in props().items()
        for each in members
    }


def link(name: str) -> str:
    """A link to a class; one that has no place is code."""
    return f"[{name}]({places()[name]})" if name in places() else f"`{name}`"


def described(cls: type) -> str:
    """The section of a class."""
    name = cls.__name__
    texts = field_docstrings(cls)
    keys = yaml_keys(name)
    parts = [f"## {name} {{#{name.lower()}}}", inspect.getdoc(cls) or ""]
    if kind := keys.get("kind", {}).get("const"):
        parts.append(f"In a values file: `kind: {kind}`.")
    owners = {field.name: owner(cls, field.name) for field in dataclasses.fields(cls)}
    for base in dict.fromkeys(owners.values()):
        if base is not cls and base.__name__ in places():
            names = [f"[`{each}`]({place(base)}.{each})" for each in owners if owners[each] is base]
            parts.append(f"It has the props of {link(base.__name__)}, too: {', '.join(names)}.")
    for field in dataclasses.fields(cls):
        inherited = owners[field.name] is not cls and owners[field.name].__name__ in places()
        if not field.name.startswith("_") and field.name in texts and not inherited:
            parts.append(f"### {field.name} {{#{name.lower()}.{field.name}}}")
            parts.append(typed(name, field, keys.get(camel(field.name))))
            parts.append(texts[field.name])
    return "\n\n".join(parts)


def owner(cls: type, field: str) -> type:
    """The class that defines a prop: the next one above with a docstring for it."""
    found = [each for each in cls.__mro__ if field in inspect.get_annotations(each)]
    return found[0]


def place(cls: type) -> str:
    """Where the reference has a class."""
    return places()[cls.__name__]


def typed(name: str, field: dataclasses.Field[Any], schema: Schema | None) -> str:
    """How a prop is written, in both ways."""
    annotation = re.sub(r"\s+", " ", str(field.type)).replace("k8s.", "")
    classes = [each for each in re.findall(r"\w+", annotation) if each in places()]
    both = [
        '=== "Python"', "",
        "    ```python", f"    {name}({field.name}: {annotation}{default(field)})", "    ```", "",
        '=== "YAML"', "",
    ]  # fmt: skip
    if schema is None:
        both.append("    In Python alone.")
    else:
        both += ["    ```yaml", f"    {camel(field.name)}: <{yaml_type(schema)}>", "    ```"]
    if classes:
        both += ["", "See " + ", ".join(link(each) for each in dict.fromkeys(classes)) + "."]
    return "\n".join(both)


def default(field: dataclasses.Field[Any]) -> str:
    """` = 8`, or nothing where a prop is required."""
    if field.default is not dataclasses.MISSING:
        return f" = {short(field.default)}"
    if field.default_factory is not dataclasses.MISSING:
        return f" = {short(field.default_factory())}"
    return ""


def short(value: object) -> str:
    """A value as a person writes it: without what is the default."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(short, value))}]"
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return repr(value)
    own = [
        f"{field.name}={short(getattr(value, field.name))}"
        for field in dataclasses.fields(value)
        if default(field) != f" = {short(getattr(value, field.name))}"
    ]
    return f"{type(value).__name__}({', '.join(own)})"


@cache
def schema() -> Schema:
    """The JSON Schema of a values file."""
    return dict(json.loads(SCHEMA.read_text("utf-8")))


def yaml_keys(name: str) -> Schema:
    """Key of a values file -> its schema, for a class."""
    if name == "AirflowProps":
        return dict(schema()["properties"])
    found = schema()["$defs"]
    return dict((found.get(f"{name}Kind") or found.get(name) or {}).get("properties", {}))


def yaml_type(schema: Schema) -> str:
    """The type of a value in words."""
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " | ".join(dict.fromkeys(yaml_type(each) for each in schema[key]))
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2].removesuffix("Kind")
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"list of {yaml_type(schema.get('items', {}))}"
    if schema.get("type") == "object":
        values = schema.get("additionalProperties")
        return (
            f"mapping of {yaml_type(values)}" if isinstance(values, dict) and values else "mapping"
        )
    return str(schema.get("type", "anything"))


def constructs() -> str:
    """The classes that are no props, from their docstrings."""
    names = [
        name
        for name in cdk8s_airflow.__all__
        if isinstance(getattr(cdk8s_airflow, name), type) and name not in places()
    ]
    lines = ["# Constructs", "", "What a program makes, and what an extension builds on.", ""]
    lines += [f"::: cdk8s_airflow.{name}" for name in sorted(names)]
    return "\n\n".join(lines)
