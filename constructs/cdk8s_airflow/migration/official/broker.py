"""Celery's broker: the chart's Redis, or a URL."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import Conversion, Rule, Table, Target, truth
from cdk8s_airflow.migration.pods import common
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import (
    below,
    changed,
    dropped,
    is_empty,
    plain,
    reference,
    same_as,
)

_OWN = "the bundle generates the password of its Redis in the cluster"
_SECTION = "redis"


def start(made: Conversion) -> None:
    """Writes the broker."""
    if not made.groups:
        return
    if secret := made.get("data.brokerUrlSecretName"):
        made.root.put("broker", reference(secret, "connection"))
    elif made.get("data.brokerUrl"):
        name = made.name("broker")
        made.root.put("broker", reference(name, "connection"))
        made.secret(name, "connection", source="data.brokerUrl")
    elif made.on("redis.enabled"):
        made.root.put("broker", {"kind": "EmbeddedRedis"})


def embedded(made: Conversion) -> str:
    """Why the settings of the chart's Redis are dead; empty: they are not."""
    if not made.groups:
        return "no executor is Celery"
    if not made.on("redis.enabled"):
        return "redis.enabled is off"
    return ""


def _replaced(made: Conversion) -> bool:
    return (made.out.get("broker") or {}).get("kind") != "EmbeddedRedis"


def _enabled(target: Target, value: Any) -> Outcome:
    made = target.conversion
    if not made.groups:
        return Outcome("dead" if truth(value) else "carried", "", "no executor is Celery")
    if truth(value) and _replaced(made):
        return Outcome(
            "changed", "broker", "the release uses another broker, and this one is left out"
        )
    return Outcome("carried", "broker")


def _broker(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    if not target.conversion.groups:
        return Outcome("dead", "", "no executor is Celery")
    return Outcome("carried", "broker", "key connection")


def _url(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    made = target.conversion
    if not made.groups:
        return Outcome("dead", "", "no executor is Celery")
    if made.get("data.brokerUrlSecretName"):
        return Outcome("dead", "", "data.brokerUrlSecretName wins")
    return Outcome(
        "secret", "broker", f"create the Secret {made.name('broker')} with the key connection"
    )


def _password(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    return Outcome("secret", "broker", _OWN)


def _storage(option: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        return Outcome("carried", target.put(option, plain(value)))

    return rule


def _volume(target: Target, value: Any) -> Outcome:
    if truth(value):
        return Outcome("carried", "broker.storage")
    return Outcome(
        "changed", "broker.storage", "its queue survives a restart: it has a volume of 1Gi"
    )


def _service_type(target: Target, value: Any) -> Outcome:
    if plain(value) == "ClusterIP":
        return Outcome("carried")
    return Outcome("carried", target.put("service.type", plain(value)))


def _node_port(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    if plain(target.old("service.type")) == "ClusterIP":
        return Outcome("dead", "", "the Service is ClusterIP")
    return Outcome("carried", target.put("service.nodePort", int(value)))


def _cluster_ip(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    return Outcome("carried", target.patch("Service", {"spec": {"clusterIP": value}}))


def target(made: Conversion) -> Target:
    """Where the settings of its pod go."""
    data = made.out.setdefault("broker", {}) if not _replaced(made) else {}
    return Target(made, data, "broker", "redis", "StatefulSet", "redis", _SECTION)


_OURS: dict[str, Rule] = {
    **common(),
    "enabled": _enabled,
    "password": _password,
    "passwordSecretName": changed(_OWN, "broker"),
    "passwordSecretAnnotations": dropped(_OWN),
    "uid": same_as(0, 999, note="it runs as redis, 999", other=changed("it runs as redis, 999")),
    "emptyDirConfig": changed("it has a volume", "broker.storage"),
    "persistence.enabled": _volume,
    "persistence.size": _storage("storage"),
    "persistence.storageClassName": _storage("storageClass"),
    "persistence.annotations": dropped("give a patch of the StatefulSet"),
    "persistence.existingClaim": changed("a queue is not worth a move: let it run empty", "broker"),
    "persistence.persistentVolumeClaimRetentionPolicy": changed("claims are kept"),
    "persistence.persistentVolumeClaimRetentionPolicy.whenDeleted": changed("claims are kept"),
    "persistence.persistentVolumeClaimRetentionPolicy.whenScaled": changed("claims are kept"),
    "service.type": _service_type,
    "service.nodePort": _node_port,
    "service.clusterIP": _cluster_ip,
}
REDIS: Table = below(_SECTION, _OURS)
TABLE: Table = {
    "data.brokerUrl": _url,
    "data.brokerUrlSecretName": _broker,
    "data.brokerUrlSecretAnnotations": dropped("annotate the Secret that you create"),
}
