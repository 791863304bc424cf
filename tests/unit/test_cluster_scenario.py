"""The parts of the cluster tests that need no cluster: their app, their DAG, their API client."""

from __future__ import annotations

import ast
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
import yaml
from cluster import airflow_api
from cluster.airflow_api import AirflowApi
from cluster.app import image, props
from cluster.release import Release
from kubectl import Kubectl

Answers = dict[str, list[tuple[int, dict[str, Any]]]]


class Server:
    """An HTTP server with prepared answers; the last one of a path stays."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.requests: list[tuple[str, dict[str, Any], str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = json.loads(
                    self.rfile.read(int(self.headers.get("Content-Length", 0))) or "{}"
                )
                key = f"{self.command} {self.path}"
                outer.requests.append((key, body, self.headers.get("Authorization", "")))
                queue = outer.answers[key]
                code, data = queue.pop(0) if len(queue) > 1 else queue[0]
                self.send_response(code)
                self.end_headers()
                self.wfile.write(json.dumps(data).encode())

            do_GET = do_POST = do_PATCH = answer  # noqa: N815

            def log_message(self, *args: object) -> None:
                pass

        self.http = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def keys(self) -> list[str]:
        return [key for key, _, _ in self.requests]


Connect = Callable[[Answers], tuple[Server, AirflowApi]]


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Iterator[Connect]:
    monkeypatch.setattr(airflow_api, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(airflow_api, "PATIENCE", 0.5)
    servers: list[Server] = []

    def start(answers: Answers) -> tuple[Server, AirflowApi]:
        server = Server({"POST /auth/token": [(201, {"access_token": "abc"})], **answers})
        servers.append(server)
        address = f"http://127.0.0.1:{server.http.server_port}"
        return server, AirflowApi(connect=lambda: address, username="admin", password="p")

    yield start
    for server in servers:
        server.http.shutdown()
        server.http.server_close()


def test_the_client_logs_in_once_and_sends_its_token(connect: Connect) -> None:
    server, api = connect({"GET /api/v2/version": [(200, {"version": "3.3.2"})]})
    assert api.call("GET", "/version") == {"version": "3.3.2"}
    api.call("GET", "/version")
    assert server.keys == ["POST /auth/token", "GET /api/v2/version", "GET /api/v2/version"]
    assert server.requests[0][1] == {"username": "admin", "password": "p"}
    assert server.requests[1][2] == "Bearer abc"


def test_a_server_that_is_away_is_asked_again_and_connected_anew(connect: Connect) -> None:
    server, api = connect({"GET /api/v2/version": [(503, {}), (503, {}), (200, {"version": "3"})]})
    dead = ["http://127.0.0.1:9"]
    real = api.connect
    api.connect = lambda: dead.pop() if dead else real()
    assert api.call("GET", "/version") == {"version": "3"}
    assert server.keys.count("GET /api/v2/version") == 3


def test_a_server_that_stays_away_is_a_timeout(connect: Connect) -> None:
    _, api = connect({"GET /api/v2/version": [(503, {})]})
    with pytest.raises(TimeoutError, match=r"GET /api/v2/version: HTTP Error 503.* for 0\.5 s"):
        api.call("GET", "/version")


def test_a_wrong_call_is_not_repeated(connect: Connect) -> None:
    server, api = connect({"GET /api/v2/nothing": [(404, {})]})
    with pytest.raises(HTTPError, match="404"):
        api.call("GET", "/nothing")
    assert server.keys.count("GET /api/v2/nothing") == 1


def test_an_expired_token_is_renewed(connect: Connect) -> None:
    server, api = connect({"GET /api/v2/version": [(401, {}), (200, {"version": "3"})]})
    assert api.call("GET", "/version") == {"version": "3"}
    assert server.keys.count("POST /auth/token") == 2


def test_a_trigger_that_got_through_before_the_answer_was_lost_is_no_error(
    connect: Connect,
) -> None:
    server, api = connect({"POST /api/v2/dags/slow/dagRuns": [(500, {}), (409, {})]})
    run = api.trigger("slow", {"seconds": 5})
    bodies = [body for key, body, _ in server.requests if key.endswith("dagRuns")]
    assert bodies == [{"dag_run_id": run, "logical_date": None, "conf": {"seconds": 5}}] * 2


def test_a_dag_is_waited_for_and_switched_on(connect: Connect) -> None:
    switch = "PATCH /api/v2/dags/slow?update_mask=is_paused"
    server, api = connect({"GET /api/v2/dags/slow": [(404, {}), (200, {})], switch: [(200, {})]})
    api.wait_for_dag("slow")
    assert server.requests[-1][:2] == (switch, {"is_paused": False})


def test_a_run_with_a_failed_task_is_a_failure_that_names_the_states(connect: Connect) -> None:
    run = "/api/v2/dags/d/dagRuns/r"
    tasks = [{"task_id": "a", "state": "success"}, {"task_id": "b", "state": "upstream_failed"}]
    _, api = connect(
        {
            f"GET {run}": [(200, {"state": "running"}), (200, {"state": "failed"})],
            f"GET {run}/taskInstances": [(200, {"task_instances": tasks})],
        }
    )
    with pytest.raises(AssertionError, match="'b': 'upstream_failed'"):
        api.wait_for_run("d", "r")


def test_a_log_tells_its_sources_and_its_text(connect: Connect) -> None:
    path = "GET /api/v2/dags/d/dagRuns/r/taskInstances/t/logs/2?full_content=true"
    content = [
        {"event": "::group::Log message source details", "sources": ["http://w.af1:8793/log/x"]},
        {"event": "::endgroup::"},
        {"event": "hello"},
    ]
    _, api = connect({path: [(200, {"content": content})]})
    task = {"dag_id": "d", "dag_run_id": "r", "task_id": "t", "try_number": 2}
    sources, text = api.log(task)
    assert sources == ["http://w.af1:8793/log/x"]
    assert text.endswith("hello")


def test_images_of_the_cluster_tests_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AIRFLOW_IMAGE", "registry.example.com:5000/airflow:3.2.1-python3.12")
    monkeypatch.setenv("E2E_UPGRADE_IMAGE", "registry.example.com:5000/airflow:3.3.2")
    first, upgrade = props("dags", upgrade=False), props("dags", upgrade=True)
    assert first.image is not None and first.image.repository == "registry.example.com:5000/airflow"
    assert (first.airflow_version, upgrade.airflow_version) == ("3.2.1", "3.3.2")
    assert image("POSTGRES_IMAGE") is None
    assert first.config != upgrade.config


@pytest.mark.parametrize("what", ["first", "upgrade"])
def test_the_app_of_the_cluster_tests_synthesizes(tmp_path: Path, what: str) -> None:
    release = Release(name="af1", kubectl=Kubectl("airflow-e2e"), folder=tmp_path, timeout="1s")
    release.synthesize(what)
    assert {thing["metadata"]["namespace"] for thing in release.objects} == {"airflow-e2e"}
    text = yaml.safe_dump(release.objects)
    assert "slow.py" in text and "tutorial.py" in text
    assert ("48" if what == "upgrade" else "24") in text


def test_the_dag_of_the_cluster_tests_has_no_second_try() -> None:
    path = Path(airflow_api.__file__).parent / "dags" / "slow.py"
    tasks = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "task"
    ]
    assert [ast.unparse(task) for task in tasks] == ["task(retries=0)"] * 2
