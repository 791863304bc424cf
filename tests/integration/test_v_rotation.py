"""Every generated key is replaced while tasks run; and the audit log says who did what."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import NAMESPACE, RELEASE, copy_dags, synthesize_props
from integration.conftest import RunningBundle, Scene, Stage
from integration.node.objects import Manifest

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    EmbeddedPostgresql,
    EmbeddedRabbitmq,
    EmbeddedRedis,
    Logs,
    PgBouncer,
    Secrets,
    WorkerGroup,
)

VALUES = {"password": "pass-7f3a", "extra": "extra-91bc", "variable": "value-55de"}
"""What no line of the audit log may hold."""

DECRYPT = """
from airflow.configuration import conf
from airflow.models import Connection
from airflow.utils.session import create_session
from cryptography.fernet import Fernet, MultiFernet
with create_session() as session:
    (row,) = session.query(Connection).filter_by(conn_id="kept")
    print("password", row.password)
    for key in conf.get("core", "fernet_key").split(","):
        try:
            Fernet(key).decrypt(row._password.encode())
            print("encrypted with", key)
        except Exception:
            pass
"""


@dataclass
class Work:
    """Runs that begin all the time while something is changed."""

    airflow: AirflowClient
    runs: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def start_runs(self) -> None:
        """Starts a run every few seconds; an API that is away for a moment is no failure."""
        while not self.stopped.wait(8):
            try:
                self.runs.append(self.airflow.trigger("slow", {"seconds": 10}))
            except OSError:
                continue

    def assert_no_task_failed(self) -> None:
        """Each task of each run succeeds with its first try."""
        assert len(self.runs) > 2
        for run_id in self.runs:
            self.airflow.wait_for_run("slow", run_id, 300)
            tasks = self.airflow.tasks("slow", run_id)
            found = {name: (task["state"], task["try_number"]) for name, task in tasks.items()}
            assert found == dict.fromkeys(("in_shell", "in_python", "after"), ("success", 1))


@contextmanager
def work(airflow: AirflowClient) -> Iterator[Work]:
    """Runs that begin before, during and after what is done meanwhile."""
    busy = Work(airflow)
    busy.runs.append(airflow.trigger("slow", {"seconds": 40}))
    airflow.wait_for_tasks("slow", busy.runs[0], "running", 2, 120)
    thread = threading.Thread(target=busy.start_runs)
    thread.start()
    try:
        yield busy
        time.sleep(10)
    finally:
        busy.stopped.set()
        thread.join(60)
    busy.assert_no_task_failed()


@dataclass
class Release:
    """A release whose keys are numbered."""

    dags: DagsFolder
    folders: Any
    broker: str = "redis"

    def manifests(self, numbers: Sequence[int], single: int = 1) -> list[Manifest]:
        """The bundle with these numbers of all keys.

        Args:
            numbers: Of keys that may be known side by side.
            single: Of the others.
        """
        several = list(numbers)
        secrets = Secrets(
            rotation={
                "fernet-key": several,
                "jwt-secret": several,
                "api-secret-key": [single],
                "admin-password": [single],
            }
        )
        props = AirflowProps(
            dags=self.dags,
            secrets=secrets,
            logs=Logs(audit=True),
            database=EmbeddedPostgresql(rotation=several),
            executor=CeleryExecutor(workers=[WorkerGroup(replicas=2)]),
            broker=(EmbeddedRedis if self.broker == "redis" else EmbeddedRabbitmq)(
                rotation=several
            ),
            pgbouncer=None if self.broker == "redis" else PgBouncer(rotation=several),
        )
        return synthesize_props(self.folders.mktemp("synth"), props)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release with Redis."""
    dags = copy_dags(Path(tmp_path_factory.mktemp("rotation")) / "dags")
    return Release(dags, tmp_path_factory)


@pytest.fixture(scope="module")
def bundle(stage: Stage, release: Release) -> RunningBundle:
    """The release with the keys that it begins with."""
    return stage.play("rotation", lambda: Scene(release.manifests([1])))


def apply(bundle: RunningBundle, manifests: list[Manifest]) -> None:
    """Applies a bundle, and prunes the Jobs that are no longer in it, as deploy tools do."""
    names = {manifest["metadata"]["name"] for manifest in manifests if manifest["kind"] == "Job"}
    bundle.node.apply(manifests)
    for job in bundle.node.jobs():
        name = str(job.workload["metadata"]["name"])
        if name.startswith(f"{RELEASE}-") and name not in names:
            bundle.node.delete(name)
    bundle.node.wait_ready(600)


def client(bundle: RunningBundle, number: int) -> AirflowClient:
    """A client that logs in with a numbered password of the admin."""
    first = bundle.client()
    name = "admin-password" if number == 1 else f"admin-password-{number}"
    (password,) = bundle.node.secret(bundle.name(name), NAMESPACE).values()
    return AirflowClient(*first._address, "admin", password)


def audit(bundle: RunningBundle) -> list[dict[str, Any]]:
    """The lines of the API server."""
    lines = bundle.node.pod(bundle.name("api-server")).log("api-server").splitlines()
    return [json.loads(line) for line in lines if line.startswith('{"logger": "audit"')]


