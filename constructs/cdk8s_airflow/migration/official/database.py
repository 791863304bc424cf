"""The metadata database, the result backend and the sub-chart PostgreSQL."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import Conversion, Rule, Table, Target
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import (
    carried,
    dropped,
    is_empty,
    plain,
    reference,
)

_METADATA = "data.metadataConnection"
_RESULTS = "data.resultBackendConnection"
_KEDA = (
    " KEDA reads the same key and takes `postgresql://` alone: leave it so, or give "
    "autoscaling.connection a Secret of its own."
)
OWN = "the PostgreSQL of the bundle has a user and a generated password of its own"


def external(made: Conversion) -> bool:
    """Whether the old release has a database outside the chart."""
    named = made.get("data.metadataSecretName") or made.get(f"{_METADATA}.host")
    return bool(named) or not made.on("postgresql.enabled")


def start(made: Conversion) -> None:
    """Writes the database as a whole; the rules below say where each key went."""
    secret = made.get("data.metadataSecretName")
    if secret and made.on("pgbouncer.enabled"):
        _parts_for_pgbouncer(made, secret)
    elif secret:
        made.root.put("database", reference(secret, "connection"))
        made.step(
            f"The Secret `{secret}` keeps its key `connection`, a whole SQLAlchemy URL. Let it "
            "name its driver, `postgresql+psycopg2://` or `mysql+mysqldb://`: without one "
            f"SQLAlchemy chooses.{_KEDA if _scaled_by_keda(made) else ''}"
        )
    elif external(made):
        made.root.put("database", _server(made, _METADATA, "database"))
    else:
        made.root.put("database", {"kind": "EmbeddedPostgresql"})
    _results(made)


def _scaled_by_keda(made: Conversion) -> bool:
    scaled = (each.get("autoscaling") or {} for each in made.groups)
    return any(each.get("kind") == "KedaAutoscaling" for each in scaled)


def _parts_for_pgbouncer(made: Conversion, secret: str) -> None:
    """PgBouncer needs the parts of the URL, which a Secret hides."""
    server: dict[str, Any] = {"kind": "ExternalPostgresql"}
    for part in ("host", "user", "password", "database"):
        server[part] = reference(made.name("database"), part)
    made.root.put("database", server)
    made.secret(made.name("database"), *list(server)[1:], source="data.metadataSecretName")


def _server(made: Conversion, section: str, name: str) -> dict[str, Any]:
    def get(part: str) -> Any:
        value = made.get(f"{section}.{part}")
        return made.get(f"{_METADATA}.{part}") if value is None else value

    mysql = plain(get("protocol")).startswith("mysql")
    server: dict[str, Any] = {
        "kind": "ExternalMysql" if mysql else "ExternalPostgresql",
        "host": plain(get("host")) or made.name("postgresql"),
        "port": int(get("port") or (3306 if mysql else 5432)),
        "database": plain(get("db")),
        "user": plain(get("user")),
        "password": reference(made.name(name), "password"),
    }
    if not mysql and get("sslmode"):
        server["parameters"] = {"sslmode": plain(get("sslmode"))}
    made.secret(made.name(name), "password", source=f"{section}.pass")
    return server


def _results(made: Conversion) -> None:
    if "CeleryExecutor" not in plain(made.get("executor")) and "CeleryKubernetes" not in plain(
        made.get("executor")
    ):
        return
    secret = made.get("data.resultBackendSecretName")
    if secret:
        made.root.put("resultBackend", reference(secret, "connection"))
    elif made.given(_RESULTS):
        made.root.put("resultBackend", _server(made, _RESULTS, "results"))
    elif not made.on("redis.enabled") and external(made):
        name = made.name("results")
        made.root.put("resultBackend", reference(name, "connection"))
        made.secret(name, "connection", source="data.metadataConnection")
        made.step(
            f"The old release kept Celery's results in the metadata database, with its "
            f"credentials in all workers. Give the Secret `{name}` a URL "
            "`db+postgresql://...` of a user that cannot read the metadata."
        )


def part(name: str, section: str = _METADATA) -> Rule:
    """A part of a connection, which `start` wrote."""

    def rule(target: Target, value: Any) -> Outcome:
        made = target.conversion
        option = "database" if section == _METADATA else "resultBackend"
        secret = (
            "data.metadataSecretName" if option == "database" else "data.resultBackendSecretName"
        )
        if made.get(secret):
            return Outcome("dead", "", f"{secret} names the whole URL")
        if option not in made.out:
            return Outcome("dead", "", "nothing connects to it")
        if made.out[option].get("kind") == "EmbeddedPostgresql":
            return Outcome("changed", option, OWN)
        path = f"{option}.{_PARTS[name]}"
        if name == "pass":
            found = made.out[option]["password"]["name"]
            return Outcome("secret", path, f"create the Secret {found} with the key password")
        if name == "protocol":
            return Outcome("carried", f"{option}.kind")
        return Outcome("carried", path)

    return rule


_PARTS = {
    "db": "database",
    "host": "host",
    "pass": "password",
    "port": "port",
    "protocol": "kind",
    "sslmode": "parameters.sslmode",
    "user": "user",
}


def _metadata_secret(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    if target.conversion.on("pgbouncer.enabled"):
        note = (
            f"PgBouncer needs the parts of the URL: put them into the Secret "
            f"{target.conversion.name('database')}, keys host, user, password, database"
        )
        return Outcome("changed", "database", note)
    return Outcome("carried", "database", "key connection; see the driver in it, above")


def _results_secret(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    if "resultBackend" not in target.conversion.out:
        return Outcome("dead", "", "no executor is Celery")
    return Outcome("carried", "resultBackend", "key connection")


_CONNECTION = {name: part(name) for name in _PARTS}
TABLE: Table = {
    "data.metadataSecretName": _metadata_secret,
    "data.resultBackendSecretName": _results_secret,
    **{f"{_METADATA}.{name}": rule for name, rule in _CONNECTION.items()},
    **{f"{_RESULTS}.{name}": part(name, _RESULTS) for name in _PARTS},
    _RESULTS: carried("", "resultBackend"),
    f"{_METADATA}.secretAnnotations": dropped("annotate the Secret that you create"),
    "data.resultBackendConnectionSecretAnnotations": dropped("annotate the Secret that you create"),
}
