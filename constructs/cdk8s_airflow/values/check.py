"""From an entry of a values file to props, or to its problems by line."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from pydantic import ValidationError

from cdk8s_airflow.kubernetes.names import dns_label_problems, release_name_problems
from cdk8s_airflow.kubernetes.problems import PropsError
from cdk8s_airflow.kubernetes.props import PYTHON_ONLY, nearest
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.values.tree import Entry, Problem
from cdk8s_airflow.values.types import camel, keys_at, release_type

_NAMED = re.compile(r"\b([a-z][a-z_]*)((?:\[(?:'[^']*'|\"[^\"]*\"|\d+)\])*)")
_KEY = re.compile(r"\[(?:'([^']*)'|\"([^\"]*)\"|(\d+))\]")
_KINDS = re.compile(r"\b[A-Z]\w+")
_PYTHON_ONLY = {
    camel(field.name): field.metadata[PYTHON_ONLY]
    for field in fields(AirflowProps)
    if PYTHON_ONLY in field.metadata
}
_PLACES = {
    "automountServiceAccountToken": "serviceAccount: {token: true}",
    "serviceAccountName": "serviceAccount: {name: ...}",
}
"""Keys of Kubernetes that have another place here."""
_WORD = re.compile(r"\b[a-z][a-z_]*\b")
_WHICH = re.compile(r"^[A-Z]\w*\([^)]*\)(?=\.)")
"""What tells one object from others before the option: `WorkerGroup(name='a').queues`."""
_EXPECTED = {
    "string_type": "expected text; put a number, or yes and no, in quotes",
    "int_type": "expected a whole number",
    "int_from_float": "expected a whole number",
    "float_type": "expected a number",
    "bool_type": "expected true or false",
    "list_type": "expected a list: lines that begin with `- `",
    "dict_type": "expected a mapping: `key: value` lines",
}


def check_entry(
    entry: Entry, id: str, defaults: AirflowProps
) -> tuple[dict[str, str], AirflowProps, list[Problem], list[Problem]]:
    """The names and props of an entry, its problems, and what it is warned of.

    With problems, the props are those of the valid values.
    """
    problems: list[Problem] = []
    plain = entry.plain
    try:
        values = release_type().validate_python(plain)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        problems += [found for each in errors for found in _problems(entry, each)]
        broken = {each["loc"][0] for each in errors}
        rest = {key: value for key, value in plain.items() if key not in broken}
        values = release_type().validate_python(rest)
    names: dict[str, str] = {
        name: values.pop(name) for name in ("release", "namespace") if name in values
    }
    problems += _names(entry, {**({"release": id} if id else {}), **names})
    warned: list[Problem] = []
    try:
        props = replace(defaults, **values)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            resolve(props, id or "release", names.get("namespace", "namespace"))
        for each in caught:
            warned += [found for found, _ in located(entry, str(each.message))]
        return names, props, problems, warned
    except PropsError as error:
        return names, defaults, [*problems, *_below(entry, (), error)], warned
    except (TypeError, ValueError) as error:
        whole = not problems
        # What no line of the file names may follow from what was left out above.
        problems += [found for found, exact in located(entry, str(error)) if exact or whole]
        return names, defaults, problems, warned


def located(entry: Entry, message: str) -> Iterator[tuple[Problem, bool]]:
    """The lines of a message, each at the line of the file that it is about, and if it names it."""
    for text in message.splitlines():
        mark, taken = entry.find(_named(text))
        yield Problem(mark, text), bool(taken)


def _names(entry: Entry, names: Mapping[str, str]) -> Iterator[Problem]:
    for name, value in names.items():
        found = (
            release_name_problems(value) if name == "release" else dns_label_problems(name, value)
        )
        for text in found:
            yield Problem(entry.find([name])[0], text)


def _problems(entry: Entry, error: Mapping[str, Any]) -> Iterator[Problem]:
    cause = error.get("ctx", {}).get("error")
    if error["type"] == "value_error" and isinstance(cause, PropsError):
        yield from _below(entry, error["loc"], cause)
    elif error["type"] == "value_error":
        yield from of_object(entry, error["loc"], str(cause))
    else:
        yield _problem(entry, error)


def _below(entry: Entry, steps: Sequence[str | int], error: PropsError) -> Iterator[Problem]:
    """The problems of an object of props, each at the line of its value and in words of YAML."""
    for problem in error.problems:
        first, *rest = problem.path
        mark, _ = entry.find([*steps, camel(str(first)), *rest])
        where = _format_path([*entry.find(steps)[1], camel(str(first)), *rest])
        yield Problem(mark, f"{where}{problem.text}")


def of_object(entry: Entry, steps: Sequence[str | int], message: str) -> Iterator[Problem]:
    """The lines of an object's error, each at the line of the first of its keys that it names."""
    _, taken = entry.find(steps)
    keys = entry.at(steps)
    for text in message.splitlines():
        said = _WHICH.sub("", text)
        named = [key for word in _WORD.findall(said) if (key := camel(word)) in keys]
        mark, _ = entry.find([*taken, *named[:1]])
        yield Problem(mark, f"{_format_path(taken)}: {text}")


def _problem(entry: Entry, error: Mapping[str, Any]) -> Problem:
    mark, taken = entry.find(error["loc"])
    where = _format_path(taken)
    kind, steps = error["type"], error["loc"]
    if kind == "kind":
        given = entry.at(steps).get("kind")
        names = _KINDS.findall(error["msg"])
        if given and isinstance(given.value, str) and names:
            hint = nearest(given.value, names)
            hint = hint if "did you mean" in hint else ""
            return Problem(mark, f"{where}: {error['msg']}{hint}")
    if kind == "extra_forbidden" and len(steps) == 1 and steps[0] in _PYTHON_ONLY:
        return Problem(mark, f"{where}: {_PYTHON_ONLY[str(steps[0])]}")
    if kind == "extra_forbidden" and steps[-1] in _PLACES:
        return Problem(mark, f"{where}: no such key; {_PLACES[str(steps[-1])]} is the place of it")
    if kind == "extra_forbidden":
        return Problem(mark, f"{where}: no such key{nearest(str(steps[-1]), keys_at(steps[:-1]))}")
    if kind == "missing":
        return Problem(mark, f"{where}: {steps[-1]} is missing; add it")
    if kind == "literal_error":
        return Problem(mark, f"{where}: expected {error['ctx']['expected']}")
    text = _EXPECTED.get(kind, error["msg"].replace("Input should be", "expected"))
    return Problem(mark, f"{where}: {text}")


def _format_path(steps: Sequence[str | int]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")


def _named(text: str) -> list[str | int]:
    """The path that an error of the props names first: `config['core']['x']` is config, core, x."""
    for match in _NAMED.finditer(text):
        if match[2] or match[1] in AirflowProps.__dataclass_fields__:
            found = _KEY.findall(match[2])
            keys = [int(number) if number else one or two for one, two, number in found]
            return [camel(match[1]), *keys]
    return []
