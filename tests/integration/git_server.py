"""A git server of the user's own on the node: https with a token and a private CA, and ssh.

Real git on both sides: ``git http-backend`` behind a small TLS server, and Debian's sshd.
"""

from __future__ import annotations

import base64
import os
import shutil
import ssl
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from .node.network import NODE_ADDRESS, program
from .servers import Authority

_USER = "git"
_ENV = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
_SSHD = """
Port {port}
ListenAddress {bind}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/authorized_keys
PidFile none
UsePAM no
PasswordAuthentication no
AllowUsers {user}
SetEnv GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0=*
"""


@dataclass(frozen=True)
class Place:
    """Where pods find the server; by default at any address of the node."""

    host: str = NODE_ADDRESS
    """What is before ``:`` or ``/`` in the URL."""
    bind: str = "0.0.0.0"
    """The address of this machine that it listens at."""
    https_port: int = 8443
    ssh_port: int = 2222


class GitServer:
    """Serves the bare repositories of a folder until it is closed."""

    def __init__(
        self,
        folder: Path,
        token: str,
        place: Place = Place(),
        authority: Authority | None = None,
    ) -> None:
        """Starts both servers.

        Args:
            folder: An empty folder to work in.
            token: What https wants, with any user name; nothing if it is empty.
            place: Where it is.
            authority: Who signs its certificate; one of its own by default.
        """
        self.token = token
        """The token that https wants, with any user name."""
        self.refused = 0
        """Number of requests with another token."""
        self._folder, self._place = folder, place
        self._authority = authority or Authority(folder)
        self._repositories = folder / "repositories"
        self._repositories.mkdir()
        for directory in (folder, *folder.parents):
            directory.chmod(directory.stat().st_mode | 0o055)
        self._make_keys()
        self._https = self._start_https()
        self._sshd = self._start_sshd()

    @property
    def ca(self) -> str:
        """The certificate of the CA that has signed the server's."""
        return self._authority.certificate

    @property
    def ssh_key(self) -> str:
        """The private key of the one user."""
        return (self._folder / "user_key").read_text()

    @property
    def known_hosts(self) -> str:
        """What ssh has to know of the server."""
        key = (self._folder / "host_key.pub").read_text()
        host, port = self._place.host, self._place.ssh_port
        return f"{host if port == 22 else f'[{host}]:{port}'} {key}"

    def https_url(self, name: str) -> str:
        """Where a repository is, for a token."""
        return f"https://{self._place.host}:{self._place.https_port}/{name}.git"

    def ssh_url(self, name: str) -> str:
        """Where a repository is, for a key."""
        place = f"{self._place.host}:{self._place.ssh_port}"
        return f"ssh://{_USER}@{place}{self._repositories}/{name}.git"

    def push(self, name: str, files: Mapping[str, str], tag: str = "") -> str:
        """Commits files to the branch ``main`` of a repository, new or old; the commit."""
        bare, work = self._repositories / f"{name}.git", self._folder / "work" / name
        if not bare.exists():
            self._git("init", "--quiet", "--bare", "--initial-branch=main", str(bare))
            self._git("clone", "--quiet", str(bare), str(work))
        for path, text in files.items():
            (work / path).parent.mkdir(parents=True, exist_ok=True)
            (work / path).write_text(text)
        self._git("add", "--all", folder=work)
        self._git("commit", "--quiet", "--message=change", folder=work)
        if tag:
            self._git("tag", "--annotate", "--message=release", tag, folder=work)
        self._git("push", "--quiet", "--follow-tags", "origin", "HEAD:main", folder=work)
        return self._git("rev-parse", "HEAD", folder=work)

    def add_submodule(self, name: str, path: str, url: str, source: str) -> str:
        """Adds another repository of this server as a submodule; the commit."""
        work, bare = self._folder / "work" / name, self._repositories / f"{source}.git"
        self._git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add",
                  str(bare), path, folder=work)  # fmt: skip
        self._git("config", "--file=.gitmodules", f"submodule.{path}.url", url, folder=work)
        return self.push(name, {})

    def close(self) -> None:
        """Ends both servers."""
        self._https.shutdown()
        self._https.server_close()
        self._sshd.terminate()
        self._sshd.wait()
        for name in ("passwd", "shadow"):
            subprocess.run(["umount", f"/etc/{name}"], check=True)

    def _git(self, *args: str, folder: Path | None = None) -> str:
        who = {f"GIT_{role}_{what}": "test@example.com"
               for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
        done = subprocess.run(
            ["git", *args],
            cwd=folder or self._folder,
            env={**os.environ, **_ENV, **who},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def _make_keys(self) -> None:
        for name, text in self._authority.issue(self._place.host).items():
            (self._folder / name).write_text(text)
        for key in ("host_key", "user_key"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key]
            subprocess.run(command, cwd=self._folder, check=True, capture_output=True)
        shutil.copy(self._folder / "user_key.pub", self._folder / "authorized_keys")

    def _start_https(self) -> ThreadingHTTPServer:
        handler = type("Handler", (_Handler,), {"server_of": self})
        server = ThreadingHTTPServer((self._place.bind, self._place.https_port), handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._folder / "tls.crt", self._folder / "tls.key")
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        threading.Thread(target=server.serve_forever, name="git https", daemon=True).start()
        return server

    def _start_sshd(self) -> subprocess.Popen[bytes]:
        """Starts sshd with a user ``git``, whom only the tests' own mount namespace knows."""
        for name, line in (
            ("passwd", f"{_USER}:x:4242:4242::{self._repositories}:/bin/sh\n"),
            ("shadow", f"{_USER}:*:19000::::::\n"),
        ):
            copy = self._folder / name
            copy.write_text(Path("/etc", name).read_text() + line)
            subprocess.run(["mount", "--bind", str(copy), f"/etc/{name}"], check=True)
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        config = self._folder / "sshd_config"
        text = _SSHD.format(
            port=self._place.ssh_port, bind=self._place.bind, folder=self._folder, user=_USER
        )
        config.write_text(text)
        log = self._folder / "sshd.log"
        return subprocess.Popen([program("sshd"), "-D", "-f", str(config), "-E", str(log)])

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answers one request through ``git http-backend``."""
        scheme, _, credentials = handler.headers.get("Authorization", "").partition(" ")
        sent = base64.b64decode(credentials).decode().partition(":")[2] if scheme else None
        if self.token and sent != self.token:
            self.refused += sent is not None
            handler.send_response(401)
            handler.send_header("WWW-Authenticate", 'Basic realm="git"')
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        path, _, query = handler.path.partition("?")
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        env = {
            **os.environ, **_ENV,
            "GIT_PROJECT_ROOT": str(self._repositories), "GIT_HTTP_EXPORT_ALL": "1",
            "REQUEST_METHOD": handler.command, "PATH_INFO": path, "QUERY_STRING": query,
            "CONTENT_TYPE": handler.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": handler.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": handler.headers.get("Git-Protocol", ""),
        }  # fmt: skip
        done = subprocess.run(
            ["git", "http-backend"], input=body, env=env, check=True, stdout=subprocess.PIPE
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        handler.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)


class _Handler(BaseHTTPRequestHandler):
    server_of: GitServer
    timeout = 60

    def do_GET(self) -> None:
        self.server_of.answer(self)

    def do_POST(self) -> None:
        self.server_of.answer(self)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""
