"""Which Kubernetes type a prop has, and the problems of what the user gives for it.

A prop says its type where it is declared: by the struct of cdk8s-plus beside `Manifest`
(`Sequence[k8s.Toleration | Manifest]`), or as `LabelMap` or `AnnotationMap`.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Annotated

from cdk8s_airflow.kubernetes.credentials import form_problems, name_problems
from cdk8s_airflow.kubernetes.label_rules import annotation_problems, label_problems
from cdk8s_airflow.kubernetes.labelled import ANNOTATIONS, DEFAULTED, LABELS, MANIFEST, OWN_CHECK
from cdk8s_airflow.kubernetes.problems import Problem
from cdk8s_airflow.kubernetes.schema import type_of_struct, type_problems
from cdk8s_airflow.kubernetes.structs import struct_name
from cdk8s_airflow.kubernetes.wire import wire

_MAPS: Mapping[object, Callable[[Mapping[str, object]], Iterator[Problem]]] = {
    LABELS: label_problems,
    ANNOTATIONS: annotation_problems,
    MANIFEST: lambda _: iter(()),  # extra manifests are checked with their file and line
}


def piece_problems(cls: type, fields: Mapping[str, object]) -> Iterator[Problem]:
    """The problems of values of a class of props.

    Args:
        cls: the class.
        fields: field -> value, of the types that the class declares.
    """
    for name, value in fields.items():
        if OWN_CHECK.items() <= cls.__dataclass_fields__[name].metadata.items():  # type: ignore[attr-defined]
            continue
        if isinstance(value, str):
            found = form_problems(value)
        elif kind := _kinds(cls).get(name):
            found = chain(_problems(value, kind), form_problems(wire(value)))
        elif name == "config":  # Airflow says itself which of its options are secret
            found = _config_problems(value)
        else:
            found = name_problems(value)
        for problem in found:
            yield problem.below(name)


def _config_problems(value: object) -> Iterator[Problem]:
    for section, options in value.items() if isinstance(value, Mapping) else ():
        for option, item in options.items() if isinstance(options, Mapping) else ():
            for problem in name_problems(item):
                yield problem.below(section, option)


class _Kinds(typing.NamedTuple):
    """What a prop may be."""

    shape: str
    """`[]` and `{}` around the type."""
    names: tuple[str, ...]
    """Types of Kubernetes, or a kind of map."""
    defaulted: frozenset[str]


def _problems(value: object, kinds: _Kinds) -> Iterator[Problem]:
    for name in kinds.names:
        if name in _MAPS:
            if isinstance(value, Mapping):
                yield from _MAPS[name](value)
            return
    form = wire(value)
    found = [list(type_problems(form, kinds.shape + n, kinds.defaulted)) for n in kinds.names]
    yield from min(found, key=len)


@cache
def _kinds(cls: type) -> Mapping[str, _Kinds]:
    """Field -> type, for the fields that have one of Kubernetes."""
    defaulted = {
        field.name: frozenset(field.metadata.get(DEFAULTED, ()))
        for field in cls.__dataclass_fields__.values()  # type: ignore[attr-defined]
    }
    kinds = {}
    for name, hint in typing.get_type_hints(cls, include_extras=True).items():
        found = list(_types(hint, ""))
        if found:
            shapes = {shape for shape, _ in found}
            types = tuple(kind for _, kind in found)
            kinds[name] = _Kinds(min(shapes), types, defaulted.get(name, frozenset()))
    return kinds


def _types(hint: object, shape: str) -> Iterator[tuple[str, str]]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        yield from ((shape, mark) for mark in arguments[1:] if mark in _MAPS)
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        yield from _types(arguments[1], shape + "{}")
    elif isinstance(origin, type) and issubclass(origin, Sequence):
        yield from _types(arguments[0], shape + "[]")
    elif arguments:
        for argument in arguments:
            yield from _types(argument, shape)
    elif struct := struct_name(hint):
        yield shape, type_of_struct(struct)
