"""What `make status` says of Airflow itself and of volumes, and what it could not ask."""

from __future__ import annotations

import base64
import io
import json
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from without_node import manifests

from cdk8s_airflow import (
    AdminUser,
    AirflowProps,
    ApiServerProps,
    DagsFolder,
    Secrets,
)
from cdk8s_airflow.cli.cluster import airflow_status, ask_airflow
from cdk8s_airflow.cli.cluster.access import admin_secret
from cdk8s_airflow.cli.cluster.airflow_status import airflow_lines, told, volume_lines
from cdk8s_airflow.cli.cluster.kubectl import Kubectl, KubectlError

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
FOUND: dict[str, Any] = {
    "version": "3.3.2",
    "status": {"metadatabase": "healthy", "scheduler": "unhealthy", "dag_processor": "healthy"},
    "heartbeats": {"scheduler": 301.4, "dag_processor": 2.0},
    "processes": [{"type": "SchedulerJob", "host": "af1-scheduler-x", "age": 301.4}],
    "tasks": {"queued": 12, "running": 3},
    "import_errors": 1,
    "files": [{"file": "broken.py", "reason": "ModuleNotFoundError: No module named 'nope'"}],
    "unasked": [],
}


class Cluster(Kubectl):
    """A kubectl whose answers are given, and which keeps what it was asked."""

    def __init__(self, **answers: str | Exception) -> None:
        super().__init__("airflow")
        self.__dict__.update(answers=answers, asked=[], inputs=[])

    def run(self, *args: str, stdin: str | None = None, **_: Any) -> str:
        self.__dict__["asked"].append(args)
        self.__dict__["inputs"].append(stdin)
        answer = self.__dict__["answers"][args[0]]
        if isinstance(answer, Exception):
            raise answer
        return str(answer)


def workloads(**props: Any) -> list[dict[str, Any]]:
    kinds = ("Deployment", "StatefulSet", "Job")
    made = manifests(AirflowProps(**{"dags": DAGS, **props}))
    return [manifest for manifest in made if manifest["kind"] in kinds]


def secret(password: str, key: str) -> str:
    return json.dumps({"data": {key: base64.b64encode(password.encode()).decode()}})


@pytest.mark.parametrize("as_files", [False, True])
def test_the_password_goes_to_the_pod_by_standard_input_alone(as_files: bool) -> None:
    given = workloads(admin=AdminUser(username="root"), secrets=Secrets(as_files=as_files))
    _, key = admin_secret(given) or ("", "")
    cluster = Cluster(get=secret("hidden", key), exec="a warning\n" + json.dumps(FOUND))
    lines = list(airflow_lines(cluster, given))
    _, (verb, *asked) = cluster.__dict__["asked"]
    assert verb == "exec"
    assert asked[:4] == ["--stdin", "deployment/af1-api-server", "--container", "api-server"]
    assert asked[4:] == ["--", "python", "-c", Path(ask_airflow.__file__).read_text()]
    login = json.loads(cluster.__dict__["inputs"][1])
    assert login == {"username": "root", "password": "hidden"}
    assert "hidden" not in "".join((*asked, *lines))
    assert lines == list(told(FOUND))


def test_the_lines_say_how_airflow_is() -> None:
    assert list(told(FOUND)) == [
        "Airflow 3.3.2",
        "  metadatabase: healthy",
        "  scheduler: unhealthy, last heartbeat 301 s ago",
        "  dag-processor: healthy, last heartbeat 2 s ago",
        "    SchedulerJob in af1-scheduler-x: 301 s ago",
        "  tasks: 12 queued, 3 running",
        "  import errors: 1",
        "    broken.py: ModuleNotFoundError: No module named 'nope'",
    ]
    assert "  import errors: none" in told({**FOUND, "import_errors": 0, "files": []})


@pytest.mark.parametrize(
    ("given", "answers", "expected"),
    [
        (
            {"api_server": ApiServerProps(replicas=0)},
            {},
            "Airflow: not asked, as no API server runs",
        ),
        (
            {},
            {
                "get": secret("x", "password"),
                "exec": KubectlError("pods is forbidden: cannot create exec"),
            },
            "Airflow: could not be asked: pods is forbidden: cannot create exec",
        ),
        (
            {},
            {"get": KubectlError("secrets is forbidden"), "exec": '{"unasked": []}'},
            "  not known: tasks, import errors and the heartbeat of each process, which only a "
            "user may see: Secret af1-admin-password: secrets is forbidden",
        ),
        (
            {"admin": None},
            {"exec": '{"unasked": ["HTTPError: HTTP Error 500: Internal Server Error"]}'},
            "  not known: HTTPError: HTTP Error 500: Internal Server Error",
        ),
        (
            {"admin": None},
            {"exec": '{"unasked": []}'},
            "  not known: tasks, import errors and the heartbeat of each process, which only a "
            "user may see, and the release has no admin of its own",
        ),
    ],
)
def test_what_could_not_be_asked_is_said(
    given: dict[str, Any], answers: dict[str, Any], expected: str
) -> None:
    assert expected in list(airflow_lines(Cluster(**answers), workloads(**given)))


