"""Who has to talk to whom, read from the wiring: URLs, hosts and ports that reach the pods."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cdk8s_airflow.checks.bundle import Bundle, Manifest, Pod, env_literals
from cdk8s_airflow.checks.selectors import own_selector, selected

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
)
"""Options, and variables that they are made of, that hold the URL of a server."""
DNS = ((53, "UDP"), (53, "TCP"))
KUBERNETES_API = (443, 6443)
IDENTITIES = {
    "azure.workload.identity/client-id": [("", 443)],
    "eks.amazonaws.com/role-arn": [("", 443)],
    "iam.gke.io/gcp-service-account": [("", 443), ("169.254.169.254", 80)],
}
"""Annotation of a ServiceAccount -> where its pods get the credentials of the cloud."""
LOGS = {"worker-logs", "trigger-logs"}
"""Names of the ports from which the API server reads the logs of what runs."""


@dataclass(frozen=True)
class Flow:
    """A connection that a pod has to open.

    Attributes:
        source: The pod.
        host: What it connects to; empty where that is not known.
        port: Port of that host, and of the target; None: not known.
        protocol: `TCP` or `UDP`.
        target: The pod behind the host, if it is one of the bundle.
        why: Where it is written.
    """

    source: Pod
    host: str
    port: int | None
    protocol: str
    target: Pod | None
    why: str


def flows(bundle: Bundle) -> Iterator[Flow]:
    """Yield every connection that the manifests speak of."""
    for pod in bundle.pods:
        for number, protocol in DNS:
            yield Flow(pod, "", number, protocol, None, "DNS")
        if pod.spec.get("automountServiceAccountToken"):
            for number in KUBERNETES_API:
                host = "kubernetes.default.svc"
                yield Flow(pod, host, number, "TCP", None, "the token for the Kubernetes API")
        name = pod.spec.get("serviceAccountName", "")
        account = bundle.find("ServiceAccount", name, pod.namespace) or {"metadata": {}}
        for annotation in account["metadata"].get("annotations") or {}:
            for host, number in IDENTITIES.get(annotation, ()):
                yield Flow(pod, host, number, "TCP", None, annotation)
        for container in pod.containers:
            if container["name"] == "install-packages":
                env = {entry["name"] for entry in container.get("env") or []}
                for number in (443, 80) if "PIP_CONFIG_FILE" in env else (443,):
                    yield Flow(pod, "", number, "TCP", None, "the index of pip")
            if "KRB5_CONFIG" in env_literals(container):
                for host, number in _ticket_servers(bundle, pod):
                    for protocol in ("TCP", "UDP"):
                        yield Flow(pod, host, number, protocol, None, "krb5.conf")
            for host, port, protocol, why in _named(container):
                where = f"container {container['name']}: {why}"
                targets = list(behind(bundle, pod, host, port))
                for target, number in targets:
                    yield Flow(pod, host, number, protocol, target, where)
                if not targets:
                    yield Flow(pod, host, port, protocol, None, where)
        for host, of_server in _pooled_servers(bundle, pod):
            for target, port in behind(bundle, pod, host, of_server):
                yield Flow(pod, host, port, "TCP", target, "pgbouncer.ini")
            if not bundle.find("Service", host, pod.namespace):
                yield Flow(pod, host, of_server, "TCP", None, "pgbouncer.ini")
        if pod.component == "api-server":
            yield from _logs(bundle, pod)


def runs_user_code(pod: Pod) -> bool:
    """Tell whether a pod runs what users write, so that nobody knows whom it calls."""
    parsing = pod.component.startswith(("dag-processor", "triggerer"))
    options = [env_literals(c).get("AIRFLOW__CORE__EXECUTOR", "") for c in pod.main_containers]
    inside = pod.component == "scheduler" and any("LocalExecutor" in each for each in options)
    return parsing or inside or pod.component.partition("-")[0] in {"worker", "task"}


def _named(container: Manifest) -> Iterator[tuple[str, int | None, str, str]]:
    """Yield (host, port, protocol, where) of all that the words of a container name."""
    literals = env_literals(container)
    for name, value in literals.items():
        if name in FOR_BROWSERS or NAMES_OF_OPTIONS.fullmatch(name):
            continue
        if name.startswith("AIRFLOW_CONN_") and value.startswith("{"):
            yield from _of_connection(json.loads(value), name)
        elif name == "CONNECTIONS":
            for form in json.loads(value)["connections"].values():
                yield from _of_connection(form, name)
        else:
            yield from ((*found, f"env {name}") for found in _in_text(str(value)))
        if name.endswith("MASTER_NAME"):
            yield "", 6379, "TCP", f"env {name}: Sentinel tells of a Redis"
        if name.endswith("HOST") and not value.isdigit():
            is_statsd = name.endswith("STATSD_HOST")
            port = literals.get(re.sub("HOST$", "PORT", name), "8125" if is_statsd else "")
            if port:
                yield value, int(port), "UDP" if is_statsd else "TCP", f"env {name}"
    for entry in container.get("env") or []:
        name = re.sub("_(CMD|FILE)$", "", entry["name"])
        hidden = "valueFrom" in entry or "/opt/cdk8s-airflow-secrets/" in str(entry.get("value"))
        if SERVERS.fullmatch(name) and hidden:
            yield "", None, "TCP", f"env {entry['name']}, which only a Secret knows"
    for word in [*(container.get("command") or []), *(container.get("args") or [])]:
        yield from ((*found, "command") for found in _in_text(str(word)))


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


def _of_connection(form: Manifest, name: str) -> Iterator[tuple[str, int | None, str, str]]:
    host, port = form.get("host") or "", form.get("port")
    if port:
        yield URL.sub(r"\g<host>", host), int(port), "TCP", f"env {name}"
    else:
        yield from ((*found, f"env {name}") for found in _in_text(host))
    if extra := form.get("extra"):
        yield from ((*found, f"env {name}, extra") for found in _in_text(json.dumps(extra)))


def behind(bundle: Bundle, pod: Pod, host: str, port: int | None) -> Iterator[tuple[Pod, int]]:
    """Yield (pod, port) of what a Service of the bundle leads to."""
    labels = host.split(".")
    if len(labels) > 2 and labels[2] != "svc":
        return
    namespace = labels[1] if len(labels) > 1 else pod.namespace
    service = bundle.find("Service", labels[0], namespace)
    if service is None:
        return
    for entry in service["spec"].get("ports") or []:
        if entry["port"] == port:
            for target in selected(bundle, own_selector(service) or {}, namespace):
                wanted = entry.get("targetPort", port)
                for name, number, _ in target.ports():
                    if wanted in (name, number):
                        yield target, number


def _pooled_servers(bundle: Bundle, pod: Pod) -> list[tuple[str, int | None]]:
    if pod.component != "pgbouncer":
        return []
    found = [
        ("" if host.startswith("{") else host, int(port) if port.isdigit() else None)
        for text in _files(bundle, pod, ".ini")
        for host, port in re.findall(r"\bhost='([^']*)' port='([^']*)'", text)
    ]
    assert found, f"{pod}: its files name no server"
    return found


def _files(bundle: Bundle, pod: Pod, suffix: str) -> Iterator[str]:
    """Yield the files whose names end so, in the ConfigMaps of a pod's volumes."""
    for volume in pod.volumes:
        for source in [volume, *(volume.get("projected") or {}).get("sources", [])]:
            wanted = (source.get("configMap") or {}).get("name", "")
            config_map = bundle.find("ConfigMap", wanted, pod.namespace) or {}
            files = config_map.get("data") or {}
            yield from (text for name, text in files.items() if name.endswith(suffix))


def _ticket_servers(bundle: Bundle, pod: Pod) -> list[tuple[str, int]]:
    for text in _files(bundle, pod, "krb5.conf"):
        if found := re.findall(r"\bkdc *= *([\w.-]+)(?::(\d+))?", text):
            return [(host, int(port or 88)) for host, port in found]
    return [("", 88)]


def _logs(bundle: Bundle, reader: Pod) -> Iterator[Flow]:
    for pod in bundle.pods:
        ours = (pod.namespace, pod.release) == (reader.namespace, reader.release)
        for name, number, protocol in pod.ports():
            if name in LOGS and ours:
                yield Flow(reader, "", number, protocol, pod, f"the logs of {pod}")
