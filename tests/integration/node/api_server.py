"""The stand-in for the Kubernetes API: Secrets over TLS, with tokens and RBAC."""

from __future__ import annotations

import base64
import json
import re
import secrets
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from .network import program
from .objects import Manifest, ObjectStore, namespace_of

_SECRETS = re.compile(r"/api/v1/namespaces/(?P<namespace>[^/?]+)/secrets(?:/(?P<name>[^/?]+))?$")
_VERBS = {"GET": "get", "POST": "create"}


class ApiServer:
    """Serves ``POST`` and ``GET`` of Secrets to the ServiceAccounts that may use them."""

    def __init__(self, store: ObjectStore, address: str, folder: Path) -> None:
        self._store = store
        self._tokens: dict[str, tuple[str, str]] = {}
        self.requests: list[tuple[str, str, int]] = []
        """Method, path and status of every request, in their order."""
        self.address = address
        self.port = 443
        self.ca_certificate = _make_certificates(folder, address)
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._handle()

            def do_POST(self) -> None:
                self._handle()

            def _handle(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
                status, answer = server._answer(self.command, self.path, token, body)
                server.requests.append((self.command, self.path, status))
                payload = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, format: str, *args: object) -> None:
                return

        self._http = ThreadingHTTPServer((address, self.port), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "server.crt", folder / "server.key")
        self._http.socket = context.wrap_socket(self._http.socket, server_side=True)
        threading.Thread(target=self._http.serve_forever, name="api", daemon=True).start()

    def token(self, namespace: str, service_account: str) -> str:
        """A new bearer token of a ServiceAccount."""
        token = secrets.token_urlsafe(32)
        self._tokens[token] = (namespace, service_account)
        return token

    def close(self) -> None:
        """Stops serving."""
        self._http.shutdown()
        self._http.server_close()

    def _answer(self, method: str, path: str, token: str, body: bytes) -> tuple[int, Manifest]:
        caller = self._tokens.get(token)
        if caller is None:
            return _status(401, "Unauthorized", "no valid bearer token")
        match = _SECRETS.match(path)
        if match is None or (method == "POST") == (match["name"] is not None):
            return _status(404, "NotFound", f"the stand-in API has no {method} {path}")
        namespace, name = match["namespace"], match["name"]
        if not self._allowed(caller, namespace, _VERBS[method], name):
            return _status(403, "Forbidden", f"{caller[1]} cannot {_VERBS[method]} secrets")
        if method == "GET" and name is not None:
            found = self._store.get("Secret", namespace, name)
            return (200, found) if found else _status(404, "NotFound", f"no secret {name}")
        return self._create(namespace, json.loads(body))

    def _create(self, namespace: str, secret: Manifest) -> tuple[int, Manifest]:
        name = secret["metadata"]["name"]
        if self._store.get("Secret", namespace, name):
            return _status(409, "AlreadyExists", f'secrets "{name}" already exists')
        if (secret.get("apiVersion"), secret.get("kind")) != ("v1", "Secret"):
            return _status(400, "BadRequest", "the body is no v1 Secret")
        data = dict(secret.get("data") or {})
        try:
            for value in data.values():
                base64.b64decode(value, validate=True)
        except ValueError as error:
            return _status(400, "BadRequest", f"data is not base64: {error}")
        for key, text in (secret.pop("stringData", None) or {}).items():
            data[key] = base64.b64encode(text.encode()).decode()
        secret["data"] = data
        secret["metadata"]["namespace"] = namespace
        self._store.put(secret)
        return 201, secret

    def _allowed(
        self, caller: tuple[str, str], namespace: str, verb: str, name: str | None
    ) -> bool:
        for binding in self._store.all("RoleBinding", namespace):
            subjects = binding.get("subjects", [])
            bound = any(
                subject["kind"] == "ServiceAccount"
                and (subject.get("namespace", namespace_of(binding)), subject["name"]) == caller
                for subject in subjects
            )
            role = self._store.get("Role", namespace, binding["roleRef"]["name"])
            if bound and role and any(_covers(rule, verb, name) for rule in role["rules"]):
                return True
        return False


def _covers(rule: Manifest, verb: str, name: str | None) -> bool:
    names = rule.get("resourceNames")
    return (
        bool({"", "*"} & set(rule.get("apiGroups", [])))
        and bool({"secrets", "*"} & set(rule.get("resources", [])))
        and bool({verb, "*"} & set(rule["verbs"]))
        and (not names or name in names)
    )


def _status(code: int, reason: str, message: str) -> tuple[int, Manifest]:
    return code, {
        "kind": "Status", "apiVersion": "v1", "status": "Failure",
        "code": code, "reason": reason, "message": message,
    }  # fmt: skip


def _make_certificates(folder: Path, address: str) -> bytes:
    """Writes a CA and a server certificate for the API address; returns the CA certificate."""
    names = f"subjectAltName=IP:{address},DNS:kubernetes.default.svc"
    new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

    def openssl(*arguments: str) -> None:
        command = [program("openssl"), *arguments]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)

    openssl(
        "req", "-x509", *new_key, "-subj", "/CN=stand-in-ca", "-days", "2",
        "-keyout", "ca.key", "-out", "ca.crt",
    )  # fmt: skip
    openssl(
        "req", "-x509", *new_key, "-subj", "/CN=kube-apiserver", "-days", "2",
        "-CA", "ca.crt", "-CAkey", "ca.key", "-addext", names,
        "-addext", "basicConstraints=critical,CA:FALSE",
        "-keyout", "server.key", "-out", "server.crt",
    )  # fmt: skip
    return (folder / "ca.crt").read_bytes()
