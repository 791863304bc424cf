"""The stand-in for the Kubernetes API: Secrets and pods over TLS, with tokens and RBAC."""

from __future__ import annotations

import base64
import json
import re
import secrets
import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import parse_qsl, urlsplit

from .network import program
from .objects import Manifest, ObjectStore, namespace_of

if TYPE_CHECKING:
    from .pod_api import PodApi

_SECRETS = re.compile(r"/api/v1/namespaces/(?P<namespace>[^/?]+)/secrets(?:/(?P<name>[^/?]+))?$")
_PODS = re.compile(
    r"/api/v1/namespaces/(?P<namespace>[^/]+)/pods(?:/(?P<name>[^/]+)(?P<log>/log)?)?$"
)
_VERBS = {"GET": "get", "POST": "create", "PATCH": "patch", "DELETE": "delete"}
_RESOURCES = [
    {"name": "pods", "kind": "Pod", "namespaced": True, "singularName": "pod",
     "verbs": ["create", "delete", "get", "list", "patch", "watch"]},
]  # fmt: skip
_DISCOVERY: dict[str, Manifest] = {
    "/version": {"major": "1", "minor": "36", "gitVersion": "v1.36.0"},
    "/apis": {"kind": "APIGroupList", "apiVersion": "v1", "groups": []},
    "/api/v1": {"kind": "APIResourceList", "groupVersion": "v1", "resources": _RESOURCES},
}
"""What every ServiceAccount may read: how clients find out what there is."""

Answer: TypeAlias = Manifest | bytes | Iterator[bytes]
"""An object, a text, or what comes bit by bit."""


