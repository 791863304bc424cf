"""Processes that answer and do nothing: what the probes of scheduler and worker see of it."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

import cdk8s_airflow
from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    SchedulerProps,
    WorkerGroup,
)
from cdk8s_airflow.components.stalls import STALLED_SECONDS
from cdk8s_airflow.parts.programs import packaged
from cdk8s_airflow.testing.synth import synthesize

PROGRAMS = Path(cdk8s_airflow.__file__).parent / "programs"
PACKAGES = Path(__file__).with_name("fake_packages")
DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
HOST = os.uname().nodename


def run(program: str, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(PROGRAMS / program), *args],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PACKAGES), **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def ago(seconds: float | None) -> str | None:
    return None if seconds is None else str(datetime.now(timezone.utc) - timedelta(seconds=seconds))


@pytest.fixture
def health() -> Iterator[tuple[str, list[int]]]:
    """A health server, and the status that it answers."""
    status = [200]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status[0])
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/health", status
    server.shutdown()


TABLES = """
create table job (job_type, hostname, state, start_date);
create table dag (dag_id, is_paused, is_stale, max_active_runs, max_active_tasks);
create table serialized_dag (dag_id);
create table slot_pool (pool, slots, include_deferred);
create table dag_run (
 id integer primary key, dag_id, run_id, state, run_type, run_after, queued_at, updated_at,
 last_scheduling_decision, start_date);
create table task_instance (dag_id, run_id, state, pool, pool_slots, scheduled_dttm);
insert into dag values ('a', 0, 0, 16, 16), ('paused', 1, 0, 16, 16), ('stale', 0, 1, 16, 16);
insert into dag values ('gone', 0, 0, 16, 16), ('none', 0, 0, 0, 0);
insert into serialized_dag values ('a'), ('paused'), ('stale'), ('none');
insert into slot_pool values ('default', 16, 0), ('endless', -1, 0), ('small', 1, 0);
insert into slot_pool values ('deferred', 16, 1);
"""


class Scheduler:
    """A database, and the probe of a scheduler that has run for so many seconds."""

    def __init__(self, folder: Path, url: str, runs: float = 1000) -> None:
        self._path, self._url = folder / "airflow.db", url
        with sqlite3.connect(self._path) as connection:
            connection.executescript(TABLES)
        self.add("job", "SchedulerJob", HOST, "running", ago(runs))
        self.add("job", "SchedulerJob", "another", "running", ago(5000))

    def add(self, table: str, *values: object) -> None:
        with sqlite3.connect(self._path) as connection:
            marks = ",".join("?" * len(values))
            connection.execute(f"insert into {table} values ({marks})", values)

    def add_run(
        self,
        state: str,
        seconds: float,
        dag: str = "a",
        run_type: str = "manual",
        looked_at: float | None = None,
        after: float = 5000,
    ) -> None:
        """A run that is so old, and was looked at so long ago."""
        run = f"{dag}{seconds}{state}"
        times = (ago(after), ago(seconds), ago(seconds), ago(looked_at))
        start = None if state == "queued" else ago(seconds)
        self.add("dag_run", None, dag, run, state, run_type, *times, start)

    def add_task(
        self, state: str, seconds: float, dag: str = "a", pool: str = "default", slots: int = 1
    ) -> None:
        """A task of a run that is looked at."""
        looked_at = ago(1)
        row = (dag, "run", "running", "manual", *[ago(5000)] * 3, looked_at, ago(5000))
        self.add("dag_run", None, *row)
        self.add("task_instance", dag, "run", state, pool, slots, ago(seconds))

    def probe(self) -> subprocess.CompletedProcess[str]:
        env = {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{self._path}"}
        return run("scheduler_probe.py", self._url, "5", "300", **env)


Health = tuple[str, list[int]]


def test_a_scheduler_with_nothing_to_do_is_well(tmp_path: Path, health: Health) -> None:
    done = Scheduler(tmp_path, health[0]).probe()
    assert done.returncode == 0, done.stderr


def test_its_own_health_still_counts(tmp_path: Path, health: Health) -> None:
    scheduler = Scheduler(tmp_path, health[0])
    health[1][0] = 503
    assert "503" in scheduler.probe().stderr


def test_a_database_that_is_away_is_for_its_health_to_tell(tmp_path: Path, health: Health) -> None:
    """Airflow's own answers 503 then, and the probe fails for as long as it takes."""
    env = {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{tmp_path}/none"}
    done = run("scheduler_probe.py", health[0], "5", "300", **env)
    assert (done.returncode, done.stdout) == (
        0,
        "the database does not answer: connection refused\n",
    )


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        (
            "run",
            {"state": "running", "seconds": 900, "looked_at": 301},
            "has been looked at for 3",
        ),
        ("run", {"state": "running", "seconds": 301}, "no run of a DAG has been looked at"),
        ("run", {"state": "queued", "seconds": 301}, "runs that nothing holds back have waited"),
        ("task", {"state": "scheduled", "seconds": 301}, "tasks have waited for 3"),
        ("task", {"state": "scheduled", "seconds": 301, "pool": "endless"}, "tasks have waited"),
    ],
)
def test_a_stall_fails_the_probe(
    tmp_path: Path, health: Health, kind: str, given: dict[str, Any], says: str
) -> None:
    for runs, fails in ((270, False), (301, True)):
        folder = tmp_path / str(runs)
        folder.mkdir()
        scheduler = Scheduler(folder, health[0], runs)
        getattr(scheduler, f"add_{kind}")(**given)
        done = scheduler.probe()
        assert done.returncode == fails, done.stderr
        assert not fails or says in done.stderr


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("run", {"state": "running", "seconds": 900, "looked_at": 270}),
        ("run", {"state": "running", "seconds": 270}),
        ("run", {"state": "success", "seconds": 900}),
        ("run", {"state": "running", "seconds": 900, "dag": "paused"}),
        ("run", {"state": "running", "seconds": 900, "dag": "stale"}),
        ("run", {"state": "queued", "seconds": 270}),
        ("run", {"state": "queued", "seconds": 900, "dag": "paused"}),
        # A backfill may be paused, and has a limit of its own.
        ("run", {"state": "queued", "seconds": 900, "run_type": "backfill"}),
        # The scheduler passes over a DAG that the database does not have.
        ("run", {"state": "queued", "seconds": 900, "dag": "gone"}),
        ("run", {"state": "running", "seconds": 900, "dag": "gone"}),
        ("run", {"state": "queued", "seconds": 900, "dag": "none"}),
        ("run", {"state": "queued", "seconds": 900, "after": -60}),
        ("task", {"state": "scheduled", "seconds": 270}),
        ("task", {"state": "queued", "seconds": 900}),
        ("task", {"state": "scheduled", "seconds": 900, "dag": "paused"}),
        ("task", {"state": "scheduled", "seconds": 900, "dag": "none"}),
        # It will never fit, fits while a deferred one does not count, or there is no such pool.
        ("task", {"state": "scheduled", "seconds": 900, "pool": "small", "slots": 2}),
        ("task", {"state": "scheduled", "seconds": 900, "pool": "deferred"}),
        ("task", {"state": "scheduled", "seconds": 900, "pool": "missing"}),
    ],
)
def test_what_waits_for_something_else_is_no_stall(
    tmp_path: Path, health: Health, kind: str, given: dict[str, Any]
) -> None:
    scheduler = Scheduler(tmp_path, health[0])
    getattr(scheduler, f"add_{kind}")(**given)
    done = scheduler.probe()
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("state", ["queued", "running", "restarting"])
def test_tasks_may_wait_for_any_other(tmp_path: Path, health: Health, state: str) -> None:
    """Pools, limits of DAGs and slots of executors are full of others only."""
    scheduler = Scheduler(tmp_path, health[0])
    scheduler.add_task("scheduled", 900)
    scheduler.add_task(state, 900)
    assert scheduler.probe().returncode == 0


