"""A server of the user's that takes metrics and traces by OTLP, and what it has seen."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Mapping
from typing import Any

from .conftest import RunningBundle, secret
from .node.objects import Manifest
from .servers import Authority, host, server

NAME = "otlp"
HTTP, GRPC = 4318, 4317


def backend(authority: Authority) -> list[Manifest]:
    """Its objects, and the Secrets by which clients know it and are known.

    Args:
        authority: issues its certificate.
    """
    return [
        *server(
            NAME, "example/otlp-backend:1", HTTP,
            (f"--http={HTTP}", f"--grpc={GRPC}", "--files=/etc/server", "--header=api-key=key-1"),
            files=authority.issue(host(NAME)), private=True, user=65534,
        ),
        secret("otlp", {"key": "key-1"}),
        secret("otlp-ca", {"ca.crt": authority.certificate}),
    ]  # fmt: skip


class Seen:
    """What came to the server."""

    def __init__(self, bundle: RunningBundle) -> None:
        """Asks the server of a scene.

        Args:
            bundle: the scene.
        """
        self._bundle = bundle

    def all(self) -> Mapping[str, Any]:
        """Spans, metrics and counts of requests."""
        address = str(self._bundle.node.pod(f"{NAME}-0").ip)
        connection = http.client.HTTPConnection(address, 9000, timeout=10)
        connection.request("GET", "/")
        found: Mapping[str, Any] = json.loads(connection.getresponse().read())
        return found

    def wait(self, wanted: Callable[[Mapping[str, Any]], Any], what: str, seconds: int = 90) -> Any:
        """What is wanted of all that came, as soon as it is there.

        Args:
            wanted: picks it; something false while it is not there.
            what: how a failure names it.
            seconds: how long to wait.
        """
        self._bundle.node.wait_for(lambda: bool(wanted(self.all())), seconds, what)
        return wanted(self.all())

    def points(self, name: str, **attributes: str) -> list[Mapping[str, Any]]:
        """The points of a metric with these attributes.

        Args:
            name: of the metric.
            attributes: name -> value.
        """
        return [
            each
            for each in self.all()["metrics"]
            if each["name"] == name and attributes.items() <= each["attributes"].items()
        ]
