"""Database, broker, PgBouncer and volumes of the community's chart."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from cdk8s_airflow.migration.community.pods import pods
from cdk8s_airflow.migration.conversion import Conversion, Rule, Table, Target, truth
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import (
    below,
    carried,
    changed,
    dropped,
    is_empty,
    move,
    plain,
    reference,
)

_OWN = "the server of the bundle has a user and a generated password of its own"
_IMAGE = changed("another image lays out its folders in its own way", "database.image")
_CREDENTIALS = ("user", "password")


def credential(made: Conversion, section: str, part: str, name: str) -> Any:
    """A user or a password: a key of a Secret of the user's, or one to create."""
    if secret := made.get(f"{section}.{part}Secret"):
        return reference(secret, plain(made.get(f"{section}.{part}SecretKey")))
    value = plain(made.get(f"{section}.{part}"))
    if part == "user":
        return value
    if not value:
        return None
    made.secret(made.name(name), part, source=f"{section}.{part}")
    return reference(made.name(name), part)


def start(made: Conversion) -> None:
    """Writes database, broker and PgBouncer."""
    made.root.put("database", _database(made))
    if made.groups:
        made.root.put("broker", _broker(made))
    if made.on("pgbouncer.enabled") and plain(made.get("externalDatabase.type")) != "mysql":
        made.turn_on("pgbouncer")


def _database(made: Conversion) -> dict[str, Any]:
    if made.on("postgresql.enabled"):
        made.step(
            "Move the database out of the chart's PostgreSQL by dump and restore, "
            "docs/coming-from-the-community-chart.md: its volume is not taken over."
        )
        return {"kind": "EmbeddedPostgresql"}
    section = "externalDatabase"
    mysql = plain(made.get(f"{section}.type")) == "mysql"
    server: dict[str, Any] = {
        "kind": "ExternalMysql" if mysql else "ExternalPostgresql",
        "host": plain(made.get(f"{section}.host")),
        "port": int(made.get(f"{section}.port")),
        "database": plain(made.get(f"{section}.database")),
        "user": credential(made, section, "user", "database"),
    }
    if (password := credential(made, section, "password", "database")) is not None:
        server["password"] = password
    if parameters := _parameters(made.get(f"{section}.properties")):
        server["parameters"] = parameters
    return server


def _parameters(text: Any) -> dict[str, str]:
    return dict(parse_qsl(plain(text).lstrip("?")))


def _broker(made: Conversion) -> dict[str, Any]:
    if made.on("redis.enabled"):
        return {"kind": "EmbeddedRedis"}
    section = "externalRedis"
    server: dict[str, Any] = {
        "kind": "ExternalRedis",
        "host": plain(made.get(f"{section}.host")),
        "port": int(made.get(f"{section}.port")),
        "database": int(made.get(f"{section}.databaseNumber")),
    }
    if server["database"] == 1:
        server["resultDatabase"] = 0
    if (password := credential(made, section, "password", "broker")) is not None:
        server["password"] = password
    parameters = _parameters(made.get(f"{section}.properties"))
    if parameters.pop("ssl_cert_reqs", None):
        server["tls"] = True
    if parameters:
        server["parameters"] = parameters
    return server


