"""Workers and task pods: `workers`, `workers.celery`, its sets, and `workers.kubernetes`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk8s_airflow.migration.conversion import Conversion, Rule, Table, Target, truth
from cdk8s_airflow.migration.official.logs import groomer, persistence
from cdk8s_airflow.migration.official.worker_values import (
    ONLY_CELERY,
    WHOLE,
    groups,
    task_pod,
)
from cdk8s_airflow.migration.old_values import flatten
from cdk8s_airflow.migration.pods import common, container_security, probe
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.resources import put_resources
from cdk8s_airflow.migration.rules import (
    carried,
    dropped,
    is_empty,
    plain,
)
from cdk8s_airflow.migration.scaling import budget, hpa, keda, replicas, rollout

WRONG_TYPE = "the value is not of the type that the chart takes"
"""The note of a key with a value that the chart refuses too."""
_NULL = Outcome("carried", "", "null: the chart's default is removed, and here nothing is set")
_WEIGHT = ("dropped", "secret", "changed", "carried", "dead")
"""Of several groups, the first of these is what became of a key."""


def _volumes(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    return Outcome(
        "dropped",
        "",
        "claims of pods: a patch of the StatefulSet, or extraVolumes with an ephemeral volume",
    )


def _ports(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    containers = [{"name": target.container, "ports": value}]
    return Outcome("carried", target.patch_workload({"containers": containers}))


def _queue(target: Target, value: Any) -> Outcome:
    queues = [each.strip() for each in plain(value).split(",") if each.strip()]
    return Outcome("carried", target.put("queues", queues))


def _kerberos(target: Target, value: Any) -> Outcome:
    if truth(value):
        return Outcome("carried", "kerberos", "an init container and a sidecar, both")
    return Outcome("carried")


def _kerberos_resources(target: Target, value: Any) -> Outcome:
    made = target.conversion
    if is_empty(value):
        return Outcome("carried")
    if not made.on("kerberos.enabled"):
        return Outcome("dead", "", "kerberos.enabled is off")
    return put_resources("kerberos.resources", root=True)(target, value)


_KERBEROS: dict[str, Rule] = {
    f"{name}.{key}": rule
    for name in ("kerberosInitContainer", "kerberosSidecar")
    for key, rule in {
        "enabled": _kerberos,
        "resources": _kerberos_resources,
        "containerLifecycleHooks": dropped("give a patch of the container"),
        "securityContexts.container": container_security,
    }.items()
}


SHARED: Table = {**common(), **_KERBEROS}
"""What both kinds have; suffix -> rule."""
CELERY: Table = {
    **SHARED,
    **probe("livenessProbe"),
    **keda(),
    **hpa(),
    **budget(),
    **rollout(),
    **groomer(),
    **persistence(),
    "replicas": replicas,
    "queue": _queue,
    "extraPorts": _ports,
    "volumeClaimTemplates": _volumes,
    "enableDefault": carried("the group default", "executor.workers"),
    "sets": carried("a group each", "executor.workers"),
    "name": carried("", "name"),
}
KEYS = frozenset(
    f"workers.{part}{suffix}" for part in ("", "celery.", "kubernetes.") for suffix in CELERY
)


def convert(made: Conversion, *, celery: bool, kubernetes: bool) -> dict[str, Outcome]:
    """Writes workers and task pods; what became of each key below `workers`."""
    found: dict[str, Outcome] = {}
    of_celery: dict[str, Outcome] = {}
    of_pods: dict[str, Outcome] = {}
    several = celery and kubernetes
    path = "executors[0]" if several else "executor"
    for number, (name, values) in enumerate(groups(made) if celery else []):
        data: dict[str, Any] = {} if name == "default" else {"name": name}
        made.groups.append(data)
        component = "worker" if name == "default" else f"worker-{name}"
        place = f"{path}.workers[{number}]"
        view = _View(made, data, place, component, "StatefulSet", "worker", values=values)
        for suffix, value in _flat(made, values).items():
            outcome = _apply(view, CELERY, suffix, value)
            known = of_celery.setdefault(suffix, outcome)
            if _WEIGHT.index(outcome.status) < _WEIGHT.index(known.status):
                of_celery[suffix] = outcome
    if kubernetes:
        values = task_pod(made)
        place = "executors[1]" if several else "executor"
        view = _View(made, made.task_pods, place, "", "", "base", values=values)
        for suffix, value in _flat(made, values).items():
            of_pods[suffix] = _apply(view, SHARED, suffix, value)
    given = _flat(made, made.values.get("workers") or {})
    for suffix, value in given.items():
        if value is None:
            found[f"workers.{suffix}"] = _NULL
            continue
        found[f"workers.{suffix}"] = _outcome(suffix, given, of_celery, of_pods, celery, kubernetes)
    return found


def _flat(made: Conversion, values: Mapping[str, Any]) -> dict[str, Any]:
    found = flatten({"workers": dict(values)}, made.chart, KEYS)
    return {key.removeprefix("workers."): value for key, value in found.items()}


def _apply(view: Target, table: Table, suffix: str, value: Any) -> Outcome:
    if value is None:
        return _NULL
    rule = table.get(suffix)
    if rule is None:
        return Outcome("dead", "", "the chart has no such key")
    try:
        return rule(view, value)
    except (AttributeError, KeyError, TypeError, ValueError):
        return Outcome("dropped", "", WRONG_TYPE)


def _outcome(
    suffix: str,
    given: Mapping[str, Any],
    of_celery: Mapping[str, Outcome],
    of_pods: Mapping[str, Outcome],
    celery: bool,
    kubernetes: bool,
) -> Outcome:
    kind, _, rest = suffix.partition(".")
    if kind == "celery":
        if not celery:
            return Outcome("dead", "", "no executor is Celery")
        if rest in ("sets", "enableDefault"):
            return Outcome("carried", "executor.workers", "a group of workers each")
        return of_celery.get(rest, Outcome("dead", "", "no group of workers reads it"))
    if kind == "kubernetes":
        if not kubernetes:
            return Outcome("dead", "", "no executor is Kubernetes")
        return of_pods.get(rest, Outcome("dead", "", "the chart has no such key"))
    top = suffix.partition(".")[0]
    used = [
        table[suffix]
        for table, on, section in (
            (of_celery, celery, "celery"),
            (of_pods, kubernetes, "kubernetes"),
        )
        if on and suffix in table and not _overridden(suffix, given, section)
    ]
    if used:
        return next((each for each in used if each.status != "carried"), used[0])
    if top in ONLY_CELERY and not celery:
        return Outcome("dead", "", "it is for Celery's workers, and no executor is Celery")
    if suffix in of_celery or suffix in of_pods:
        return Outcome("dead", "", f"workers.celery.{suffix} or workers.kubernetes.{suffix} wins")
    if not celery and not kubernetes:
        return Outcome("dead", "", "tasks run in the scheduler")
    return Outcome("dead", "", "the chart has no such key")


def _overridden(suffix: str, given: Mapping[str, Any], section: str) -> bool:
    over = given.get(f"{section}.{suffix}")
    mapping = isinstance(over, Mapping) and suffix.partition(".")[0] not in WHOLE
    return over is not None and not mapping and over != []


class _View(Target):
    """A target whose old values are those of a group, merged."""

    def __init__(self, *arguments: Any, values: Mapping[str, Any]) -> None:
        super().__init__(*arguments)
        object.__setattr__(self, "values", values)

    def old(self, key: str) -> Any:
        from cdk8s_airflow.migration.old_values import lookup

        found, value = lookup(self.values, key)  # type: ignore[attr-defined]
        return value if found else self.conversion.chart.default(f"workers.{key}")
