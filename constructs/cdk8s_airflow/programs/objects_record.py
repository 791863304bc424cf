"""What the code has made in Airflow, and whose turn it is to change it.

It is kept in Airflow's own database, so that a restored backup has the objects and the record of
one time: in a connection that nobody uses, since Airflow makes a connection of one id only once.
Its id ends in a number. Whoever makes the next number has the turn, and keeps it while it makes
further ones; one that stops for ABANDONED seconds has lost it. Nobody compares clocks for that.
"""

import base64
import json
import time
import zlib
from typing import Any

from airflow_api import Api, ConflictError, pause, say

ABANDONED, PAUSE = 90.0, 1.0
"""Seconds after which a turn without a sign of life is free, longer than a request takes; seconds
between two looks."""
KEPT = 50
"""Jobs of which is known that a later one has taken their place."""
CONNECTIONS = "/api/v2/connections"
Made = dict[str, dict[str, str]]
"""Kind -> id -> digest of what was written last; empty before it is known to be there."""


class SupersededError(Exception):
    """A later apply has been here, so ours is out of date."""


class Record:
    """The record of one release."""

    def __init__(self, api: Api, release: str, holder: str, job: str, started: float) -> None:
        """The record of this release, for one process.

        Args:
            api: the REST API.
            release: name of the release.
            holder: what no other process calls itself.
            job: uid of our Job; empty: we are a controller.
            started: when our pod got its files, in seconds of the clock.
        """
        self._api, self._holder, self._job, self._started = api, holder, job, started
        self.prefix = f"cdk8s-airflow.{release}.made-by-code."
        self._release = release
        self._number = 0
        self._content: dict[str, Any] = {}

    @property
    def made(self) -> Made:
        """What the code has made."""
        found: Made = self._content.get("made", {})
        return {kind: dict(objects) for kind, objects in found.items()}

    def read(self, connections: dict[str, dict[str, Any]]) -> None:
        """Takes the record out of all connections."""
        numbers = [int(id.removeprefix(self.prefix)) for id in connections if self.is_record(id)]
        self._number = max(numbers, default=0)
        self._content = {}
        if numbers:
            row = connections[f"{self.prefix}{self._number}"]
            try:
                text = json.loads(row["extra"])["record"]
                self._content = json.loads(zlib.decompress(base64.b64decode(text)))
            except (ValueError, KeyError, TypeError, zlib.error):
                say(
                    f"connection {self.prefix}{self._number} was changed by hand: nothing is known "
                    "to be made by the code any more"
                )

    def is_record(self, id: str) -> bool:
        """Whether a connection is the record."""
        return id.startswith(self.prefix) and id.removeprefix(self.prefix).isdigit()

    def take(self) -> None:
        """Waits for our turn.

        Raises:
            SupersededError: when a later Job has had its turn before ours.
        """
        seen, since = -1, 0.0
        while True:
            self._look()
            if self._content.get("busy", "") not in ("", self._holder):
                if self._number != seen:
                    seen, since = self._number, time.monotonic()
                if time.monotonic() - since < ABANDONED:
                    pause(PAUSE)
                    continue
            content = self._content | {"busy": self._holder}
            if self._job:
                content |= self._as_latest_job()
            if self._write(content):
                return

    def _as_latest_job(self) -> dict[str, Any]:
        latest = self._content.get("job", {"uid": "", "started": 0})
        old = self._content.get("old", [])
        if latest["uid"] == self._job:
            return {}
        if self._job in old or latest["started"] > self._started:
            raise SupersededError
        old = [*old, latest["uid"]][-KEPT:] if latest["uid"] else old
        return {"job": {"uid": self._job, "started": self._started}, "old": old}

    def save(self, made: Made, busy: bool = True) -> None:
        """Writes what is made, which also shows that we are alive; at the end not `busy`.

        Raises:
            ConflictError: when another has taken our turn.
        """
        content = self._content | {"made": made, "busy": self._holder if busy else ""}
        if not self._write(content):
            raise ConflictError("another apply has taken the turn")

    def _look(self) -> None:
        own = {"connection_id_pattern": f"{self.prefix}%"}
        rows = self._api.rows(CONNECTIONS, "connections", "connection_id", **own)
        self.read({row["connection_id"]: row for row in rows})

    def _write(self, content: dict[str, Any]) -> bool:
        """Makes the connection of the next number, and deletes those before; whether it is ours."""
        packed = zlib.compress(json.dumps(content, sort_keys=True).encode(), 9)
        objects = sum(map(len, content.get("made", {}).values()))
        body = {
            "connection_id": f"{self.prefix}{self._number + 1}",
            "conn_type": "generic",
            "description": f"{objects} objects of release {self._release} come from its code, and "
            "this is the list of them: do not change or delete it",
            "extra": json.dumps({"record": base64.b64encode(packed).decode()}),
        }
        try:
            self._api.send("POST", CONNECTIONS, body)
        except ConflictError:
            return False
        earlier = range(max(1, self._number - 2), self._number + 1)
        before = [f"{self.prefix}{number}" for number in earlier]
        skip = {"action": "delete", "entities": before, "action_on_non_existence": "skip"}
        self._api.send("PATCH", CONNECTIONS, {"actions": [skip]})
        self._number, self._content = self._number + 1, content
        return True
