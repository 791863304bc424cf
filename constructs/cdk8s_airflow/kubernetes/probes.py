"""Probes in wire form, with explicit numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Probe:
    """A startup, readiness or liveness probe.

    See https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
    """

    handler: Mapping[str, object]
    """`httpGet`, `tcpSocket` or `exec` in wire form; see `http_get`, `tcp_socket`, `command`."""
    period: int = 10
    """Seconds between two probes, `periodSeconds`."""
    timeout: int = 5
    """Seconds that one probe may take, `timeoutSeconds`."""
    failures: int = 3
    """Consecutive failures, `failureThreshold`."""

    def wire(self) -> Mapping[str, object]:
        """The probe in wire form."""
        return {
            **self.handler,
            "periodSeconds": self.period,
            "timeoutSeconds": self.timeout,
            "failureThreshold": self.failures,
        }


def http_get(path: str, port: str) -> Mapping[str, object]:
    """An `httpGet` of `path` on the named port; status 200-399 is a success."""
    return {"httpGet": {"path": path, "port": port}}


def tcp_socket(port: str) -> Mapping[str, object]:
    """A `tcpSocket` handler: opens a connection to the named port."""
    return {"tcpSocket": {"port": port}}


def command(*argv: str) -> Mapping[str, object]:
    """An `exec` handler: runs a command in the container; exit code 0 is a success."""
    words: Sequence[str] = list(argv)
    return {"exec": {"command": words}}