def test_a_queued_run_may_wait_for_a_running_one_of_its_dag(tmp_path: Path, health: Health) -> None:
    scheduler = Scheduler(tmp_path, health[0])
    scheduler.add_run("running", 900, looked_at=5)
    scheduler.add_run("queued", 900)
    assert scheduler.probe().returncode == 0


def test_a_run_that_alone_does_not_begin_is_not_the_scheduler_s_fault(
    tmp_path: Path, health: Health
) -> None:
    """A restart would not cure it, and be repeated for ever."""
    scheduler = Scheduler(tmp_path, health[0])
    scheduler.add_run("queued", 900)
    scheduler.add_run("success", 600, dag="gone")
    assert scheduler.probe().returncode == 0
    scheduler.add_run("queued", 301)
    found = scheduler.probe().stderr
    assert re.search(r"have waited for 3\d\d s, and no later one has begun", found)


class Worker:
    """The probe of a worker with two slots, asked again and again; see `worker_progress.py`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.state = folder / "worker-probe.json"

    def probe(
        self, waiting: Mapping[str, int], begun: int = 7, active: int = 0, **more: Any
    ) -> subprocess.CompletedProcess[str]:
        stats = {"total": {"a": begun - 1, "b": 1}, "pid": 7, "uptime": 5000, **more}
        worker = {
            "stats": {**stats, "pool": {"max-concurrency": 2}},
            "active": [{"id": str(each)} for each in range(active)],
        }
        return run(
            "worker_probe.py",
            *("1", "300", "default", "gpu"),
            TMPDIR=str(self._folder),
            AIRFLOW__CELERY__BROKER_URL=more.get("broker", "redis://alive:6379/0"),
            QUEUES=json.dumps(waiting),
            WORKER=json.dumps(worker),
        )

    def wait(self, seconds: float) -> None:
        """So much time goes by."""
        known = json.loads(self.state.read_text())
        self.state.write_text(json.dumps({**known, "since": known["since"] - seconds}))


def test_what_a_probe_imports_travels_with_it() -> None:
    assert set(packaged("worker_probe.py")) >= {"url.py", "worker_progress.py"}
    assert set(packaged("scheduler_probe.py")) >= {"job_probe.py", "local_health.py"}


def test_a_worker_that_takes_nothing_while_messages_wait_fails_its_probe(tmp_path: Path) -> None:
    worker = Worker(tmp_path)
    assert worker.probe({"gpu": 2}).returncode == 0
    worker.wait(290)
    assert worker.probe({"gpu": 2}).returncode == 0
    worker.wait(20)
    done = worker.probe({"gpu": 2, "default": 1}, active=1)
    assert done.returncode == 1
    assert f"3 messages wait in its queues, and celery@{HOST} has begun none for 3" in done.stderr


@pytest.mark.parametrize(
    "then",
    [
        {"waiting": {}},
        {"waiting": {"default": 0}},
        {"waiting": {"others": 5}},
        {"waiting": {"gpu": 2}, "begun": 8},
        {"waiting": {"gpu": 2}, "active": 2},
        # Another process, or the same number after a restart.
        {"waiting": {"gpu": 2}, "pid": 8},
        {"waiting": {"gpu": 2}, "uptime": 30},
        {"waiting": {"gpu": 2}, "broker": "redis://away:6379/0"},
        {"waiting": {"gpu": 2}, "broker": "redis://silent:6379/0"},
    ],
)
def test_a_worker_that_works_or_has_nothing_to_do_is_well_and_counts_anew(
    tmp_path: Path, then: dict[str, Any]
) -> None:
    worker = Worker(tmp_path)
    worker.probe({"gpu": 2})
    worker.wait(400)
    done = worker.probe(**then)
    assert done.returncode == 0, done.stderr
    known = json.loads(worker.state.read_text()) if worker.state.exists() else {}
    assert time.time() - known.get("since", time.time()) < 60


def test_a_worker_that_does_not_answer_fails_as_before(tmp_path: Path) -> None:
    done = Worker(tmp_path).probe({}, broker="redis://mute:6379/0")
    assert done.returncode == 1
    assert "does not answer" in done.stderr


def handlers(tmp_path: Path, seconds: int | None) -> dict[str, Any]:
    def build(app: App) -> None:
        props = AirflowProps(
            dags=DAGS,
            scheduler=SchedulerProps(stalled_seconds=seconds),
            executor=CeleryExecutor(
                workers=[WorkerGroup(queues=["default", "gpu"], stalled_seconds=seconds)]
            ),
        )
        AirflowChart(app, "af1", namespace="airflow", props=props)

    bundle = synthesize(build, tmp_path)
    found = {
        "scheduler": bundle.container("Deployment", "af1-scheduler"),
        "worker": bundle.container("StatefulSet", "af1-worker"),
    }
    for container in found.values():
        readiness = str(container["readinessProbe"])
        assert "scheduler_probe.py" not in readiness
        assert "gpu" not in readiness  # a stall takes no Service away, and would hide the cause
    return {name: each["livenessProbe"] for name, each in found.items()}


def test_liveness_probes_tell_a_stall_by_default(tmp_path: Path) -> None:
    found = handlers(tmp_path, STALLED_SECONDS)
    assert found["scheduler"]["exec"]["command"][2:] == [
        *("http://127.0.0.1:8974/health", "8", "300")
    ]
    assert found["worker"]["exec"]["command"][2:] == ["10", "300", "default", "gpu"]


def test_without_it_the_heartbeat_and_the_answer_alone_count(tmp_path: Path) -> None:
    found = handlers(tmp_path, None)
    assert found["scheduler"]["httpGet"] == {"path": "/health", "port": "health"}
    assert found["worker"]["exec"]["command"][2:] == ["10"]


def test_the_time_is_longer_than_the_longest_pause_of_a_process_that_is_well() -> None:
    # A scheduler that lost its database is back after 100 s and a start; a worker whose broker
    # was away tries again every 32 s at most; a loop on a starved node takes some ten seconds.
    assert STALLED_SECONDS >= 2 * (100 + 32)


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (SchedulerProps, r"SchedulerProps.stalled_seconds=29: expected 30 or more, or None"),
        (WorkerGroup, r"WorkerGroup\(name='default'\).stalled_seconds=29: expected 30 or more"),
    ],
)
def test_a_time_that_any_pause_would_exceed_is_refused(kind: Any, message: str) -> None:
    kind(stalled_seconds=30)
    with pytest.raises(ValueError, match=message):
        kind(stalled_seconds=29)
