"""The sub-chart PostgreSQL."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import Rule, Table, Target, truth
from cdk8s_airflow.migration.official.database import OWN, external
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.resources import put_resources
from cdk8s_airflow.migration.rules import (
    carried,
    changed,
    dropped,
    is_empty,
    plain,
)


def _enabled(target: Target, value: Any) -> Outcome:
    made = target.conversion
    if not truth(value):
        return Outcome("carried", "database")
    if external(made):
        return Outcome(
            "changed", "database", "the release uses another server, and this one is left out"
        )
    made.step(
        "Move the database out of the sub-chart's PostgreSQL by dump and restore: stop the old "
        f"release's pods, `pg_dump` from `{made.name('postgresql')}`, restore into the bundle's "
        "server, docs/coming-from-the-official-chart.md says how. Its volume is not taken over: "
        "the two images lay out their folders differently."
    )
    return Outcome("carried", "database", "the bundle's own server; its data by dump and restore")


def _image(field: str) -> Rule:
    note = (
        "Bitnami's image lays out its folders in its own way: the official postgres image is used"
    )
    return changed(f"{note} ({field})", "database.image")


def _password(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    if external(target.conversion):
        return Outcome("dead", "", "the release uses another server")
    name = f"{target.conversion.release}-postgresql"
    return Outcome(
        "secret",
        "database",
        f"generated in the cluster, Secret {name}; use the old one for the dump only",
    )


def _storage(option: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        if external(target.conversion):
            return Outcome("dead", "", "the release uses another server")
        return Outcome("carried", target.put(f"database.{option}", plain(value)))

    return rule


def _keep(target: Target, value: Any) -> Outcome:
    if truth(value) or external(target.conversion):
        return Outcome("carried", "database", "the server has a volume")
    return Outcome("changed", "database.storage", "the server always has a volume")


def _object(option: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        if external(target.conversion):
            return Outcome("dead", "", "the release uses another server")
        return Outcome("carried", target.put(f"database.{option}", value))

    return rule


def _resources(target: Target, value: Any) -> Outcome:
    if external(target.conversion) and not is_empty(value):
        return Outcome("dead", "", "the release uses another server")
    return put_resources("database.resources")(target, value)


_LIFE = changed(OWN, "database")


SUB_CHART = dropped(
    "a setting of Bitnami's sub-chart: the bundle's server has database.*, or a patch"
)
"""Of all other keys of the sub-chart."""

TABLE: Table = {
    "postgresql.enabled": _enabled,
    "postgresql.auth.enablePostgresUser": carried("the bundle's server has one user"),
    "postgresql.auth.postgresPassword": _password,
    "postgresql.auth.password": _password,
    "postgresql.auth.username": _LIFE,
    "postgresql.auth.database": _LIFE,
    "postgresql.auth.existingSecret": _LIFE,
    "postgresql.auth.secretKeys.adminPasswordKey": _LIFE,
    "postgresql.auth.secretKeys.userPasswordKey": _LIFE,
    "postgresql.image.registry": _image("registry"),
    "postgresql.image.repository": _image("repository"),
    "postgresql.image.tag": _image("tag"),
    "postgresql.image.pullPolicy": _image("pullPolicy"),
    "postgresql.primary.persistence.enabled": _keep,
    "postgresql.primary.persistence.size": _storage("storage"),
    "postgresql.primary.persistence.storageClass": _storage("storageClass"),
    "postgresql.primary.persistence.existingClaim": changed(
        "by dump and restore: the images lay out their folders differently", "database"
    ),
    "postgresql.primary.persistence.accessModes": changed("ReadWriteOnce", "database"),
    "postgresql.primary.resources": _resources,
    "postgresql.primary.nodeSelector": _object("nodeSelector"),
    "postgresql.primary.affinity": _object("affinity"),
    "postgresql.primary.tolerations": _object("tolerations"),
    "postgresql.primary.podLabels": _object("labels"),
    "postgresql.primary.podAnnotations": _object("annotations"),
    "postgresql.primary.priorityClassName": _object("priorityClassName"),
}
