"""The props of all roles that run Airflow, each with its role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cdk8s_airflow.kubernetes.pods import PodProps
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.roles import Role


class RoleProps(NamedTuple):
    """What the user says of the pods of one role."""

    owner: str
    """How messages name the props."""
    role: Role
    """The role."""
    pods: PodProps
    """The props."""


def props_of_roles(props: AirflowProps) -> Iterator[RoleProps]:
    """The props of each role of the release that runs Airflow; of each group of workers.

    Args:
        props: all settings.
    """
    executors = props.all_executors
    found: list[tuple[Role, PodProps | None]] = [
        (Role.API_SERVER, props.api_server),
        (Role.EXECUTION_API, props.execution_api),
        (Role.SCHEDULER, props.scheduler),
        (Role.DAG_PROCESSOR, props.dag_processor),
        (Role.TRIGGERER, props.triggerer),
        *((Role.WORKER, group) for group in executors.worker_groups),
        (Role.TASK, executors.kubernetes),
        (Role.FLOWER, props.flower if executors.celery else None),
        (Role.CREATE_ADMIN, props.admin),
        (Role.DATABASE_CLEANUP, props.database_cleanup),
        (Role.BACKUP, props.backup),
        (Role.BACKUP_VERIFY, props.backup.verify if props.backup else None),
        (Role.RESTORE, props.backup.restore if props.backup else None),
    ]
    for role, pods in found:
        if pods is not None:
            yield RoleProps(type(pods).__name__, role, pods)
    yield RoleProps("migrations", Role.MIGRATIONS, props.migrations)
