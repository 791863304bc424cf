"""The end of a migration: executors, patches, and what contradicts each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk8s_airflow.migration import open_secrets
from cdk8s_airflow.migration.conversion import Conversion
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import plain

_SECTIONS = ("celery", "celery_broker_transport_options")
_FIRST = ("release", "namespace", "airflowVersion", "image", "executor", "executors", "dags")


def finish(made: Conversion, outcomes: dict[str, Outcome]) -> dict[str, Any]:
    """The new values, whole and in order."""
    out = made.out
    _executors(made)
    _celery_options(made, outcomes)
    _store_options(made)
    if made.patches:
        out["patches"] = made.patches
    if made.manifests:
        out["extraManifests"] = made.manifests
    if "auth" in out and out.get("admin") is None:
        out.pop("admin", None)
        (out.get("secrets") or {}).pop("adminPassword", None)
    kept = {key: _pruned(open_secrets.without(made, value)) for key, value in out.items()}
    kept = {
        key: value for key, value in kept.items() if value not in ({}, []) or key in made.turned_on
    }
    first = {key: kept[key] for key in _FIRST if key in kept}
    return {**first, **{key: kept[key] for key in sorted(kept) if key not in first}}


def _executors(made: Conversion) -> None:
    found: list[dict[str, Any]] = []
    if made.local_used:
        one = {"parallelism": 1} if "Sequential" in plain(made.get("executor")) else {}
        found.append({"kind": "LocalExecutor", **one, **made.local})
    if made.groups:
        for group in made.groups:
            if made.concurrency is not None:
                group.setdefault("concurrency", made.concurrency)
        found.append({"kind": "CeleryExecutor", "workers": [_group(each) for each in made.groups]})
    if made.task_pods_used:
        found.append({"kind": "KubernetesExecutor", **made.task_pods})
    if len(found) == 1:
        made.out["executor"] = found[0]
    elif found:
        made.out["executors"] = found


def _group(group: Mapping[str, Any]) -> dict[str, Any]:
    """A group; one that has only defaults still has its name."""
    return dict(group) or {"name": "default"}


def _celery_options(made: Conversion, outcomes: dict[str, Outcome]) -> None:
    """Options of Celery are an error where no executor is Celery."""
    config = made.out.get("config") or {}
    if made.groups:
        return
    for section in _SECTIONS:
        for option in config.pop(section, {}):
            key = f"config.{section}.{option}"
            outcomes[key] = Outcome("dead", "", "no executor is Celery")


def _store_options(made: Conversion) -> None:
    """What the store of logs sets by itself is an error beside it."""
    store = (made.out.get("logs") or {}).get("store") or {}
    if str(store.get("kind")).endswith("searchLogs"):
        (made.out.get("config") or {}).get("logging", {}).pop("remote_logging", None)
        (made.out.get("env") or {}).pop("AIRFLOW__LOGGING__REMOTE_LOGGING", None)


def _pruned(value: Any) -> Any:
    """A value without empty mappings below it."""
    if not isinstance(value, dict):
        return value
    found = {}
    for key, item in value.items():
        item = _pruned(item)
        if item == {} and key not in ("emptyDir",) and isinstance(value[key], dict) and value[key]:
            continue
        found[key] = item
    return found
