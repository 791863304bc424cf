"""The shell scripts in manifests: how servers start, what their probes ask, what waits for DAGs."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = r"""a"b\c $HOME `x` '%/@:#?"""


def containers(manifest: str, component: str) -> dict[str, dict[str, Any]]:
    """The containers of a StatefulSet of a committed manifest, by name."""
    for thing in yaml.safe_load_all((ROOT / manifest).read_text()):
        if (thing["kind"], thing["metadata"]["name"]) == ("StatefulSet", component):
            pod = thing["spec"]["template"]["spec"]
            found = [*pod.get("initContainers", []), *pod["containers"]]
            return {container["name"]: container for container in found}
    raise LookupError(component)


def run(command: Sequence[str], folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs a command with the programs of a folder before all others."""
    return subprocess.run(
        command,
        env={"PATH": f"{folder}:{os.environ['PATH']}", "HOME": "/nowhere", **env},
        capture_output=True,
        text=True,
        timeout=60,
    )


def program(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_redis_reads_its_password_from_standard_input_whatever_it_holds(tmp_path: Path) -> None:
    program(tmp_path, "redis-server", 'echo "arguments: $@"; cat')
    start = containers("dist/af1.k8s.yaml", "af1-redis")["redis"]["command"]
    done = run(start, tmp_path, REDIS_PASSWORD=PASSWORD)
    arguments, password, *_ = done.stdout.splitlines()
    assert arguments == "arguments: -"
    escaped = PASSWORD.replace("\\", "\\\\").replace('"', '\\"')
    assert password == f'requirepass "{escaped}"'


@pytest.mark.parametrize(
    ("answer", "code"), [("PONG", 0), ("LOADING the dataset", 1), ("NOAUTH", 1), ("", 1)]
)
def test_redis_is_well_only_when_it_says_so(tmp_path: Path, answer: str, code: int) -> None:
    program(tmp_path, "redis-cli", f"echo {answer!r}")
    probe = containers("dist/af1.k8s.yaml", "af1-redis")["redis"]["livenessProbe"]
    assert run(probe["exec"]["command"], tmp_path).returncode == code


def test_rabbitmq_keeps_its_cookie_in_a_file_of_its_own(tmp_path: Path) -> None:
    program(tmp_path, "rabbitmq-server", "env")
    rabbitmq = containers("examples/rabbitmq/af1.k8s.yaml", "af1-rabbitmq")["rabbitmq"]
    start = [word.replace("/run/rabbitmq", str(tmp_path / "run")) for word in rabbitmq["command"]]
    (tmp_path / "run").mkdir()
    done = run(start, tmp_path, ERLANG_COOKIE="a b", CONSUMER_TIMEOUT_MS="3600000")
    assert done.returncode == 0, done.stderr
    cookie = tmp_path / "run" / ".erlang.cookie"
    assert (cookie.read_text(), cookie.stat().st_mode & 0o777) == ("a b", 0o600)
    assert "ERLANG_COOKIE" not in done.stdout
    assert "consumer_timeout = 3600000\n" in (tmp_path / "run" / "rabbitmq.conf").read_text()
    assert (tmp_path / "run" / "enabled_plugins").read_text() == "[].\n"


@contextmanager
def server(answer: bytes | None) -> Iterator[int]:
    """A server that reads a greeting and answers, or hangs up; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                greeting = connection.recv(8)
                if answer and greeting == b"AMQP\0\0\x09\x01":
                    connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(30)


@pytest.mark.parametrize(("answer", "code"), [(b"\x01\0\0", 0), (b"HTTP/1.1 400", 1), (None, 1)])
def test_rabbitmq_is_well_when_it_greets(tmp_path: Path, answer: bytes | None, code: int) -> None:
    rabbitmq = containers("examples/rabbitmq/af1.k8s.yaml", "af1-rabbitmq")["rabbitmq"]
    with server(answer) as port:
        probe = rabbitmq["livenessProbe"]["exec"]["command"]
        done = run([word.replace("5672", str(port)) for word in probe], tmp_path)
    assert bool(done.returncode) is bool(code), done.stderr


def test_rabbitmq_that_is_away_is_not_well(tmp_path: Path) -> None:
    rabbitmq = containers("examples/rabbitmq/af1.k8s.yaml", "af1-rabbitmq")["rabbitmq"]
    probe = rabbitmq["livenessProbe"]["exec"]["command"]
    assert run([word.replace("5672", "1") for word in probe], tmp_path).returncode != 0


def test_a_worker_waits_until_the_shared_volume_has_dags(tmp_path: Path) -> None:
    wait = containers("examples/git-sync/af2.k8s.yaml", "af2-worker")["wait-for-dags"]["command"]
    folder = wait[-1].split('"')[1]
    threading.Timer(1, lambda: (tmp_path / "dags").mkdir()).start()
    done = run([word.replace(folder, str(tmp_path / "dags")) for word in wait], tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "dags").is_dir()
