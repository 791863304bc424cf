"""Which pods of a release connect to the servers of its fleet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cdk8s_airflow.components.dag_processor import component_name
from cdk8s_airflow.kubernetes.labels import COMPONENT_LABEL, INSTANCE_LABEL, NAME_LABEL
from cdk8s_airflow.kubernetes.network_members import namespace_selector
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.platform import Role
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.roles import USES_DATABASE, reaching

_DIRECT = frozenset(
    {Role.MIGRATIONS, Role.DATABASE_CLEANUP, Role.ROTATE_FERNET_KEY, Role.BACKUP, Role.RESTORE}
)
"""Roles with sessions that a pool in transaction mode cannot carry."""


def direct_clients() -> list[str]:
    """Components that connect to PostgreSQL behind a pool."""
    return sorted(role.value for role in _DIRECT)


def database_clients(props: AirflowProps, *, pooled: bool) -> list[str]:
    """Components that use the metadata database.

    Args:
        props: all settings of the release.
        pooled: only those that connect to a pool before it, if there is one.
    """
    roles = USES_DATABASE - _DIRECT if pooled else USES_DATABASE
    found = [role.value for role in roles - {Role.DAG_PROCESSOR}]
    bundles = [""]
    if props.dag_processor.per_bundle and isinstance(props.dags, Sequence):
        bundles = [each.bundle_name for each in props.dags]
    return sorted([*found, *map(component_name, bundles)])


def broker_clients(props: AirflowProps) -> list[str]:
    """Components that use the broker, or the results in it."""
    roles = reaching("broker", "result backend") - {Role.WORKER}
    groups = props.all_executors.worker_groups
    return sorted([*(role.value for role in roles), *(group.component for group in groups)])


def pods_of(release: str, namespace: str, components: Iterable[str]) -> Manifest:
    """Pods of a release, as an entry of `from` in a NetworkPolicy.

    Args:
        release: its name.
        namespace: its namespace.
        components: its components.
    """
    here = {"key": COMPONENT_LABEL, "operator": "In", "values": list(components)}
    return {
        "namespaceSelector": namespace_selector(namespace),
        "podSelector": {
            "matchLabels": {NAME_LABEL: "airflow", INSTANCE_LABEL: release},
            "matchExpressions": [here],
        },
    }
