"""The parts of the cluster tests that need no cluster: their app, their DAG, their API client."""

from __future__ import annotations

import ast
import json
import threading
from collections.abc import Callable, Iterator, Mapping
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
from unit.test_deploy_scripts import World, thing, world

from cdk8s_airflow.cli.cluster.kubectl import Kubectl, KubectlError

__all__ = ["world"]

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
    page = {"task_instances": tasks, "total_entries": 2}
    _, api = connect(
        {
            f"GET {run}": [(200, {"state": "running"}), (200, {"state": "failed"})],
            f"GET {run}/taskInstances?limit=100&offset=0": [(200, page)],
        }
    )
    with pytest.raises(AssertionError, match="'b': 'upstream_failed'"):
        api.wait_for_run("d", "r")


def test_all_tasks_of_a_run_are_found_those_of_mapped_ones_too(connect: Connect) -> None:
    path = "GET /api/v2/dags/d/dagRuns/r/taskInstances?limit=100&offset="
    mapped = [{"task_id": "work", "map_index": index} for index in range(150)]
    tasks = [{"task_id": "numbers", "map_index": -1}, *mapped]
    _, api = connect(
        {
            f"{path}0": [(200, {"task_instances": tasks[:100], "total_entries": 151})],
            f"{path}100": [(200, {"task_instances": tasks[100:], "total_entries": 151})],
        }
    )
    assert list(api.tasks("d", "r")) == ["numbers", *(f"work[{index}]" for index in range(150))]


def test_tasks_that_vanish_between_two_pages_do_not_keep_the_test_waiting(connect: Connect) -> None:
    path = "GET /api/v2/dags/d/dagRuns/r/taskInstances?limit=100&offset="
    first = {"task_instances": [{"task_id": "a"}], "total_entries": 2}
    none = {"task_instances": [], "total_entries": 2}
    _, api = connect({f"{path}0": [(200, first)], f"{path}1": [(200, none)]})
    assert list(api.tasks("d", "r")) == ["a"]


SOURCES: Mapping[str, list[dict[str, Any]]] = {
    "3.1, 3.2": [
        {"event": "::group::Log message source details", "sources": ["http://w.af1:8793/log/x"]},
        {"event": "::endgroup::"},
    ],
    "3.3": [
        {"event": "::group::Log message source details"},
        {"event": "http://w.af1:8793/log/x"},
        {"event": "::endgroup::"},
    ],
}


@pytest.mark.parametrize("version", SOURCES)
@pytest.mark.parametrize("written", [[], ["hello"], ["::group::Mine", "hello", "::endgroup::"]])
def test_a_log_tells_its_sources_and_its_text(
    connect: Connect, version: str, written: list[str]
) -> None:
    path = "GET /api/v2/dags/d/dagRuns/r/taskInstances/t/logs/2?full_content=true"
    content = [*SOURCES[version], *({"timestamp": None, "event": line} for line in written)]
    _, api = connect({path: [(200, {"content": content})]})
    task = {"dag_id": "d", "dag_run_id": "r", "task_id": "t", "try_number": 2}
    assert api.log(task) == (["http://w.af1:8793/log/x"], "\n".join(written))


def test_a_log_without_a_header_is_all_text(connect: Connect) -> None:
    path = "GET /api/v2/dags/d/dagRuns/r/taskInstances/t/logs/1?full_content=true"
    _, api = connect({path: [(200, {"content": [{"event": "hello"}]})]})
    task = {"dag_id": "d", "dag_run_id": "r", "task_id": "t", "try_number": 1}
    assert api.log(task) == ([], "hello")


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


@pytest.mark.slow
@pytest.mark.parametrize("what", ["first", "upgrade"])
def test_the_app_of_the_cluster_tests_synthesizes(tmp_path: Path, what: str) -> None:
    release = Release(name="af1", kubectl=Kubectl("airflow-e2e"), folder=tmp_path, timeout="1s")
    release.synthesize(what)
    assert {thing["metadata"]["namespace"] for thing in release.objects} == {"airflow-e2e"}
    text = yaml.safe_dump(release.objects)
    assert "slow.py" in text and "many.py" in text and "tutorial.py" in text
    assert ("48" if what == "upgrade" else "24") in text


@pytest.mark.parametrize(("dag", "count"), [("slow", 2), ("many", 3)])
def test_the_dags_of_the_cluster_tests_have_no_second_try(dag: str, count: int) -> None:
    path = Path(airflow_api.__file__).parent / "dags" / f"{dag}.py"
    tasks = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "task"
    ]
    assert [ast.unparse(task) for task in tasks] == ["task(retries=0)"] * count


def deployed(world: World, tmp_path: Path) -> Release:
    """A release in the cluster of `world`, which has no add-ons."""
    world.set(
        objects=[
            {**each, "metadata": {**each["metadata"], "uid": name, "resourceVersion": "7"}}
            for each in (
                thing("Deployment", "af1-scheduler", spec={"replicas": 1}),
                thing("StatefulSet", "af1-worker", spec={"replicas": 1}),
                thing("Job", "af1-migrations-1"),
                thing("ConfigMap", "af1-programs"),
            )
            for name in [each["metadata"]["name"]]
        ]
    )
    return Release(name="af1", kubectl=Kubectl("airflow"), folder=tmp_path, timeout="1s")


def test_the_inventory_of_a_cluster_without_add_ons_is_complete(
    world: World, tmp_path: Path
) -> None:
    assert deployed(world, tmp_path).inventory() == {
        ("Deployment", "af1-scheduler"): ("af1-scheduler", "7"),
        ("StatefulSet", "af1-worker"): ("af1-worker", "7"),
        ("Job", "af1-migrations-1"): ("af1-migrations-1", "7"),
        ("ConfigMap", "af1-programs"): ("af1-programs", "7"),
    }


def test_a_cluster_without_add_ons_refuses_their_kinds_as_kubectl_does(world: World) -> None:
    with pytest.raises(
        KubectlError, match=r"^error: the server doesn't have a resource type \"scaledobjects\"$"
    ):
        Kubectl("airflow").get(["configmaps", "scaledobjects.keda.sh"], "a=b")


def test_everything_is_restarted_at_once(world: World, tmp_path: Path) -> None:
    deployed(world, tmp_path).restart()
    assert world.calls("rollout") == [
        ["restart", "deployments.apps/af1-scheduler", "statefulsets.apps/af1-worker"]
    ]