def test_the_audit_log_says_who_did_what_and_when(
    bundle: RunningBundle, airflow: AirflowClient
) -> None:
    connection = {
        "connection_id": "kept",
        "conn_type": "http",
        "password": VALUES["password"],
        "extra": json.dumps({"endpoint": VALUES["extra"]}),
    }
    airflow.log_in()
    assert airflow.request("POST", "/api/v2/connections", connection)[0] == 201
    variable = {"key": "plain", "value": VALUES["variable"]}
    assert airflow.request("POST", "/api/v2/variables", variable)[0] == 201
    airflow.wait(lambda: "slow" in str(airflow.get("dags")), 120, "slow is parsed")
    airflow.trigger("slow", {"seconds": 1})
    rows = {line["event"]: line for line in audit(bundle)}
    assert rows["post_connection"]["owner"] == "admin"
    assert rows["post_connection"]["extra"]["connection_id"] == "kept"
    assert rows["post_variable"]["extra"]["key"] == "plain"
    assert (rows["trigger_dag_run"]["dag_id"], rows["trigger_dag_run"]["owner"]) == (
        "slow",
        "admin",
    )
    assert abs(time.time() - _seconds(rows["trigger_dag_run"]["timestamp"])) < 120
    kept = {row["event"] for row in airflow.get("eventLogs?limit=100")["event_logs"]}
    assert {"post_connection", "post_variable", "trigger_dag_run"} <= kept & rows.keys()


def test_the_audit_log_has_no_secret_in_it(bundle: RunningBundle, airflow: AirflowClient) -> None:
    token = airflow.log_in()
    user = {
        "username": "eve", "email": "eve@example.com", "first_name": "E", "last_name": "V",
        "password": VALUES["password"], "roles": [{"name": "Viewer"}],
    }  # fmt: skip
    status, answer = airflow.request("POST", "/auth/fab/v1/users", user)
    assert status in (200, 201), answer
    change = {"connection_id": "kept", "conn_type": "http", "password": VALUES["password"]}
    assert airflow.request("PATCH", "/api/v2/connections/kept", change)[0] == 200
    bulk = {"actions": [{"action": "create", "entities": [
        {"key": "bulk", "value": VALUES["variable"]}]}]}  # fmt: skip
    assert airflow.request("PATCH", "/api/v2/variables", bulk)[0] == 200
    text = json.dumps(audit(bundle))
    assert "patch_connection" in text
    found = [name for name, value in VALUES.items() if value in text]
    assert found == []
    assert token not in text
    assert airflow._login["password"] not in text


def test_commands_are_told_without_the_values_of_their_options(bundle: RunningBundle) -> None:
    pod = bundle.node.pod(bundle.name("scheduler"))
    done = pod.exec("airflow", "variables", "set", "told", VALUES["variable"], timeout=120)
    assert done.exit_code == 0, done.output
    (line,) = [row for row in done.output.splitlines() if '"logger": "audit"' in row]
    assert json.loads(line)["event"] == "cli_variables_set"
    assert "airflow variables set told" in line
    assert VALUES["variable"] not in line


def test_all_keys_are_replaced_while_tasks_run(
    bundle: RunningBundle, airflow: AirflowClient, release: Release
) -> None:
    token = airflow.log_in()
    with work(airflow):
        apply(bundle, release.manifests([1, 2]))
    assert decrypted(bundle)[-1] == f"encrypted with {fernet(bundle, 1)}"
    with work(airflow):
        apply(bundle, release.manifests([2, 1], single=2))
    assert decrypted(bundle) == [
        f"password {VALUES['password']}",
        f"encrypted with {fernet(bundle, 2)}",
    ]
    # A token of before is good until its key is forgotten.
    assert airflow._token == token
    airflow.get("dags")
    fresh = client(bundle, 2)
    with work(fresh):
        apply(bundle, release.manifests([2], single=2))
    assert decrypted(bundle)[0] == f"password {VALUES['password']}"
    assert airflow.request("GET", "/api/v2/dags")[0] in (401, 403)
    assert airflow.request("POST", "/auth/token", airflow._login)[0] == 401
    assert logins(bundle, "postgresql") == {"airflow": False, "airflow_2": True}
    assert redis_logins(bundle) == {1: False, 2: True}


def fernet(bundle: RunningBundle, number: int) -> str:
    name = "fernet-key" if number == 1 else f"fernet-key-{number}"
    (key,) = bundle.node.secret(bundle.name(name), NAMESPACE).values()
    return key


def decrypted(bundle: RunningBundle) -> list[str]:
    """The password of the connection, and the keys that decrypt what the database has."""
    pod = bundle.node.pod(bundle.name("scheduler"))
    done = pod.exec("python", "-c", DECRYPT, timeout=120)
    assert done.exit_code == 0, done.output
    return [line for line in done.output.splitlines() if line.startswith(("password", "encr"))]


def passwords(bundle: RunningBundle, name: str) -> dict[int, str]:
    """Number -> password of a server."""
    names = {1: bundle.name(name), 2: f"{bundle.name(name)}-2"}
    return {n: bundle.node.secret(each, NAMESPACE)["password"] for n, each in names.items()}


def logins(bundle: RunningBundle, server: str, name: str = "airflow") -> dict[str, bool]:
    """Role of PostgreSQL -> whether it may log in to the database of its name."""
    found = {}
    pod = bundle.node.pod(bundle.name("postgresql"))
    for number, password in passwords(bundle, server).items():
        role = name if number == 1 else f"{name}_{number}"
        query = ("psql", "--host=127.0.0.1", f"--username={role}", f"--dbname={name}", "-c", "")
        done = pod.exec("env", f"PGPASSWORD={password}", *query)
        assert done.exit_code == 0 or "authentication failed" in done.output, done.output
        found[role] = done.exit_code == 0
    return found


def redis_logins(bundle: RunningBundle) -> dict[int, bool]:
    """Number of a password of Redis -> whether it is known."""
    found = {}
    pod = bundle.node.pod(bundle.name("redis"))
    for number, password in passwords(bundle, "redis").items():
        done = pod.exec("redis-cli", "-a", password, "ping")
        found[number] = "PONG" in done.output
    return found


def _seconds(timestamp: str) -> float:
    from datetime import datetime

    return datetime.fromisoformat(timestamp).timestamp()
