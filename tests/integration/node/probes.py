"""The probes of a container, run by the rules of the kubelet."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from .container import Container
from .objects import Manifest, NodeError, refuse_unknown_fields
from .proxy import port_number

_KNOWN = (
    "exec", "failureThreshold", "httpGet", "initialDelaySeconds", "periodSeconds",
    "successThreshold", "tcpSocket", "terminationGracePeriodSeconds", "timeoutSeconds",
)  # fmt: skip


@dataclass(frozen=True)
class ProbeResult:
    """One answer of a probe."""

    success: bool
    detail: str
    seconds: float


def probe_once(probe: Manifest, pod: Manifest, ip: str, container: Container) -> ProbeResult:
    """Asks once, within the probe's own timeout."""
    refuse_unknown_fields("probe", probe, _KNOWN)
    timeout = float(probe.get("timeoutSeconds", 1))
    start = time.monotonic()
    try:
        success, detail = _ask(probe, pod, ip, container, timeout)
    except (OSError, http.client.HTTPException) as error:
        success, detail = False, f"{type(error).__name__}: {error}"
    seconds = time.monotonic() - start
    if seconds > timeout + 1:
        success, detail = False, f"timed out: {detail}"
    return ProbeResult(success, detail, seconds)


def _ask(
    probe: Manifest, pod: Manifest, ip: str, container: Container, timeout: float
) -> tuple[bool, str]:
    if "exec" in probe:
        result = container.exec(probe["exec"]["command"], timeout)
        late = " (timed out)" if result.timed_out else ""
        return result.exit_code == 0, f"exit code {result.exit_code}{late}: {result.output[-500:]}"
    if "tcpSocket" in probe:
        refuse_unknown_fields("tcpSocket", probe["tcpSocket"], ("port", "host"))
        address = (probe["tcpSocket"].get("host", ip), port_number(pod, probe["tcpSocket"]["port"]))
        with socket.create_connection(address, timeout):
            return True, "connected"
    if "httpGet" not in probe:
        raise NodeError(f"the stand-in node does not know the probe {probe}")
    get = probe["httpGet"]
    refuse_unknown_fields("httpGet", get, ("path", "port", "host", "scheme", "httpHeaders"))
    host, port = get.get("host", ip), port_number(pod, get["port"])
    connection: http.client.HTTPConnection
    if get.get("scheme", "HTTP") == "HTTPS":
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection(host, port, timeout=timeout, context=context)
    else:
        connection = http.client.HTTPConnection(host, port, timeout=timeout)
    headers = {"User-Agent": "kube-probe", "Accept": "*/*"}
    headers.update({header["name"]: header["value"] for header in get.get("httpHeaders", [])})
    try:
        connection.request("GET", get.get("path", "/"), headers=headers)
        response = connection.getresponse()
        return 200 <= response.status < 400, f"HTTP {response.status}"
    finally:
        connection.close()


class Prober:
    """Probes one container until it ends; knows whether it has started and is ready."""

    def __init__(
        self,
        spec: Manifest,
        pod: Manifest,
        ip: str,
        container: Container,
        fail: Callable[[str, Manifest], None],
    ) -> None:
        """Starts the probes.

        Args:
            spec: The container of the manifest.
            pod: Its pod, for the names of ports.
            ip: The pod's address.
            container: The running container.
            fail: Called with the reason and the probe when the kubelet has to kill the container.
        """
        self._spec, self._pod, self._ip = spec, pod, ip
        self._container = container
        self._fail = fail
        self.started = "startupProbe" not in spec
        self.ready = self.started and "readinessProbe" not in spec
        self.ready_at: float | None = container.started_at if self.ready else None
        """When it was ready for the first time, a `time.monotonic()`."""
        self.history: list[str] = []
        """Every change and every failure, with its time."""
        self.hold = threading.Event()
        """While set, answers have no consequences (nobody is asked)."""
        for kind in ("startupProbe", "livenessProbe", "readinessProbe"):
            if kind in spec:
                threading.Thread(target=self._run, args=(kind,), daemon=True).start()

    def _run(self, kind: str) -> None:
        probe = self._spec[kind]
        failures = successes = 0
        failure_limit = int(probe.get("failureThreshold", 3))
        success_limit = int(probe.get("successThreshold", 1))
        while kind != "startupProbe" and not self.started:
            if self._container.wait(0.2):
                return
        delay = self._container.started_at + probe.get("initialDelaySeconds", 0) - time.monotonic()
        if self._container.wait(max(delay, 0)):
            return
        while self._container.running:
            next_time = time.monotonic() + float(probe.get("periodSeconds", 10))
            if not self.hold.is_set():
                result = probe_once(probe, self._pod, self._ip, self._container)
                failures = 0 if result.success else failures + 1
                successes = successes + 1 if result.success else 0
                if not result.success:
                    self._note(f"{kind} failed ({failures}): {result.detail}")
                if successes >= success_limit:
                    self._succeeded(kind)
                    if kind == "startupProbe":
                        return
                if failures >= failure_limit and self._container.running:
                    if kind == "readinessProbe":
                        self.ready = False
                    else:
                        self._note(f"{kind}: killing the container")
                        self._fail(f"{kind} failed: {result.detail}", probe)
                        return
            if self._container.wait(max(next_time - time.monotonic(), 0)):
                return

    def _succeeded(self, kind: str) -> None:
        if kind == "startupProbe":
            self.ready = "readinessProbe" not in self._spec
            self.started = True
            self._note("started")
        elif kind == "readinessProbe" and not self.ready:
            self.ready = True
            self._note("ready")
        if self.ready:
            self.ready_at = self.ready_at or time.monotonic()

    def _note(self, text: str) -> None:
        age = time.monotonic() - self._container.started_at
        self.history.append(f"{age:.1f} s: {text}")
