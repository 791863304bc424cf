"""Checks of pieces of manifests against the types of Kubernetes.

The types are those of all supported minors together; scripts/generate_kubernetes_schema.py writes
them. They are read when the first piece is checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypedDict

from cdk8s_airflow.kubernetes.nearest import nearest
from cdk8s_airflow.kubernetes.problems import Problem
from cdk8s_airflow.kubernetes.quantities import number

UNIQUE: Mapping[str, tuple[str, ...]] = {
    "core.v1.Container": ("name",),
    "core.v1.EnvVar": ("name",),
    "core.v1.ContainerPort": ("containerPort", "protocol"),
    "core.v1.HostAlias": ("ip",),
    "core.v1.Volume": ("name",),
    "core.v1.VolumeMount": ("mountPath",),
    "core.v1.ServicePort": ("port", "protocol"),
}
"""Type -> the fields that tell the items of a list apart."""

_MAY_BE_NEGATIVE = frozenset({"priority", "value", "kubernetes.io/priority"})
_BOOLEANS = "; YAML reads yes, no, on, off, true and false as booleans, so quote it"


class _Type(TypedDict):
    fields: dict[str, str]
    required: list[str]


class _Types(TypedDict):
    kinds: dict[str, str]
    types: dict[str, _Type]


@cache
def _types() -> _Types:
    path = files("cdk8s_airflow.kubernetes").joinpath("types.json")
    types: _Types = json.loads(path.read_text("utf-8"))
    return types


def kinds() -> Mapping[str, str]:
    """`apps/v1 Deployment` -> its type, for all kinds of Kubernetes itself."""
    return _types()["kinds"]


@cache
def type_of_struct(name: str) -> str:
    """The type of a struct of cdk8s-plus: `Toleration` is `core.v1.Toleration`.

    Raises:
        LookupError: when Kubernetes has no such type.
    """
    base, version = (name[:-2], name[-2:].lower()) if name[-2:-1] == "V" else (name, "v1")
    wanted = f".{version}.{base}".casefold()
    found = [each for each in _types()["types"] if f".{each}".casefold().endswith(wanted)]
    if not found:
        raise LookupError(f"Kubernetes has no type {name}")
    return min(found, key=lambda each: not each.startswith("core."))


def object_problems(value: Mapping[str, Any]) -> Iterator[Problem]:
    """The problems of a whole object; custom resources are not checked."""
    version, kind = str(value.get("apiVersion")), str(value.get("kind"))
    name = kinds().get(f"{version} {kind}")
    if name:
        yield from type_problems(value, name)
        return
    group = version.rpartition("/")[0]
    if "." in group and not group.endswith(".k8s.io"):
        return
    if group.endswith(".k8s.io") and not any(f"{group}/" in known for known in kinds()):
        return  # Gateway API, snapshots and the like, which have their own releases
    versions = sorted(known.split()[0] for known in kinds() if known.split()[1] == kind)
    if versions:
        yield Problem(("apiVersion",), f"={version!r}: Kubernetes has {kind} in "
                      f"{' and '.join(versions)}")  # fmt: skip
    else:
        hint = nearest(kind, {known.split()[1] for known in kinds() if known.startswith(version)})
        hint = hint if "did you mean" in hint else ""
        yield Problem(("kind",), f"={kind!r}: Kubernetes has no such kind in {version}{hint}")


def type_problems(
    value: object, kind: str, defaulted: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """The problems of a value in wire form.

    Args:
        value: what it is.
        kind: its type, for example `core.v1.Container` or `[]core.v1.Container`.
        defaulted: required fields that may be missing, as the library has a default.
    """
    if value is None or kind == "any":
        return
    if kind.startswith("[]"):
        yield from _list_problems(value, kind[2:], defaulted)
    elif kind.startswith("{}"):
        if not isinstance(value, Mapping):
            yield Problem((), f": expected a mapping, got {_name(value)}")
            return
        for key, item in value.items():
            for problem in type_problems(item, kind[2:]):
                yield problem.below(str(key))
    elif kind in _types()["types"]:
        yield from _object_problems(value, kind, defaulted)
    elif text := _scalar_problem(value, kind):
        yield Problem((), text)


def _list_problems(value: object, kind: str, defaulted: frozenset[str]) -> Iterator[Problem]:
    if not isinstance(value, list | tuple):
        yield Problem((), f": expected a list, got {_name(value)}")
        return
    seen: dict[tuple[object, ...], int] = {}
    keys = UNIQUE.get(kind, ())
    for place, item in enumerate(value):
        for problem in type_problems(item, kind, defaulted):
            yield problem.below(place)
        if not (keys and isinstance(item, Mapping) and keys[0] in item):
            continue
        key = tuple(str(item.get(each, "")) for each in keys)
        if key in seen:
            yield Problem(
                (place, keys[0]), f"={item[keys[0]]!r} is that of item {seen[key]} too: expected "
                "a different one"
            )  # fmt: skip
        seen.setdefault(key, place)


def _object_problems(value: object, kind: str, defaulted: frozenset[str]) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield Problem((), f": expected a mapping ({kind.rpartition('.')[2]}), got {_name(value)}")
        return
    known = _types()["types"][kind]
    sound = True
    for key, item in value.items():
        if key not in known["fields"]:
            name = kind.rpartition(".")[2]
            hint = nearest(str(key), known["fields"])
            yield Problem((str(key),), f": no such field in Kubernetes's {name}{hint}")
            sound = False
            continue
        for problem in type_problems(item, known["fields"][key]):
            yield problem.below(key)
            sound = False
        if type(item) is int and item < 0 and key not in _MAY_BE_NEGATIVE:
            yield Problem((key,), f"={item}: expected 0 or more")
            sound = False
    missing = [k for k in known["required"] if value.get(k) is None and k not in defaulted]
    if missing:
        yield Problem((), f": {' and '.join(missing)} missing, which Kubernetes requires; add it")
    elif sound:
        from cdk8s_airflow.kubernetes.schema_rules import RULES

        for rule in RULES.get(kind, ()):
            yield from rule(value)


def _scalar_problem(value: Any, kind: str) -> str:
    """The problem of a value without fields; it shows no text that could be a secret."""
    if kind.startswith("="):
        names = kind[1:].split("|")
        if value in names or value == "":
            return ""
        shown = f"={value!r}" if isinstance(value, str | int) else f": got {_name(value)}"
        hint = nearest(str(value), names).replace("; it has", "; expected one of")
        return f"{shown} is no value that Kubernetes knows{hint}"
    if kind == "quantity":
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            try:
                number(value)
            except ValueError:
                return f"={value!r} is no quantity: expected '2', '500m', '512Mi' or the like"
            return ""
        return f": expected a quantity such as '500m' or '512Mi', got {_name(value)}"
    if isinstance(value, bool):
        return "" if kind == "boolean" else f": expected {_expected(kind)}, got {value}{_BOOLEANS}"
    expected: dict[str, type | tuple[type, ...]] = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "int-or-string": (int, str),
        "boolean": bool,
    }
    if kind not in expected or isinstance(value, expected[kind]):
        return ""
    quote = "; quote it" if kind == "string" and isinstance(value, int | float) else ""
    return f": expected {_expected(kind)}, got {_name(value)}{quote}"


def _expected(kind: str) -> str:
    words = {"string": "text", "integer": "a whole number", "number": "a number"}
    words |= {"int-or-string": "a whole number or text", "boolean": "True or False"}
    return words[kind]


def _name(value: object) -> str:
    names = {str: "text", int: "a number", float: "a number", bool: "a boolean"}
    if isinstance(value, Mapping):
        return "a mapping"
    return "a list" if isinstance(value, list | tuple) else names.get(type(value), "something else")
