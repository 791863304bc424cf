"""Settings that all pods of the community's chart have."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import Conversion, Rule, Target, truth
from cdk8s_airflow.migration.placement import placement
from cdk8s_airflow.migration.pods import (
    extras,
    labelled,
    pod_security,
    safe_to_evict,
    workload_annotations,
)
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.resources import put_resources
from cdk8s_airflow.migration.rules import (
    is_empty,
    move,
    text_map,
)


def pip(target: Target, value: Any) -> Outcome:
    """Python packages: all pods of Airflow have them."""
    if is_empty(value):
        return Outcome("carried", "", "empty: nothing to set")
    path = target.conversion.root.put("extraPackages", [str(each) for each in value])
    note = "" if target.path in ("", "airflowPods") else "in all pods of Airflow"
    return Outcome("changed" if note else "carried", path, note)


def pods() -> dict[str, Rule]:
    """What all pods of the community's chart have."""
    return {
        **placement(),
        **extras(),
        "resources": put_resources(),
        "labels": lambda target, value: labelled(target.kind)(target, value),
        "podLabels": text_map("labels"),
        "annotations": workload_annotations,
        "podAnnotations": text_map("annotations"),
        "safeToEvict": safe_to_evict,
        "securityContext": pod_security,
        "extraPipPackages": pip,
        "shareProcessNamespace": _share,
        "priorityClassName": move("priorityClassName"),
    }


def _share(target: Target, value: Any) -> Outcome:
    if not truth(value):
        return Outcome("carried")
    return Outcome("dropped", "", "give a patch of the pod: spec.shareProcessNamespace")


def log_cleanup() -> dict[str, Rule]:
    """The clean-up of logs beside a process."""
    return {
        "logCleanup.enabled": _log_switch,
        "logCleanup.resources": put_resources("logs.resources", root=True),
        "logCleanup.retentionMinutes": _log_days,
        "logCleanup.intervalSeconds": _log_interval,
    }


def _root(path: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        return move(path)(target.conversion.root, value)

    return rule


def _log_switch(target: Target, value: Any) -> Outcome:
    if truth(value):
        return Outcome("carried", "logs", "wherever logs are written")
    return Outcome("changed", "logs.retentionDays", "null keeps logs for ever, in all pods")


def log_days(made: Conversion) -> int | None:
    """Days that logs are kept, if the old values say so."""
    sections = ["workers", "scheduler"] if made.groups else ["scheduler"]
    given = [
        int(made.get(f"{section}.logCleanup.retentionMinutes"))
        for section in sections
        if made.given(f"{section}.logCleanup.retentionMinutes")
    ]
    shared = made.on("logs.persistence.enabled")
    return max(round((min(given) if shared else given[0]) / 1440), 1) if given else None


def _log_days(target: Target, value: Any) -> Outcome:
    days = log_days(target.conversion)
    if days is None:
        return Outcome("carried")
    path = target.conversion.root.put("logs.retentionDays", days)
    if int(value) != days * 1440:
        return Outcome("changed", path, f"{days} days in all pods")
    return Outcome("carried", path, "for all pods")


def _log_interval(target: Target, value: Any) -> Outcome:
    minutes = max(round(int(value) / 60), 1)
    return Outcome("carried", target.conversion.root.put("logs.intervalMinutes", minutes))
