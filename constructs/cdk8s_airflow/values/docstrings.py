"""The docstrings of fields, read from the source."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Mapping
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
