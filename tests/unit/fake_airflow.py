"""The REST API of Airflow in memory, as far as it is used; the real one is in integration."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

KEYS = {
    "connections": "connection_id",
    "variables": "key",
    "pools": "name",
    "roles": "name",
    "users": "username",
}
PASSWORD = "password-of-the-account"
HIDDEN = "***"


class FakeAirflow:
    """The objects, what was asked, and faults to come."""

    def __init__(self) -> None:
        """Airflow with its own pool."""
        self.rows: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in KEYS}
        self.rows["pools"]["default_pool"] = {
            "name": "default_pool", "slots": 128, "description": "own", "include_deferred": False,
        }  # fmt: skip
        self.requests: list[tuple[str, str, Any]] = []
        self.faults: list[tuple[int, Any]] = []
        """Status and body of the next answers to writes."""
        self.lost = 0
        """How many of the next new objects are made while the answer is lost."""
        self.before_write: Callable[[], None] | None = None
        self.url = ""

    @property
    def written(self) -> list[str]:
        """Kinds that were written to, our record aside."""
        return [path for method, path, body in self.requests if method != "GET"
                and "made-by-code" not in json.dumps(body) and "token" not in path]  # fmt: skip

    def ids(self, kind: str) -> set[str]:
        """The objects of a kind, our record aside."""
        return {id for id in self.rows[kind] if "made-by-code" not in id}

    def answer(self, method: str, target: str, body: Any) -> tuple[int, Any]:
        """Status and answer of one request."""
        self.requests.append((method, target, body))
        parts = urlsplit(target)
        _, _, *steps = parts.path.split("/")
        if parts.path == "/auth/token":
            good = body["password"] == PASSWORD
            return (201, {"access_token": "t"}) if good else (401, {"detail": "no"})
        if method != "GET" and self.faults and "made-by-code" not in json.dumps(body):
            return self.faults.pop(0)
        kind = next(step for step in steps if step in KEYS)
        id = unquote(steps[-1]) if steps[-1] != kind else ""
        if method == "GET":
            return 200, self._page(kind, parse_qs(parts.query))
        if id == "test":
            return 200, {"status": False, "message": f"no way in with {body['password']}"}
        if method == "POST":
            return self._create(kind, body)
        if method == "DELETE":
            return (204, {}) if self.rows[kind].pop(id, None) else (404, {"detail": "gone"})
        if id:
            self.rows[kind][id] |= {k: v for k, v in body.items()}
            return 200, {}
        return self._bulk(kind, body["actions"][0])

    def _page(self, kind: str, query: dict[str, list[str]]) -> Any:
        pattern = query.get("connection_id_pattern", ["%"])[0].rstrip("%")
        found = [row for id, row in self.rows[kind].items() if id.startswith(pattern)]
        offset, limit = int(query["offset"][0]), int(query["limit"][0])
        page = [self._shown(kind, row) for row in found[offset : offset + limit]]
        return {kind: page, "total_entries": len(found)}

    @staticmethod
    def _shown(kind: str, row: dict[str, Any]) -> dict[str, Any]:
        if kind == "connections":
            extra = json.loads(row.get("extra") or "null")
            shown = {k: HIDDEN if "token" in k else v for k, v in (extra or {}).items()}
            password = HIDDEN if row.get("password") else None
            return {**row, "password": password, "extra": json.dumps(shown) if extra else None}
        return {k: v for k, v in row.items() if k != "password"}

    def _create(self, kind: str, body: Any) -> tuple[int, Any]:
        id = body[KEYS[kind]]
        if id in self.rows[kind]:
            return 409, {"detail": {"reason": "Unique constraint violation"}}
        self.rows[kind][id] = dict(body)
        if self.lost:
            self.lost -= 1
            return 503, {}
        return 201, body

    def _bulk(self, kind: str, action: Any) -> tuple[int, Any]:
        hook = self.before_write if kind == "pools" else None
        if hook:
            self.before_write = None
            hook()
        name, entities = action["action"], action["entities"]
        for number, entity in enumerate(entities):
            if name != "delete" and entity.get("slots") == -7:
                where = ["body", "actions", 0, name, "entities", number, "slots"]
                return 422, {"detail": [{"loc": where, "msg": "too low", "input": "hidden"}]}
        ids = [entity if name == "delete" else entity[KEYS[kind]] for entity in entities]
        known = [id for id in ids if id in self.rows[kind]]
        wrong = known if name == "create" else sorted(set(ids) - set(known))
        if wrong and name != "delete":
            code = 409 if name == "create" else 404
            return 200, {name: {"success": [], "errors": [{"error": "x", "status_code": code}]}}
        for id, entity in zip(ids, entities, strict=True):
            if name == "delete":
                self.rows[kind].pop(id, None)
            else:
                fields = action.get("update_mask") or entity
                row = self.rows[kind].setdefault(id, {})
                row |= {field: entity[field] for field in fields}
        return 200, {name: {"success": ids, "errors": []}}


@contextmanager
def fake_airflow() -> Iterator[FakeAirflow]:
    """A server of it, while the block runs."""
    airflow = FakeAirflow()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            status, answer = airflow.answer(self.command, self.path, body)
            text = b"" if status == 204 else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_POST = do_PATCH = do_DELETE = do_GET  # noqa: N815 - names of the base class

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    airflow.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield airflow
    finally:
        server.shutdown()
        server.server_close()
