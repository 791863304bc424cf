"""JSON patches (RFC 6902) that tell a path that is not there, with the nearest that is.

cdk8s's own take a path that is missing for one to be made, or fail in JavaScript.
"""

from __future__ import annotations

import copy
import difflib
from collections.abc import Iterator, Mapping, Sequence

from cdk8s_airflow.kubernetes.wire import Wire, wire

Op = Mapping[str, object]
"""An operation: `op`, `path`, and `value` or `from`."""


def patched(document: dict[str, Wire], ops: Sequence[Op]) -> dict[str, Wire]:
    """A copy of a document after operations, in their order.

    Args:
        document: the manifest.
        ops: the operations, of a valid form.

    Raises:
        ValueError: for a path that is not there, or a test that fails; names the operation.
    """
    whole = copy.deepcopy(document)
    for op in ops:
        try:
            _apply(whole, op)
        except _MissingError as error:
            kind, path = op["op"], op["path"]
            raise ValueError(f"{kind} of {path}: {error}{_hint(whole, error)}") from error
    return whole


class _MissingError(Exception):
    """A step of a path that is not there."""

    def __init__(self, text: str, steps: Sequence[str], place: int) -> None:
        super().__init__(text)
        self.steps, self.place = steps, place


def _apply(whole: dict[str, Wire], op: Op) -> None:
    kind, path = op["op"], _steps(op["path"])
    if kind == "add":
        _add(whole, path, wire(op["value"]))
    elif kind == "remove":
        _remove(whole, path)
    elif kind == "replace":
        _at(whole, path)
        _set(whole, path, wire(op["value"]))
    elif kind == "test":
        if _at(whole, path) != wire(op["value"]):
            raise ValueError(f"test of {op['path']}: it has another value")
    else:
        source = _steps(op["from"])
        value = copy.deepcopy(_at(whole, source))
        if kind == "move":
            _remove(whole, source)
        _add(whole, path, value)


def _steps(pointer: object) -> list[str]:
    parts = str(pointer).split("/")[1:]
    return [part.replace("~1", "/").replace("~0", "~") for part in parts]


def _pointer(steps: Sequence[str]) -> str:
    return "".join(f"/{step.replace('~', '~0').replace('/', '~1')}" for step in steps)


def _at(whole: Wire, steps: Sequence[str]) -> Wire:
    """What a path leads to."""
    here = whole
    for place, step in enumerate(steps):
        where = _pointer(steps[:place]) or "the object"
        if isinstance(here, dict) and step in here:
            here = here[step]
        elif isinstance(here, list) and step.isdigit() and int(step) < len(here):
            here = here[int(step)]
        elif isinstance(here, list):
            text = f"{where} is a list of {len(here)}, counted from 0"
            raise _MissingError(text, steps, place)
        else:
            raise _MissingError(f"{where} has no {step!r}", steps, place)
    return here


def _add(whole: Wire, steps: Sequence[str], value: Wire) -> None:
    parent, last = _at(whole, steps[:-1]), steps[-1]
    if isinstance(parent, list):
        number = len(parent) if last == "-" else int(last) if last.isdigit() else -1
        if not 0 <= number <= len(parent):
            _at(whole, steps)  # tells what is wrong
        parent.insert(number, value)
    elif isinstance(parent, dict):
        parent[last] = value
    else:
        _at(whole, steps)


def _set(whole: Wire, steps: Sequence[str], value: Wire) -> None:
    parent = _at(whole, steps[:-1])
    if isinstance(parent, list):
        parent[int(steps[-1])] = value
    elif isinstance(parent, dict):
        parent[steps[-1]] = value


def _remove(whole: Wire, steps: Sequence[str]) -> None:
    _at(whole, steps)
    parent = _at(whole, steps[:-1])
    if isinstance(parent, list):
        del parent[int(steps[-1])]
    elif isinstance(parent, dict):
        del parent[steps[-1]]


def _hint(whole: Wire, error: _MissingError) -> str:
    """The nearest path that is there, or what there is in its place."""
    steps, place = error.steps, error.place
    parent = _at(whole, steps[:place])
    if isinstance(parent, list):
        names = [str(item.get("name", "")) for item in parent if isinstance(item, dict)]
        if steps[place] in names:
            found = [*steps[:place], str(names.index(steps[place])), *steps[place + 1 :]]
            return f"; did you mean {_pointer(found)!r}?"
        return f": {', '.join(f'{n} is {name!r}' for n, name in enumerate(names) if name)}"
    wanted, known = _pointer(steps), [_pointer(path) for path in _paths(whole, [])]
    rest = _pointer(steps[place:])
    deeper = [path for path in known if path.endswith(rest)]
    close = deeper[:1] or difflib.get_close_matches(wanted, known, n=1, cutoff=0.6)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; it has {', '.join(sorted(parent))}" if isinstance(parent, dict) else ""


def _paths(value: Wire, before: list[str]) -> Iterator[list[str]]:
    items: Iterator[tuple[str, Wire]] = iter(())
    if isinstance(value, dict):
        items = iter(value.items())
    elif isinstance(value, list):
        items = ((str(n), item) for n, item in enumerate(value))
    for step, item in items:
        path = [*before, step]
        yield path
        yield from _paths(item, path)
