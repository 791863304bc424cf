"""Checks the user's options against those that Airflow has."""

from __future__ import annotations

import difflib
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TypeAlias, TypedDict

from cdk8s_airflow.parts.celery_settings import OPTION, SECTION, settings_in
from cdk8s_airflow.parts.config_owned import OWNED
from cdk8s_airflow.parts.option_values import value_problem

Value: TypeAlias = str | int | float | bool | Mapping[str, object] | Sequence[object]
"""Value of an option; mappings and lists become JSON, which Airflow expects for them."""

Config: TypeAlias = Mapping[str, Mapping[str, Value]]
"""Section -> option -> value."""

PREFIX = "AIRFLOW__"
_INDIRECT = ("_cmd", "_secret")
# Single arguments of secrets backends: their names are free.
_BACKEND_ARGUMENTS = ("SECRETS__BACKEND_KWARG__", "WORKERS__SECRETS_BACKEND_KWARG__")


class _Section(TypedDict, total=False):
    boolean: list[str]
    number: list[str]
    other: list[str]
    positive: list[str]
    whole: list[str]
    sensitive: list[str]
    since: dict[str, str]
    free: bool


class _Options(TypedDict):
    versions: dict[str, str]
    sections: dict[str, _Section]
    deprecated: dict[str, dict[str, tuple[str, str]]]
    moved: dict[str, dict[str, tuple[str, str]]]
    removed: dict[str, dict[str, str]]
    values: dict[str, dict[str, list[str]]]


@cache
def airflow_options() -> _Options:
    """The data that scripts/generate_airflow_options.py writes; read on first use only."""
    text = files("cdk8s_airflow.parts").joinpath("airflow_options.json").read_text("utf-8")
    options: _Options = json.loads(text)
    return options


def variable(section: str, option: str) -> str:
    """The environment variable that sets an option."""
    return f"{PREFIX}{section.replace('.', '_')}__{option}".upper()


def check(
    config: Config, env_names: Iterable[str] = (), *, airflow_version: str = "3.3.2"
) -> list[str]:
    """The problems of a configuration, one or two sentences each.

    Args:
        config: The user's `config`.
        env_names: Names of the user's environment variables, for all roles and for single ones.
        airflow_version: The version of Airflow in the image.
    """
    version = _number(airflow_version)
    problems = []
    for section, options in config.items():
        for option, value in options.items():
            where = f"config[{section!r}][{option!r}]"
            problem = _option(where, section, option, version, strict=True)
            problems.append(problem or _value(where, section, option, value))
    problems += [_variable(name, version) for name in env_names]
    return [problem for problem in problems if problem]


def _variable(name: str, version: tuple[int, ...]) -> str | None:
    if not name.upper().startswith(PREFIX):
        return None
    where = f"env[{name!r}]"
    if name != name.upper():
        return f"{where}: Airflow reads upper-case names only; call it {name.upper()!r}"
    if _bare(name).startswith(_BACKEND_ARGUMENTS):
        return None
    section, option = named_option(name)
    if not section or not option:
        return f"{where}: expected AIRFLOW__SECTION__OPTION, with two underscores each"
    return _option(where, section, option, version, strict=False)


def _bare(name: str) -> str:
    # AIRFLOW__TEAM___SECTION__OPTION is an option of one team.
    return name.removeprefix(PREFIX).rpartition("___")[2]


def named_option(name: str) -> tuple[str, str]:
    """Section and option that an environment variable `AIRFLOW__...` sets."""
    section, _, option = _bare(name).partition("__")
    known = {name.replace(".", "_"): name for name in _section_names()}
    return known.get(section.lower(), section.lower()), option.lower()


