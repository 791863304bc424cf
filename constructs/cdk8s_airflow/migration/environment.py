"""Environment variables: literals, references, options of Airflow, and secrets in the open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from cdk8s_airflow.kubernetes.credentials import credential_problem
from cdk8s_airflow.migration.conversion import Target
from cdk8s_airflow.migration.open_secrets import hides_login
from cdk8s_airflow.migration.options import put_option
from cdk8s_airflow.migration.report import Outcome, summed
from cdk8s_airflow.migration.rules import config_map_reference, is_empty, plain, reference
from cdk8s_airflow.parts.config_check import PREFIX, named_option

_KEYS = {
    "AIRFLOW__CORE__FERNET_KEY": "fernetKey",
    "AIRFLOW__API__SECRET_KEY": "apiSecretKey",
    "AIRFLOW__WEBSERVER__SECRET_KEY": "apiSecretKey",
    "AIRFLOW__API_AUTH__JWT_SECRET": "jwtSecret",
}
_SERVERS = {
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "database",
    "AIRFLOW__CORE__SQL_ALCHEMY_CONN": "database",
    "AIRFLOW__CELERY__BROKER_URL": "broker",
    "AIRFLOW__CELERY__RESULT_BACKEND": "resultBackend",
    "AIRFLOW__CELERY__CELERY_RESULT_BACKEND": "resultBackend",
}


def put_env(target: Target, value: Any) -> Outcome:
    """A list of variables, as `env` of Kubernetes has it, or YAML of one."""
    entries = yaml.safe_load(value) if isinstance(value, str) else value
    if is_empty(entries):
        return Outcome("carried", "", "empty: nothing to set")
    if isinstance(entries, Mapping):
        entries = [{"name": key, "value": item} for key, item in entries.items()]
    outcomes = [(str(each.get("name")), put_variable(target, each)) for each in entries]
    return summed(outcomes, target.below("env"))


def put_variable(target: Target, entry: Mapping[str, Any]) -> Outcome:
    """One variable."""
    name = str(entry.get("name"))
    source = entry.get("valueFrom")
    if isinstance(source, Mapping):
        return _put_reference(target, name, source)
    value = plain(entry.get("value"))
    if name in _KEYS or name in _SERVERS:
        return _owned(target, name, None)
    if name.startswith(PREFIX):
        section, option = named_option(name)
        return put_option(target, section, option, value, variable=name)
    open_connection = name.startswith("AIRFLOW_CONN_") and "@" in value
    if credential_problem(name, value) or open_connection or hides_login(name, value):
        made = target.conversion
        secret = made.name("environment")
        made.secret(secret, name, source="env")
        path = target.put("env", {name: reference(secret, name)})
        return Outcome("secret", path, f"create the Secret {secret} with the key {name}")
    return Outcome("carried", target.put("env", {name: value}))


def _put_reference(target: Target, name: str, source: Mapping[str, Any]) -> Outcome:
    made: dict[str, str] | None = None
    if key := source.get("secretKeyRef"):
        made = reference(key["name"], key["key"])
        if name in _KEYS or name in _SERVERS:
            return _owned(target, name, made)
    elif key := source.get("configMapKeyRef"):
        made = config_map_reference(key["name"], key["key"])
    elif field := source.get("fieldRef"):
        made = {"kind": "FieldRef", "path": field["fieldPath"]}
    elif field := source.get("resourceFieldRef"):
        made = {"kind": "ResourceFieldRef", "resource": field["resource"]}
        if divisor := field.get("divisor"):
            made["divisor"] = str(divisor)
    if made is None:
        return Outcome("dropped", "", "unknown source of a variable: give a patch")
    note = ""
    if name.startswith(PREFIX):
        section, option = named_option(name)
        found = put_option(target, section, option, made, variable=name)
        if found.status != "carried":
            return found
        note = found.note
        if found.to:
            return found
    return Outcome("carried", target.put("env", {name: made}), note)


def _owned(target: Target, name: str, made: dict[str, str] | None) -> Outcome:
    """A variable of which the library has an option, with a reference or a literal."""
    root = target.conversion.root
    suffix = name.rpartition("__")[2].lower().replace("_", "-")
    status: Any = "carried"
    note = ""
    if made is None:
        secret = target.conversion.name(f"migrated-{suffix}")
        key = "connection" if name in _SERVERS else suffix
        target.conversion.secret(secret, key, source=name)
        made, status = reference(secret, key), "secret"
        note = f"create the Secret {secret} with the key {key}"
    if name in _SERVERS:
        return Outcome(status, root.put(_SERVERS[name], made), note)
    return Outcome(status, root.put(f"secrets.{_KEYS[name]}", made), note)


def put_env_from(target: Target, value: Any) -> Outcome:
    """`envFrom`, as a list or as YAML of one."""
    entries = yaml.safe_load(value) if isinstance(value, str) else value
    if is_empty(entries):
        return Outcome("carried", "", "empty: nothing to set")
    return Outcome("carried", target.put("envFrom", entries))
