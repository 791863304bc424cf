"""The values of workers and task pods, as the chart merges them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk8s_airflow.migration.conversion import Conversion, truth

WHOLE = frozenset(
    {
        *("resources", "nodeSelector", "affinity", "labels", "annotations", "podAnnotations"),
        *("securityContext", "securityContexts"),
    }
)
"""What the chart replaces as a whole; it merges other mappings, and a list replaces a list."""


ONLY_CELERY = frozenset(
    {
        *("replicas", "args", "keda", "hpa", "persistence", "podDisruptionBudget"),
        *("livenessProbe", "strategy", "updateStrategy", "podManagementPolicy"),
        *("revisionHistoryLimit", "extraPorts", "volumeClaimTemplates", "waitForMigrations"),
        *("annotations", "logGroomerSidecar"),
    }
)


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Two mappings as the chart merges them: `over` wins."""
    found = dict(base)
    for key, value in over.items():
        if isinstance(value, Mapping) and isinstance(found.get(key), Mapping) and key not in WHOLE:
            found[key] = merged(found[key], value)
        elif value is not None and not (value == [] and found.get(key)):
            found[key] = value
    return found


def groups(made: Conversion) -> list[tuple[str, dict[str, Any]]]:
    """Name of each group of workers, and its values as the chart merges them."""
    workers = made.values.get("workers") or {}
    base = {key: item for key, item in workers.items() if key not in ("celery", "kubernetes")}
    celery = dict(workers.get("celery") or {})
    sets = celery.pop("sets", None) or []
    default = celery.pop("enableDefault", True)
    whole = merged(base, celery)
    found = [("default", whole)] if truth(default) or not sets else []
    return found + [(str(each["name"]), merged(whole, each)) for each in sets]


def task_pod(made: Conversion) -> dict[str, Any]:
    """The values of task pods as the chart merges them."""
    workers = made.values.get("workers") or {}
    base = {
        key: item
        for key, item in workers.items()
        if key not in ("celery", "kubernetes") and key not in ONLY_CELERY
    }
    return merged(base, workers.get("kubernetes") or {})
