"""The programs that run in the pods; what needs Airflow or a server runs in tests/integration."""

from __future__ import annotations

import ast
import base64
import importlib.util
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.error import HTTPError, URLError

import pytest

import cdk8s_airflow
from cdk8s_airflow.parts.programs import packaged, sources

pytestmark = pytest.mark.slow

FOLDER = Path(cdk8s_airflow.__file__).parent / "programs"


def program(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def answering(status: int, body: object) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_all_programs_travel() -> None:
    assert set(sources()) == {path.name for path in FOLDER.glob("*.py")}
    assert len(sources()) == 62


def test_generated_keys_have_the_form_and_length_that_airflow_wants() -> None:
    bootstrap = program("bootstrap")
    assert len(base64.urlsafe_b64decode(bootstrap.generate("fernet"))) == 32
    assert len(bootstrap.generate("key")) >= 64
    password = bootstrap.generate("password")
    assert len(password) == 32
    assert password.isalnum()
    assert len({bootstrap.generate(kind) for kind in ("fernet", "key", "password") * 5}) == 15
    with pytest.raises(ValueError, match="unknown kind of credential: 'pin'"):
        bootstrap.generate("pin")


def test_the_secret_has_one_key_and_our_labels() -> None:
    wanted = {"secret": "af1-redis", "key": "password", "kind": "password"}
    made = program("bootstrap").manifest(wanted, {"a": "b"})
    assert made["metadata"] == {"name": "af1-redis", "labels": {"a": "b"}}
    assert set(made["stringData"]) == {"password"}


@pytest.mark.parametrize(("new", "says"), [(True, "created"), (False, "exists, left as it is")])
def test_an_existing_secret_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch, new: bool, says: str
) -> None:
    bootstrap = program("bootstrap")
    monkeypatch.setattr(bootstrap, "create", lambda secret: new)
    wanted = {"secret": "af1-redis", "key": "password", "kind": "password"}
    assert bootstrap.ensure(wanted, {}) == f"Secret af1-redis: {says}"


def test_a_refusal_of_the_api_server_ends_the_bootstrap_without_the_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bootstrap = program("bootstrap")
    made: list[dict[str, Any]] = []

    def refuse(secret: dict[str, Any]) -> bool:
        made.append(secret)
        raise HTTPError("https://api", 403, "Forbidden", Message(), BytesIO(b"no right"))

    monkeypatch.setattr(bootstrap, "create", refuse)
    with pytest.raises(SystemExit, match="not be created: HTTP Error 403: Forbidden no right"):
        bootstrap.ensure({"secret": "af1-redis", "key": "password", "kind": "password"}, {})
    assert len(made) == 1


def test_an_absent_api_server_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    bootstrap = program("bootstrap")
    answers = iter((URLError("refused"), URLError("refused"), True))

    def create(secret: dict[str, Any]) -> bool:
        answer = next(answers)
        if isinstance(answer, URLError):
            raise answer
        return bool(answer)

    monkeypatch.setattr(bootstrap, "create", create)
    monkeypatch.setattr(bootstrap.time, "sleep", lambda seconds: None)
    wanted = {"secret": "s", "key": "k", "kind": "key"}
    assert bootstrap.ensure(wanted, {}) == "Secret s: created"


@pytest.mark.parametrize(
    ("theirs", "ours", "ready"),
    [
        ("3.3.2", "3.3.2", True),
        ("3.4.0", "3.3.2", True),
        ("3.10.0", "3.9.1", True),
        ("3.3.2rc1", "3.3.2", True),
        ("3.3.1", "3.3.2", False),
        ("2.11.0", "3.1.0", False),
    ],
)
def test_a_worker_waits_for_an_api_server_that_knows_its_version(
    theirs: str, ours: str, ready: bool
) -> None:
    with answering(200, {"version": theirs}) as url:
        reason = program("wait_for_api_server").answer(url, ours)
    assert (reason == "") is ready
    assert ready or f"is {theirs}, older than {ours}" in reason


@pytest.mark.parametrize(("status", "body"), [(503, {}), (200, {}), (200, "text")])
def test_an_answer_that_is_none_keeps_a_worker_waiting(status: int, body: object) -> None:
    with answering(status, body) as url:
        assert program("wait_for_api_server").answer(url, "3.3.2").startswith(url)


def test_an_api_server_that_refuses_keeps_a_worker_waiting() -> None:
    reason = program("wait_for_api_server").answer("http://127.0.0.1:1/", "3.3.2")
    assert "refused" in reason.lower()


def test_a_worker_waits_for_no_api_server_that_is_away_but_for_one_that_is_older() -> None:
    wait = program("wait_for_api_server")
    assert wait.answer("http://127.0.0.1:1/", "3.3.2", or_away=True) == ""
    with answering(503, {}) as url:
        assert wait.answer(url, "3.3.2", or_away=True) == ""
    with answering(200, {"version": "3.3.1"}) as url:
        assert "older" in wait.answer(url, "3.3.2", or_away=True)


