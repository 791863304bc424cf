"""What became of each key of the old values: the report, as text and as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Status: TypeAlias = Literal["carried", "changed", "dropped", "dead", "secret"]
"""What became of a key: it means the same here; something else follows from it; it has no
counterpart; the old chart did not read it either; it was a secret in the open."""

_HEADINGS: Mapping[Status, tuple[str, str]] = {
    "secret": ("Secrets that stood in the open", "They are in no file now. Create the Secrets:"),
    "changed": ("Changed", "These mean something else here; read why."),
    "dropped": ("Dropped", "These have no counterpart; the note says the way out."),
    "dead": ("Dead already", "The old chart did not read these."),
    "carried": ("Carried over", "These mean the same here."),
}


@dataclass(frozen=True)
class Outcome:
    """What becomes of one key."""

    status: Status
    to: str = ""
    """Path in the new values file; empty: there is none."""
    note: str = ""
    """Why, and what to do."""


def summed(outcomes: Sequence[tuple[str, Outcome]], path: str) -> Outcome:
    """What became of a key of which each part has an outcome of its own."""
    found = {each.status for _, each in outcomes}
    worst: Status = "secret" if "secret" in found else "changed"
    if len(found) == 1:
        worst = found.pop()
    notes = [
        f"{name}: {each.note or each.to}"
        for name, each in outcomes
        if each.note or (each.to and not each.to.startswith(path))
    ]
    return Outcome(worst, path, "; ".join(notes))


@dataclass(frozen=True)
class Finding:
    """One key of the old values, and what became of it."""

    key: str
    outcome: Outcome

    @property
    def form(self) -> dict[str, str]:
        """The entry of `--report-json`."""
        made = self.outcome
        return {"key": self.key, "status": made.status, "to": made.to, "note": made.note}


@dataclass(frozen=True)
class NewSecret:
    """A Secret to create, for values that stood in the open or that the chart generated."""

    name: str
    keys: tuple[str, ...]
    """Its keys."""
    source: str
    """Where the values were."""

    def command(self, namespace: str) -> str:
        """The command that creates it, with placeholders for the values."""
        values = "".join(f" \\\n    --from-literal='{key}=<value>'" for key in self.keys)
        return f"kubectl create secret generic {self.name} --namespace {namespace}{values}"


@dataclass(frozen=True)
class Difference:
    """A default of the old chart that is another here, where the old values said nothing."""

    key: str
    old: str
    new: str
    why: str


@dataclass
class Report:
    """All findings of a migration."""

    namespace: str
    findings: list[Finding] = field(default_factory=list)
    secrets: list[NewSecret] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    """What to do before the first apply."""

    def of(self, status: Status) -> list[Finding]:
        """The findings of one status."""
        return [each for each in self.findings if each.outcome.status == status]

    def get(self, key: str) -> Outcome | None:
        """What became of a key."""
        return next((each.outcome for each in self.findings if each.key == key), None)

    @property
    def forms(self) -> list[dict[str, str]]:
        """The findings as `--report-json` has them."""
        return [each.form for each in self.findings]

    @property
    def summary(self) -> str:
        """One line: how many of each."""
        counts = [f"{len(self.of(status))} {status}" for status in _ORDER]
        return ", ".join(counts)

    @property
    def text(self) -> str:
        """The report as Markdown."""
        parts = ["# Migration report", f"{len(self.findings)} keys: {self.summary}."]
        if self.steps:
            parts += ["## Before the first apply", "\n".join(f"* {each}" for each in self.steps)]
        for status, (heading, lead) in _HEADINGS.items():
            found = self.of(status)
            secrets = self.secrets if status == "secret" else []
            if not found and not secrets:
                continue
            parts += [f"## {heading}", lead]
            if secrets:
                commands = "\n".join(each.command(self.namespace) for each in secrets)
                parts.append(f"```sh\n{commands}\n```")
            if found:
                parts.append(_table(("key", "here", "note"), _rows(found)))
        if self.differences:
            rows = ((each.key, each.old, each.new, each.why) for each in self.differences)
            parts += ["## Other defaults", "Your values say nothing of these."]
            parts.append(_table(("key", "there", "here", "why"), rows))
        return "\n\n".join(parts) + "\n"


_ORDER: tuple[Status, ...] = ("carried", "changed", "dropped", "dead", "secret")


def _rows(found: Iterable[Finding]) -> Iterable[tuple[str, ...]]:
    for each in found:
        to = f"`{each.outcome.to}`" if each.outcome.to else ""
        yield (f"`{each.key}`", to, each.outcome.note)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    cells = (tuple(cell.replace("|", "\\|").replace("\n", " ") for cell in line) for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)
