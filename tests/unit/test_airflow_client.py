"""The client of the integration tests, with a server that answers as Airflow's REST API does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from integration.airflow_client import AirflowClient

DAG = "/api/v2/dags/slow"


class _Api(BaseHTTPRequestHandler):
    """Has the DAG from the third question on, and answers nobody without a token."""

    log: list[tuple[str, str, int]]

    def do_GET(self) -> None:
        asked = [entry for entry in self.log if entry[:2] == ("GET", self.path)]
        self._answer(404 if sum(status == 404 for *_, status in asked) < 2 else 200, {})

    def do_PATCH(self) -> None:
        self._answer(200, {})

    def do_POST(self) -> None:
        if self.path == "/auth/token":
            self._answer(201, {"access_token": "t"}, True)
        else:
            self._answer(200, {"dag_run_id": "run"})

    def _answer(self, status: int, body: dict[str, str], everybody: bool = False) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not everybody and self.headers["Authorization"] != "Bearer t":
            status = 401
        self.log.append((self.command, self.path, status))
        payload = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def server() -> Iterator[tuple[AirflowClient, list[tuple[str, str, int]]]]:
    """A client of such a server, and what the server was asked."""
    log: list[tuple[str, str, int]] = []
    api = ThreadingHTTPServer(("127.0.0.1", 0), type("Api", (_Api,), {"log": log}))
    threading.Thread(target=api.serve_forever, args=(0.01,), daemon=True).start()
    yield AirflowClient("127.0.0.1", api.server_port, "admin", "pw"), log
    api.shutdown()
    api.server_close()


def test_the_first_run_of_a_client_waits_until_its_dag_is_parsed(
    server: tuple[AirflowClient, list[tuple[str, str, int]]],
) -> None:
    client, log = server
    assert client.trigger("slow") == "run"
    assert log == [
        ("POST", "/auth/token", 201),
        ("GET", DAG, 404),
        ("GET", DAG, 404),
        ("GET", DAG, 200),
        ("PATCH", DAG, 200),
        ("POST", f"{DAG}/dagRuns", 200),
    ]


def test_a_user_who_may_not_see_a_dag_is_told_at_once(
    server: tuple[AirflowClient, list[tuple[str, str, int]]],
) -> None:
    client, _ = server
    client._token = "of another"
    with pytest.raises(AssertionError, match="slow: HTTP 401"):
        client.trigger("slow")
