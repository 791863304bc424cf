"""A headless Chromium, driven over a pipe by its DevTools protocol."""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .node.network import program
from .node.patience import patience

_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--ignore-certificate-errors", "--remote-debugging-pipe"),
)


class ProtocolError(Exception):
    """Chromium refuses a command."""


class Browser:
    """One page; remembers the status of everything that it loads."""

    def __init__(
        self, host: str, address: str, folder: Path, others: Mapping[str, str] | None = None
    ) -> None:
        """Starts it.

        Args:
            host: A name that it is to find.
            address: At this address.
            folder: An empty folder to work in.
            others: More names, each with its address.
        """
        commands, self._commands = os.pipe()
        self._answers, answers = os.pipe()
        # The pipe's ends have to be file descriptors 3 and 4.
        join = f'exec {program("chromium")} "$@" 3<&{commands} 4>&{answers}'
        names = {host: address, **(others or {})}
        rules = ", ".join(f"MAP {name} {where}" for name, where in names.items())
        flags = (f"--user-data-dir={folder}", f"--host-resolver-rules={rules}")
        self._log = (folder / "chromium.log").open("wb")
        self._process = subprocess.Popen(
            ["bash", "-c", join, "chromium", *_FLAGS, *flags, "about:blank"],
            pass_fds=(commands, answers),
            env={**os.environ, "HOME": str(folder)},
            stdout=self._log,
            stderr=self._log,
        )
        os.close(commands)
        os.close(answers)
        self._buffer = b""
        self._number = 0
        self._session: str | None = None
        self.loaded: list[tuple[int, str]] = []
        """Status and path of all that was loaded."""
        page = self._call("Target.createTarget", url="about:blank")["targetId"]
        attached = self._call("Target.attachToTarget", targetId=page, flatten=True)
        self._session = attached["sessionId"]
        self._call("Network.enable")
        self._call("Page.enable")

    def open(self, url: str) -> None:
        """Goes to a URL."""
        self._call("Page.navigate", url=url)

    def authenticate(self, username: str, password: str) -> None:
        """Sends a login by HTTP basic authentication with everything from now on."""
        login = base64.b64encode(f"{username}:{password}".encode()).decode()
        self._call("Network.setExtraHTTPHeaders", headers={"Authorization": f"Basic {login}"})

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        answer = self._call("Runtime.evaluate", expression=expression, returnByValue=True)
        return answer["result"].get("value")

    def wait_for(self, expression: str, timeout: float = 120) -> None:
        """Waits until a JavaScript expression is true in the page."""
        deadline = time.monotonic() + patience(timeout)
        while not self._holds(expression):
            if time.monotonic() > deadline:
                text = self.evaluate("location.href + '\\n' + document.documentElement.outerHTML")
                raise TimeoutError(f"never true: {expression}\n{self.loaded}\n{text}")
            time.sleep(0.3)

    def _holds(self, expression: str) -> bool:
        """Whether an expression is true; it is not while one page gives way to the next."""
        try:
            return bool(self.evaluate(expression))
        except ProtocolError:
            return False

    def picture(self, width: int, height: int) -> bytes:
        """What the page looks like in a window of that size, as a PNG."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._call("Emulation.setDeviceMetricsOverride", **size)
        return base64.b64decode(self._call("Page.captureScreenshot", format="png")["data"])

    def close(self) -> None:
        """Ends it."""
        self._process.kill()
        self._process.wait(20)
        self._log.close()
        os.close(self._commands)
        os.close(self._answers)

    def _call(self, method: str, **params: object) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while (answer := self._read()).get("id") != self._number:
            if answer.get("method") == "Network.responseReceived":
                response = answer["params"]["response"]
                url = urlsplit(response["url"])
                if url.scheme == "https":
                    self.loaded.append((int(response["status"]), url.path))
        if "error" in answer:
            raise ProtocolError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _read(self, timeout: float = 60) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            if not select.select([self._answers], [], [], timeout)[0]:
                raise TimeoutError(
                    f"Chromium says nothing; it runs: {self._process.poll() is None}"
                )
            piece = os.read(self._answers, 1 << 16)
            if not piece:
                raise ConnectionError(f"Chromium has ended: {Path(self._log.name).read_text()}")
            self._buffer += piece
        text, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        return message
