"""The ways by which users come in, whatever kind of object leads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cdk8s_airflow.checks.bundle import Bundle, Manifest, spec_of


@dataclass(frozen=True)
class WayIn:
    """One path of one host that leads to a Service.

    Attributes:
        source: The Ingress or HTTPRoute.
        host: The host name; empty where there is none.
        path: The path, without a slash at its end.
        service: Name of the Service.
        port: Name or number of its port.
    """

    source: Manifest
    host: str
    path: str
    service: str
    port: object


def ways_in(bundle: Bundle) -> Iterator[WayIn]:
    """All ways by host name and path."""
    for ingress in bundle.all("Ingress"):
        for rule in spec_of(ingress).get("rules") or []:
            for entry in (rule.get("http") or {}).get("paths") or []:
                service = entry["backend"].get("service") or {}
                port = service.get("port") or {}
                number = port.get("number", port.get("name"))
                path = entry.get("path", "").rstrip("/")
                yield WayIn(ingress, rule.get("host", ""), path, service.get("name", ""), number)
    for route in bundle.all("HTTPRoute"):
        for host in spec_of(route).get("hostnames") or [""]:
            for rule in spec_of(route).get("rules") or []:
                for backend in rule.get("backendRefs") or []:
                    for match in rule.get("matches") or []:
                        path = (match.get("path") or {}).get("value", "").rstrip("/")
                        yield WayIn(route, host, path, backend.get("name", ""), backend.get("port"))
