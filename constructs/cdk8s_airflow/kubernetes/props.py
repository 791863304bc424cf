"""The base of all props: wrong names and wrong types are errors."""

from __future__ import annotations

import dataclasses
import difflib
import types
import typing
from collections.abc import Mapping, Sequence
from functools import cache

_P = typing.TypeVar("_P", bound="Props")


class Props:
    """Base of the frozen props dataclasses.

    Raises:
        TypeError: for a prop that does not exist (with the nearest name), or a value whose type
            is not the declared one.
    """

    def __new__(cls: type[_P], *args: object, **props: object) -> _P:  # noqa: D102
        known = {field.name for field in dataclasses.fields(cls)}  # type: ignore[arg-type]
        for name in props:
            if name not in known:
                raise TypeError(f"{cls.__name__} has no prop {name!r}{nearest(name, known)}")
        return super().__new__(cls)

    def __post_init__(self) -> None:
        """Checks the types of all props that differ from their default."""
        cls: type = type(self)
        hints = type_hints(cls)
        problems = []
        for field in dataclasses.fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if value is not field.default and not _matches_type(value, hints[field.name]):
                problems.append(
                    f"{type(self).__name__}({field.name}={value!r}): expected "
                    f"{_type_name(hints[field.name])}, got {type(value).__name__}"
                )
        if problems:
            raise TypeError("; ".join(problems))


PYTHON_ONLY = "python only"
"""Key in the metadata of a field that values files cannot set; its value says what to do
instead."""


class Default(int):
    """A default that `size` or an autoscaler may replace, unlike a number of the user."""


def nearest(name: str, known: typing.Iterable[str]) -> str:
    """A hint for a message: the nearest known name, or the list of all."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else f"; it has {', '.join(names)}"


@cache
def type_hints(cls: type) -> Mapping[str, object]:
    """Field name -> type of a props class."""
    return typing.get_type_hints(cls)


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
