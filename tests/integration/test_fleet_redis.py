"""What Celery makes of `global_keyprefix`: two releases on one Redis, with real workers."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-airflow" / "bin" / "python"
TASKS = """
import json, os
from celery import Celery
from celery_results import Redis

prefix, port = os.environ["PREFIX"], os.environ["PORT"]
place = f"redis://{prefix[:-1]}:word@127.0.0.1:{port}"
app = Celery("tasks", broker=f"{place}/0", backend=f"celery_results:Redis+{place}/1")
options = {"global_keyprefix": prefix}
app.conf.update(broker_transport_options=options, result_backend_transport_options=options)

@app.task(name="who")
def who():
    return prefix

if __name__ == "__main__":
    answers = [who.delay().get(timeout=60) for _ in range(10)]
    print(json.dumps([answers, [name for pong in app.control.ping(timeout=5) for name in pong]]))
"""
ACCESS = "user {0} on >word ~{0}:* &* +@all -@dangerous +info +keys\n"
"""A user of Redis who has the keys of a prefix alone, and all channels: Celery subscribes by
patterns, which Redis compares with those of the list letter by letter."""
NAMES = ("sales", "reports")


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    (tmp_path / "users.acl").write_text("".join(ACCESS.format(name) for name in NAMES))
    (tmp_path / "tasks.py").write_text(TASKS)
    options = ("--port", str(number), "--save", "", "--aclfile", str(tmp_path / "users.acl"))
    redis = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", number)) == 0:
                    break
            time.sleep(0.1)
        yield number
    finally:
        redis.terminate()
        redis.wait(60)


def environment(folder: Path, port: int, name: str) -> dict[str, str]:
    programs = ROOT / "constructs" / "cdk8s_airflow" / "programs"
    paths = os.pathsep.join([str(folder), str(programs)])
    return {**os.environ, "PYTHONPATH": paths, "PORT": str(port), "PREFIX": f"{name}:"}


def test_a_prefix_keeps_queues_results_and_commands_apart(port: int, tmp_path: Path) -> None:
    """With a user of Redis for each, who may touch no key of another."""
    command = [str(PYTHON), "-m", "celery", "-A", "tasks", "worker", "-P", "solo", "-l", "INFO"]
    workers = [
        subprocess.Popen(
            [*command, "-n", f"worker@{name}", "--logfile", str(tmp_path / f"{name}.log")],
            cwd=tmp_path,
            env=environment(tmp_path, port, name),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for name in NAMES
    ]
    try:
        for name in NAMES:
            log = tmp_path / f"{name}.log"
            for _ in range(1200):
                if log.exists() and f"worker@{name} ready." in log.read_text():
                    break
                time.sleep(0.1)
            done = subprocess.run(
                [str(PYTHON), "tasks.py"],
                cwd=tmp_path,
                env=environment(tmp_path, port, name),
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, done.stderr + log.read_text()
            answers, pongs = json.loads(done.stdout)
            assert answers == [f"{name}:"] * 10
            assert pongs == [f"worker@{name}"]
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait(60)
