"""Probes in wire form, with every figure said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Probe:
    """How the kubelet asks a container whether it is well.

    See https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
    """

    handler: Mapping[str, object]
    """`httpGet`, `tcpSocket` or `exec` in wire form; see `http_get`, `tcp_socket`, `command`."""
    period: int = 10
    """Seconds between two probes."""
    timeout: int = 5
    """Seconds that one probe may take."""
    failures: int = 3
    """Failures in a row that count."""

    def wire(self) -> Mapping[str, object]:
        """The probe in wire form."""
        return {
            **self.handler,
            "periodSeconds": self.period,
            "timeoutSeconds": self.timeout,
            "failureThreshold": self.failures,
        }


def http_get(path: str, port: str) -> Mapping[str, object]:
    """Asks for `path` on the named port; 200-399 is well."""
    return {"httpGet": {"path": path, "port": port}}


def tcp_socket(port: str) -> Mapping[str, object]:
    """Opens a connection to the named port."""
    return {"tcpSocket": {"port": port}}


def command(*argv: str) -> Mapping[str, object]:
    """Runs a command in the container; exit code 0 is well."""
    words: Sequence[str] = list(argv)
    return {"exec": {"command": words}}
