"""What has to be done, by what is declared, what is there and what we have made before."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from objects_kinds import DEFAULT_POOL, Form, Kind, Refusals, differences, is_hidden

DISABLED = "disabled"
"""In the place of the digest of a user who may not log in any more."""
SHOWN = 20
"""Names of objects that one line of the log has."""


@dataclass
class Plan:
    """What has to be done for one kind."""

    kind: Kind
    found: dict[str, Form]
    create: dict[str, Form] = field(default_factory=dict)
    update: dict[str, Form] = field(default_factory=dict)
    remove: list[str] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)
    """Id -> the fields that differ."""
    digests: dict[str, str] = field(default_factory=dict)
    """Id -> digest of what is declared."""
    foreign: list[str] = field(default_factory=list)
    """Declared, but made by people."""
    drifted: list[str] = field(default_factory=list)
    """Changed by people, and only reported."""
    refused: Refusals = field(default_factory=dict)
    """Id -> why Airflow does not take it."""
    gone: list[str] = field(default_factory=list)
    """Removed from the code, and not there any more."""

    @property
    def idle(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.create or self.update or self.remove or self.gone)

    def compare(
        self, id: str, form: Form, written: str | None, options: dict[str, Any], full: bool
    ) -> None:
        """Decides on one object that is declared.

        Args:
            id: its id.
            form: what is declared.
            written: digest of what we have written last; None: it is not ours.
            options: settings.
            full: write again what Airflow hides.
        """
        there = self.found.get(id)
        as_written = written == self.digests[id]
        report = options["drift"] == "report" and as_written
        if there is None:
            if report:
                self.drifted.append(f"{id} (removed)")
            else:
                self.create[id] = form
            return
        if written is None and not (options["adopt"] or id == DEFAULT_POOL):
            self.foreign.append(id)
            return
        differ = differences(self.kind, form, there)
        if differ and report:
            self.drifted.append(f"{id} ({', '.join(differ)})")
        elif differ or not as_written or (full and not report and is_hidden(self.kind, there)):
            keep = self.kind.only_new if written != DISABLED else frozenset()
            self.update[id] = {name: value for name, value in form.items() if name not in keep}
            self.why[id] = ", ".join(differ)

    def leave(self, wanted: dict[str, Form], made: dict[str, str]) -> None:
        """Decides on the objects of ours that are not declared any more."""
        left = [id for id in made if id not in wanted and made[id] != DISABLED]
        self.remove = [id for id in left if id in self.found and id != DEFAULT_POOL]
        self.gone = [id for id in left if id not in self.remove]

    def problems(self) -> Iterator[str]:
        """What Airflow has refused, and what people have to decide."""
        for id, why in self.refused.items():
            yield f"{self.kind.name} {id}: {why}"
        if self.foreign:
            yield (
                f"{self.kind.name} {', '.join(self.foreign)}: people have made what the code "
                "declares too: delete or rename one of them, or set adopt to take them over"
            )

    def lines(self) -> Iterator[str]:
        """What was done, and what was left, for the log."""
        updated = {id: f"{id} ({why})" for id, why in self.why.items() if why}
        for what, ids in (
            ("created", list(self.create)),
            ("updated", list(updated.values())),
            ("written again", [id for id in self.update if id not in updated]),
            ("removed", self.remove),
            ("changed by hand, left as they are", self.drifted),
            ("not made by this code, left as they are", self.foreign),
        ):
            ids = [id for id in ids if id.partition(" (")[0] not in self.refused]
            if ids:
                more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
                yield f"{self.kind.name}: {len(ids)} {what}: {', '.join(ids[:SHOWN])}{more}"


def planned(
    kind: Kind,
    wanted: dict[str, Form],
    found: dict[str, Form],
    made: dict[str, str],
    options: dict[str, Any],
    full: bool,
    key: bytes,
) -> Plan:
    """The plan for one kind; `key` is for digests."""
    result = Plan(kind, found)
    result.digests = {id: digest(kind, form, key) for id, form in wanted.items()}
    for id, form in wanted.items():
        result.compare(id, form, made.get(id), options, full)
    result.leave(wanted, made)
    return result


def digest(kind: Kind, form: Form, key: bytes) -> str:
    """What we know a form by later; without our password nobody finds a credential by it."""
    lasting = {name: value for name, value in form.items() if name not in kind.only_new}
    text = json.dumps(lasting, sort_keys=True).encode()
    return hmac.new(key, text, hashlib.sha256).hexdigest()[:16]
