"""The whole table of the community's chart, and in which order it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cdk8s_airflow.migration.community import (
    airflow,
    dags,
    jobs,
    objects,
    pgbouncer,
    processes,
    servers,
)
from cdk8s_airflow.migration.conversion import Conversion, Table, Target, section_target
from cdk8s_airflow.migration.known import chart
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import below, is_empty, plain

_PODS = "airflow.kubernetesPodTemplate"
TABLE: Table = {
    **airflow.TABLE,
    **jobs.MIGRATIONS,
    **jobs.CLEANUP,
    **airflow.ROOT_ACCOUNT,
    **objects.TABLE,
    **dags.TABLE,
    **dags.GIT_SYNC,
    **servers.TABLE,
    **servers.POSTGRESQL,
    **servers.REDIS,
    **pgbouncer.PGBOUNCER,
    **{key: rule for table in processes.TABLES.values() for key, rule in table.items()},
    **below("workers", processes.WORKERS),
    **below(_PODS, airflow.TASK_PODS),
}
EXTRA = frozenset(TABLE)
_OFF = ("flower", "pgbouncer", "dags.gitSync", "dbCleanup", "triggerer", "redis", "postgresql")


def executors(made: Conversion) -> tuple[bool, bool, bool]:
    """Whether the old release has Celery, Kubernetes, local tasks."""
    several = made.get("airflow.executors") if made.given("airflow.executors") else None
    names = [plain(each) for each in several or [made.get("airflow.executor")]]
    return (
        any("Celery" in name for name in names),
        any("Kubernetes" in name for name in names),
        any("Local" in name or "Sequential" in name for name in names),
    )


def start(made: Conversion) -> dict[str, Outcome]:
    """Writes what follows from several keys."""
    celery, kubernetes, local = executors(made)
    made.task_pods_used, made.local_used = kubernetes, local
    if celery:
        made.groups.append({})
    if celery and made.on("flower.enabled"):
        made.turn_on("flower")
    airflow.start(made)
    processes.login(made)
    servers.start(made)
    dags.start(made)
    objects.start(made)
    if made.on("dbCleanup.enabled"):
        made.turn_on("databaseCleanup")
    return {}


def outcome(made: Conversion, key: str, value: Any, found: Mapping[str, Outcome]) -> Outcome:
    """What becomes of a key."""
    if value is None:
        return Outcome(
            "carried", "", "null: the chart's default is removed, and here nothing is set"
        )
    if not key.endswith(".enabled") and not is_empty(value) and (why := _dead(made, key)):
        return Outcome("dead", "", why)
    if key in ("airflow.executor", "airflow.executors"):
        return _executor(made, value)
    rule = TABLE.get(key)
    if rule is None:
        return Outcome("dead", "", "the chart has no such key")
    return rule(_target(made, key), value)


def _dead(made: Conversion, key: str) -> str:
    celery, kubernetes, _ = executors(made)
    if key.startswith(("workers.", "flower.", "redis.")) and not celery:
        return "no executor is Celery"
    if key.startswith(f"{_PODS}.") and not kubernetes:
        return "no executor is Kubernetes"
    for section in _OFF:
        if key.startswith(f"{section}.") and not made.on(f"{section}.enabled"):
            return f"{section}.enabled is off"
    return ""


def _executor(made: Conversion, value: Any) -> Outcome:
    if value == "CeleryKubernetesExecutor":
        note = "Airflow 3 has no such executor: tasks of the queue kubernetes name executor="
        return Outcome("changed", "executors", note)
    if not any(executors(made)):
        return Outcome(
            "dropped", "", "Celery, Kubernetes and Local have classes; others need an extension"
        )
    return Outcome("carried", "executors" if sum(executors(made)) > 1 else "executor")


def _target(made: Conversion, key: str) -> Target:
    celery, kubernetes, _ = executors(made)
    section = key.partition(".")[0]
    if key.startswith("dags.gitSync.") and not key.endswith(".enabled"):
        return Target(made, made.out["dags"], "dags", source="dags.gitSync")
    if key.startswith(f"{_PODS}."):
        path = "executors[1]" if celery else "executor"
        return Target(made, made.task_pods, path, source=_PODS)
    if section == "workers":
        path = "executors[0]" if kubernetes else "executor"
        data = made.groups[0] if made.groups else {}
        return Target(
            made, data, f"{path}.workers[0]", "worker", "StatefulSet", "worker", "workers"
        )
    if section == "serviceAccount":
        return Target(made, made.out, "", source="")
    for name in ("airflow.dbMigrations", section):
        if key.startswith(f"{name}.") and name in processes.SECTIONS and _here(made, name):
            return section_target(made, processes.SECTIONS, name)
    return made.root


def _here(made: Conversion, section: str) -> bool:
    switch = f"{section}.enabled"
    needed = section in ("flower", "pgbouncer", "dbCleanup", "redis", "postgresql")
    return not needed or made.on(switch)


def unknown_keys() -> Iterator[str]:
    """Keys of the chart that no rule knows, for the test that there are none."""
    yield from (key for key in chart("community").keys if key not in TABLE)
