"""Makes connections, variables, pools, roles and users in Airflow what the code says.

Usage: python reconcile_objects.py URL SECONDS [--check]

OBJECTS names the JSON file with what is declared, OPTIONS holds the settings, OBJECTS_PASSWORD (or
the file of OBJECTS_PASSWORD_FILE) the password of our account. Credentials come from mounted files.
With an interval among the settings it goes on for ever, else it ends after one pass. `--check` is
for probes: whether the last pass is recent. Exits with 75 (`os.EX_TEMPFAIL`) when SECONDS have
passed without an answer; it is then started again.
"""

import json
import os
import secrets
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from airflow_api import Api, AwayError, ConflictError, RefusedError, hide, pause, say, stop
from objects_files import declared
from objects_kinds import KINDS, Form, remove, rows, write
from objects_plan import DISABLED, Plan, planned
from objects_record import Made, Record, SupersededError
from url import credential

STATE = Path("/tmp/last-pass")
FULL = 3600.0
"""Seconds after which a controller writes again what Airflow does not show, and so cannot be
compared."""
TRIES, AT_A_TIME = 5, 8
"""Passes after which others are too fast; connections that are tested at a time."""
PATIENT = 3600
"""Seconds that a pass may take, waits and tests included, before a probe finds it late."""
Wanted = dict[str, dict[str, Form]]
_said: list[str] = []
"""What the last pass has said: a controller that finds all as it was is silent."""


class Reconciler:
    """One declared state, and Airflow."""

    def __init__(self, api: Api, record: Record, options: dict[str, Any], key: bytes) -> None:
        """A reconciler with its settings; `key` is for the digests in the record."""
        self._api, self._record, self._options, self._key = api, record, options, key

    def run(self, wanted: Wanted, full: bool) -> bool:
        """One pass; whether all is as declared, or only reported.

        Args:
            wanted: kind -> id -> form.
            full: write again what Airflow hides.
        """
        for attempt in range(TRIES):
            try:
                return self._run(wanted, full)
            except ConflictError as error:
                if attempt == TRIES - 1:
                    raise RefusedError(str(error)) from None
                say(f"once more, as another may have been faster: {error}")
        raise AssertionError("unreachable")

    def _run(self, wanted: Wanted, full: bool) -> bool:
        plans = self._plans(wanted, full)
        if not all(plan.idle for plan in plans):
            self._record.take()
            plans = self._plans(wanted, full)
            made = self._record.made
            for plan in plans:
                made.setdefault(plan.kind.name, {}).update(dict.fromkeys(plan.create, ""))
            self._record.save(made)
            for plan in plans:
                self._write(plan, made)
            for plan in reversed(plans):
                self._remove(plan, made)
            self._record.save(made, busy=False)
        problems = [text for plan in plans for text in plan.problems()]
        lines = [line for plan in plans for line in plan.lines()]
        lines += [f"problem: {text}" for text in problems] or ["all is as declared"]
        if lines != _said or not all(plan.idle for plan in plans):
            _said[:] = lines
            for line in lines:
                say(line)
        if self._options["test"]:
            self._test(plans)
        return not problems

    def _plans(self, wanted: Wanted, full: bool) -> list[Plan]:
        kinds = [kind for kind in KINDS if kind.name in wanted]
        found = {kind.name: rows(self._api, kind) for kind in kinds}
        self._record.read(found["connections"])
        made = self._record.made
        return [
            planned(
                kind,
                wanted[kind.name],
                found[kind.name],
                made.get(kind.name, {}),
                self._options,
                full,
                self._key,
            )
            for kind in kinds
        ]

    def _write(self, plan: Plan, made: Made) -> None:
        own = made[plan.kind.name]
        refused = write(
            self._api, plan.kind, plan.create, plan.update, plan.found, self._alive(made)
        )
        own |= {id: plan.digests[id] for id in (*plan.create, *plan.update) if id not in refused}
        for id in refused.keys() & plan.create.keys():
            del own[id]
        plan.refused |= refused

    def _remove(self, plan: Plan, made: Made) -> None:
        own = made[plan.kind.name]
        if plan.kind.name == "users" and self._options["removed_users"] == "disable":
            closed = {
                id: {"roles": [], "password": secrets.token_urlsafe(32)} for id in plan.remove
            }
            refused = write(self._api, plan.kind, {}, closed, plan.found, self._alive(made))
            own |= dict.fromkeys(closed.keys() - refused, DISABLED)
        else:
            refused = remove(self._api, plan.kind, plan.remove, self._alive(made))
            for id in {*plan.remove} - refused.keys():
                del own[id]
        for id in plan.gone:
            del own[id]
        plan.refused |= refused

    def _alive(self, made: Made) -> Callable[[], None]:
        return lambda: self._record.save(made)

    def _test(self, plans: list[Plan]) -> None:
        """Has Airflow try the connections that were written, some at a time."""
        (plan,) = (plan for plan in plans if plan.kind.name == "connections")
        forms = {**plan.create, **plan.update}

        def test(id: str) -> None:
            try:
                answer = self._api.send("POST", f"{plan.kind.path}/test", forms[id], patience=0)
                works = "works" if answer["status"] else "does not work"
                say(f"test of connection {id}: it {works}: {answer['message']}")
            except (RefusedError, ConflictError, AwayError) as error:
                say(f"test of connection {id}: {error}")

        with ThreadPoolExecutor(AT_A_TIME) as pool:
            list(pool.map(test, [id for id in forms if id not in plan.refused]))


def main(url: str, patience: float) -> bool:
    """One pass, or passes for ever."""
    options = json.loads(os.environ["OPTIONS"])
    holder, job = secrets.token_hex(8), os.environ.get("JOB_UID", "")
    # Two applies follow each other as the files of their pods do, however slow a process starts.
    started = Path(os.environ["OBJECTS"]).stat().st_mtime
    interval, full_at, before, good = options["interval"], 0.0, "", True
    while True:
        password = credential("OBJECTS_PASSWORD")
        api = Api(url, options["username"], password, patience)
        record = Record(api, options["release"], holder, job, started)
        reconciler = Reconciler(api, record, options, password.encode())
        try:
            wanted, hidden = declared(os.environ["OBJECTS"])
            hide((password, *hidden))
            now, state = time.monotonic(), json.dumps(wanted, sort_keys=True)
            full = state != before or now >= full_at
            good = reconciler.run(wanted, full)
            if full:
                before, full_at = state, now + FULL
        except SupersededError:
            say("a later apply has been here: nothing to do for this one")
            return True
        except (RefusedError, ValueError) as error:
            good = False
            say(f"problem: {error}")
        except (AwayError, OSError) as error:
            say(str(error))
            if not interval:
                sys.exit(os.EX_TEMPFAIL)
            good = False
        if not interval:
            return good
        STATE.write_text("good" if good else "bad")
        pause(interval)


def check(interval: float, words: list[str]) -> Iterator[str]:
    """What a probe has to complain about."""
    try:
        age = time.time() - STATE.stat().st_mtime
        if age > 3 * interval + PATIENT:
            yield f"the last pass ended {age:.0f} s ago"
        if "--good" in words and STATE.read_text() != "good":
            yield "the last pass had a problem: see the log"
    except FileNotFoundError:
        yield "no pass has ended yet"


if __name__ == "__main__":
    if "--check" in sys.argv:
        problems = list(check(float(json.loads(os.environ["OPTIONS"])["interval"]), sys.argv))
        sys.exit("; ".join(problems) or 0)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    sys.exit(0 if main(sys.argv[1], float(sys.argv[2])) else 1)
