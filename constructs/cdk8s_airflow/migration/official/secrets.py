"""Airflow's keys: Secrets of the user's, secrets in the open, and what the chart generated."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import Conversion, Rule, Table, Target, truth
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import dropped, is_empty, reference

_KEYS = (
    ("fernetKeySecretName", "fernetKey", "fernetKey", "fernet-key"),
    ("apiSecretKeySecretName", "apiSecretKey", "apiSecretKey", "api-secret-key"),
    ("jwtSecretName", "jwtSecret", "jwtSecret", "jwt-secret"),
    ("webserverSecretKeySecretName", "webserverSecretKey", "apiSecretKey", "webserver-secret-key"),
)
"""Key with the Secret's name, key with the value, option here, key in the Secret."""


def start(made: Conversion) -> None:
    """Writes the Fernet key that the chart generated, without which no connection decrypts."""
    if made.get("fernetKeySecretName") or made.get("fernetKey"):
        return
    name = f"{made.release}-fernet-key"
    made.root.put("secrets.fernetKey", reference(name, "fernet-key"))
    made.step(
        f"Keep the Secret `{name}`, which the chart generated: its key `fernet-key` decrypts the "
        "connections in the database. `helm install` puts a new one in its place, so copy it: "
        f"`kubectl get secret {name} --namespace {made.namespace} -o yaml`."
    )


def _named(option: str, key: str, *, old: bool = False) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        if old and _has_own(target.conversion):
            return Outcome("dead", "", "Airflow 3 has apiSecretKey in its place")
        return Outcome("carried", target.put(f"secrets.{option}", reference(value, key)))

    return rule


def _open(option: str, key: str, named: str, *, old: bool = False) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        made = target.conversion
        if is_empty(value):
            return Outcome("carried")
        if made.get(named):
            return Outcome("dead", "", f"{named} wins")
        if old and _has_own(made):
            return Outcome("dead", "", "Airflow 3 has apiSecretKey in its place")
        name = made.name(f"migrated-{key}")
        made.secret(name, key, source=named.removesuffix("SecretName").removesuffix("Name"))
        path = target.put(f"secrets.{option}", reference(name, key))
        return Outcome("secret", path, f"create the Secret {name} with the key {key}")

    return rule


def _has_own(made: Conversion) -> bool:
    """Whether the keys of Airflow 3 are set beside those of Airflow 2."""
    return bool(made.get("apiSecretKeySecretName") or made.get("apiSecretKey"))


def _account_of_database(target: Target, value: Any) -> Outcome:
    note = "no pod has this connection; declare it in connections if a DAG uses it"
    return Outcome("changed" if truth(value) else "carried", "", note)


def _by_env(target: Target, value: Any) -> Outcome:
    if truth(value):
        return Outcome("carried", "", "each pod has it if it needs it")
    note = "the library sets it from secrets, database, broker: give the Secret there"
    return Outcome("changed", "secrets", note)


_ANNOTATED = dropped("annotate the Secret that you create")
TABLE: Table = {
    **{name: _named(option, key, old="webserver" in name) for name, _, option, key in _KEYS},
    **{
        plain: _open(option, key.replace("webserver", "api"), name, old="webserver" in name)
        for name, plain, option, key in _KEYS
    },
    "fernetKeySecretAnnotations": _ANNOTATED,
    "apiSecretAnnotations": _ANNOTATED,
    "jwtSecretAnnotations": _ANNOTATED,
    "webserverSecretAnnotations": _ANNOTATED,
    "enableBuiltInSecretEnvVars.AIRFLOW_CONN_AIRFLOW_DB": _account_of_database,
    **{
        f"enableBuiltInSecretEnvVars.AIRFLOW__{name}": _by_env
        for name in (
            *("API_AUTH__JWT_SECRET", "API__SECRET_KEY", "CELERY__BROKER_URL"),
            *("CELERY__RESULT_BACKEND", "CELERY__CELERY_RESULT_BACKEND", "CORE__FERNET_KEY"),
            *("CORE__SQL_ALCHEMY_CONN", "DATABASE__SQL_ALCHEMY_CONN", "ELASTICSEARCH__HOST"),
            *("ELASTICSEARCH__ELASTICSEARCH_HOST", "OPENSEARCH__HOST", "WEBSERVER__SECRET_KEY"),
        )
    },
}
