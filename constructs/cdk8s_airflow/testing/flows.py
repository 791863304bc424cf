"""Who has to talk to whom, read from the wiring: URLs, hosts and ports that reach the pods."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cdk8s_airflow.checks.bundle import Bundle, Pod, env_literals
from cdk8s_airflow.checks.selectors import own_selector, selected
from cdk8s_airflow.kubernetes.addresses import split_url
from cdk8s_airflow.testing.named_hosts import (
    PORTS,
    URL,
    hosts_of_connection,
    json_object,
    named_hosts,
)

LOGIN_PORTS = {"https": 443, "ldap": 389, "ldaps": 636}
IN_BROWSERS = ("redirect_uri", "authorize_url")
"""Settings of a login whose URLs users follow."""
DNS = ((53, "UDP"), (53, "TCP"))
KUBERNETES_API = (443, 6443)
IDENTITIES = {
    "azure.workload.identity/client-id": [("", 443)],
    "eks.amazonaws.com/role-arn": [("", 443)],
    "iam.gke.io/gcp-service-account": [("", 443), ("169.254.169.254", 80)],
}
"""Annotation of a ServiceAccount -> where its pods get the credentials of the cloud."""
TOKENS = {
    "azure": [("", 443), ("169.254.169.254", 80)],
    "cloudsql": [("", 443), ("169.254.169.254", 80), ("169.254.169.252", 988)],
    "rds": [("", 443), ("169.254.169.254", 80), ("169.254.170.23", 80), ("fd00:ec2::23", 80)],
}
"""Kind of a token for the database -> where its pods get the identity that makes it."""
BUCKETS_OF_STORES = {
    "env AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER": "cdk8s_airflow_logs",
    "env AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_PATH": "cdk8s_airflow_xcom",
}
"""Where a bucket is named -> the connection that says where it is."""
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
        if "azure.workload.identity/use" in pod.labels:
            yield Flow(pod, "", 443, "TCP", None, "the pod's label for Azure")
        for container in pod.containers:
            if container["name"] == "install-packages":
                env = {entry["name"] for entry in container.get("env") or []}
                for number in (443, 80) if "PIP_CONFIG_FILE" in env else (443,):
                    yield Flow(pod, "", number, "TCP", None, "the index of pip")
            if "KRB5_CONFIG" in env_literals(container):
                for host, number in _ticket_servers(bundle, pod):
                    for protocol in ("TCP", "UDP"):
                        yield Flow(pod, host, number, protocol, None, "krb5.conf")
            login = json_object(env_literals(container).get("DATABASE_LOGIN", ""))
            for host, number in TOKENS.get(login.get("kind", ""), ()):
                yield Flow(pod, host, number, "TCP", None, "env DATABASE_LOGIN")
            if "AIRFLOW__FAB__CONFIG_FILE" in env_literals(container):
                for host, number in _login_servers(bundle, pod):
                    yield Flow(pod, host, number, "TCP", None, "webserver_config.py")
            for host, port, protocol, why in named_hosts(container):
                if why in BUCKETS_OF_STORES and _has_endpoint(pod, BUCKETS_OF_STORES[why]):
                    continue
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
        for host, number in _collected_servers(bundle, pod):
            yield Flow(pod, host, number, "TCP", None, "the collector's configuration")
        if pod.component == "api-server":
            yield from _logs(bundle, pod)
            yield from _tested(bundle, pod)


def _has_endpoint(pod: Pod, id: str) -> bool:
    """Tell whether the connection of a store of logs or XComs says where its bucket is."""
    values = [str(entry) for each in pod.containers for entry in each.get("env") or []]
    own = [value for value in values if id in value.lower()]
    return any('"endpoint_url": ' in value for value in own)


def runs_user_code(pod: Pod) -> bool:
    """Tell whether a pod runs what users write, so that nobody knows whom it calls."""
    parsing = pod.component.startswith(("dag-processor", "triggerer"))
    managers = [env_literals(c).get("AIRFLOW__CORE__AUTH_MANAGER", "") for c in pod.main_containers]
    if pod.component == "api-server" and any(not m.startswith("airflow.") for m in managers):
        return True
    options = [env_literals(c).get("AIRFLOW__CORE__EXECUTOR", "") for c in pod.main_containers]
    inside = pod.component == "scheduler" and any("LocalExecutor" in each for each in options)
    return parsing or inside or pod.component.partition("-")[0] in {"worker", "task"}


def _tested(bundle: Bundle, pod: Pod) -> Iterator[Flow]:
    """Yield what an API server connects to that tests the connections of the database."""
    enabled = {"AIRFLOW__CORE__TEST_CONNECTION": "Enabled"}.items()
    if not any(enabled <= env_literals(c).items() for c in pod.main_containers):
        return
    data = [each.get("data") or {} for each in bundle.all("ConfigMap")]
    found = [json_object(each["objects.json"]) for each in data if "objects.json" in each]
    kinds = [each.get("objects") or {} for each in found]
    forms = [form for each in kinds for form in (each.get("connections") or {}).values() if form]
    for form in forms:
        for host, port, protocol, where in hosts_of_connection(form, "tested"):
            targets = list(behind(bundle, pod, host, port))
            for target, number in targets:
                yield Flow(pod, host, number, protocol, target, where)
            if not targets:
                yield Flow(pod, host, port, protocol, None, where)


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
    return found or [("", None)]


def _collected_servers(bundle: Bundle, pod: Pod) -> Iterator[tuple[str, int]]:
    """Yield the servers that an OpenTelemetry Collector sends to."""
    if pod.component != "otel-collector":
        return
    for text in _files(bundle, pod, "config.yaml"):
        for name, exporter in (json_object(text).get("exporters") or {}).items():
            if name.startswith("otlp"):
                url = exporter["endpoint"]
                found = split_url(url if "://" in url else f"//{url}")
                yield str(found.hostname), found.port or PORTS[found.scheme]


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


def _login_servers(bundle: Bundle, pod: Pod) -> list[tuple[str, int]]:
    """The servers in webserver_config.py; what is the user's own may name any."""
    found = [
        (match["host"], int(match["port"] or LOGIN_PORTS[match["scheme"]]))
        for text in _files(bundle, pod, "webserver_config.py")
        for line in text.splitlines()
        if not any(name in line for name in IN_BROWSERS)
        for match in URL.finditer(line)
    ]
    ours = any(True for _ in _files(bundle, pod, "webserver_config.py"))
    return found if ours else [("", 443), ("", 636)]


def _logs(bundle: Bundle, reader: Pod) -> Iterator[Flow]:
    for pod in bundle.pods:
        ours = (pod.namespace, pod.release) == (reader.namespace, reader.release)
        for name, number, protocol in pod.ports():
            if name in LOGS and ours:
                yield Flow(reader, "", number, protocol, pod, f"the logs of {pod}")