class ApiServer:
    """Serves Secrets (create and get) and pods to the ServiceAccounts that may use them."""

    def __init__(self, store: ObjectStore, address: str, folder: Path) -> None:
        self._store = store
        self._tokens: dict[str, tuple[str, str]] = {}
        self._for_others: dict[str, tuple[str, tuple[str, str]]] = {}
        self.requests: list[tuple[str, str, int]] = []
        """Method, path and status of every request, in their order."""
        self.address = address
        self.port = 443
        self.ca_certificate = _make_certificates(folder, address)
        self.pods: PodApi | None = None
        """The pods, once there is a kubelet that runs them."""
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._handle()

            def do_POST(self) -> None:
                self._handle()

            def do_PATCH(self) -> None:
                self._handle()

            def do_DELETE(self) -> None:
                self._handle()

            def _handle(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                scheme, _, token = (self.headers.get("Authorization") or "").partition(" ")
                token = token if scheme.lower() == "bearer" else ""
                status, answer = server._answer(self.command, self.path, token, body)
                server.requests.append((self.command, self.path, status))
                self.send_response(status)
                if isinstance(answer, bytes | dict):
                    text = isinstance(answer, bytes)
                    payload = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                    self.send_header("Content-Type", "text/plain" if text else "application/json")
                    self.send_header("Content-Length", str(len(payload)))
                    self.end_headers()
                    self.wfile.write(payload)
                    return
                self.send_header("Content-Type", "application/json")
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                with suppress(OSError):
                    for part in answer:
                        self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
                        self.wfile.flush()
                    self.wfile.write(b"0\r\n\r\n")

            def log_message(self, format: str, *args: object) -> None:
                return

        self._http = ThreadingHTTPServer((address, self.port), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "server.crt", folder / "server.key")
        self._http.socket = context.wrap_socket(self._http.socket, server_side=True)
        threading.Thread(target=self._http.serve_forever, name="api", daemon=True).start()

    def token(self, namespace: str, service_account: str, audience: str = "") -> str:
        """A new bearer token of a ServiceAccount: for this API, or for another audience alone."""
        token = secrets.token_urlsafe(32)
        if audience:
            self._for_others[token] = (audience, (namespace, service_account))
        else:
            self._tokens[token] = (namespace, service_account)
        return token

    def review(self, token: str, audience: str) -> tuple[str, str] | None:
        """Namespace and name of the ServiceAccount that a token is of, as a TokenReview tells."""
        known, account = self._for_others.get(token, ("", None))
        return account if known == audience else None

    def close(self) -> None:
        """Stops serving."""
        if self.pods is not None:
            self.pods.close()
        self._http.shutdown()
        self._http.server_close()

    def _answer(self, method: str, path: str, token: str, body: bytes) -> tuple[int, Answer]:
        caller = self._tokens.get(token)
        if caller is None:
            return _status(401, "Unauthorized", "no valid bearer token")
        address = urlsplit(path)
        if method == "GET" and address.path in _DISCOVERY:
            return 200, _DISCOVERY[address.path]
        pods = _PODS.match(address.path)
        if pods is not None and self.pods is not None:
            query = dict(parse_qsl(address.query))
            return self._answer_pods(self.pods, caller, method, pods.groupdict(), query, body)
        match = _SECRETS.match(path)
        if match is None or (method == "POST") == (match["name"] is not None):
            return _status(404, "NotFound", f"the stand-in API has no {method} {path}")
        namespace, name = match["namespace"], match["name"]
        if not self._allowed(caller, namespace, "secrets", _VERBS[method], name):
            return _status(403, "Forbidden", f"{caller[1]} cannot {_VERBS[method]} secrets")
        if method == "GET" and name is not None:
            found = self._store.get("Secret", namespace, name)
            return (200, found) if found else _status(404, "NotFound", f"no secret {name}")
        if method == "PATCH":
            return self._patch(namespace, str(name), json.loads(body))
        return self._create(namespace, json.loads(body))

    def _answer_pods(
        self,
        pods: PodApi,
        caller: tuple[str, str],
        method: str,
        asked: Mapping[str, str | None],
        query: Mapping[str, str],
        body: bytes,
    ) -> tuple[int, Answer]:
        namespace, name = str(asked["namespace"]), asked["name"]
        resource = "pods/log" if asked["log"] else "pods"
        watch = query.get("watch", "").lower() in ("true", "1")
        verb = _VERBS[method]
        if verb == "get" and name is None:
            verb = "watch" if watch else "list"
        if not self._allowed(caller, namespace, resource, verb, name):
            return _status(403, "Forbidden", f"{caller[1]} cannot {verb} {resource}")
        labels = query.get("labelSelector", "")
        if verb == "watch":
            seconds = float(query.get("timeoutSeconds", 3600))
            return 200, pods.watch(namespace, labels, query.get("resourceVersion", ""), seconds)
        if verb == "list":
            return 200, pods.list(namespace, labels, query.get("fieldSelector", ""))
        found: Answer | None
        if verb == "create":
            found = pods.create(namespace, json.loads(body))
            taken = _status(409, "AlreadyExists", "there is a pod of that name")
            return (201, found) if found else taken
        name = str(name)
        if resource == "pods/log":
            found = pods.log(
                namespace, name, query.get("container", ""), int(query.get("tailLines", 0))
            )
        elif verb == "patch":
            found = pods.patch(namespace, name, json.loads(body))
        else:
            found = (pods.delete if verb == "delete" else pods.get)(namespace, name)
        missing = _status(404, "NotFound", f'pods "{name}" not found')
        return missing if found is None else (200, found)

    def _patch(self, namespace: str, name: str, patch: Manifest) -> tuple[int, Manifest]:
        """Merges the data of a Secret."""
        found = self._store.get("Secret", namespace, name)
        if found is None:
            return _status(404, "NotFound", f"no secret {name}")
        data = {**(found.get("data") or {}), **patch["data"]}
        _, now = self._store.put({**found, "data": data})
        return 200, now

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
        self, caller: tuple[str, str], namespace: str, resource: str, verb: str, name: str | None
    ) -> bool:
        for binding in self._store.all("RoleBinding", namespace):
            subjects = binding.get("subjects", [])
            bound = any(
                subject["kind"] == "ServiceAccount"
                and (subject.get("namespace", namespace_of(binding)), subject["name"]) == caller
                for subject in subjects
            )
            role = self._store.get("Role", namespace, binding["roleRef"]["name"])
            if (
                bound
                and role
                and any(_covers(rule, resource, verb, name) for rule in role["rules"])
            ):
                return True
        return False


def _covers(rule: Manifest, resource: str, verb: str, name: str | None) -> bool:
    names = rule.get("resourceNames")
    return (
        bool({"", "*"} & set(rule.get("apiGroups", [])))
        and bool({resource, "*"} & set(rule.get("resources", [])))
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
