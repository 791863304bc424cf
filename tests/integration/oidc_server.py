"""A certified OpenID Connect provider (npm's oidc-provider), as a process outside the cluster."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .bundle import REPOSITORY
from .node.network import program
from .web_session import Page, WebSession

_NODE = REPOSITORY / ".venv/nodejs/node"
_PROGRAM = REPOSITORY / "tests/integration/oidc/provider.mjs"
_PACKAGES = REPOSITORY / "build/oidc-provider"


class OidcServer:
    """Knows people by their name, with any password, until it is closed."""

    def __init__(
        self,
        folder: Path,
        host: str,
        address: str,
        tls: Mapping[str, str],
        client: Mapping[str, str],
    ) -> None:
        """Starts the provider on port 443.

        Args:
            folder: An empty folder to work in.
            host: What it is called; its issuer is `https://<host>`.
            address: Where it listens.
            tls: `tls.crt` and `tls.key`.
            client: `id`, `secret` and `redirect_uri` of the one client.
        """
        self.people: dict[str, dict[str, Any]] = {}
        """Name -> claims."""
        self.host = host
        self._state = folder / "state.json"
        self.say()
        for name in ("tls.crt", "tls.key"):
            (folder / name).write_text(tls[name])
        settings = {
            "issuer": f"https://{host}", "address": address, "port": 443, "client": client,
            "state": str(self._state),
            "tls": {"cert": str(folder / "tls.crt"), "key": str(folder / "tls.key")},
        }  # fmt: skip
        (folder / "settings.json").write_text(json.dumps(settings))
        self._log = folder / "provider.log"
        node = str(_NODE) if _NODE.exists() else program("node")
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [node, str(_PROGRAM), str(_PACKAGES), str(folder / "settings.json")],
                stdout=log, stderr=log,
            )  # fmt: skip
        deadline = time.monotonic() + 30
        while "listens" not in self._log.read_text():
            assert self._process.poll() is None, self._log.read_text()
            assert time.monotonic() < deadline, self._log.read_text()
            time.sleep(0.1)

    def say(self, **spoiled: object) -> None:
        """Answers as it should from now on, but for what is spoiled: see `provider.mjs`."""
        self._state.write_text(json.dumps({"accounts": self.people, **spoiled}))

    def log_in(self, web: WebSession, page: Page, name: str) -> Page:
        """Fills in the provider's pages until the user is sent back, and the page behind that."""
        while urlsplit(page.url).hostname == self.host:
            found = re.search(r'name="prompt" value="(\w+)"', page.text)
            assert found, f"{page.url}: HTTP {page.status}\n{page.text}\n{self._log.read_text()}"
            page = web.submit(page, prompt=found[1], login=name, password="any")
        return page

    def close(self) -> None:
        """Ends it."""
        self._process.terminate()
        self._process.wait(20)