def test_the_wait_for_servers_ends_when_all_take_connections() -> None:
    with socket.create_server(("127.0.0.1", 0)) as first:
        address = f"127.0.0.1:{first.getsockname()[1]}"
        with socket.create_server(("127.0.0.1", 0)) as second:
            late = f"127.0.0.1:{second.getsockname()[1]}"
        done = wait_for_servers("0", address, late)
        assert done.returncode == os.EX_TEMPFAIL
        assert done.stderr.startswith(f"{late} did not answer in time: ")
        coming = threading.Timer(1, lambda: servers.append(socket.create_server(_place(late))))
        servers: list[socket.socket] = []
        coming.start()
        begun = time.monotonic()
        done = wait_for_servers("30", address, late)
        coming.join()
        servers[0].close()
    assert done.returncode == 0, done.stderr
    assert 0.7 < time.monotonic() - begun < 5
    assert done.stdout.count(f"waiting for {late}: ") == 1, "once in ten seconds"


def wait_for_servers(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the program as its pods do: on the standard library alone."""
    command = [sys.executable, "-IS", str(FOLDER / "wait_for_servers.py"), *arguments]
    return subprocess.run(command, env={}, capture_output=True, text=True, timeout=60)


def _place(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    return host, int(port)


AIRFLOW = """
import getpass, json, sys

def main():
    words = [getpass.getpass("Password:"), getpass.getpass("Repeat for confirmation:")]
    print(json.dumps([sys.argv, words]))
    sys.exit({code})
"""


def fake_airflow(folder: Path, exit_code: int) -> None:
    """An Airflow that asks for a password, and says how it was called and answered."""
    metadata = folder / "apache_airflow_core-3.3.2.dist-info" / "METADATA"
    for path, text in (
        (folder / "airflow" / "__init__.py", ""),
        (folder / "airflow" / "__main__.py", AIRFLOW.replace("{code}", str(exit_code))),
        (metadata, "Metadata-Version: 2.1\nName: apache-airflow-core\nVersion: 3.3.2\n"),
    ):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


@pytest.mark.parametrize("exit_code", [0, 3])
def test_the_admins_password_goes_to_standard_input_and_not_to_the_command_line(
    tmp_path: Path, exit_code: int
) -> None:
    fake_airflow(tmp_path, exit_code)
    password = "p@ss'\" $x"
    names = ["admin", "a@b.c", "Air", "Flow"]
    with answering(200, {"version": "3.3.2"}) as url:
        done = subprocess.run(
            [sys.executable, FOLDER / "create_admin.py", url, "5", *names],
            env={"PYTHONPATH": str(tmp_path), "ADMIN_PASSWORD": password},
            start_new_session=True,  # a pod has no terminal
            capture_output=True,
            text=True,
        )
    assert done.returncode == exit_code, done.stderr
    argv, words = json.loads(done.stdout)
    assert words == [password, password]
    assert argv == [
        *("airflow", "users", "create", "--role", "Admin", "--username", "admin"),
        *("--email", "a@b.c", "--firstname", "Air", "--lastname", "Flow"),
    ]


def test_no_admin_is_created_before_the_api_server_answers(tmp_path: Path) -> None:
    """Both would write the permissions of a new database at once."""
    fake_airflow(tmp_path, 0)
    done = subprocess.run(
        [sys.executable, FOLDER / "create_admin.py", "http://127.0.0.1:1/", "1", *"abcd"],
        env={"PYTHONPATH": str(tmp_path), "ADMIN_PASSWORD": "secret"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, "secret" in done.stdout) == (os.EX_TEMPFAIL, False)
    assert done.stderr.startswith("the API server did not answer in time: http://127.0.0.1:1/: ")


def test_a_url_option_is_read_from_its_variable_or_its_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = program("url")
    monkeypatch.setenv("PW", "a/b")
    monkeypatch.setenv("DIRECT", "redis://h")
    monkeypatch.setenv("INDIRECT_CMD", "python -IS url.py 'redis://:{PW}@h'")
    assert url.option("DIRECT") == "redis://h"
    assert url.option("INDIRECT") == "redis://:a%2Fb@h"


def all_imported(name: str) -> set[str]:
    """The modules that a program imports, and those that these import."""
    imported = {
        str(module)
        for node in ast.walk(ast.parse(sources()[name]))
        for module in (
            [node.module]
            if isinstance(node, ast.ImportFrom)
            else [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    ours = [module for module in imported if f"{module}.py" in sources()]
    return imported.union(*(all_imported(f"{module}.py") for module in ours))


@pytest.mark.parametrize("name", sorted(sources()))
def test_a_program_comes_with_those_that_it_imports(name: str) -> None:
    ours = {f"{module}.py" for module in all_imported(name)} & sources().keys()
    assert packaged(name).keys() == {name, *ours}
