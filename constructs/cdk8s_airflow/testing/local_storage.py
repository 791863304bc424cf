"""Disks of nodes: what a pod writes there has a limit, and the scheduler knows of it."""

from __future__ import annotations

from collections.abc import Iterator

from cdk8s_airflow.checks.bundle import Bundle

STORAGE = "ephemeral-storage"


def check_local_storage(bundle: Bundle) -> Iterator[str]:
    """Each emptyDir has a sizeLimit, each container requests what it writes to the node.

    Without a limit one pod fills the disk of its node, and the kubelet evicts its neighbours; one
    that requests nothing is the first to go.
    """
    for pod in bundle.pods:
        for volume in pod.volumes:
            if "emptyDir" in volume and not volume["emptyDir"].get("sizeLimit"):
                yield f"{pod}: volume {volume['name']}: emptyDir has no sizeLimit"
        for container in pod.containers:
            resources = container.get("resources") or {}
            # A limit without a request is one.
            if not any(STORAGE in (resources.get(kind) or {}) for kind in ("requests", "limits")):
                yield f"{pod}: container {container['name']}: has no {STORAGE} in requests"
