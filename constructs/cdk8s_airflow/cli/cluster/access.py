"""How to reach what a release runs, read from its manifests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk8s_airflow.cli.cluster.kubectl import WORKLOADS, Object
from cdk8s_airflow.kubernetes.addresses import split_url

COMPONENT = "app.kubernetes.io/component"
PORTS = {"api-server": 8080, "flower": 5555}
"""The components with a web interface -> the port that they get on this machine."""
_TITLES = {"api-server": "Web interface", "flower": "Flower"}
_ADDRESSES = {
    "api-server": "AIRFLOW__API__BASE_URL",
    "flower": "AIRFLOW__CELERY__FLOWER_URL_PREFIX",
}
_PASSWORDS = {
    "ADMIN_PASSWORD": ("api-server", "the admin"),
    "FLOWER_PASSWORD": ("flower", "Flower"),
}


def access(objects: Sequence[Object], namespace: str) -> Iterator[str]:
    """How to reach the web interfaces of a bundle that run, and the passwords they ask for."""
    for component, port in PORTS.items():
        for name, number in services(objects, component)[:1]:
            if stopped(objects, component):
                yield f"{_TITLES[component]}: stopped, the bundle gives it 0 replicas"
                continue
            forward = f"kubectl port-forward -n {namespace} service/{name} {port}:{number}"
            opened = local_url(objects, component)
            yield f"{_TITLES[component]}: {forward}, then open {opened}"
    if (url := address(objects, "api-server")) and not stopped(objects, "api-server"):
        yield f"Users find it at {url}"
    yield from passwords(objects, namespace)


def services(objects: Sequence[Object], component: str) -> list[tuple[str, int]]:
    """Name and port of a component's Services with an address, the release's own first."""
    return sorted(
        (thing["metadata"]["name"], thing["spec"]["ports"][0]["port"])
        for thing in objects
        if thing["kind"] == "Service" and thing["spec"].get("clusterIP") != "None"
        if thing["metadata"].get("labels", {}).get(COMPONENT) == component
    )


def stopped(objects: Sequence[Object], component: str) -> bool:
    """Whether a component has no pod, as in a suspended release."""
    return any(
        thing["spec"].get("replicas") == 0
        for thing in objects
        if thing["kind"] in WORKLOADS
        if thing["metadata"].get("labels", {}).get(COMPONENT) == component
    )


def local_url(objects: Sequence[Object], component: str) -> str:
    """Where a forwarded interface is on this machine: it keeps the path below which it serves."""
    path = split_url(address(objects, component)).path.rstrip("/")
    return f"http://localhost:{PORTS[component]}{path}/"


def address(objects: Sequence[Object], component: str) -> str:
    """What the pods of a component are told of their URL; empty: nothing."""
    for thing in objects:
        if thing["metadata"].get("labels", {}).get(COMPONENT) == component:
            for item in _env(thing):
                if item["name"] == _ADDRESSES[component]:
                    return str(item.get("value", ""))
    return ""


def passwords(objects: Sequence[Object], namespace: str) -> Iterator[str]:
    """How to read the passwords that the web interfaces ask for, if they run."""
    for variable, (component, owner) in _PASSWORDS.items():
        if (found := _secret(objects, variable)) and not stopped(objects, component):
            name, key = found
            yield (
                f"Password of {owner}: kubectl get secret -n {namespace} {name} "
                f"-o 'go-template={{{{index .data \"{key}\" | base64decode}}}}'"
            )


def admin_secret(objects: Sequence[Object]) -> tuple[str, str] | None:
    """Name and key of the Secret that holds the admin's password."""
    return _secret(objects, "ADMIN_PASSWORD")


def _secret(objects: Sequence[Object], variable: str) -> tuple[str, str] | None:
    for thing in objects:
        for item in _env(thing):
            if item["name"] == variable and "valueFrom" in item:
                reference = item["valueFrom"]["secretKeyRef"]
                return reference["name"], reference["key"]
            if item["name"] == f"{variable}_FILE":
                _, name, key, _ = item["value"].rsplit("/", 3)
                return name, key
    return None


def _env(thing: Object) -> Iterator[Object]:
    for container in (
        thing.get("spec", {}).get("template", {}).get("spec", {}).get("containers", [])
    ):
        yield from container.get("env", [])
