"""The bounds of namespaces, ResourceQuota and LimitRange: whether what runs is within them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .memory import byte_count
from .objects import Endpoint, Manifest, NodeError, ObjectStore, namespace_of

_KNOWN = {"type", "max", "default", "defaultRequest"}


def exceeded(store: ObjectStore, pods: Iterable[Endpoint]) -> list[str]:
    """What an API server would have refused of the pods, which have not ended."""
    there = list(pods)
    return [
        *_of_quotas(store.all("ResourceQuota"), there),
        *_of_ranges(store.all("LimitRange"), there),
    ]


def _of_quotas(quotas: Iterable[Manifest], pods: Iterable[Endpoint]) -> Iterator[str]:
    for quota in quotas:
        there = [pod for pod in pods if pod.namespace == namespace_of(quota)]
        for name, hard in quota["spec"]["hard"].items():
            if name == "pods":
                used, bound = float(len(there)), float(hard)
            else:
                side, _, resource = name.partition(".")
                if side not in ("requests", "limits"):
                    raise NodeError(f"the stand-in node does not know the quota of {name}")
                bound, used = _amount(resource, hard), 0.0
                for pod in there:
                    for container in _containers(pod):
                        said = container.get("resources", {}).get(side, {}).get(resource)
                        if said is None:
                            yield f"{pod.name}/{container['name']} says no {name}"
                    used += sum(
                        _amount(resource, c.get("resources", {}).get(side, {}).get(resource, 0))
                        for c in _containers(pod)
                        if c in pod.manifest["spec"]["containers"] or c.get("restartPolicy")
                    )
            if used > bound:
                yield f"{name}: {used:.0f} of {hard} in {namespace_of(quota)}"


def _of_ranges(ranges: Iterable[Manifest], pods: Iterable[Endpoint]) -> Iterator[str]:
    for entry in ranges:
        for limit in entry["spec"]["limits"]:
            if limit["type"] != "Container" or set(limit) - _KNOWN:
                raise NodeError(f"the stand-in node does not know the range {limit}")
            for pod in pods:
                for container in _containers(pod) if pod.namespace == namespace_of(entry) else ():
                    said = container.get("resources", {}).get("limits", {})
                    for resource, most in limit["max"].items():
                        # Who says nothing gets the default, which is not more than that.
                        if _amount(resource, said.get(resource, most)) > _amount(resource, most):
                            yield f"{pod.name}/{container['name']} has more {resource} than {most}"


def _containers(pod: Endpoint) -> list[Manifest]:
    spec = pod.manifest["spec"]
    return [*spec.get("initContainers", []), *spec["containers"]]


def _amount(resource: str, quantity: str | int) -> float:
    text = str(quantity)
    if resource == "cpu":
        return float(text.removesuffix("m")) / (1000 if text.endswith("m") else 1)
    return float(byte_count(text))
