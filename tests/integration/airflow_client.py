"""A small client of Airflow's REST API, for what a user would do."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from .node.patience import patience

FINAL = frozenset({"success", "failed"})


class AirflowClient:
    """Logs in with a name and a password and talks to ``/api/v2``."""

    def __init__(
        self, host: str, port: int, username: str, password: str, prefix: str = ""
    ) -> None:
        self._address, self._prefix = (host, port), prefix
        self._login = {"username": username, "password": password}
        self._token: str | None = None

    def log_in(self) -> str:
        """Asks for a token with the user's password."""
        status, answer = self.request("POST", "/auth/token", self._login)
        assert status == 201, f"login: HTTP {status}: {answer}"
        self._token = str(answer["access_token"])
        return self._token

    def get(self, path: str) -> dict[str, Any]:
        """An object of the API."""
        return self._checked("GET", f"/api/v2/{path}", None)

    def trigger(self, dag_id: str, conf: Mapping[str, object] | None = None) -> str:
        """Starts a run, as soon as the DAG is parsed, and returns its id."""
        path = f"/api/v2/dags/{dag_id}"
        self.wait(lambda: self.has_dag(dag_id), 120, f"{dag_id} is parsed")
        self._checked("PATCH", path, {"is_paused": False})
        body = {"logical_date": None, "conf": dict(conf or {})}
        return str(self._checked("POST", f"{path}/dagRuns", body)["dag_run_id"])

    def has_dag(self, dag_id: str) -> bool:
        """Whether a DAG is parsed, as the user who is logged in sees it."""
        if self._token is None:
            self.log_in()
        status, answer = self.request("GET", f"/api/v2/dags/{dag_id}")
        assert status in (200, 404) or status >= 500, f"{dag_id}: HTTP {status}: {answer}"
        return status == 200

    def state(self, dag_id: str, run_id: str) -> str:
        """The state of a run."""
        return str(self.get(f"dags/{dag_id}/dagRuns/{run_id}")["state"])

    def tasks(self, dag_id: str, run_id: str) -> dict[str, dict[str, Any]]:
        """Task id -> task instance."""
        found = self.get(f"dags/{dag_id}/dagRuns/{run_id}/taskInstances")
        return {task["task_id"]: task for task in found["task_instances"]}

    def log(self, dag_id: str, run_id: str, task_id: str, try_number: int = 1) -> str:
        """The log of one try, as the API returns it."""
        path = f"dags/{dag_id}/dagRuns/{run_id}/taskInstances/{task_id}/logs/{try_number}"
        return json.dumps(self.get(f"{path}?full_content=true")["content"])

    def run(self, dag_id: str, timeout: float = 180) -> dict[str, str]:
        """Runs a DAG to its end, as soon as it is parsed; task id -> state."""
        run_id = self.run_to_end(dag_id, timeout)
        return {name: task["state"] for name, task in self.tasks(dag_id, run_id).items()}

    def run_to_end(self, dag_id: str, timeout: float = 180) -> str:
        """Runs a DAG to its end, as soon as it is parsed, and returns the run's id."""
        run_id = self.trigger(dag_id)
        self.wait_for_run(dag_id, run_id, timeout)
        return run_id

    def wait_for_run(self, dag_id: str, run_id: str, timeout: float) -> str:
        """Waits for the end of a run; the state it ended in."""
        self.wait(lambda: self.state(dag_id, run_id) in FINAL, timeout, f"the end of {run_id}")
        return self.state(dag_id, run_id)

    def wait_for_tasks(
        self, dag_id: str, run_id: str, state: str, count: int, timeout: float
    ) -> dict[str, dict[str, Any]]:
        """Waits until so many tasks are in a state; those tasks."""

        def found() -> dict[str, dict[str, Any]]:
            tasks = self.tasks(dag_id, run_id)
            return {name: task for name, task in tasks.items() if task["state"] == state}

        self.wait(lambda: len(found()) >= count, timeout, f"{count} tasks {state}")
        return found()

    @staticmethod
    def wait(condition: Callable[[], bool], timeout: float, what: str) -> None:
        """Asks again until a condition holds; an API that is away for a moment is no failure."""
        deadline = time.monotonic() + patience(timeout)
        error: Exception | None = None
        while time.monotonic() < deadline:
            try:
                if condition():
                    return
            except (OSError, http.client.HTTPException) as caught:
                error = caught
            time.sleep(0.5)
        raise TimeoutError(f"not in {patience(timeout):.0f} s: {what} (last error: {error})")

    def request(self, method: str, path: str, body: object = None) -> tuple[int, dict[str, Any]]:
        """One request below the prefix; status and decoded answer."""
        connection = http.client.HTTPConnection(*self._address, timeout=60)
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            payload = None if body is None else json.dumps(body)
            connection.request(method, self._prefix + path, payload, headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        try:
            answer = json.loads(text)
        except ValueError:
            answer = {"text": text}
        return response.status, answer

    def _checked(self, method: str, path: str, body: object) -> dict[str, Any]:
        if self._token is None:
            self.log_in()
        status, answer = self.request(method, path, body)
        if status >= 500:
            raise ConnectionError(f"HTTP {status}: {answer}")
        assert status < 300, f"{method} {path}: HTTP {status}: {answer}"
        return answer
