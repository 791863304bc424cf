"""The whole table of the official chart, and in which order it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from cdk8s_airflow.migration.conversion import Conversion, Rule, Table, Target, section_target
from cdk8s_airflow.migration.official import (
    broker,
    dags,
    dags_volume,
    database,
    general,
    git_sync,
    images,
    ingress,
    jobs,
    logs,
    metrics,
    otel,
    pgbouncer,
    postgresql,
    processes,
    search,
    secrets,
    workers,
)
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import below, is_empty, plain

Gate: TypeAlias = Callable[[Conversion], str]
"""Why the keys of a section are dead in the old release; empty: they are not."""

_CELERY = ("CeleryExecutor", "CeleryKubernetesExecutor")
_KUBERNETES = ("KubernetesExecutor", "CeleryKubernetesExecutor", "LocalKubernetesExecutor")
_LOCAL = ("LocalExecutor", "LocalKubernetesExecutor", "SequentialExecutor")

TABLE: Table = {
    **general.TABLE,
    **secrets.TABLE,
    **images.TABLE,
    **database.TABLE,
    **postgresql.TABLE,
    **broker.TABLE,
    **broker.REDIS,
    **dags.TABLE,
    **git_sync.GIT_SYNC,
    **dags_volume.VOLUME,
    **logs.TABLE,
    **ingress.TABLE,
    **search.TABLE,
    **pgbouncer.TABLE,
    **metrics.STATSD,
    **otel.TABLE,
    **{key: rule for table in processes.TABLES.values() for key, rule in table.items()},
    **{key: rule for table in jobs.TABLES.values() for key, rule in table.items()},
    **dags.TABLE,
    **jobs.CLEANUP_OF_PODS,
    **below("webserver.defaultUser", jobs.USER),
    **below("apiServer.defaultUser", jobs.USER),
}
"""Key -> rule, of all but workers."""
EXTRA = frozenset({*TABLE, *workers.KEYS})
"""Keys that are known beside those of the chart: of the sub-chart PostgreSQL, of older charts."""


def _off(switch: str) -> Gate:
    return lambda made: "" if made.on(switch) else f"{switch} is off"


def _web(made: Conversion) -> str:
    return "" if made.airflow2 else "Airflow 3 has no webserver: the chart reads apiServer"


def _api(made: Conversion) -> str:
    return "Airflow 2 has a webserver: the chart reads webserver" if made.airflow2 else ""


def _flower(made: Conversion) -> str:
    if not made.groups:
        return "no executor is Celery"
    return _off("flower.enabled")(made)


def _database(made: Conversion) -> str:
    return "the release uses another server" if database.external(made) else ""


def _statsd(made: Conversion) -> str:
    if otel.on(made) and made.on("statsd.enabled"):
        return "the chart sends no metrics to StatsD with the collector"
    return _off("statsd.enabled")(made)


_NAMED = "tasks of the queue kubernetes name executor='KubernetesExecutor'"
GATES: dict[str, Gate] = {
    "webserver.defaultUser": lambda made: "",
    "webserver": _web,
    "apiServer.defaultUser": lambda made: "",
    "apiServer": _api,
    "flower": _flower,
    "redis": broker.embedded,
    "statsd": _statsd,
    "pgbouncer": _off("pgbouncer.enabled"),
    "dags.gitSync": _off("dags.gitSync.enabled"),
    "dags.persistence": _off("dags.persistence.enabled"),
    "elasticsearch": _off("elasticsearch.enabled"),
    "opensearch": _off("opensearch.enabled"),
    "kerberos": _off("kerberos.enabled"),
    "databaseCleanup": _off("databaseCleanup.enabled"),
    "createUserJob.defaultUser": lambda made: "",
    "createUserJob": _off("createUserJob.enabled"),
    "cleanup": _off("cleanup.enabled"),
    "triggerer": _off("triggerer.enabled"),
    "otelCollector": otel.gate,
}
"""Section -> gate; the first that fits a key counts."""
_SWITCHES = frozenset(
    {
        *(f"{section}.enabled" for section in GATES),
        *("otelCollector.tracesEnabled", "otelCollector.metricsEnabled"),
    }
)


def executors(made: Conversion) -> tuple[bool, bool, bool]:
    """Whether the old release has Celery, Kubernetes, local tasks."""
    names = [each.strip().rpartition(".")[2] for each in plain(made.get("executor")).split(",")]
    names = [name.partition(":")[2] or name for name in names]
    return (
        any(name in _CELERY for name in names),
        any(name in _KUBERNETES for name in names),
        any(name in _LOCAL for name in names),
    )


def start(made: Conversion) -> dict[str, Outcome]:
    """Writes what follows from several keys; what became of the keys of workers."""
    celery, kubernetes, local = executors(made)
    made.task_pods_used, made.local_used = kubernetes, local
    images.start(made)
    found = workers.convert(made, celery=celery, kubernetes=kubernetes)
    pgbouncer.start(made)
    database.start(made)
    broker.start(made)
    for theme in (secrets, dags, logs, otel, metrics, search, ingress, processes, jobs, general):
        theme.start(made)
    if celery and made.on("flower.enabled"):
        made.turn_on("flower")
    return found


def outcome(made: Conversion, key: str, value: Any, of_workers: dict[str, Outcome]) -> Outcome:
    """What becomes of a key."""
    if key in of_workers:
        return of_workers[key]
    if value is None:
        return Outcome(
            "carried", "", "null: the chart's default is removed, and here nothing is set"
        )
    if key not in _SWITCHES and not is_empty(value) and (why := _gate(made, key)):
        return Outcome("dead", "", why)
    if key == "executor":
        return _executor(made, value)
    rule = TABLE.get(key)
    if rule is None:
        rule = _unlisted(key)
    if rule is None:
        return Outcome("dead", "", "the chart has no such key")
    return rule(_target(made, key), value)


def _gate(made: Conversion, key: str) -> str:
    for section, gate in GATES.items():
        if key == section or key.startswith(f"{section}."):
            return gate(made)
    return ""


def _unlisted(key: str) -> Rule | None:
    if key.startswith("postgresql."):
        return postgresql.SUB_CHART
    return None


def _executor(made: Conversion, value: Any) -> Outcome:
    names = [each.strip() for each in plain(value).split(",")]
    changed = {
        "CeleryKubernetesExecutor": _NAMED,
        "LocalKubernetesExecutor": _NAMED,
        "SequentialExecutor": "LocalExecutor(parallelism=1)",
    }
    for name in names:
        if name in changed:
            return Outcome("changed", "executors", f"Airflow 3 has no {name}: {changed[name]}")
    if not any(executors(made)):
        return Outcome(
            "dropped", "", "Celery, Kubernetes and Local have classes; others need an extension"
        )
    path = "executors" if sum(executors(made)) > 1 else "executor"
    return Outcome("carried", path)


def _target(made: Conversion, key: str) -> Target:
    section = key.partition(".")[0]
    if key.startswith("dags.gitSync.") and not key.endswith("gitSync.enabled"):
        return Target(made, made.out["dags"], "dags", source="dags.gitSync")
    if ".defaultUser" in key:
        return Target(made, {}, "admin", source=key.rpartition(".")[0])
    if key in dags.TABLE:
        return made.root
    if section in processes.SECTIONS:
        return section_target(made, processes.SECTIONS, section)
    if section in jobs.TABLES:
        return jobs.target(made, section)
    special = {"redis": broker.target, "pgbouncer": pgbouncer.target, "statsd": metrics.target}
    special |= {"otelCollector": otel.target, "cleanup": jobs.finished_pods}
    return special[section](made) if section in special else made.root


def unknown_keys() -> Iterator[str]:
    """Keys of the chart that no rule knows, for the test that there are none."""
    from cdk8s_airflow.migration.known import chart

    known = {f"workers.{suffix}" for suffix in workers.CELERY}
    known |= {f"workers.celery.{suffix}" for suffix in workers.CELERY}
    known |= {f"workers.kubernetes.{suffix}" for suffix in workers.SHARED}
    for key in chart("official").keys:
        if key not in TABLE and key not in known and _unlisted(key) is None:
            yield key
