"""A package index of the user's own, which asks for a password: for pip, by http or by TLS."""

from __future__ import annotations

import base64
import ssl
import threading
import zipfile
from collections.abc import Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PASSWORD = "Zx81-of-the-index"


class PackageIndex:
    """Serves the wheels that it has made until it is closed."""

    def __init__(
        self,
        folder: Path,
        address: str = "127.0.0.1",
        port: int = 0,
        tls: Mapping[str, str] | None = None,
    ) -> None:
        """Starts the server.

        Args:
            folder: An empty folder to work in.
            address: Where it listens.
            port: Any by default.
            tls: ``tls.crt`` and ``tls.key``; plain http by default.
        """
        self._folder, self._scheme = folder / "index", "https" if tls else "http"
        self._folder.mkdir()
        handler = partial(_Handler, directory=str(self._folder))
        self._server = ThreadingHTTPServer((address, port), handler)
        if tls:
            for name, text in tls.items():
                (folder / name).write_text(text)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(folder / "tls.crt", folder / "tls.key")
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def pip_conf(self, host: str = "127.0.0.1") -> str:
        """The text of a pip.conf for this index alone, password included."""
        place = f"{host}:{self._server.server_port}"
        url = f"{self._scheme}://team:{PASSWORD}@{place}/simple"
        return f"[global]\nindex-url = {url}\nretries = 0\n"

    def add(self, name: str, version: str, *needs: str) -> None:
        """Adds a package with one module of its name, whose ``VERSION`` is its version."""
        place = self._folder / "simple" / name
        place.mkdir(parents=True, exist_ok=True)
        info = f"{name}-{version}.dist-info"
        requires = "".join(f"Requires-Dist: {need}\n" for need in needs)
        file = f"{name}-{version}-py3-none-any.whl"
        with zipfile.ZipFile(place / file, "w") as wheel:
            wheel.writestr(f"{name}.py", f"VERSION = {version!r}\n")
            metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{requires}"
            wheel.writestr(f"{info}/METADATA", metadata)
            kind = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            wheel.writestr(f"{info}/WHEEL", kind)
            wheel.writestr(f"{info}/RECORD", "")
        links = "".join(f'<a href="{w.name}">{w.name}</a>' for w in place.glob("*.whl"))
        (place / "index.html").write_text(links)

    def close(self) -> None:
        """Ends the server."""
        self._server.shutdown()
        self._server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        wanted = base64.b64encode(f"team:{PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {wanted}":
            self.send_response(401)
            self.send_header("WWW-Authenticate", "Basic")
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""
