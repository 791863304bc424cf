"""Logs: the shared volume, volumes of pods, and the log groomers."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import Conversion, Rule, Table, Target, truth
from cdk8s_airflow.migration.pods import container_security
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.resources import put_resources
from cdk8s_airflow.migration.rules import (
    below,
    carried,
    changed,
    dropped,
    is_empty,
    plain,
)

_SHARED = "logs.persistence"
_GROOMERS = ("scheduler", "workers", "workers.celery", "triggerer", "dagProcessor")
_ONE = "one groomer for all, logs.*"


def start(made: Conversion) -> None:
    """Writes the shared volume, and how long logs are kept."""
    if made.on(f"{_SHARED}.enabled"):
        store: dict[str, Any] = {"kind": "LogVolume"}
        existing = made.get(f"{_SHARED}.existingClaim")
        if existing:
            store["claim"] = existing
        else:
            store["claim"] = {"kind": "VolumeClaim", "size": plain(made.get(f"{_SHARED}.size"))}
            if storage_class := made.get(f"{_SHARED}.storageClassName"):
                store["claim"]["storageClass"] = storage_class
        if sub_path := made.get(f"{_SHARED}.subPath"):
            store["subPath"] = sub_path
        made.root.put("logs.store", store)
    days = kept_days(made)
    if days is not None:
        made.root.put("logs.retentionDays", days)


def kept_days(made: Conversion) -> int | None:
    """Days that logs are kept, if the values say so: of one volume the fewest, else the most."""
    given = []
    for section in _GROOMERS:
        key = f"{section}.logGroomerSidecar"
        if section == "scheduler" and not _scheduler_counts(made):
            continue
        if made.given(f"{key}.retentionDays") or made.given(f"{key}.retentionMinutes"):
            minutes = int(made.get(f"{key}.retentionMinutes") or 0)
            given.append(
                max(round(minutes / 1440), 1) if minutes else int(made.get(f"{key}.retentionDays"))
            )
    if not given:
        return None
    return min(given) if made.on(f"{_SHARED}.enabled") else max(given)


def _scheduler_counts(made: Conversion) -> bool:
    """Whether the scheduler of the new release writes logs of tasks."""
    return made.on(f"{_SHARED}.enabled") or "Local" in plain(made.get("executor"))


def groomer() -> dict[str, Rule]:
    """The log groomer of one kind of pod."""
    size = changed("logs.maxSize is a quantity for the logs of one pod, 8Gi", "logs.maxSize")
    return below(
        "logGroomerSidecar",
        {
            "enabled": _enabled,
            "command": dropped(_ONE),
            "args": _args,
            "env": dropped(_ONE),
            "containerLifecycleHooks": dropped(_ONE),
            "securityContexts.container": container_security,
            "retentionDays": _days,
            "retentionMinutes": _days,
            "frequencyMinutes": _frequency,
            "maxSizeBytes": _size,
            "maxSizePercent": size,
            "requirePersistence": carried("there is one wherever logs are written", "logs"),
            "resources": put_resources("logs.resources", root=True),
        },
    )


def _args(target: Target, value: Any) -> Outcome:
    if value == ["bash", "/clean-logs"] or is_empty(value):
        return Outcome("carried", "", "the groomer of the bundle")
    return Outcome("dropped", "", _ONE)


def _enabled(target: Target, value: Any) -> Outcome:
    if truth(value):
        return Outcome("carried", "logs", "wherever logs are written")
    note = "logs are deleted after logs.retentionDays; null keeps them for ever, in all pods"
    return Outcome("changed", "logs.retentionDays", note)


def _days(target: Target, value: Any) -> Outcome:
    made = target.conversion
    days = kept_days(made)
    if not value:
        return Outcome("carried", "", "retentionDays counts")
    if days is None:
        return Outcome(
            "changed", "logs.retentionDays", "the scheduler writes no logs of tasks here"
        )
    own = int(target.old("logGroomerSidecar.retentionDays") or 0)
    minutes = int(target.old("logGroomerSidecar.retentionMinutes") or 0)
    if (minutes and minutes != days * 1440) or (not minutes and own != days):
        return Outcome("changed", "logs.retentionDays", f"{days} days in all pods")
    return Outcome("carried", "logs.retentionDays", "for all pods")


def _frequency(target: Target, value: Any) -> Outcome:
    return Outcome("carried", target.conversion.root.put("logs.intervalMinutes", int(value)), _ONE)


def _size(target: Target, value: Any) -> Outcome:
    if not value:
        return Outcome("carried")
    mebibytes = max(int(value) // 1048576, 1)
    return Outcome("carried", target.conversion.root.put("logs.maxSize", f"{mebibytes}Mi"), _ONE)


def persistence() -> dict[str, Rule]:
    """A volume for the logs of each pod."""

    def enabled(target: Target, value: Any) -> Outcome:
        if not truth(value):
            return Outcome("carried", "", "an emptyDir")
        if target.conversion.on(f"{_SHARED}.enabled"):
            return Outcome("dead", "", "logs.persistence is the volume for logs")
        target.put("persistence.size", plain(target.old("persistence.size")))
        return Outcome("carried", target.below("persistence"))

    def field(to: str) -> Rule:
        def rule(target: Target, value: Any) -> Outcome:
            if is_empty(value):
                return Outcome("carried")
            if target.conversion.on(f"{_SHARED}.enabled"):
                return Outcome("dead", "", "logs.persistence is the volume for logs")
            if not truth(target.old("persistence.enabled")):
                return Outcome("dead", "", "persistence.enabled is off")
            target.put("persistence.size", plain(target.old("persistence.size")))
            return Outcome("carried", target.put(f"persistence.{to}", plain(value)))

        return rule

    policy = "persistentVolumeClaimRetentionPolicy"
    return below(
        "persistence",
        {
            "enabled": enabled,
            "size": field("size"),
            "storageClassName": field("storageClass"),
            "annotations": dropped("give a patch of the StatefulSet"),
            "fixPermissions": carried("fsGroup makes the volume writable"),
            "containerLifecycleHooks": dropped("nothing runs as root to fix permissions"),
            "securityContexts.container": carried("nothing runs as root to fix permissions"),
            policy: dropped("see its fields"),
            f"{policy}.whenDeleted": field("whenDeleted"),
            f"{policy}.whenScaled": field("whenScaled"),
        },
    )


def _store(to: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        made = target.conversion
        if is_empty(value):
            return Outcome("carried")
        if not made.on(f"{_SHARED}.enabled"):
            return Outcome("dead", "", "logs.persistence.enabled is off")
        if made.out["logs"]["store"]["kind"] != "LogVolume":
            return Outcome("changed", "logs.store", "one store: logs are searched, not on a volume")
        if to.startswith("claim.") and made.get(f"{_SHARED}.existingClaim"):
            return Outcome("dead", "", "existingClaim names the volume")
        return Outcome("carried", f"logs.store.{to}")

    return rule


TABLE: Table = {
    f"{_SHARED}.enabled": lambda target, value: Outcome(
        "carried", "logs.store" if truth(value) else ""
    ),
    f"{_SHARED}.existingClaim": _store("claim"),
    f"{_SHARED}.size": _store("claim.size"),
    f"{_SHARED}.storageClassName": _store("claim.storageClass"),
    f"{_SHARED}.subPath": _store("subPath"),
    f"{_SHARED}.annotations": dropped(
        "make the claim yourself, and give its name: logs.store.claim"
    ),
    "logs.emptyDirConfig": lambda target, value: _empty_dir(target, value),
}


def _empty_dir(target: Target, value: Any) -> Outcome:
    limit = (value or {}).get("sizeLimit")
    if target.conversion.on(f"{_SHARED}.enabled"):
        return Outcome("dead", "", "logs.persistence is the volume for logs")
    if limit:
        target.put("logs.sizeLimit", limit)
    if set(value or {}) - {"sizeLimit"}:
        return Outcome("changed", "logs.sizeLimit", "logs are on the disk of the node")
    return Outcome("carried", "logs.sizeLimit")
