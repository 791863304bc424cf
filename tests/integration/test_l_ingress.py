"""UI, API and Flower below paths of one host, behind a real nginx, in a real browser."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import ssl
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from integration.airflow_client import AirflowClient
from integration.browser import Browser
from integration.bundle import NAMESPACE, REPOSITORY, synthesize_props
from integration.conftest import RunningBundle, Scene, Stage, secret
from integration.nginx import HTTPS, STRIPPED, Nginx

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    Flower,
    Ingress,
    SecretKey,
    Secrets,
    TriggererProps,
    WorkerGroup,
)

HOST = "data.example.com"
PASSWORD = "flower,pass:w'o\"r\\d #%$(HOME)${HOME}{}&?/"
"""A password that Flower's own option would take for two."""
WORKER = "celery@af1-worker-0"


class PublicClient(AirflowClient):
    """A client outside the cluster: through nginx, by TLS, below the path."""

    def __init__(self, nginx: Nginx, port: int, certificate: str, password: str) -> None:
        super().__init__(nginx.address, port, "admin", password)
        self._context = ssl.create_default_context(cadata=certificate)

    def request(self, method: str, path: str, body: object = None) -> tuple[int, dict[str, Any]]:
        """One request below `/airflow`; status and decoded answer."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        payload = None if body is None else json.dumps(body)
        status, text = self.raw(method, f"/airflow{path}", payload, headers)
        return status, json.loads(text)

    def raw(
        self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """One request; status and text."""
        connection = http.client.HTTPSConnection(HOST, self._address[1], timeout=60)
        plain = socket.create_connection(self._address, timeout=60)
        connection.sock = self._context.wrap_socket(plain, server_hostname=HOST)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def flower(self, path: str, password: str = PASSWORD) -> tuple[int, str]:
        """What Flower answers below `/airflow/flower`."""
        login = b64encode(f"admin:{password}".encode()).decode()
        return self.raw("GET", f"/airflow/flower{path}", None, {"Authorization": f"Basic {login}"})


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Certificate and key of the host, signed by itself."""
    folder = tmp_path_factory.mktemp("certificate")
    names = ("-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names,
         "-keyout", "tls.key", "-out", "tls.crt"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return (folder / "tls.crt").read_text(), (folder / "tls.key").read_text()


@pytest.fixture(scope="module")
def bundle(
    stage: Stage, certificate: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> RunningBundle:
    """A small release with an Ingress and Flower."""

    def prepare() -> Scene:
        props = AirflowProps(
            dags=DagsFolder(str(REPOSITORY / "dags")),
            executor=CeleryExecutor(workers=[WorkerGroup(replicas=1, concurrency=2)]),
            triggerer=TriggererProps(replicas=0),
            flower=Flower(),
            secrets=Secrets(flower_password=SecretKey(name="flower-login", key="password")),
            ingress=Ingress(
                host=HOST, web_path="/airflow", flower_path="/airflow/flower", tls="data-tls"
            ),
        )
        brought = [
            secret("flower-login", {"password": PASSWORD}),
            secret("data-tls", {"tls.crt": certificate[0], "tls.key": certificate[1]}),
        ]
        return Scene(synthesize_props(tmp_path_factory.mktemp("ingress"), props), brought)

    return stage.play("ingress", prepare)


@pytest.fixture(scope="module")
def nginx(bundle: RunningBundle, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """The controller of the bundle's Ingress objects, as they were applied."""
    ingresses = [manifest for manifest in bundle.manifests if manifest["kind"] == "Ingress"]
    assert len(ingresses) == 2
    nginx = Nginx(bundle.node, ingresses, tmp_path_factory.mktemp("nginx"))
    yield nginx
    nginx.close()


@pytest.fixture(scope="module", params=[HTTPS, STRIPPED], ids=["whole-path", "stripped-path"])
def public(
    request: pytest.FixtureRequest,
    bundle: RunningBundle,
    nginx: Nginx,
    certificate: tuple[str, str],
) -> PublicClient:
    """A client of each of nginx's two ports."""
    return PublicClient(nginx, request.param, certificate[0], admin_password(bundle))


def admin_password(bundle: RunningBundle) -> str:
    """What the bootstrap Job has made."""
    (password,) = bundle.node.secret(bundle.name("admin-password"), NAMESPACE).values()
    return password


@pytest.fixture
def browser(nginx: Nginx, tmp_path: Path) -> Iterator[Browser]:
    browser = Browser(HOST, nginx.address, tmp_path)
    yield browser
    browser.close()


def test_the_api_answers_with_a_token(public: PublicClient) -> None:
    public.log_in()
    dags = {dag["dag_id"] for dag in public.get("dags")["dags"]}
    assert {"tutorial"} <= dags


def test_flower_shows_the_workers_to_who_knows_the_password(public: PublicClient) -> None:
    def seen() -> bool:
        status, text = public.flower("/api/workers?refresh=1")
        assert status == 200, text
        return WORKER in json.loads(text)

    public.wait(seen, 60, "Flower knows the worker")
    assert public.flower("/")[0] == public.flower("")[0] == 200
    assert public.flower("/static/css/flower.css")[0] == 200
    for wrong in ("", PASSWORD.split(",")[0], "other"):
        assert public.flower("/", wrong)[0] == 401
    assert public.flower("/nothing")[0] == 404


def test_a_task_reports_below_the_path(public: PublicClient) -> None:
    assert set(public.run("tutorial").values()) == {"success"}


def test_a_browser_logs_in_and_shows_the_dags(bundle: RunningBundle, browser: Browser) -> None:
    password = json.dumps(admin_password(bundle))
    browser.open(f"https://{HOST}/airflow/")
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
    browser.wait_for("document.body.innerText.includes('tutorial')")
    failed = [(status, path) for status, path in browser.loaded if status >= 400]
    assert [item for item in failed if item[0] != 401] == []
    assert {path.split("/")[1] for _, path in browser.loaded} == {"airflow"}


def test_a_browser_shows_flowers_workers(browser: Browser) -> None:
    browser.authenticate("admin", PASSWORD)
    for port in (HTTPS, STRIPPED):
        browser.open(f"https://{HOST}:{port}/airflow/flower")
        browser.wait_for(f"document.body.innerText.includes({json.dumps(WORKER)})")
    assert [item for item in browser.loaded if item[0] >= 400] == []


def test_flowers_password_is_in_no_process_list_and_in_no_log(bundle: RunningBundle) -> None:
    pod = bundle.node.pod(bundle.name("flower"))
    container = pod.container()
    lines = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in container.processes()]
    assert any(b"flower" in line for line in lines)
    assert not any(PASSWORD.encode() in line for line in lines)
    assert PASSWORD not in pod.log("flower")
    assert not {name for name in container.spec.env if "DATABASE__SQL" in name or "FERNET" in name}


@pytest.mark.parametrize("kind", ["startupProbe", "readinessProbe", "livenessProbe"])
def test_a_probe_of_flower_tells_living_from_dead(bundle: RunningBundle, kind: str) -> None:
    pod = bundle.node.pod(bundle.name("flower"))
    result = pod.probe(kind)
    assert result.success, result.detail
    pod.hold_probes(True)
    pod.container().signal_all(signal.SIGSTOP)
    try:
        assert not pod.probe(kind).success
    finally:
        pod.container().signal_all(signal.SIGCONT)
        pod.hold_probes(False)


def test_no_pod_was_restarted(bundle: RunningBundle) -> None:
    assert {pod.name: pod.restarts for pod in bundle.node.pods() if pod.restarts} == {}
