"""The hosts that the words of a container name: options, URLs, connections, commands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from cdk8s_airflow.checks.bundle import Manifest, env_literals

URL = re.compile(
    r"\b(?P<scheme>[a-z][a-z0-9]*)(?:\+[a-z0-9]+)*://(?:[^@/\s\"']*@)?"
    r"(?P<host>\[[0-9a-fA-F:]+\]|[\w-][\w.-]*|\{\w+\})(?::(?P<port>\d+|\{\w+\}))?"
)
"""A URL; in its host and port `{NAME}` is what only a Secret knows."""
SCP_LIKE = re.compile(r"(?:^|=)[\w.-]+@(?P<host>[\w.-]+):(?!//)")
PORTS = {"http": 80, "https": 443, "ssh": 22, "redis": 6379, "rediss": 6379, "amqp": 5672}
BUCKETS = {"s3", "gs", "wasb", "abfs"}
FOR_BROWSERS = {"AIRFLOW__API__BASE_URL", "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST"}
"""Options whose URLs users follow and not pods; the repositories of bundles are connections."""
NAMES_OF_OPTIONS = re.compile(r"GIT_CONFIG_KEY_\d+")
SERVERS = re.compile(
    r"AIRFLOW__(DATABASE__SQL_ALCHEMY_CONN|CELERY__(BROKER_URL|RESULT_BACKEND))$|[A-Z_]+_WHOLE_URL"
    r"|AIRFLOW__ELASTICSEARCH__HOST"
)
"""Options, and variables that they are made of, that hold the URL of a server."""


def named_hosts(container: Manifest) -> Iterator[tuple[str, int | None, str, str]]:
    """Yield (host, port, protocol, where) of all that the words of a container name."""
    literals = env_literals(container)
    for name, value in literals.items():
        if name in FOR_BROWSERS or NAMES_OF_OPTIONS.fullmatch(name):
            continue
        if name.startswith("AIRFLOW_CONN_") and value.startswith("{"):
            yield from hosts_of_connection(json_object(value), name)
        elif name == "CONNECTIONS" and value.startswith("{"):
            for form in (json_object(value).get("connections") or {}).values():
                yield from hosts_of_connection(form, name)
        else:
            # Kubernetes fills in what is from a Secret; a data source has no scheme.
            text = re.sub(r"\$\((\w+)\)", r"{\1}", str(value))
            text = f"postgresql://{text}" if name == "DATA_SOURCE_URI" else text
            yield from ((*found, f"env {name}") for found in _in_text(text))
        if name.endswith("MASTER_NAME"):
            yield "", 6379, "TCP", f"env {name}: Sentinel tells of a Redis"
        if name.endswith("HOST") and not value.isdigit():
            is_statsd = name.endswith("STATSD_HOST")
            usual = "8125" if is_statsd else "25" if name.endswith("SMTP_HOST") else ""
            port = literals.get(re.sub("HOST$", "PORT", name), usual)
            if port.isdigit():
                yield value, int(port), "UDP" if is_statsd else "TCP", f"env {name}"
    for entry in container.get("env") or []:
        name = re.sub("_(CMD|FILE)$", "", entry["name"])
        hidden = "valueFrom" in entry or "/opt/cdk8s-airflow-secrets/" in str(entry.get("value"))
        if SERVERS.fullmatch(name) and hidden:
            yield "", None, "TCP", f"env {entry['name']}, which only a Secret knows"
    for word in [*(container.get("command") or []), *(container.get("args") or [])]:
        yield from ((*found, "command") for found in _in_text(str(word)))


def json_object(text: str) -> Manifest:
    """The object that a text holds; empty where it holds none, as manifests may be anybody's."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _in_text(text: str) -> Iterator[tuple[str, int | None, str]]:
    for match in URL.finditer(text):
        if match["scheme"] in BUCKETS:
            yield "", 443, "TCP"
        elif (match["port"] or "").startswith("{"):
            yield "", None, "TCP"
        elif port := int(match["port"] or PORTS.get(match["scheme"], 0)):
            host = match["host"].strip("[]")
            yield "" if host.startswith("{") else host, port, "TCP"
    for match in SCP_LIKE.finditer(text):
        yield match["host"], 22, "TCP"


def hosts_of_connection(form: Manifest, name: str) -> Iterator[tuple[str, int | None, str, str]]:
    """Yield (host, port, protocol, where) of what a connection of Airflow names."""
    host, port = form.get("host") or "", form.get("port")
    if port:
        yield URL.sub(r"\g<host>", host), int(port), "TCP", f"env {name}"
    else:
        yield from ((*found, f"env {name}") for found in _in_text(host))
    if extra := form.get("extra"):
        yield from ((*found, f"env {name}, extra") for found in _in_text(json.dumps(extra)))
