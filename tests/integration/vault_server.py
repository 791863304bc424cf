"""A Vault of the user's own, by TLS: the auth methods of Kubernetes and AppRole, a KV engine 2."""

from __future__ import annotations

import json
import secrets
import ssl
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from .node.objects import Manifest

AUDIENCE = "vault"


class VaultServer:
    """Serves secrets, until it is closed, to the ServiceAccounts that a role names."""

    def __init__(
        self,
        folder: Path,
        address: str,
        tls: Mapping[str, str],
        review: Callable[[str, str], tuple[str, str] | None],
    ) -> None:
        """Starts the server on port 8200.

        Args:
            folder: An empty folder to work in.
            address: Where it listens.
            tls: ``tls.crt`` and ``tls.key``.
            review: Token and audience -> namespace and name of its ServiceAccount, if it is good.
        """
        self.authority = tls.get("ca.crt", "")
        """The certificate of who signed the server's."""
        self._review = review
        self._roles: dict[str, tuple[str, str]] = {}
        self._secrets: dict[str, Mapping[str, str]] = {}
        self._app_roles: dict[str, str] = {}
        self._clients: set[str] = set()
        vault = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                self._answer(*vault._login(self.path, json.loads(self.rfile.read(length))))

            def do_GET(self) -> None:
                self._answer(*vault._read(self.path, self.headers.get("X-Vault-Token", "")))

            def _answer(self, status: int, answer: Manifest) -> None:
                payload = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, format: str, *args: object) -> None:
                return

        self._server = ThreadingHTTPServer((address, 8200), Handler)
        for name, text in tls.items():
            (folder / name).write_text(text)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "tls.crt", folder / "tls.key")
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def role(self, name: str, namespace: str, account: str) -> None:
        """Lets a ServiceAccount log in as a role."""
        self._roles[name] = (namespace, account)

    def app_role(self, role_id: str, secret_id: str) -> None:
        """Lets whoever knows both log in."""
        self._app_roles[role_id] = secret_id

    def put(self, path: str, **entries: str) -> None:
        """Writes a secret, by its path in the API."""
        self._secrets[path] = entries

    def close(self) -> None:
        """Ends the server."""
        self._server.shutdown()
        self._server.server_close()

    def _login(self, path: str, body: Mapping[str, str]) -> tuple[int, Manifest]:
        if path == "/v1/auth/approle/login":
            good = self._app_roles.get(body["role_id"]) == body["secret_id"]
        elif path == "/v1/auth/kubernetes/login":
            caller = self._review(body["jwt"], AUDIENCE)
            good = caller is not None and self._roles.get(body["role"]) == caller
        else:
            return 404, {"errors": ["no handler for route"]}
        if not good:
            return 403, {"errors": ["permission denied"]}
        token = secrets.token_urlsafe(16)
        self._clients.add(token)
        return 200, {"auth": {"client_token": token, "lease_duration": 3600, "renewable": True}}

    def _read(self, path: str, token: str) -> tuple[int, Manifest]:
        if token not in self._clients:
            return 403, {"errors": ["permission denied"]}
        found = self._secrets.get(path.removeprefix("/v1/"))
        if found is None:
            return 404, {"errors": []}
        return 200, {"data": {"data": found, "metadata": {"version": 1}}}
