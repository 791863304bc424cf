"""UI, API and Flower below paths of one host, behind a real nginx, in a real browser."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from integration.browser import Browser
from integration.conftest import RunningBundle, Stage
from integration.ingress_scene import (
    CREDENTIALS,
    HOST,
    INSIDE,
    PublicClient,
    play,
    stands_in,
)
from integration.nginx import HTTPS, STRIPPED, Nginx
from integration.node.pod import Pod
from integration.node.probes import probe_once

PROBES = ("startupProbe", "readinessProbe", "livenessProbe")
PASSWORD = CREDENTIALS["flower"]
WORKER = "celery@af1-worker-0"


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """A release with an Ingress and Flower."""
    return play(stage, tmp_path_factory.mktemp("ingress"))


@pytest.fixture(scope="module")
def nginx(bundle: RunningBundle, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """The controller of the bundle's Ingress objects, as they were applied."""
    ingresses = [manifest for manifest in bundle.manifests if manifest["kind"] == "Ingress"]
    assert len(ingresses) == 2
    nginx = Nginx(bundle.node, ingresses, tmp_path_factory.mktemp("nginx"))
    yield nginx
    nginx.close()


@pytest.fixture(scope="module")
def public(bundle: RunningBundle, nginx: Nginx) -> PublicClient:
    """A client that comes through nginx."""
    return PublicClient(bundle, nginx)


@pytest.fixture(scope="module")
def run_id(public: PublicClient) -> str:
    """A run at its end, whose tasks had to report below the path."""
    return public.run_to_end("configured")


@pytest.fixture
def browser(nginx: Nginx, tmp_path: Path) -> Iterator[Browser]:
    """An empty page."""
    browser = Browser(HOST, nginx.address, tmp_path)
    yield browser
    browser.close()


@pytest.fixture
def flower(bundle: RunningBundle) -> Pod:
    """Flower's pod."""
    return bundle.node.pod(bundle.name("flower"))


def test_the_api_answers_with_a_token(public: PublicClient) -> None:
    assert public.request("GET", "/api/v2/dags")[0] == 401
    public.log_in()
    assert {dag["dag_id"] for dag in public.get("dags")["dags"]} == {"configured"}


def test_each_host_has_its_certificate_and_leads_to_the_same(
    bundle: RunningBundle, nginx: Nginx
) -> None:
    client = PublicClient(bundle, nginx, INSIDE)
    client.log_in()
    assert {dag["dag_id"] for dag in client.get("dags")["dags"]} == {"configured"}
    assert client.flower(HTTPS, "/")[0] == 200


def test_tasks_report_below_the_path(public: PublicClient, run_id: str) -> None:
    tasks = public.tasks("configured", run_id)
    assert {name: task["state"] for name, task in tasks.items()} == {
        "read": "success", "query": "success",
    }  # fmt: skip


def test_a_browser_logs_in_and_reads_the_log_of_a_task(
    bundle: RunningBundle, public: PublicClient, run_id: str, browser: Browser
) -> None:
    password = json.dumps(bundle.admin_password)
    browser.open(f"https://{HOST}/airflow")
    browser.wait_for("document.querySelector('input[type=password]') !== null")
    assert browser.evaluate("location.pathname").startswith("/airflow/auth/login")
    browser.evaluate(
        "document.querySelector('input[name=username]').value = 'admin';"
        f"document.querySelector('input[name=password]').value = {password};"
        "document.querySelector('input[type=submit]').click()"
    )
    browser.wait_for(f"location.href.startsWith('https://{HOST}/airflow/')"
                     " && !location.pathname.includes('login')")  # fmt: skip
    browser.open(f"https://{HOST}/airflow/dags")
    browser.wait_for("document.body.innerText.includes('configured')")
    path = f"dags/configured/dagRuns/{run_id}/taskInstances/read/xcomEntries/return_value"
    browser.open(public.get(f"{path}?deserialize=true")["value"]["log_url"])
    browser.wait_for("document.body.innerText.includes('below the path; the password is ***')")
    assert [item for item in browser.loaded if item[0] >= 400 and item[0] != 401] == []
    assert {path.split("/")[1] for _, path in browser.loaded} == {"airflow"}


@pytest.mark.parametrize("port", [HTTPS, STRIPPED], ids=["whole-path", "stripped-path"])
def test_flower_shows_the_workers_to_who_knows_the_password(
    public: PublicClient, port: int
) -> None:
    def seen() -> bool:
        status, text = public.flower(port, "/api/workers?refresh=1")
        assert status == 200, text
        return WORKER in json.loads(text)

    public.wait(seen, 60, "Flower knows the worker")
    assert public.flower(port, "/")[0] == public.flower(port, "")[0] == 200
    assert public.flower(port, "/static/css/flower.css")[0] == 200
    for wrong in ("", PASSWORD.split(",")[0], "other"):
        assert public.flower(port, "/", wrong)[0] == 401
    assert public.flower(port, "/nothing")[0] == 404


def test_a_browser_shows_flowers_workers(browser: Browser) -> None:
    browser.authenticate("admin", PASSWORD)
    for port in (HTTPS, STRIPPED):
        browser.open(f"https://{HOST}:{port}/airflow/flower")
        browser.wait_for(f"document.body.innerText.includes({json.dumps(WORKER)})")
    assert [item for item in browser.loaded if item[0] >= 400] == []


def test_flowers_password_is_in_no_process_list_and_in_no_log(flower: Pod) -> None:
    container = flower.container()
    lines = [Path(f"/proc/{pid}/cmdline").read_text() for pid in container.processes()]
    assert any("flower" in line for line in lines)
    assert PASSWORD in container.spec.env.values()
    assert not [text for text in (*lines, flower.log("flower")) if stands_in(PASSWORD, text)]
    assert not {name for name in container.spec.env if "DATABASE__SQL" in name or "FERNET" in name}


def test_flowers_probes_tell_a_living_process_from_a_frozen_one(flower: Pod) -> None:
    for kind in PROBES:
        result = flower.probe(kind)
        assert result.success, result.detail
    flower.hold_probes(True)
    flower.container().signal_all(signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(len(PROBES)) as executor:
            results = list(executor.map(flower.probe, PROBES))
    finally:
        flower.container().signal_all(signal.SIGCONT)
        flower.hold_probes(False)
    assert [result.success for result in results] == [False] * len(PROBES)


@pytest.mark.parametrize("status", [401, 404, 500])
def test_flowers_probes_take_no_other_answer_for_health(
    bundle: RunningBundle, flower: Pod, status: int
) -> None:
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(status)

        def log_message(self, *_: object) -> None:
            pass

    address = bundle.node.network.add_service_address()
    with HTTPServer((address, 5555), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for kind in PROBES:
            spec = flower.supervisors["flower"].spec[kind]
            result = probe_once(spec, flower.manifest, address, flower.container())
            assert (result.success, result.detail) == (False, f"HTTP {status}")
        server.shutdown()
    assert set(asked) == {"/airflow/flower/healthcheck"}


def test_no_pod_was_restarted(bundle: RunningBundle) -> None:
    assert {pod.name: pod.restarts for pod in bundle.node.pods() if pod.restarts} == {}
