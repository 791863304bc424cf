"""A release below paths of two hosts, with connections and variables; and a client outside.

Its Services have other ports than its pods.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import subprocess
from base64 import b64encode
from pathlib import Path
from typing import Any
from urllib.parse import quote

from integration.airflow_client import AirflowClient
from integration.bundle import HERE, NAMESPACE, RELEASE, synthesize_props
from integration.conftest import NASTY_PASSWORD, RunningBundle, Scene, Stage, secret
from integration.nginx import HTTPS, Nginx

from cdk8s_airflow import (
    AirflowProps,
    ApiServerProps,
    CeleryExecutor,
    Connection,
    DagsFolder,
    EmbeddedPostgresql,
    EmbeddedRedis,
    Flower,
    Ingress,
    IngressHost,
    NetworkPolicies,
    SecretKey,
    Secrets,
    ServiceProps,
    TriggererProps,
    WorkerGroup,
)

HOST, INSIDE = "data.example.com", "data.corp.example.com"
CERTIFICATES = {HOST: "data-tls", INSIDE: "corp-tls"}
"""Host -> the Secret with its certificate."""
WORKERS = {"podSelector": {"matchLabels": {"app.kubernetes.io/component": "worker"}}}
CREDENTIALS = {
    "flower": "flower,pass:w'o\"r\\d #%$(HOME)${HOME}{}&?/",
    "warehouse": NASTY_PASSWORD + "w",
    "parts": NASTY_PASSWORD + "p é",
    "session": NASTY_PASSWORD + "s\t",
    "uri": NASTY_PASSWORD + "u",
    "report": NASTY_PASSWORD + "v",
}
"""Whose password -> it. Flower's own option would take its for two."""
TEXT = 'it\'s $(HOME) $${HOME} ${HOME} "é" \\ %s {{ x }}'
LIMITS = {"rows": 100_000, "names": ["a", None, "it's"], "ratio": 0.5}


def play(stage: Stage, folder: Path) -> RunningBundle:
    """A small release with Ingress, Flower, connections and variables."""

    def prepare() -> Scene:
        uri = f"http://us%40er:{quote(CREDENTIALS['uri'], safe='')}@web.example.com:8443/v2"
        brought = [
            secret("flower-login", {"password": CREDENTIALS["flower"]}),
            *(secret(name, _certificate(folder, host)) for host, name in CERTIFICATES.items()),
            secret(f"{RELEASE}-postgresql", {"password": CREDENTIALS["warehouse"]}),
            secret("mine", {name: CREDENTIALS[name] for name in ("parts", "session", "report")}),
            secret("web", {"uri": uri}),
        ]
        return Scene(synthesize_props(folder, _props()), brought, prefix="/airflow")

    return stage.play("ingress", prepare)


def _props() -> AirflowProps:
    return AirflowProps(
        dags=DagsFolder(str(HERE / "configured")),
        executor=CeleryExecutor(workers=[WorkerGroup(replicas=1, concurrency=2)]),
        triggerer=TriggererProps(replicas=0),
        # A task queries the release's own database, to which no worker has a way otherwise.
        network_policies=NetworkPolicies(extra_ingress={"postgresql": [{"from": [WORKERS]}]}),
        flower=Flower(service=ServiceProps(port=80)),
        api_server=ApiServerProps(service=ServiceProps(port=80)),
        database=EmbeddedPostgresql(service=ServiceProps(port=15432)),
        broker=EmbeddedRedis(service=ServiceProps(port=16379)),
        secrets=Secrets(flower_password=SecretKey(name="flower-login", key="password")),
        ingress=Ingress(
            hosts=[IngressHost(name=host, tls=name) for host, name in CERTIFICATES.items()],
            web_path="/airflow",
            flower_path="/airflow/flower",
        ),
        connections={
            "warehouse": Connection(
                conn_type="postgres",
                host=f"{RELEASE}-postgresql",
                schema="airflow",
                login="airflow",
                password=SecretKey(name=f"{RELEASE}-postgresql", key="password"),
            ),
            "by_parts": Connection(
                conn_type="http",
                host="parts.example.com",
                port=8080,
                login="me:@",
                password=SecretKey(name="mine", key="parts"),
                extra={
                    "region": "eu'\"west",
                    "session": {"token": SecretKey(name="mine", key="session")},
                },
            ),
            "by_uri": SecretKey(name="web", key="uri"),
        },
        variables={
            "team": "data",
            "text": TEXT,
            "limits": LIMITS,
            "report": SecretKey(name="mine", key="report"),
        },
    )


def _certificate(folder: Path, host: str) -> dict[str, str]:
    """A certificate of a host, signed by itself, as a `kubernetes.io/tls` Secret has it."""
    names = ("-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names,
         "-keyout", "tls.key", "-out", "tls.crt"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return {name: (folder / name).read_text() for name in ("tls.crt", "tls.key")}


class PublicClient(AirflowClient):
    """A client outside the cluster: through nginx, by TLS, below the path."""

    def __init__(self, bundle: RunningBundle, nginx: Nginx, host: str = HOST) -> None:
        super().__init__(nginx.address, HTTPS, "admin", bundle.admin_password, bundle.scene.prefix)
        self._host = host
        certificate = bundle.node.secret(CERTIFICATES[host], NAMESPACE)["tls.crt"]
        self._context = ssl.create_default_context(cadata=certificate)

    def request(self, method: str, path: str, body: object = None) -> tuple[int, dict[str, Any]]:
        """One request below the prefix; status and decoded answer."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        payload = None if body is None else json.dumps(body)
        status, text = self._ask(method, HTTPS, self._prefix + path, payload, headers)
        return status, json.loads(text)

    def flower(
        self, port: int, path: str, password: str = CREDENTIALS["flower"]
    ) -> tuple[int, str]:
        """What Flower answers below `/airflow/flower` at one of nginx's ports; status and text."""
        login = b64encode(f"admin:{password}".encode()).decode()
        headers = {"Authorization": f"Basic {login}"}
        return self._ask("GET", port, f"/airflow/flower{path}", None, headers)

    def _ask(
        self, method: str, port: int, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[int, str]:
        connection = http.client.HTTPSConnection(self._host, port, timeout=60)
        plain = socket.create_connection((self._address[0], port), timeout=60)
        connection.sock = self._context.wrap_socket(plain, server_hostname=self._host)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()


def stands_in(credential: str, text: str) -> bool:
    """Whether a text holds a credential: plain, or quoted as JSON, Python or a URI has it."""
    once = json.dumps(credential)[1:-1]
    plain = json.dumps(credential, ensure_ascii=False)[1:-1]
    twice = json.dumps(once)[1:-1]
    forms = (credential, once, twice, plain, repr(credential)[1:-1], quote(credential, safe=""))
    return any(form in text for form in forms)