def test_each_volume_has_its_share() -> None:
    pod = {
        "metadata": {"name": "af1-postgresql-0"},
        "status": {"phase": "Running"},
        "spec": {
            "volumes": [
                {"name": "data", "persistentVolumeClaim": {"claimName": "data-af1-postgresql-0"}},
                {"name": "tmp", "emptyDir": {}},
            ],
            "containers": [
                {
                    "name": "postgresql",
                    "volumeMounts": [
                        {"name": "tmp", "mountPath": "/tmp"},
                        {"name": "data", "mountPath": "/data"},
                    ],
                }
            ],
        },
    }
    table = "Filesystem Size Used Avail Capacity Mounted on\n/dev/sdb 8.0G 1.1G 6.9G 14% /data\n"
    cluster = Cluster(exec=table)
    assert list(volume_lines(cluster, [pod])) == [
        "Volumes",
        "  data-af1-postgresql-0: 1.1G of 8.0G, 14%",
    ]
    place = ("exec", "af1-postgresql-0", "--container", "postgresql", "--")
    assert cluster.__dict__["asked"] == [(*place, "df", "-P", "-h", "/data")]
    lines = list(volume_lines(Cluster(exec=KubectlError("forbidden")), [pod]))
    assert lines[1:] == ["  data-af1-postgresql-0: could not be asked: forbidden"]
    assert list(volume_lines(Cluster(), [{**pod, "status": {"phase": "Pending"}}])) == []


class Api(BaseHTTPRequestHandler):
    """Answers as Airflow's API does below the path /airflow."""

    def answer(self, status: int, body: object) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def do_POST(self) -> None:
        login = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        good = self.path == "/airflow/auth/token" and login["password"] == "right"
        self.answer(201 if good else 401, {"access_token": "token"})

    def do_GET(self) -> None:
        now = datetime.now(timezone.utc)
        path = self.path.removeprefix("/airflow/api/v2/")
        public: dict[str, Any] = {
            "version": {"version": "3.3.2"},
            "monitor/health": {
                "metadatabase": {"status": "healthy"},
                "scheduler": {
                    "status": "healthy",
                    "latest_scheduler_heartbeat": (now - timedelta(seconds=7)).isoformat(),
                },
                "triggerer": {"status": None, "latest_triggerer_heartbeat": None},
            },
        }
        if path in public:
            return self.answer(200, public[path])
        if self.headers["Authorization"] != "Bearer token":
            return self.answer(401, {})
        beat = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        job = {"job_type": "SchedulerJob", "hostname": "a", "latest_heartbeat": beat}
        error = {"filename": "b.py", "stack_trace": "Traceback\n  line\nValueError: no\n"}
        private: dict[str, Any] = {
            "jobs?is_alive=true&limit=100": {"jobs": [job]},
            "importErrors?limit=5": {"total_entries": 9, "import_errors": [error]},
        }
        count = 4 if path.endswith("state=queued") else 0
        return self.answer(200, private.get(path, {"total_entries": count}))

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(ask_airflow, "PORT", server.server_port)
    monkeypatch.setenv("AIRFLOW__API__BASE_URL", "https://data.example.com/airflow/")
    yield
    server.shutdown()
    server.server_close()


def ask(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], login: dict[str, str]
) -> dict[str, Any]:
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(login) + "\n"))
    ask_airflow.main()
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.usefixtures("api")
def test_the_api_is_asked_below_its_path(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = ask(monkeypatch, capsys, {"username": "admin", "password": "right"})
    assert found["version"] == "3.3.2"
    assert found["status"] == {"metadatabase": "healthy", "scheduler": "healthy"}
    assert [round(found["heartbeats"]["scheduler"])] == [7]
    assert found["tasks"] == {
        **{"queued": 4, "running": 0, "scheduled": 0, "deferred": 0},
        "up_for_retry": 0,
    }
    assert found["import_errors"] == 9
    assert found["files"] == [{"file": "b.py", "reason": "ValueError: no"}]
    assert [job["type"] for job in found["processes"]] == ["SchedulerJob"]
    assert found["unasked"] == []


@pytest.mark.usefixtures("api")
def test_a_wrong_password_leaves_what_everybody_may_see(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = ask(monkeypatch, capsys, {"username": "admin", "password": "wrong"})
    assert found["version"] == "3.3.2"
    assert found["unasked"] == ["HTTPError: HTTP Error 401: Unauthorized"]
    assert "tasks" not in found
    assert ask(monkeypatch, capsys, {})["unasked"] == []


def test_the_name_of_the_admin_is_that_of_its_job() -> None:
    assert airflow_status._admin_name(workloads(admin=AdminUser(username="root"))) == "root"
    with pytest.raises(LookupError, match="no Job makes an admin"):
        airflow_status._admin_name(workloads(admin=None))
