"""What the package knows about options, against the Airflow that the other tests here run."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from pathlib import Path

import pytest
from platforms import Celery, platform_of

from cdk8s_airflow.parts.config import AirflowConfig
from cdk8s_airflow.platform import Role
from cdk8s_airflow.services import celery_clients

ROOT = Path(__file__).parent.parent.parent
AIRFLOW = ROOT / ".venv-airflow/bin/python"
SCRIPT = ROOT / "scripts/generate_airflow_options.py"
OPTIONS = ROOT / "constructs/cdk8s_airflow/parts/airflow_options.json"
RESULTS = ROOT / "constructs/cdk8s_airflow/programs/celery_results.py"


def environment(tmp_path: Path) -> dict[str, str]:
    outside = {k: v for k, v in os.environ.items() if not k.startswith("AIRFLOW")}
    return {**outside, "AIRFLOW_HOME": str(tmp_path), "AIRFLOW_CONFIG": os.devnull}


def test_the_options_in_the_package_are_those_of_the_installed_airflow(tmp_path: Path) -> None:
    assert AIRFLOW.exists(), "make .venv-airflow/ready installs Airflow"
    fresh = tmp_path / "options.json"
    fresh.write_bytes(OPTIONS.read_bytes())
    subprocess.run([AIRFLOW, SCRIPT, fresh], check=True, env=environment(tmp_path), cwd=tmp_path)
    assert fresh.read_text() == OPTIONS.read_text(), (
        "run scripts/generate_airflow_options.py with all its providers installed"
    )


@pytest.mark.parametrize(
    ("servers", "url", "master"),
    [
        ("Redis", "redis://:a%2Bb@localhost:{port}/1", ""),
        ("Sentinel", "sentinel://a@localhost:{port}/1;sentinel://a@localhost:{port}/1", "main"),
    ],
)
@pytest.mark.parametrize("silent", [False, True], ids=["refuses", "is silent"])
def test_the_scheduler_outlives_a_redis_that(
    tmp_path: Path, servers: str, url: str, master: str, silent: bool
) -> None:
    program = """
import time
from airflow.providers.celery.executors.celery_executor import CeleryExecutor
from celery.result import AsyncResult
executor = CeleryExecutor()
executor.workloads = {"task": AsyncResult("id", app=executor.celery_app)}
before = time.monotonic()
executor.sync()
print("SYNC", list(executor.workloads), time.monotonic() - before < 12)
print(AsyncResult("adopted", app=executor.celery_app).state)
"""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / RESULTS.name).write_text(RESULTS.read_text())
    with socket.create_server(("localhost", 0)) as server:
        url = url.format(port=server.getsockname()[1])
        if not silent:
            server.close()
        config = AirflowConfig().env(
            Role.SCHEDULER, platform_of(Celery(celery_clients.REDIS_RESULTS))
        )
        env = {**environment(tmp_path), **config}
        env["AIRFLOW__CELERY__RESULT_BACKEND"] = f"celery_results:{servers}+{url}"
        section = celery_clients.RESULTS_SECTION
        limits = json.dumps(dict.fromkeys(("socket_timeout", "socket_connect_timeout"), 1))
        env |= {f"{section}__MASTER_NAME": master, f"{section}__SENTINEL_KWARGS": limits}
        done = subprocess.run([AIRFLOW, "-c", program], env=env, cwd=tmp_path,
                              check=False, capture_output=True, text=True)  # fmt: skip
    said = [line for line in done.stdout.splitlines() if line in ("SYNC ['task'] True", "PENDING")]
    assert said == ["SYNC ['task'] True", "PENDING"], done.stdout + done.stderr
    assert "Redis does not tell 1 states of tasks" in done.stdout + done.stderr


def test_a_pool_whose_broker_was_lost_knows_who_is_busy(tmp_path: Path) -> None:
    program = """
from collections import deque
from types import SimpleNamespace
from celery_pool import AsynPool, TaskPool

def job(fd, accepted, done=False):
    return SimpleNamespace(_accepted=accepted, ready=lambda: done, discard=lambda: None,
                           _scheduled_for=SimpleNamespace(inqW_fd=fd))

pool = AsynPool.__new__(AsynPool)
vars(pool).update(
    _state=None, synack=False, maintain_pool=lambda: None, outbound_buffer=deque(),
    _active_writers=set(), _active_writes=set(), _busy_workers={1, 2, 3},
    _cache={1: job(1, True), 2: job(2, False), 3: job(3, True, done=True)},
)
pool.flush()
assert pool._busy_workers == {1}, pool._busy_workers
assert TaskPool.Pool is AsynPool
"""
    env = {**environment(tmp_path), "PYTHONPATH": str(RESULTS.parent)}
    subprocess.run([AIRFLOW, "-c", program], check=True, env=env, cwd=tmp_path)


def test_the_environment_of_a_configuration_is_read_back_by_airflow(tmp_path: Path) -> None:
    config = AirflowConfig(
        config={
            "core": {"parallelism": 7},
            "api": {"instance_name": "50 % $x"},
            "common.io": {"xcom_objectstorage_path": "file:///x"},
            "celery": {"extra_celery_config": {"worker_max_tasks_per_child": 3}},
        }
    )
    program = """
from airflow.configuration import conf
assert conf.getint("core", "parallelism") == 7
assert conf.get("api", "instance_name") == "50 % $x"
assert conf.getboolean("core", "load_examples") is False
assert conf.get("common.io", "xcom_objectstorage_path") == "file:///x"
assert conf.getjson("celery", "extra_celery_config") == {"worker_max_tasks_per_child": 3}
assert conf.getint("workers", "execution_api_retries") == 28
assert conf.getsection("celery_broker_transport_options")["visibility_timeout"] == 86400
"""
    roles = (Role.API_SERVER, Role.SCHEDULER)
    told = {k: v for role in roles for k, v in config.env(role, platform_of()).items()}
    env = {**environment(tmp_path), **told}
    subprocess.run([AIRFLOW, "-c", program], check=True, env=env, cwd=tmp_path)
