"""Asks Airflow's REST API how it is, in a pod of the API server, and prints JSON.

`cdk8s-airflow status` sends it there by `kubectl exec`, with the name and password of the admin on
standard input, so that no port has to be forwarded and no password is an argument.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import datetime, timezone
from functools import partial
from typing import Any
from urllib.parse import urlsplit

PORT = 8080
STATES = ("queued", "running", "scheduled", "deferred", "up_for_retry")
TASKS = "dags/~/dagRuns/~/taskInstances?limit=1&state="
SHOWN = 5
"""Import errors of which the file is told."""


def call(path: str, token: str = "", body: object = None) -> Any:
    """An answer of the API."""
    prefix = urlsplit(os.environ.get("AIRFLOW__API__BASE_URL", "")).path.rstrip("/")
    request = urllib.request.Request(
        f"http://localhost:{PORT}{prefix}/{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def age(moment: str) -> float:
    """Seconds since a moment of the API."""
    then = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    return (datetime.now(timezone.utc) - then).total_seconds()


def public() -> dict[str, Any]:
    """What the API tells everybody."""
    health = call("api/v2/monitor/health")
    beats = {
        name: age(found[key])
        for name, found in health.items()
        for key in found
        if key.startswith("latest_") and found[key]
    }
    status = {name: found["status"] for name, found in health.items() if found["status"]}
    return {"version": call("api/v2/version")["version"], "status": status, "heartbeats": beats}


def private(login: dict[str, str]) -> dict[str, Any]:
    """What the API tells an admin."""
    token = call("auth/token", body=login)["access_token"]
    counts = {state: call(f"api/v2/{TASKS}{state}", token)["total_entries"] for state in STATES}
    errors = call(f"api/v2/importErrors?limit={SHOWN}", token)
    return {
        "tasks": counts,
        "processes": [
            {"type": job["job_type"], "host": job["hostname"], "age": age(job["latest_heartbeat"])}
            for job in call("api/v2/jobs?is_alive=true&limit=100", token)["jobs"]
        ],
        "import_errors": errors["total_entries"],
        "files": [
            {
                "file": error["filename"],
                "reason": (error["stack_trace"] or "").strip().rpartition("\n")[2],
            }
            for error in errors["import_errors"]
        ],
    }


def main() -> None:
    """Asks, and says what could not be asked."""
    login = json.loads(sys.stdin.readline())
    found: dict[str, Any] = {"unasked": []}
    questions: list[Callable[[], dict[str, Any]]] = [public]
    if login:
        questions.append(partial(private, login))
    for ask in questions:
        try:
            found.update(ask())
        except (OSError, LookupError, ValueError) as error:
            found["unasked"].append(f"{type(error).__name__}: {error}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