def _part(section: str, path: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        made = target.conversion
        if is_empty(value):
            return Outcome("carried")
        embedded = "postgresql" if section == "externalDatabase" else "redis"
        if made.on(f"{embedded}.enabled"):
            return Outcome("dead", "", f"{embedded}.enabled is on")
        if section == "externalRedis" and not made.groups:
            return Outcome("dead", "", "no executor is Celery")
        part = path.rpartition(".")[2]
        if part in _CREDENTIALS and made.get(f"{section}.{part}Secret"):
            return Outcome("dead", "", f"{section}.{part}Secret wins")
        if part == "password":
            name = made.name("database" if embedded == "postgresql" else "broker")
            return Outcome("secret", path, f"create the Secret {name} with the key password")
        return Outcome("carried", path)

    return rule


def _reference(section: str, path: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        outcome = _part(section, f"{path}.")(target, value)
        return Outcome(outcome.status, path if outcome.to else "", outcome.note)

    return rule


def _password(switch: str, path: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        return Outcome("secret", path, "generated in the cluster; the old one is for the dump only")

    return rule


def _text(path: str) -> Rule:
    return move(path, plain)


def _volume(target: Target, value: Any) -> Outcome:
    if truth(value):
        return Outcome("carried", target.below("storage"))
    return Outcome("changed", target.below("storage"), "the server always has a volume")


def _persistence(prefix: str = "") -> dict[str, Rule]:
    return {
        f"{prefix}persistence.enabled": _volume,
        f"{prefix}persistence.size": _text("storage"),
        f"{prefix}persistence.storageClass": _text("storageClass"),
        f"{prefix}persistence.accessModes": carried("ReadWriteOnce"),
    }


def image(path: str) -> dict[str, Rule]:
    """The image of a server: key -> rule."""
    rule = changed("the bundle's server starts in the official image", path)
    return {
        f"image.{field}": rule
        for field in ("registry", "repository", "tag", "pullPolicy", "pullSecret")
    }


def _server(prefix: str) -> dict[str, Rule]:
    return {
        **{f"{prefix}{key}": rule for key, rule in pods().items()},
        **_persistence(prefix),
    }


_NO_REPLICAS = dropped("one server: for more give an external one")
POSTGRESQL: Table = below(
    "postgresql",
    {
        **_server(""),
        **_server("master."),
        **image("database.image"),
        "enabled": lambda target, value: Outcome(
            "carried",
            "database",
            "the bundle's own server; its data by dump and restore" if truth(value) else "",
        ),
        "postgresqlDatabase": changed(_OWN, "database"),
        "postgresqlUsername": changed(_OWN, "database"),
        "postgresqlPassword": _password("postgresql.enabled", "database"),
        "existingSecret": changed(_OWN, "database"),
        "existingSecretKey": changed(_OWN, "database"),
        "extraEnv": dropped("give a patch of the StatefulSet"),
        "terminationPeriod": move("terminationGraceSeconds"),
    },
)
REDIS: Table = below(
    "redis",
    {
        **_server(""),
        **_server("master."),
        **image("broker.image"),
        **dict.fromkeys((f"slave.{key}" for key in _server("")), _NO_REPLICAS),
        "cluster.enabled": lambda target, value: (
            _NO_REPLICAS(target, value)
            if truth(value)
            else Outcome("carried", "broker", "one server")
        ),
        "cluster.slaveCount": _NO_REPLICAS,
        "enabled": lambda target, value: Outcome("carried", "broker"),
        "password": _password("redis.enabled", "broker"),
        "existingSecret": changed("the bundle generates the password of its Redis", "broker"),
        "existingSecretPasswordKey": changed("the bundle generates it", "broker"),
        "terminationPeriod": move("terminationGraceSeconds"),
    },
)


_DATABASE, _REDIS = "externalDatabase", "externalRedis"
TABLE: Table = {
    f"{_DATABASE}.type": _part(_DATABASE, "database.kind"),
    **{
        f"{_DATABASE}.{part}": _part(_DATABASE, f"database.{part}")
        for part in ("host", "port", "database", "user", "password")
    },
    f"{_DATABASE}.properties": _part(_DATABASE, "database.parameters"),
    **{
        f"{_DATABASE}.{part}Secret{key}": _reference(_DATABASE, f"database.{part}")
        for part in _CREDENTIALS
        for key in ("", "Key")
    },
    **{
        f"{_REDIS}.{part}": _part(_REDIS, f"broker.{part}") for part in ("host", "port", "password")
    },
    f"{_REDIS}.databaseNumber": _part(_REDIS, "broker.database"),
    f"{_REDIS}.properties": _part(_REDIS, "broker.parameters"),
    f"{_REDIS}.passwordSecret": _reference(_REDIS, "broker.password"),
    f"{_REDIS}.passwordSecretKey": _reference(_REDIS, "broker.password"),
}