def _option(
    where: str, section: str, option: str, version: tuple[int, ...], *, strict: bool
) -> str | None:
    """The problem of setting this option, whatever its value.

    Not strict: an unknown name is allowed, as an option of a plugin or a newer provider, unless it
    looks like a misspelt one.
    """
    facts = airflow_options()
    names = _option_names(section)
    base = next((option[: -len(s)] for s in _INDIRECT if option.endswith(s)), option)
    if option not in names and base in names | facts["moved"].get(section, {}).keys():
        indirect, option = base is not option, base
    else:
        indirect = False
    if (section, option) in OWNED:
        return f"{where} is set by the library: {OWNED[section, option]}"
    successor, since = facts["moved"].get(section, {}).get(option, ("", ""))
    if successor and version >= _number(since):
        new_section, new_option = successor.rsplit(".", 1)
        if (new_section, new_option) in OWNED:
            return (
                f"{where} is {successor} now, set by the library: "
                + (OWNED[new_section, new_option])
            )
        instead = (
            f"config[{new_section!r}][{new_option!r}]"
            if strict
            else repr(variable(new_section, new_option))
        )
        return f"{where}: {section}.{option} is {successor} now; set {instead} instead"
    if successor:
        return None
    if option in facts["removed"].get(section, {}):
        reason = facts["removed"][section][option] or "leave it out: it has no successor"
        return f"{where}: Airflow 3 has removed {section}.{option}; {reason}"
    if option in facts["deprecated"].get(section, {}):
        since, instead = facts["deprecated"][section][option]
        if version >= _number(since):
            return f"{where}: deprecated since Airflow {since}; {instead}"
    if option not in names and not facts["sections"].get(section, {}).get("free"):
        return _unknown(where, section, option, strict=strict)
    if strict and option != option.lower():
        return f"{where}: options are in lower case; call it {option.lower()!r}"
    sensitive = facts["sections"][section].get("sensitive", ())
    if indirect and option not in sensitive:
        return (
            f"{where}: Airflow takes only secrets from commands and secrets backends, "
            f"and would ignore this; set {option!r} itself"
        )
    added = facts["sections"][section].get("since", {}).get(option)
    if added and version < _number(added):
        return f"{where}: new in Airflow {added}; raise airflow_version or leave it out"
    return None


def _unknown(where: str, section: str, option: str, *, strict: bool) -> str | None:
    cutoff = 0.6 if strict else 0.8
    names = _option_names(section)
    if not names:
        kind, close = "section", _nearest(section, _section_names(), cutoff)
    else:
        kind, close = "option", _nearest(option, names, cutoff)
    elsewhere = [s for s in sorted(_section_names()) if option.lower() in _option_names(s)]
    if close:
        hint = f"did you mean {close!r}?"
    elif not strict:
        return None
    elif len(elsewhere) == 1:
        hint = f"did you mean section {elsewhere[0]!r}, which has this option?"
    else:
        hint = "Airflow's configuration reference lists all of them"
    if strict and not close:
        hint += (
            "; what a plugin or a newer provider reads is set by "
            f"env={{{variable(section, option)!r}: ...}}"
        )
    known = f"Airflow {airflow_options()['versions']['airflow']} and its providers"
    return f"{where}: no such {kind} in {known}; {hint}"


def _value(where: str, section: str, option: str, value: Value) -> str | None:
    """The problem of a value; it never shows a secret."""
    facts = airflow_options()["sections"][section]
    sensitive = option in facts.get("sensitive", ())
    if sensitive and not option.endswith(("_kwargs", "_args")):
        return (
            f"{where} is a secret, which has no place in the manifests; "
            f"give env={{{variable(section, option)!r}: SecretKey(name=..., key=...)}} instead"
        )
    shown = "" if sensitive else f"={value!r}"
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return f"{where}{shown}: expected a value; to keep Airflow's default leave it out"
    if not isinstance(value, str | int | float):
        try:
            json.dumps(value)
        except (TypeError, ValueError):
            return (
                f"{where}{shown}: expected text, a number, a boolean, or what JSON can hold; "
                f"got {type(value).__name__}"
            )
    if isinstance(value, str | int | float):
        text = value_problem(airflow_options(), section, option, value)
        if text:
            return f"{where}{shown}: {text}"
    if (section, option) == (SECTION, OPTION) and settings_in(value) is None:
        return f"{where}{shown}: expected a mapping, setting of Celery -> value, or its JSON"
    return None


def _option_names(section: str) -> frozenset[str]:
    facts = airflow_options()["sections"].get(section, {})
    return frozenset((*facts.get("boolean", ()), *facts.get("number", ()), *facts.get("other", ())))


def _section_names() -> frozenset[str]:
    return frozenset(airflow_options()["sections"])


def _nearest(name: str, known: Iterable[str], cutoff: float) -> str | None:
    return next(iter(difflib.get_close_matches(name.lower(), sorted(known), 1, cutoff)), None)


def _number(version: str) -> tuple[int, ...]:
    """`3.1.8` as (3, 1, 8), `3.3.0rc1` as (3, 3, 0), nothing as ()."""
    return tuple(_leading_numbers(version.split(".")))


def _leading_numbers(parts: Sequence[str]) -> Iterator[int]:
    for part in parts:
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        if not digits:
            return
        yield int(digits)
