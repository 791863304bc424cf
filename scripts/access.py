"""How to reach what a bundle runs, read from its manifests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kubectl import Object


def access(objects: Sequence[Object], namespace: str) -> Iterator[str]:
    """How to reach the web interface of a bundle, and its admin's password."""
    for thing in objects:
        component = thing["metadata"].get("labels", {}).get("app.kubernetes.io/component")
        if thing["kind"] == "Service" and component == "api-server":
            name, port = thing["metadata"]["name"], thing["spec"]["ports"][0]["port"]
            forward = f"kubectl port-forward -n {namespace} service/{name} 8080:{port}"
            yield f"Web interface: {forward}, then open http://localhost:8080"
    if secret := admin_secret(objects):
        name, key = secret
        yield (
            f"Password of the admin: kubectl get secret -n {namespace} {name} "
            f"-o 'go-template={{{{index .data \"{key}\" | base64decode}}}}'"
        )


def admin_secret(objects: Sequence[Object]) -> tuple[str, str] | None:
    """Name and key of the Secret that holds the admin's password."""
    for thing in objects:
        if thing["kind"] == "Job":
            for container in thing["spec"]["template"]["spec"]["containers"]:
                for item in container.get("env", []):
                    if item["name"] == "ADMIN_PASSWORD" and "valueFrom" in item:
                        reference = item["valueFrom"]["secretKeyRef"]
                        return reference["name"], reference["key"]
    return None
