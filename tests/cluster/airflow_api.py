"""Airflow's REST API, for a client that does not give up while the server is away."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

Json = dict[str, Any]
SOURCES = "::group::Log message source details"
END_OF_GROUP = "::endgroup::"
PAGE = 100
"""Airflow's largest page."""
PATIENCE = 180.0
POLL_SECONDS = 1.0


@dataclass
class AirflowApi:
    """A logged-in client of one api-server."""

    connect: Callable[[], str]
    """Returns the address of the server, `http://127.0.0.1:41234`; called again after a failure."""
    username: str
    password: str
    _address: str = ""
    _token: str = ""
    _headers: Json = field(default_factory=lambda: {"Content-Type": "application/json"})

    def login(self) -> str:
        """A new token."""
        credentials = {"username": self.username, "password": self.password}
        self._token = self._send("POST", "/auth/token", credentials)["access_token"]
        return self._token

    def call(self, method: str, path: str, body: Json | None = None) -> Json:
        """One call below /api/v2; repeated while the server is away or answers 5xx.

        Raises:
            HTTPError: for an answer that says the call is wrong.
            TimeoutError: when the server stays away.
        """
        if not self._token:
            self.login()
        try:
            return self._send(method, f"/api/v2{path}", body)
        except HTTPError as error:
            if error.code != 401:
                raise
            self.login()
            return self._send(method, f"/api/v2{path}", body)

    def wait_for_dag(self, dag: str, patience: float = PATIENCE) -> None:
        """Waits until the DAG processor has found a DAG, then switches it on."""

        def found() -> bool:
            try:
                self.call("GET", f"/dags/{dag}")
            except HTTPError as error:
                if error.code != 404:
                    raise
                return False
            return True

        wait_until(found, f"DAG {dag} is known", patience)
        self.call("PATCH", f"/dags/{dag}?update_mask=is_paused", {"is_paused": False})

    def trigger(self, dag: str, conf: Json | None = None) -> str:
        """Starts a run as `airflow dags trigger` does, without logical date; its id."""
        run = f"e2e-{uuid.uuid4().hex[:8]}"
        body = {"dag_run_id": run, "logical_date": None, "conf": conf or {}}
        self.call("POST", f"/dags/{dag}/dagRuns", body)
        return run

    def tasks(self, dag: str, run: str) -> dict[str, Json]:
        """The task instances of a run, by task; those of a mapped task as `task[3]`."""
        found: list[Json] = []
        while True:
            query = f"limit={PAGE}&offset={len(found)}"
            page = self.call("GET", f"/dags/{dag}/dagRuns/{run}/taskInstances?{query}")
            found += page["task_instances"]
            if not page["task_instances"] or len(found) >= page["total_entries"]:
                return {_name(each): each for each in found}

    def wait_for_task(self, dag: str, run: str, task: str, state: str) -> Json:
        """Waits until a task is in a state; the task instance."""

        def reached() -> bool:
            return bool(self.tasks(dag, run).get(task, {}).get("state") == state)

        wait_until(reached, f"{dag}.{task} is {state}")
        return self.tasks(dag, run)[task]

    def wait_for_run(self, dag: str, run: str, patience: float = 300) -> dict[str, Json]:
        """Waits until a run has ended well; its task instances.

        Raises:
            AssertionError: when it failed.
        """

        def ended() -> bool:
            state = self.call("GET", f"/dags/{dag}/dagRuns/{run}")["state"]
            return state in ("success", "failed")

        wait_until(ended, f"run {run} of {dag} has ended", patience)
        tasks = self.tasks(dag, run)
        states = {name: task["state"] for name, task in tasks.items()}
        assert set(states.values()) == {"success"}, states
        return tasks

    def log(self, task: Json) -> tuple[list[str], str]:
        """Where the log of a task instance was read from, and the text that the task wrote."""
        path = (
            f"/dags/{task['dag_id']}/dagRuns/{task['dag_run_id']}/taskInstances/"
            f"{task['task_id']}/logs/{task['try_number']}?full_content=true"
        )
        lines = self.call("GET", path)["content"]
        header = 0
        if lines and lines[0].get("event") == SOURCES:
            header = [line.get("event") for line in lines].index(END_OF_GROUP) + 1
        # Up to Airflow 3.2 a field of the first line; then lines of the group.
        sources = [source for line in lines[:header] for source in line.get("sources") or []]
        sources += [line["event"] for line in lines[1 : max(header - 1, 1)]]
        return sources, "\n".join(str(line.get("event")) for line in lines[header:])

    def _send(self, method: str, path: str, body: Json | None) -> Json:
        data = None if body is None else json.dumps(body).encode()
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self._address = self._address or self.connect()
                headers = {**self._headers, "Accept": "application/json"}
                if self._token:
                    headers["Authorization"] = f"Bearer {self._token}"
                request = Request(self._address + path, data=data, headers=headers, method=method)
                with urlopen(request, timeout=30) as answer:
                    result: Json = json.loads(answer.read() or b"{}")
                    return result
            except (URLError, HTTPException, OSError) as error:
                if isinstance(error, HTTPError) and error.code < 500:
                    if error.code == 409 and method == "POST":  # an earlier try got through
                        return {}
                    raise
                if time.monotonic() > deadline:
                    raise TimeoutError(f"{method} {path}: {error} for {PATIENCE:g} s") from error
                self._address = ""
                time.sleep(POLL_SECONDS)


def _name(task: Json) -> str:
    index = task.get("map_index", -1)
    return task["task_id"] if index < 0 else f"{task['task_id']}[{index}]"


def wait_until(done: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Waits for something to become true.

    Raises:
        TimeoutError: when it does not in time.
    """
    deadline = time.monotonic() + patience
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not in {patience:g} s: {what}")
        time.sleep(POLL_SECONDS)
