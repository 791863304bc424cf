"""IPv6 and dual stack: Services, listening addresses, and the probe that stays inside the pod."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

import cdk8s_airflow
from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagsFolder,
    EmbeddedRabbitmq,
    ExecutionApiProps,
    ExposedService,
    Flower,
)
from cdk8s_airflow.checks.bundle import Bundle, env_literals
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
PROGRAM = Path(cdk8s_airflow.__file__).parent / "programs/local_health.py"


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        given = AirflowProps(dags=DAGS, flower=Flower(), execution_api=ExecutionApiProps(), **props)
        AirflowChart(app, "af1", namespace="airflow", props=given)

    return synthesize(build, tmp_path)


def test_all_services_have_the_families_but_those_that_say_their_own(tmp_path: Path) -> None:
    exposure = ExposedService(ip_families=["IPv4"])
    bundle = bundle_of(tmp_path, ip_families=["IPv6", "IPv4"], exposure=exposure)
    found = {
        service["metadata"]["name"]: (
            service["spec"].get("ipFamilies"),
            service["spec"].get("ipFamilyPolicy"),
        )
        for service in bundle.all("Service")
    }
    assert found.pop("af1-api-server-exposed") == (["IPv4"], None)
    assert len(found) > 5
    assert set(map(str, found.values())) == {str((["IPv6", "IPv4"], "PreferDualStack"))}


def test_one_family_is_a_single_stack(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, ip_families=["IPv6"])
    spec = bundle.one("Service", "af1-postgresql")["spec"]
    assert (spec["ipFamilies"], spec["ipFamilyPolicy"]) == (["IPv6"], "SingleStack")


def test_processes_that_would_listen_on_ipv4_alone_are_told(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, ip_families=["IPv6"])
    for component in ("api-server", "execution-api"):
        env = env_literals(bundle.container("Deployment", f"af1-{component}"))
        assert env["AIRFLOW__API__HOST"] == ""
    env = env_literals(bundle.container("Deployment", "af1-flower"))
    assert env["AIRFLOW__CELERY__FLOWER_HOST"] == ""
    scheduler = bundle.container("Deployment", "af1-scheduler")
    for kind in ("startupProbe", "readinessProbe", "livenessProbe"):
        command = scheduler[kind]["exec"]["command"]
        program = "scheduler_probe" if kind == "livenessProbe" else "local_health"
        assert command[1].endswith(f"/{program}.py")
        assert command[2] == "http://127.0.0.1:8974/health"
        assert float(command[3]) < scheduler[kind]["timeoutSeconds"]


def test_nothing_is_said_unless_asked(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path)
    assert not any("ipFamilies" in service["spec"] for service in bundle.all("Service"))
    bundle = bundle_of(tmp_path, ip_families=["IPv4"])
    scheduler = bundle.container("Deployment", "af1-scheduler")
    assert "httpGet" in scheduler["readinessProbe"]
    api_server = env_literals(bundle.container("Deployment", "af1-api-server"))
    assert "AIRFLOW__API__HOST" not in api_server


@pytest.mark.parametrize(
    ("props", "message"),
    [
        ({"ip_families": []}, r"ip_families=\[\]: expected 'IPv4', 'IPv6' or both"),
        ({"ip_families": ["IPv6", "IPv6"]}, r"ip_families=\['IPv6', 'IPv6'\]: expected"),
        (
            {"ip_families": ["IPv6"], "broker": EmbeddedRabbitmq()},
            r"ip_families=\['IPv6'\] with broker=EmbeddedRabbitmq\(\): Erlang would look for IPv4",
        ),
    ],
)
def test_what_cannot_work_is_refused(props: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        resolve(AirflowProps(dags=DAGS, **props), "af1")


@contextmanager
def answering(status: int) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/health"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def probe(url: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-IS", str(PROGRAM), url, "8"]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.mark.slow
def test_the_probe_follows_the_answer() -> None:
    with answering(200) as url:
        assert probe(url).returncode == 0
    assert "refused" in probe(url).stderr
    with answering(503) as url:
        done = probe(url)
    assert done.returncode != 0
    assert "503" in done.stderr
