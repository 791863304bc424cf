"""Requests, limits and sizes, which every container and volume of the bundle has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk8s_airflow.kubernetes.quantities import number
from cdk8s_airflow.migration.conversion import Rule, Target
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import is_empty

_CPU, _MEMORY, _LEAST, _DISK = "100m", "256Mi", "512Mi", "10Gi"
_STORAGE, _WRITTEN = "ephemeral-storage", "256Mi"
_MEBIBYTE = 1024 * 1024


def complete(value: Mapping[str, Any] | None) -> tuple[dict[str, Any], list[str]]:
    """Resources with requests of CPU and memory and a limit of memory, and what was added.

    A request that is missing is the limit, as the API server has it; a limit is twice the request.
    """
    requests = dict((value or {}).get("requests") or {})
    limits = dict((value or {}).get("limits") or {})
    added = []
    for name, least in (("cpu", _CPU), ("memory", _MEMORY)):
        if name not in requests:
            requests[name] = limits.get(name, least)
            if name not in limits:
                added.append(f"a request of {requests[name]} {name}")
    if "memory" not in limits:
        twice = round(2 * number(str(requests["memory"])) / _MEBIBYTE)
        least_limit = round(number(_LEAST) / _MEBIBYTE)
        limits["memory"] = f"{max(twice, least_limit)}Mi"
        added.append(f"a memory limit of {limits['memory']}")
    rest = {key: item for key, item in (value or {}).items() if key not in ("requests", "limits")}
    return {"requests": requests, "limits": limits, **rest}, added


def put_resources(path: str = "resources", *, root: bool = False) -> Rule:
    """Requests and limits; what the bundle wants beside them is added, and told."""

    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried", "", "empty: the bundle has measured ones")
        whole, added = complete(value)
        place = target.conversion.root if root else target
        return Outcome("carried", place.put(path, whole), _told(added))

    return rule


def put_containers(path: str) -> Rule:
    """Containers of the user's; each gets requests and a memory limit."""

    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried", "", "empty: nothing to set")
        containers, told = [], []
        for each in value:
            whole, added = complete(each.get("resources"))
            if not any(_STORAGE in whole[kind] for kind in ("requests", "limits")):
                whole["requests"][_STORAGE] = _WRITTEN
            containers.append({**each, "resources": whole})
            told += [f"{each.get('name')} has {text}" for text in added]
        return Outcome("carried", target.put(path, containers), _told(told))

    return rule


def put_volumes(path: str) -> Rule:
    """Volumes of the user's; an emptyDir gets a size, beyond which its pod is evicted."""

    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried", "", "empty: nothing to set")
        volumes, told = [], []
        for each in value:
            if "emptyDir" in each and not (each["emptyDir"] or {}).get("sizeLimit"):
                each = {**each, "emptyDir": {**(each["emptyDir"] or {}), "sizeLimit": _DISK}}
                told.append(f"{each.get('name')} has a sizeLimit of {_DISK}")
            volumes.append(each)
        return Outcome("carried", target.put(path, volumes), _told(told))

    return rule


def _told(added: list[str]) -> str:
    return f"added, as the bundle wants it: {', '.join(added)}" if added else ""
