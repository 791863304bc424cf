"""The rules of which the tables are made: small functions, whose names say what they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cdk8s_airflow.migration.conversion import Rule, Target, truth
from cdk8s_airflow.migration.report import Outcome, Status

_NOTHING = "empty: nothing to set"


def is_empty(value: object) -> bool:
    """Whether a value sets nothing."""
    return value is None or value in ("", [], {})


def move(to: str, convert: Callable[[Any], Any] | None = None, note: str = "") -> Rule:
    """The value goes to a path, as it is or converted."""

    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried", "", _NOTHING)
        return Outcome("carried", target.put(to, convert(value) if convert else value), note)

    return rule


def text_map(to: str) -> Rule:
    """A mapping of texts, such as labels; numbers and booleans become texts."""
    return move(to, lambda value: {str(key): plain(item) for key, item in value.items()})


def plain(value: object) -> str:
    """A value as Helm writes it into a text."""
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def switch(note_on: str = "", note_off: str = "", *, on: Status, off: Status) -> Rule:
    """A switch that has no option here, because only one position is possible."""

    def rule(target: Target, value: Any) -> Outcome:
        return Outcome(on, "", note_on) if truth(value) else Outcome(off, "", note_off)

    return rule


def always(note: str) -> Rule:
    """What the chart does if this is on is done always; off is a change."""
    return switch(note, f"always on here: {note}", on="carried", off="changed")


def never(note: str) -> Rule:
    """What the chart does if this is on is never done; off is what happens anyway."""
    return switch(note, note, on="changed", off="carried")


def same_as(*values: object, note: str, other: Rule) -> Rule:
    """For some values nothing has to be set; all others have another rule."""

    def rule(target: Target, value: Any) -> Outcome:
        if value in values or is_empty(value):
            return Outcome("carried", "", note)
        return other(target, value)

    return rule


def changed(note: str, to: str = "") -> Rule:
    """Something else follows here.

    Args:
        note: why.
        to: path in the file; one that begins with a dot is below the section.
    """
    return _fixed("changed", note, to)


def dropped(note: str) -> Rule:
    """There is no counterpart; the note says the way out."""
    return _fixed("dropped", note, "")


def carried(note: str, to: str = "") -> Rule:
    """The same follows here from another key, or by itself."""
    return _fixed("carried", note, to)


def dead(note: str) -> Rule:
    """The chart does not read it."""

    def rule(target: Target, value: Any) -> Outcome:
        return Outcome("dead", "", note)

    return rule


def _fixed(status: Status, note: str, to: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried", "", _NOTHING)
        path = target.below(to[1:]) if to.startswith(".") else to
        return Outcome(status, path, note)

    return rule


def patched(kind: str, merge: Callable[[Any], Mapping[str, Any]], note: str = "") -> Rule:
    """A patch of an object, for a field that no option sets; kind `""` is the workload."""

    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried", "", _NOTHING)
        return Outcome("carried", target.patch(kind or target.kind, merge(value)), note)

    return rule


def below(prefix: str, table: Mapping[str, Rule]) -> dict[str, Rule]:
    """A table with a prefix before each key."""
    return {f"{prefix}.{key}": rule for key, rule in table.items()}


def names_secret(to: str, key: str, note: str = "") -> Rule:
    """The name of a Secret of the user's, which the chart reads at a fixed key."""
    return move(to, lambda name: reference(name, key), note)


def in_the_open(to: str, secret: str, key: str) -> Rule:
    """A secret in the values: a reference to a Secret that the user makes from it.

    Args:
        to: path of the reference.
        secret: name of the Secret, without the release.
        key: its key.
    """

    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried", "", _NOTHING)
        made = target.conversion
        name = made.name(secret)
        made.secret(name, key, source=to)
        note = f"create the Secret {name} with the key {key}"
        return Outcome("secret", target.put(to, reference(name, key)), note)

    return rule


def reference(name: object, key: str) -> dict[str, str]:
    """A SecretKey in a values file."""
    return {"kind": "SecretKey", "name": str(name), "key": key}


def config_map_reference(name: str, key: str) -> dict[str, str]:
    """A ConfigMapKey in a values file."""
    return {"kind": "ConfigMapKey", "name": name, "key": key}
