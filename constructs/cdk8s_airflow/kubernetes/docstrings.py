"""The docstrings of fields, read from the source."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import cast


@cache
def field_docstrings(cls: type) -> Mapping[str, str]:
    """Field -> its docstring, for a class and its bases."""
    found: dict[str, str] = {}
    for each in reversed(cls.__mro__[:-1]):
        (node,) = ast.parse(textwrap.dedent(inspect.getsource(each))).body
        body = cast("ast.ClassDef", node).body
        for field, text in pairwise(body):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(text, ast.Expr)
                and isinstance(text.value, ast.Constant)
            ):
                found[field.target.id] = inspect.cleandoc(str(text.value.value))
    return found


class WholeDoc:
    """The `__doc__` of a props class: what it says itself, and what each of its fields means.

    Python forgets docstrings after fields. They are read from the source when someone asks, as
    `help()` does; until a class is whole, its own text is all.
    """

    def __init__(self, own: str | None) -> None:
        """Takes the docstring of the class itself."""
        self._own = own

    def __get__(self, instance: object, cls: type) -> str | None:
        """The text."""
        if "__match_args__" not in vars(cls):  # the last that makes a class a dataclass
            return self._own
        try:
            fields = field_docstrings(cls)
        except (OSError, TypeError):  # without source, as in an archive of byte code
            return self._own
        return "\n".join([inspect.cleandoc(self._own or ""), *_told(fields)])


def _told(fields: Mapping[str, str]) -> Iterator[str]:
    if fields:
        yield "\nAttributes:"
    for name, text in fields.items():
        first, *rest = text.split("\n")
        yield f"    {name}: {first}"
        yield from (f"        {line}" for line in rest)
