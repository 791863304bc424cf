"""Differences as text: for a person, in colour on a terminal."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Sequence

from cdk8s_airflow.cli.differences import ABSENT, Difference, FieldChange
from cdk8s_airflow.cli.terminal import GREEN, RED, YELLOW, paint

SIGNS = {"added": ("+", GREEN), "removed": ("-", RED), "changed": ("~", YELLOW)}
WIDTH = 160
"""Characters of a value that are shown."""


def lines(found: Sequence[Difference], *, none: str) -> Iterator[str]:
    """Each object with its fields, and at the end which pods roll and why; `none`: if none."""
    for each in found:
        sign, colour = SIGNS[each.state]
        place = f" in {each.namespace}" if each.namespace else ""
        yield paint(f"{sign} {each.kind} {each.name}{place}", colour)
        for change in each.fields:
            yield from (f"    {line}" for line in _field(change))
        for name in each.refused:
            yield paint(f"    spec.{name} cannot be changed: delete the {each.kind} first", RED)
    counts = {state: sum(each.state == state for each in found) for state in SIGNS}
    told = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
    yield from ("", f"{told}.") if found else (none,)
    yield from pods(found)


def pods(found: Sequence[Difference]) -> Iterator[str]:
    """Which pods start, stop and roll, and why."""
    for each in found:
        if not each.pods:
            continue
        count = f"{each.pods} pod{'s' if each.pods > 1 else ''} of {each.kind} {each.name}"
        if each.state == "added":
            yield f"starts: {count}"
        elif each.state == "removed":
            yield f"stops: {count}"
        elif each.rolls:
            more = f" and {len(each.rolls) - 3} more" if len(each.rolls) > 3 else ""
            yield f"rolls: {count}: {'; '.join(each.rolls[:3])}{more}"


def data(found: Sequence[Difference]) -> list[dict[str, object]]:
    """The same for a machine; a field that is absent lacks its key `before` or `after`."""
    return [
        {
            "kind": each.kind,
            "name": each.name,
            "namespace": each.namespace,
            "state": each.state,
            "fields": [
                {"path": change.path}
                | ({} if change.before is ABSENT else {"before": change.before})
                | ({} if change.after is ABSENT else {"after": change.after})
                for change in each.fields
            ],
            "pods": each.pods,
            "rolls": list(each.rolls),
            "refused": list(each.refused),
        }
        for each in found
    ]


def _field(change: FieldChange) -> Iterator[str]:
    before, after = change.before, change.after
    if isinstance(before, str) and isinstance(after, str) and "\n" in before + after:
        yield f"{change.path}:"
        shown = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
        for line in list(shown)[2:]:
            yield "  " + paint(line, {"+": GREEN, "-": RED}.get(line[:1], ""))
    elif before is ABSENT:
        yield f"{change.path}: {paint('+ ' + _value(after), GREEN)}"
    elif after is ABSENT:
        yield f"{change.path}: {paint('- ' + _value(before), RED)}"
    else:
        yield f"{change.path}: {paint(_value(before), RED)} -> {paint(_value(after), GREEN)}"


def _value(value: object) -> str:
    text = value if isinstance(value, str) and value else json.dumps(value, default=str)
    text = text.replace("\n", "\\n")
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 3]}..."
