"""Host names in env, arguments and configuration are Services of the bundle, with that port."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cdk8s_airflow.checks.bundle import Bundle, Manifest, namespace_of, title
from cdk8s_airflow.testing.names import releases

SERVICE_SUFFIXES: tuple[list[str], ...] = ([], ["svc"], ["svc", "cluster", "local"])


def check_addresses(bundle: Bundle) -> Iterator[str]:
    """What looks like a Service of a release (`af1-...` after `://` or before `:port`) is one."""
    for namespace, release in sorted(releases(bundle)):
        host = rf"{re.escape(release)}-[a-z0-9-]*[a-z0-9](?:\.[a-z0-9-]+)*"
        pattern = re.compile(
            rf"(?:://(?:[^/@\s\"']*@)?(?P<url>{host})(?::(?P<url_port>\d+))?(?![\w.-]*@))"
            rf"|(?<![\w./@:-])(?P<host>{host}):(?P<port>\d+)"
        )
        for where, text in _texts(bundle, namespace):
            for match in pattern.finditer(text):
                name = match["url"] or match["host"]
                port = match["url_port"] or match["port"]
                for problem in _problems(bundle, namespace, name, port and int(port)):
                    yield f"{where}: {name}: {problem}"
    yield from _seen_by_keda(bundle)


def _seen_by_keda(bundle: Bundle) -> Iterator[str]:
    """KEDA asks from another namespace, so it needs the Service's own in the name."""
    for scaled in bundle.all("ScaledObject"):
        namespace = namespace_of(scaled)
        for trigger in scaled["spec"].get("triggers") or []:
            host, port = (trigger["metadata"].get(key) for key in ("host", "port"))
            if host is None or bundle.find("Service", host.split(".")[0], namespace) is None:
                continue
            if host.split(".")[1:2] != [namespace]:
                yield f"{title(scaled)}: {host} is no name for other namespaces"
            for problem in _problems(bundle, namespace, host, port and int(port)):
                yield f"{title(scaled)}: {host}: {problem}"


def _texts(bundle: Bundle, namespace: str) -> Iterator[tuple[str, str]]:
    for pod in bundle.pods:
        if pod.namespace != namespace:
            continue
        for container in pod.containers:
            here = f"{pod}: container {container['name']}"
            for entry in container.get("env") or []:
                yield f"{here}: env {entry['name']}", str(entry.get("value", ""))
            for field in ("command", "args"):
                for word in container.get(field) or []:
                    yield f"{here}: {field}", str(word)
    for config_map in bundle.all("ConfigMap"):
        if namespace_of(config_map) == namespace:
            for key, value in (config_map.get("data") or {}).items():
                yield f"{title(config_map)}: {key}", str(value)


def _problems(bundle: Bundle, namespace: str, host: str, port: int | str | None) -> Iterator[str]:
    labels = host.split(".")
    service = bundle.find("Service", labels[0], namespace)
    rest = labels[1:]
    if service is None and rest[1:2] == ["svc"]:
        namespace, service = rest[0], bundle.find("Service", labels[0], rest[0])
    elif service is None and rest:
        service, rest = bundle.find("Service", rest[0], namespace), rest[1:]
        if service is not None and service["spec"].get("clusterIP") != "None":
            yield f"only a headless Service has names of pods, {title(service)} is not one"
            return
    if service is None:
        yield "no such Service"
        return
    if rest and (rest[0] != namespace or rest[1:] not in SERVICE_SUFFIXES):
        yield f"is no address of {title(service)} in namespace {namespace!r}"
    if port is not None and port not in _ports(service):
        yield f"{title(service)} has no port {port}, only {_ports(service)}"


def _ports(service: Manifest) -> list[int]:
    return [p["port"] for p in service["spec"].get("ports") or []]
