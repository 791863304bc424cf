"""Airflow's processes in the community's chart."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.community.pods import log_cleanup, pods
from cdk8s_airflow.migration.conversion import (
    PROCESSES,
    Conversion,
    Rule,
    Sections,
    Table,
    Target,
    truth,
)
from cdk8s_airflow.migration.official.processes import login_file
from cdk8s_airflow.migration.pods import (
    probe,
)
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import (
    below,
    carried,
    changed,
    dropped,
    is_empty,
    same_as,
)
from cdk8s_airflow.migration.scaling import budget, hpa, replicas
from cdk8s_airflow.migration.services import service

SECTIONS: Sections = {
    **PROCESSES,
    "web": PROCESSES["apiServer"],
    "pgbouncer": ("pgbouncer", "pgbouncer", "Deployment"),
    "redis": ("broker", "redis", "StatefulSet"),
    "postgresql": ("database", "postgresql", "StatefulSet"),
    "airflow.dbMigrations": ("migrations", "migrations", "Job"),
    "dbCleanup": ("databaseCleanup", "database-cleanup", "CronJob"),
}
_PROBES = {**probe("livenessProbe"), **probe("readinessProbe"), **probe("startupProbe")}


def _process() -> dict[str, Rule]:
    return {**pods(), **_PROBES, **budget(official=False), "replicas": replicas}


def _file(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    if not truth(target.old("webserverConfig.enabled")):
        return Outcome("dead", "", "webserverConfig.enabled is off")
    note = "check it against FAB of Airflow 3; Ldap, OAuth and Oidc need no file"
    secret = target.conversion.login_secret
    return Outcome("secret" if secret else "carried", "auth.file", note)


def login(made: Conversion) -> None:
    """Writes the login, if there is a webserver_config.py."""
    for section in ("web", "apiServer"):
        text = made.get(f"{section}.webserverConfig.stringOverride")
        secret = made.get(f"{section}.webserverConfig.existingSecret")
        if not made.on(f"{section}.webserverConfig.enabled") or not (text or secret):
            continue
        name = made.name("webserver-config")
        file = {"kind": "ConfigMapKey", "name": name, "key": "webserver_config.py"}
        made.root.put("auth", {"kind": "WebserverConfig", "file": file})
        if secret:
            made.step(
                f"The file is in the Secret `{secret}`: put it into the ConfigMap `{name}`, key "
                "webserver_config.py, without its secrets, which auth.env takes from a Secret."
            )
        else:
            login_file(made, name, str(text))


def _web() -> dict[str, Rule]:
    return {
        **_process(),
        **service("api-server"),
        "webserverConfig.enabled": carried("FAB's file", "auth"),
        "webserverConfig.existingSecret": changed(
            "the file is in a ConfigMap, its secrets in auth.env", "auth.file"
        ),
        "webserverConfig.stringOverride": _file,
    }


def _capacity(target: Target, value: Any) -> Outcome:
    return Outcome("carried", target.put("capacity", int(value)))


def _off(target: Target, value: Any) -> Outcome:
    if truth(value):
        return Outcome("carried", target.path)
    return Outcome("carried", target.put("replicas", 0), "no pod")


def _login_of_flower(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    made = target.conversion
    name = made.name("flower-login")
    made.secret(name, "password", source="flower.basicAuthSecret")
    path = made.root.put(
        "secrets.flowerPassword", {"kind": "SecretKey", "name": name, "key": "password"}
    )
    note = f"it is user:password; here the user is flower.username, the password in {name}"
    return Outcome("changed", path, note)


def _no_service(target: Target, value: Any) -> Outcome:
    if is_empty(value) or value in ("ClusterIP", "None", 8080):
        return Outcome("carried")
    return Outcome("dropped", "", "a DAG processor has no Service: nothing connects to it")


_GRACE = "celery.gracefullTermination"


def _grace(target: Target, value: Any) -> Outcome:
    graceful = truth(target.old(_GRACE))
    seconds = target.old("celery.gracefullTerminationPeriod" if graceful else "terminationPeriod")
    return Outcome("carried", target.put("terminationGraceSeconds", max(int(seconds), 1)))


def _unused_grace(graceful: bool) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if truth(target.old(_GRACE)) is not graceful:
            return Outcome("dead", "", f"{_GRACE} is {'off' if graceful else 'on'}")
        return _grace(target, value)

    return rule


def _after_grace(target: Target, value: Any) -> Outcome:
    if truth(target.old(_GRACE)):
        note = "one period: a worker stops by itself at its end"
        return Outcome("changed", target.below("terminationGraceSeconds"), note)
    return _grace(target, value)


WORKERS: Table = {
    **_process(),
    **log_cleanup(),
    **hpa("autoscaling", "", "maxReplicas"),
    "enabled": carried("", "executor.workers"),
    _GRACE: _grace,
    "celery.gracefullTerminationPeriod": _unused_grace(True),
    "terminationPeriod": _after_grace,
}
_CREATION = "livenessProbe.taskCreationCheck"
_CHECK = dropped("the probe asks the scheduler's own health: its heartbeat in the database")
_SERVER_FIELDS = dict.fromkeys(
    (
        *("annotations", "externalPort", "loadBalancerIP", "loadBalancerSourceRanges"),
        *("nodePort.http", "sessionAffinity", "sessionAffinityConfig", "type"),
    ),
    _no_service,
)
TABLES: dict[str, Table] = {
    "web": below("web", _web()),
    "apiServer": below("apiServer", _web()),
    "scheduler": below(
        "scheduler",
        {
            **_process(),
            **log_cleanup(),
            "numRuns": same_as(
                -1, note="it runs until it is stopped", other=changed("it runs until it is stopped")
            ),
            f"{_CREATION}.enabled": lambda target, value: (
                _CHECK(target, value) if truth(value) else Outcome("carried")
            ),
            f"{_CREATION}.thresholdSeconds": _CHECK,
            f"{_CREATION}.schedulerAgeBeforeCheck": _CHECK,
        },
    ),
    "dagProcessor": below(
        "dagProcessor",
        {
            **_process(),
            **below("service", _SERVER_FIELDS),
            "enabled": carried("Airflow 3 always has one", "dagProcessor"),
        },
    ),
    "triggerer": below("triggerer", {**_process(), "enabled": _off, "capacity": _capacity}),
    "flower": below(
        "flower",
        {
            **_process(),
            **service("flower"),
            "enabled": lambda target, value: Outcome("carried", "flower" if truth(value) else ""),
            "replicas": same_as(
                1, 0, note="one pod", other=changed("one pod: it keeps all in memory")
            ),
            "basicAuthSecret": _login_of_flower,
            "basicAuthSecretKey": changed("see basicAuthSecret", "secrets.flowerPassword"),
        },
    ),
}
"""Section -> full key -> rule."""
