"""The text of webserver_config.py: settings of FAB, one a line, as one would write them by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_WIDTH = 100
_INDENT = "    "


@dataclass(frozen=True)
class Code:
    """A Python expression, where all other values are literals."""

    text: str


def source(title: str, module: str, settings: Mapping[str, object]) -> str:
    """The text of the file.

    Args:
        title: what it is for, a sentence.
        module: the module that it imports, for the classes and functions that settings name.
        settings: name -> value: literals, `Code`, and mappings and lists of these.
    """
    lines = [f"{name} = {_literal(value, len(name) + 3)}" for name, value in settings.items()]
    return f'"""{title}"""\n\nimport {module}\n\n' + "\n".join(lines) + "\n"


def _literal(value: object, used: int, indent: str = "") -> str:
    """A value as Python source; one that does not fit into a line has its items on lines.

    Args:
        value: the value.
        used: characters of the line before it.
        indent: that of the line.
    """
    if isinstance(value, Code):
        return value.text
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if not isinstance(value, Mapping | Sequence):
        return repr(value)
    flat = _items(value, "", "")
    opening, closing = ("{", "}") if isinstance(value, Mapping) else ("[", "]")
    line = f"{opening}{', '.join(flat)}{closing}"
    if len(line) + used <= _WIDTH and "\n" not in line:
        return line
    deeper = indent + _INDENT
    inner = "".join(f"{deeper}{item},\n" for item in _items(value, deeper, deeper))
    return f"{opening}\n{inner}{indent}{closing}"


def _items(value: Mapping[str, object] | Sequence[object], used: str, indent: str) -> list[str]:
    if not isinstance(value, Mapping):
        return [_literal(item, len(used), indent) for item in value]
    names = {key: json.dumps(key, ensure_ascii=False) for key in value}
    return [
        f"{names[key]}: {_literal(item, len(used) + len(names[key]) + 3, indent)}"
        for key, item in value.items()
    ]
