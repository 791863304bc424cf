"""The structs of cdk8s-plus in the types of props, without the import of cdk8s-plus.

That import takes two fifths of the start of an app, in Python and in Node. Only who gives structs
needs it, and has done it then.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

_MODULE = "cdk8s_plus_27.k8s"


class _Struct(type):
    """The type of a stand-in: its instances are those of the struct of that name."""

    def __instancecheck__(cls, value: object) -> bool:
        return is_struct(value, cls.__name__)


class _Structs:
    """Has a type for each struct."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("_"):
            raise AttributeError(name)
        return _stand_in(name)


if TYPE_CHECKING:
    from cdk8s_plus_27 import k8s as k8s
else:
    k8s = _Structs()


def is_struct(value: object, *names: str) -> bool:
    """Whether a value is of a class of `cdk8s_plus_27.k8s`, of one of these names."""
    kinds = type(value).__mro__
    return any(kind.__module__ == _MODULE and kind.__name__ in names for kind in kinds)


def struct_name(hint: object) -> str | None:
    """The name of the struct that a type is or stands for; None: it is another type."""
    return hint.__name__ if isinstance(hint, type) and hint.__module__ == _MODULE else None


@cache
def _stand_in(name: str) -> type:
    return _Struct(name, (), {"__module__": _MODULE})
