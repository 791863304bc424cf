"""What Airflow's auth manager asks Keycloak: tokens, who has one, and what he may do (UMA)."""

from __future__ import annotations

import base64
import json
import ssl
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

UMA = "urn:ietf:params:oauth:grant-type:uma-ticket"
REALM = "data"


class KeycloakServer:
    """One realm with one client; a person is logged in at it, and comes back at once."""

    def __init__(
        self, folder: Path, host: str, address: str, tls: Mapping[str, str], client: tuple[str, str]
    ) -> None:
        """Starts the server on port 443.

        Args:
            folder: An empty folder to work in.
            host: What it is called.
            address: Where it listens.
            tls: `tls.crt` and `tls.key`.
            client: Id and secret of the client.
        """
        self.person = "ada"
        """Who is logged in at the server, and sent back."""
        self.rights: dict[str, set[str]] = {}
        """Person -> what is allowed: `*`, `Resource#SCOPE`, or `Resource#SCOPE id`."""
        self.passwords: dict[str, str] = {}
        """Person or client -> password or secret."""
        self.asked: list[str] = []
        """What the auth manager has asked for, of all persons."""
        self._url, self._client, self._codes = f"https://{host}/realms/{REALM}", client, 0
        keycloak = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                keycloak._get(self, urlsplit(self.path))

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                form = parse_qs(self.rfile.read(length).decode())
                keycloak._post(self, form)

            def log_message(self, format: str, *args: object) -> None:
                return

        for name in ("tls.crt", "tls.key"):
            (folder / name).write_text(tls[name])
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(folder / "tls.crt", folder / "tls.key")
        self._server = ThreadingHTTPServer((address, 443), Handler)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stops it."""
        self._server.shutdown()
        self._server.server_close()

    def _get(self, handler: BaseHTTPRequestHandler, url: Any) -> None:
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        path = url.path.removeprefix(f"/realms/{REALM}")
        base = f"{self._url}/protocol/openid-connect"
        if path == "/.well-known/openid-configuration":
            endpoints = {"authorization": "auth", "token": "token", "userinfo": "userinfo"}
            found = {f"{name}_endpoint": f"{base}/{end}" for name, end in endpoints.items()}
            ends = {"end_session_endpoint": f"{base}/logout", "issuer": self._url}
            _answer(handler, 200, {**found, **ends})
        elif path == "/protocol/openid-connect/auth" and query["client_id"] == self._client[0]:
            back = {"code": f"code-{self.person}", "state": query["state"]}
            _redirect(handler, f"{query['redirect_uri']}?{urlencode(back)}")
        elif path == "/protocol/openid-connect/logout" and "id_token_hint" in query:
            _redirect(handler, query["post_logout_redirect_uri"])
        elif path == "/protocol/openid-connect/userinfo":
            if name := _bearer(handler):
                _answer(handler, 200, {"sub": f"id-{name}", "preferred_username": name})
            else:
                _answer(handler, 401, {"error": "invalid_token"})
        else:
            _answer(handler, 404, {"error": path})

    def _post(self, handler: BaseHTTPRequestHandler, form: Mapping[str, list[str]]) -> None:
        first = {name: values[0] for name, values in form.items()}
        if first.get("grant_type") == UMA:
            return self._decide(handler, form)
        client = (first.get("client_id", ""), first.get("client_secret", ""))
        name = self._person(first, client)
        if name is None:
            return _answer(handler, 401, {"error": "invalid_grant"})
        refresh = {} if name == client[0] else {"refresh_token": _token(name)}
        answer = {"access_token": _token(name), "id_token": _token(name), **refresh}
        return _answer(handler, 200, {**answer, "token_type": "Bearer", "expires_in": 600})

    def _person(self, form: Mapping[str, str], client: tuple[str, str]) -> str | None:
        if form["grant_type"] == "client_credentials":
            return client[0] if self.passwords.get(client[0]) == client[1] else None
        if client != self._client:
            return None
        if form["grant_type"] == "password":
            known = self.passwords.get(form["username"])
            return form["username"] if known and known == form["password"] else None
        return form["code"].removeprefix("code-")

    def _decide(self, handler: BaseHTTPRequestHandler, form: Mapping[str, list[str]]) -> None:
        name = _bearer(handler)
        if name is None or form["audience"] != [self._client[0]]:
            return _answer(handler, 401, {"error": "invalid_grant"})
        pushed = json.loads(base64.b64decode(form.get("claim_token", ["e30="])[0]))
        (of_one,) = pushed.get("resource_id", [""])
        rights = self.rights.get(name, set())
        self.asked += form["permission"]
        allowed = [
            wanted for wanted in form["permission"] if rights & {"*", wanted, f"{wanted} {of_one}"}
        ]
        if form.get("response_mode") == ["permissions"]:
            pairs = (wanted.split("#") for wanted in allowed)
            return _answer(handler, 200, [{"rsname": n, "scopes": [s]} for n, s in pairs])
        if allowed:
            return _answer(handler, 200, {"access_token": "rpt"})
        return _answer(handler, 403, {"error": "access_denied"})


def _token(name: str) -> str:
    claims = {"sub": f"id-{name}", "name": name, "exp": int(time.time()) + 600}
    parts = ({"alg": "none"}, claims, {"signature": "none"})
    encoded = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts)
    return ".".join(part.rstrip("=") for part in encoded)


def _bearer(handler: BaseHTTPRequestHandler) -> str | None:
    token = handler.headers.get("Authorization", "").removeprefix("Bearer ")
    try:
        claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    except (IndexError, ValueError):
        return None
    return str(claims["name"])


def _answer(handler: BaseHTTPRequestHandler, status: int, answer: Any) -> None:
    payload = json.dumps(answer).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(payload)))
    handler.end_headers()
    handler.wfile.write(payload)


def _redirect(handler: BaseHTTPRequestHandler, url: str) -> None:
    handler.send_response(302)
    handler.send_header("Location", url)
    handler.send_header("Content-Length", "0")
    handler.end_headers()
