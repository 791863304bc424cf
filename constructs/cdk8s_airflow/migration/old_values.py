"""The old values: read as Helm reads them, with templates resolved as far as they can be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import yaml

from cdk8s_airflow.migration.known import Chart

UMBRELLA = "airflow"
"""The key below which a chart of charts has the values."""
_TEMPLATE = re.compile(r"\{\{([^{}]*)\}\}")
_ESCAPE = re.compile(r"\{\{-? ?(?:\"([{}]{2})\"|`([^`]*)`) ?-?\}\}")
_VALUE = re.compile(r"\.Values\.([\w.]+)")
_FULLNAME = re.compile(r"(?:include|template) \"airflow\.fullname\" [.$]")


class ValuesError(ValueError):
    """The file cannot be the values of a chart."""


def parse(text: str, chart: Chart) -> tuple[dict[str, Any], str]:
    """The values of a file, and the key above them if it is of an umbrella chart.

    Raises:
        ValuesError: for text that is no mapping in YAML.
    """
    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValuesError(f"not YAML: {error}") from error
    if read is None:
        return {}, ""
    if not isinstance(read, dict):
        raise ValuesError("expected the values of a chart: `key: value` lines")
    inside = read.get(UMBRELLA)
    if isinstance(inside, dict) and _is_umbrella(read, inside, chart):
        return inside, UMBRELLA
    return read, ""


def _is_umbrella(read: Mapping[str, Any], inside: Mapping[str, Any], chart: Chart) -> bool:
    """Whether `airflow:` is a sub-chart; the community's chart has a section of that name."""
    tops = {key.partition(".")[0] for key in chart.keys}
    own = {key.split(".")[1] for key in chart.keys if key.startswith(f"{UMBRELLA}.")}
    below = [key for key in inside if key in tops and key not in own]
    beside = [key for key in read if key in tops and key != UMBRELLA]
    return bool(below) and len(below) > len(beside)


def flatten(values: Mapping[str, Any], chart: Chart, extra: frozenset[str]) -> dict[str, Any]:
    """Dotted key -> value, of all keys that are set, each as deep as the chart knows it.

    Args:
        values: the old values.
        chart: the keys of the chart.
        extra: further keys that are known, of sub-charts.
    """
    return dict(_flat(values, "", chart, chart.sections | sections_of(extra)))


@cache
def sections_of(keys: frozenset[str]) -> frozenset[str]:
    """The paths above dotted keys."""
    return frozenset(key[:at] for key in keys for at, letter in enumerate(key) if letter == ".")


def _flat(
    here: Mapping[str, Any], above: str, chart: Chart, sections: frozenset[str]
) -> Iterator[tuple[str, Any]]:
    for name, value in here.items():
        part = f'"{name}"' if "." in str(name) else str(name)
        key = f"{above}.{part}" if above else part
        known = chart.keys.get(key)
        deeper = key in sections and not (
            known and known.free and not _has_below(key, value, chart)
        )
        if isinstance(value, dict) and value and deeper:
            yield from _flat(value, key, chart, sections)
        else:
            yield key, value


def _has_below(key: str, value: object, chart: Chart) -> bool:
    return isinstance(value, dict) and any(f"{key}.{name}" in chart.keys for name in value)


def lookup(values: Mapping[str, Any], key: str) -> tuple[bool, Any]:
    """Whether a dotted key is set, and its value; null anywhere above it sets it to null."""
    here: Any = values
    for part in key.split("."):
        if here is None:
            return True, None
        if not isinstance(here, Mapping) or part not in here:
            return False, None
        here = here[part]
    return True, here


def resolved(value: Any, names: Mapping[str, str], values: Mapping[str, Any]) -> Any:
    """A value with its templates resolved; those that nobody here can resolve stay.

    Args:
        value: any value; mappings and lists are walked, their keys too.
        names: `.Release.Name`, `.Release.Namespace` and `fullname`.
        values: the old values, for `.Values...`.
    """
    if isinstance(value, dict):
        return {
            resolved(key, names, values): resolved(item, names, values)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [resolved(item, names, values) for item in value]
    if not isinstance(value, str) or "{{" not in value:
        return value
    text = _TEMPLATE.sub(lambda match: _expression(match, names, values), value)
    return _ESCAPE.sub(lambda match: match[1] or match[2] or "", text)


def _expression(match: re.Match[str], names: Mapping[str, str], values: Mapping[str, Any]) -> str:
    expression = match[1].strip("-").split(" | ")[0].strip()
    if expression in names:
        return names[expression]
    if _FULLNAME.fullmatch(expression):
        return names["fullname"]
    if path := _VALUE.fullmatch(expression):
        found, value = lookup(values, path[1])
        if found and isinstance(value, str | int | float):
            return str(value)
    return match[0]


def has_template(value: object) -> bool:
    """Whether a template is left in a value."""
    if isinstance(value, Mapping):
        return any(has_template(key) or has_template(item) for key, item in value.items())
    if isinstance(value, list):
        return any(map(has_template, value))
    return isinstance(value, str) and "{{" in value


def without_credentials(url: str) -> str:
    """A URL without credentials."""
    scheme, separator, rest = url.partition("://")
    place, slash, path = rest.partition("/")
    if separator and scheme != "ssh" and "@" in place:
        place = place.rpartition("@")[2]
    return f"{scheme}{separator}{place}{slash}{path}"
