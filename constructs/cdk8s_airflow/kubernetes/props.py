"""The base of all props: wrong names and wrong types are errors."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from cdk8s_airflow.kubernetes.docstrings import WholeDoc
from cdk8s_airflow.kubernetes.nearest import nearest as nearest
from cdk8s_airflow.kubernetes.problems import PropsError, refuse

_P = typing.TypeVar("_P", bound="Props")


class Props:
    """Base of the frozen props dataclasses.

    Raises:
        TypeError: for a prop that does not exist (with the nearest name), or a value whose type
            is not the declared one.
        PropsError: for pieces of manifests that Kubernetes would refuse, with all problems.
        ValueError: for values that the class refuses, with all problems.
    """

    def __init_subclass__(cls) -> None:
        """Lets `help()` tell what each prop means."""
        super().__init_subclass__()
        type.__setattr__(cls, "__doc__", WholeDoc(vars(cls).get("__doc__")))

    def __new__(cls: type[_P], *args: object, **props: object) -> _P:  # noqa: D102
        known = {field.name for field in dataclasses.fields(cls)}  # type: ignore[arg-type]
        for name in props:
            if name not in known:
                raise TypeError(f"{cls.__name__} has no prop {name!r}{nearest(name, known)}")
        return super().__new__(cls)

    def __post_init__(self) -> None:
        """Checks the types of all props that differ from their default, then their values."""
        cls: type = type(self)
        problems, nested = [], {}
        for field in dataclasses.fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if value is field.default:
                continue
            hint = type_hints(cls)[field.name]
            if not _matches_type(value, hint):
                problems.append(_mismatch(cls, field.name, value, hint))
            elif not isinstance(value, bool | int | float | Props) and value is not None:
                nested[field.name] = value
        if problems:
            raise TypeError("; ".join(problems))
        if nested:
            _check_pieces(cls, nested)
        refuse(self._problems())

    def _problems(self) -> Iterator[str]:
        """What is wrong with the values; a subclass adds its own to those of `super()`."""
        yield from ()


SHORTEST = 9
"""Characters of the shortest text that is a credential by its form: `a://b:c@d`."""
PYTHON_ONLY = "python only"
"""Key in the metadata of a field that values files cannot set; its value says what to do
instead."""


class Default(int):
    """A default that `size` or an autoscaler may replace, unlike a number of the user."""


@cache
def type_hints(cls: type) -> Mapping[str, object]:
    """Field name -> type of a props class."""
    return typing.get_type_hints(cls)


def _mismatch(cls: type, name: str, value: object, hint: object) -> str:
    """The problem of a type; the value is shown if the field cannot hold a secret."""
    members = typing.get_args(hint) if _is_union(hint) else (hint,)
    plain = (int, float, bool, type(None))
    is_open = all(m in plain or typing.get_origin(m) is typing.Literal for m in members)
    shown = repr(value) if is_open else "..."
    return (
        f"{cls.__name__}({name}={shown}): expected {_type_name(hint)}, got {type(value).__name__}"
    )


def _is_union(hint: object) -> bool:
    return typing.get_origin(hint) in (typing.Union, types.UnionType)


def _check_pieces(cls: type, values: Mapping[str, object]) -> None:
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    if len(texts) == len(values) and max(map(len, texts.values())) < SHORTEST:
        return
    from cdk8s_airflow.kubernetes.pieces import piece_problems

    if found := list(piece_problems(cls, values)):
        raise PropsError(cls.__name__, found)


def _matches_type(value: object, hint: object) -> bool:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint is object:
        return True
    if origin in (typing.Union, types.UnionType):
        return any(_matches_type(value, argument) for argument in arguments)
    if origin is typing.Literal:
        return value in arguments
    if hint is None or hint is type(None):
        return value is None
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key_hint, item_hint = arguments
        return isinstance(value, Mapping) and all(
            _matches_type(key, key_hint) and _matches_type(item, item_hint)
            for key, item in value.items()
        )
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return isinstance(value, list | tuple) and all(
            _matches_type(v, arguments[0]) for v in value
        )
    if not isinstance(hint, type):
        return True
    if isinstance(value, bool):
        return issubclass(bool, hint) and hint is not int
    return isinstance(value, hint) or (hint is float and isinstance(value, int))


def _type_name(hint: object) -> str:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return " or ".join(_type_name(argument) for argument in typing.get_args(hint))
    if hint is type(None):
        return "None"
    if isinstance(hint, type) and not typing.get_args(hint):
        return hint.__name__
    return str(hint).replace("typing.", "").replace("collections.abc.", "")
