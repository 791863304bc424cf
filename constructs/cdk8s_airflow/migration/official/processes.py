"""Airflow's own processes, and Flower: their sections in the official chart."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import (
    PROCESSES,
    Conversion,
    Rule,
    Sections,
    Table,
    Target,
    truth,
)
from cdk8s_airflow.migration.login_text import servers, without_secrets
from cdk8s_airflow.migration.official.logs import groomer, persistence
from cdk8s_airflow.migration.pods import common, probe
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import (
    always,
    below,
    carried,
    changed,
    dropped,
    is_empty,
    move,
    plain,
    reference,
)
from cdk8s_airflow.migration.scaling import budget, hpa, keda, replicas, rollout
from cdk8s_airflow.migration.services import service

SECTIONS: Sections = {**PROCESSES, "webserver": PROCESSES["apiServer"]}
_NEVER_OFF = "the release needs it: suspended=tasks stops it"


def off(note: str) -> Rule:
    """A process that the chart can leave out: here it has no pod instead."""

    def rule(target: Target, value: Any) -> Outcome:
        if value is None or truth(value):
            return Outcome("carried", target.path)
        return Outcome("carried", target.put("replicas", 0), note)

    return rule


def peers(target: Target, value: Any) -> Outcome:
    """Sources that may connect to a component."""
    if is_empty(value):
        return Outcome("carried")
    made = target.conversion
    rules = [{"from": value}]
    return Outcome(
        "carried", made.root.put("networkPolicies.extraIngress", {target.component: rules})
    )


def _process() -> dict[str, Rule]:
    return {**common(), **rollout(), "replicas": replicas}


_POLICY: dict[str, Rule] = {
    "networkPolicy.ingress.from": peers,
    "networkPolicy.ingress.ports": carried("the port of the process"),
    "extraNetworkPolicies": peers,
}
_PROBES = {**probe("livenessProbe"), **probe("readinessProbe"), **probe("startupProbe")}


LOGIN_FILES = (
    *("webserver.webserverConfig", "webserver.webserverConfigConfigMapName"),
    *("apiServer.apiServerConfig", "apiServer.apiServerConfigConfigMapName"),
)


def start(made: Conversion) -> None:
    """Writes the login, if the old release has a webserver_config.py of its own."""
    for key in LOGIN_FILES:
        value = made.get(key)
        section = "webserver" if made.airflow2 else "apiServer"
        if is_empty(value) or not key.startswith(section):
            continue
        named = key.endswith("ConfigMapName")
        name = str(value) if named else made.name("webserver-config")
        if not named:
            login_file(made, name, str(value))
        file = {"kind": "ConfigMapKey", "name": name, "key": "webserver_config.py"}
        made.root.put("auth", {"kind": "WebserverConfig", "file": file})


def login_file(made: Conversion, name: str, text: str) -> None:
    """Adds a ConfigMap with a webserver_config.py to the bundle; its secrets come from a Secret."""
    text, secrets = without_secrets(text)
    if secrets:
        secret = made.name("login")
        made.secret(secret, *secrets, source="webserver_config.py")
        env = {each: reference(secret, each) for each in secrets}
        made.root.put("auth.env", env)
        made.login_secret = secret
    if (urls := servers(text)) is not None:
        made.root.put("auth.urls", urls)
    data = {"webserver_config.py": text}
    made.manifests.append(
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": data}
    )


_login = carried("check it against FAB of Airflow 3; Ldap, OAuth and Oidc need no file", "")


def _login_key(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    made = _login(target, value)
    secret = target.conversion.login_secret
    if secret:
        note = f"its secrets come from the Secret {secret}, by the environment"
        return Outcome("secret", "auth.file", f"{note}; {made.note}")
    return Outcome(made.status, "auth.file", made.note)


_WEB: dict[str, Rule] = {
    **_process(),
    **_PROBES,
    **hpa(),
    **budget(),
    **_POLICY,
    **service("api-server"),
    "allowPodLogReading": always("with task pods the API server may read their logs"),
    "apiServerConfig": _login_key,
    "apiServerConfigConfigMapName": _login_key,
    "webserverConfig": _login_key,
    "webserverConfigConfigMapName": _login_key,
}


def _web_enabled(target: Target, value: Any) -> Outcome:
    if truth(value):
        return Outcome("carried", target.path)
    return Outcome("changed", target.path, "without an API server no task runs: it stays")


_WEB["enabled"] = _web_enabled


def _dag_processor(target: Target, value: Any) -> Outcome:
    if value is None or truth(value):
        return Outcome("carried", target.path, "Airflow 3 always has one")
    return Outcome("changed", target.path, "Airflow 3 needs a DAG processor of its own")


def _scheduler_off(target: Target, value: Any) -> Outcome:
    if truth(value):
        return Outcome("carried", target.path)
    return Outcome("carried", target.put("replicas", 0), _NEVER_OFF)


def _flower_enabled(target: Target, value: Any) -> Outcome:
    if not truth(value):
        return Outcome("carried", "", "no Flower")
    if not target.conversion.groups:
        return Outcome("dead", "", "no executor is Celery")
    return Outcome("carried", "flower")


def _flower_password(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    made = target.conversion
    name = made.name("flower-login")
    made.secret(name, "password", source="flower.password")
    path = made.root.put(
        "secrets.flowerPassword", {"kind": "SecretKey", "name": name, "key": "password"}
    )
    return Outcome("secret", path, f"create the Secret {name} with the key password")


def _flower_secret(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    made = target.conversion
    name = made.name("flower-login")
    made.secret(name, "password", source="flower.secretName")
    path = made.root.put(
        "secrets.flowerPassword", {"kind": "SecretKey", "name": name, "key": "password"}
    )
    note = (
        f"its key basicAuth is user:password; here the user is flower.username, and the password "
        f"alone is in the Secret {name}, key password"
    )
    return Outcome("changed", path, note)


_FLOWER: dict[str, Rule] = {
    **common(),
    **_PROBES,
    **_POLICY,
    **service("flower"),
    "enabled": _flower_enabled,
    "username": move("username", plain),
    "password": _flower_password,
    "secretName": _flower_secret,
    "secretAnnotations": dropped("annotate the Secret that you create"),
    "revisionHistoryLimit": changed("three old revisions are kept"),
}


def _no_args(target: Target, value: Any) -> Outcome:
    if is_empty(value) or "flower" in str(value):
        return Outcome("carried", "", "the process is the same, started by the bundle")
    return Outcome("dropped", "", "options of Flower are variables FLOWER_...: flower.env")


_FLOWER["args"] = _no_args

_TRIGGERER = {
    **_process(),
    **_PROBES,
    **keda(),
    **budget(),
    **groomer(),
    **persistence(),
    "enabled": off("no pod: deferred tasks wait"),
}
TABLES: dict[str, Table] = {
    "scheduler": below(
        "scheduler",
        {**_process(), **_PROBES, **budget(), **groomer(), "enabled": _scheduler_off},
    ),
    "apiServer": below("apiServer", _WEB),
    "webserver": below("webserver", _WEB),
    "dagProcessor": below(
        "dagProcessor",
        {**_process(), **_PROBES, **budget(), **groomer(), "enabled": _dag_processor},
    ),
    "triggerer": below("triggerer", _TRIGGERER),
    "flower": below("flower", _FLOWER),
}
"""Section -> full key -> rule."""
