"""Numbers of pods, autoscalers, disruption budgets and updates."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import Rule, Target, truth
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import carried, dropped, is_empty, move, reference

_BY_SCALER = "the autoscaler sets the number of pods, in the old chart too"


def replicas(target: Target, value: Any) -> Outcome:
    """The number of pods, unless an autoscaler sets it."""
    if value is None:
        return Outcome("carried")
    if scaled(target):
        return Outcome("dead", "", _BY_SCALER)
    return Outcome("carried", target.put("replicas", int(value)))


def scaled(target: Target) -> bool:
    """Whether an autoscaler of the old chart sets the number of pods."""
    switches = ("keda.enabled", "hpa.enabled", "autoscaling.enabled")
    return any(truth(target.old(key)) for key in switches)


def rollout() -> dict[str, Rule]:
    """How pods are replaced."""
    return {
        "revisionHistoryLimit": move("revisionHistoryLimit"),
        "strategy": strategy,
        "updateStrategy": update_strategy,
        "podManagementPolicy": dropped("give a patch of the StatefulSet"),
    }


def strategy(target: Target, value: Any) -> Outcome:
    """The strategy of a Deployment."""
    if is_empty(value):
        return Outcome("carried")
    if target.kind == "Deployment":
        return Outcome("carried", target.put("updateStrategy", value))
    note = "here it is a StatefulSet, which replaces one pod after another"
    return Outcome("changed", "", note)


def update_strategy(target: Target, value: Any) -> Outcome:
    """The strategy of a StatefulSet."""
    if is_empty(value):
        return Outcome("carried")
    if target.kind == "StatefulSet":
        return Outcome("carried", target.put("updateStrategy", value))
    return Outcome(
        "changed", "", "here it is a Deployment: a new pod starts before an old one ends"
    )


def budget(official: bool = True) -> dict[str, Rule]:
    """The PodDisruptionBudget: two pods or more have one that lets one go at a time.

    Args:
        official: whether its fields are below `config`.
    """
    place = "podDisruptionBudget.config" if official else "podDisruptionBudget"

    def enabled(target: Target, value: Any) -> Outcome:
        if not truth(value):
            note = "with two pods or more there is one, which lets one go at a time"
            return Outcome("changed", "", note)
        if _several(target):
            return Outcome("carried", "", "two pods or more have one, which lets one go at a time")
        note = "a budget for a single pod blocks every drain of its node; give it two replicas"
        return Outcome("changed", "", note)

    def limit(field: str) -> Rule:
        def rule(target: Target, value: Any) -> Outcome:
            if is_empty(value):
                return Outcome("carried")
            if not truth(target.old("podDisruptionBudget.enabled")):
                return Outcome("dead", "", "the budget is not enabled")
            if (field, str(value)) == ("maxUnavailable", "1"):
                return Outcome("carried", "", "one may go at a time")
            if not _several(target):
                return Outcome("changed", "", "a single pod has no budget: give it two replicas")
            spec = {"maxUnavailable": None, field: value}
            return Outcome("carried", target.patch("PodDisruptionBudget", {"spec": spec}))

        return rule

    return {
        "podDisruptionBudget.enabled": enabled,
        "podDisruptionBudget.apiVersion": carried("policy/v1"),
        f"{place}.maxUnavailable": limit("maxUnavailable"),
        f"{place}.minAvailable": limit("minAvailable"),
    }


def _several(target: Target) -> bool:
    if scaled(target):
        return True
    number = target.old("replicas")
    return isinstance(number, int) and number > 1


def keda() -> dict[str, Rule]:
    """KEDA's ScaledObject."""

    def enabled(target: Target, value: Any) -> Outcome:
        if not truth(value):
            return Outcome("carried", "", "no autoscaler")
        target.put("autoscaling.kind", "KedaAutoscaling")
        for old, new in _KEDA.items():
            target.put(f"autoscaling.{new}", target.old(f"keda.{old}"))
        made, note = target.conversion, ""
        if made.family == "official" and (name := made.get("data.metadataSecretName")):
            target.put("autoscaling.connection", reference(name, "connection"))
            note = "KEDA takes no driver in the URL: `postgresql://`"
        return Outcome("carried", target.below("autoscaling"), note)

    def query(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        note = "it follows from queues and concurrency; else give a patch of the ScaledObject"
        return Outcome("dropped", "", note)

    def pooled(target: Target, value: Any) -> Outcome:
        if not truth(value):
            return Outcome("carried", "", "KEDA asks the server itself")
        if not target.conversion.on("pgbouncer.enabled") or target.has("autoscaling.connection"):
            return Outcome("dead", "", "there is no PgBouncer that KEDA could ask")
        return Outcome("carried", target.put("autoscaling.throughPgbouncer", True))

    behavior = "keda.advanced.horizontalPodAutoscalerConfig.behavior"
    table: dict[str, Rule] = {
        "keda.enabled": enabled,
        **{f"keda.{old}": move(f"autoscaling.{new}") for old, new in _KEDA.items()},
        "keda.usePgbouncer": pooled,
        behavior: move("autoscaling.behavior"),
        "keda.query": query,
        "keda.namespaceLabels": _namespace,
    }
    return {
        key: rule if key == "keda.enabled" else _if("keda", rule) for key, rule in table.items()
    }


_KEDA = {
    "minReplicaCount": "minReplicas",
    "maxReplicaCount": "maxReplicas",
    "pollingInterval": "pollingInterval",
    "cooldownPeriod": "cooldownPeriod",
}


def _namespace(target: Target, value: Any) -> Outcome:
    name = (value or {}).get("kubernetes.io/metadata.name")
    if name:
        return Outcome("carried", target.put("autoscaling.namespace", name))
    if is_empty(value):
        return Outcome("carried")
    return Outcome("changed", "", "name KEDA's namespace: autoscaling.namespace, keda by default")


def _if(section: str, rule: Rule) -> Rule:
    """A rule for a section that has a switch."""

    def guarded(target: Target, value: Any) -> Outcome:
        if not truth(target.old(f"{section}.enabled")):
            return Outcome("dead", "", f"{section}.enabled is off")
        return rule(target, value)

    return guarded


def hpa(
    section: str = "hpa", least: str = "minReplicaCount", most: str = "maxReplicaCount"
) -> dict[str, Rule]:
    """The HorizontalPodAutoscaler.

    Args:
        section: its section in the old chart.
        least: key of the fewest pods; empty: there is none, and `replicas` is the number.
        most: key of the most pods.
    """

    def enabled(target: Target, value: Any) -> Outcome:
        if not truth(value):
            return Outcome("carried", "", "no autoscaler")
        if truth(target.old("keda.enabled")):
            return Outcome("dead", "", "KEDA scales these pods")
        fewest = target.old(f"{section}.{least}") if least else target.old("replicas")
        target.put("autoscaling.kind", "HpaAutoscaling")
        target.put("autoscaling.minReplicas", max(int(fewest or 1), 1))
        target.put("autoscaling.maxReplicas", int(target.old(f"{section}.{most}") or 5))
        _metrics(target, target.old(f"{section}.metrics"))
        return Outcome("carried", target.below("autoscaling"))

    def fewest(target: Target, value: Any) -> Outcome:
        if int(value or 0) < 1:
            return Outcome("changed", target.below("autoscaling.minReplicas"), "1 is the fewest")
        return Outcome("carried", target.below("autoscaling.minReplicas"))

    def metrics(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        if all(_percent(each) for each in value):
            return Outcome("carried", target.below("autoscaling"))
        note = (
            "CPU and memory in percent have options; other metrics need a patch of the autoscaler"
        )
        return Outcome("changed", target.below("autoscaling"), note)

    table: dict[str, Rule] = {
        f"{section}.enabled": enabled,
        f"{section}.{most}": carried("", ".autoscaling.maxReplicas"),
        f"{section}.metrics": metrics,
        f"{section}.behavior": move("autoscaling.behavior"),
        f"{section}.apiVersion": carried("autoscaling/v2"),
    }
    if least:
        table[f"{section}.{least}"] = fewest
    switch = f"{section}.enabled"
    return {key: rule if key == switch else _if(section, rule) for key, rule in table.items()}


def _metrics(target: Target, metrics: Any) -> None:
    found = dict(filter(None, map(_percent, metrics or [])))
    requests = (
        ((target.old("resources") or {}).get("requests") or {}) if target.old("resources") else None
    )
    cpu, memory = found.get("cpu"), found.get("memory")
    if requests is not None:
        cpu = cpu if "cpu" in requests else None
        memory = memory if "memory" in requests else None
    if memory:
        target.put("autoscaling.memoryUtilization", memory)
    if cpu:
        target.put("autoscaling.cpuUtilization", cpu)
    elif memory:
        target.put("autoscaling.cpuUtilization", None)


def _percent(metric: Any) -> tuple[str, int] | None:
    resource = metric.get("resource") or metric.get("containerResource") or {}
    percent = (resource.get("target") or {}).get("averageUtilization")
    name = resource.get("name")
    return (name, int(percent)) if name in ("cpu", "memory") and percent else None
