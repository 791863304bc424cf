"""Checks of where the logs of a release are kept."""

from __future__ import annotations

from collections.abc import Iterator

from cdk8s_airflow.kubernetes.nearest import nearest
from cdk8s_airflow.kubernetes.storage import VolumeClaim
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.options import option_value
from cdk8s_airflow.release.role_props import props_of_roles

_WRITERS = {
    "CeleryExecutor": "the workers, WorkerGroup(persistence=...)",
    "KubernetesExecutor": "all pods, logs=Logs(store=LogVolume(...))",
}
"""Executor -> who has the logs of its tasks."""

_BY_IDENTITY = frozenset({"aws_default", "google_cloud_default"})
"""Connections without which the clouds' hooks take the identity of the pod."""


def log_problems(props: AirflowProps) -> list[str]:
    """The problems of volumes for logs: of two for one pod, or where nobody writes or mounts."""
    store, problems = props.logs.store, []
    if props.scheduler.persistence and not props.all_executors.local:
        problems.append(
            "scheduler=SchedulerProps(persistence=...) is for the logs of tasks that run in the "
            "scheduler, and without a LocalExecutor none does: leave it out, or give it to "
            f"{_WRITERS[type(props.all_executors.all[0]).__name__]}"
        )
    if store is None:
        return problems
    problems += [
        f"logs=Logs(store=LogVolume(...)) and persistence=ClaimTemplate(...) of {owner} are both "
        "the volume for its logs: give one of them"
        for owner, persistence in (
            *(
                (f"WorkerGroup(name={group.name!r})", group.persistence)
                for group in props.all_executors.worker_groups
            ),
            ("SchedulerProps", props.scheduler.persistence),
            ("TriggererProps", props.triggerer.persistence),
        )
        if persistence is not None
    ]
    if isinstance(store.claim, VolumeClaim) and props.all_executors.uses_other_namespaces:
        problems.append(
            "logs=Logs(store=LogVolume(VolumeClaim(...))): task pods run in other namespaces, "
            "where this claim is not; create a claim of one name for the same storage in each of "
            "them, and give its name, LogVolume(claim='airflow-logs')"
        )
    return problems


def unknown_log_connection(props: AirflowProps) -> Iterator[str]:
    """A warning, if nothing here has the connection to the store of task logs.

    It may be in the database, which nobody knows here: users add connections there by the UI.

    Args:
        props: all settings.
    """
    id = option_value(props, "logging", "remote_log_conn_id")
    remote = str(option_value(props, "logging", "remote_logging") or "").lower()
    if not isinstance(id, str) or not id or remote not in ("true", "t", "1"):
        return
    pods = [each.pods for each in props_of_roles(props)]
    backends = (("secrets", "backend"), ("workers", "secrets_backend"))
    if id in (props.connections or {}) or any(option_value(props, *each) for each in backends):
        return
    names = {*(props.env or {}), *(name for each in pods for name in each.env or {})}
    if f"AIRFLOW_CONN_{id.upper()}" in names or props.extensions:
        return
    if props.all_airflow_pods.env_from or any(each.env_from for each in pods):
        return
    of_all = (props.service_account, props.airflow_pods.service_account, props.pods.service_account)
    accounts = (*of_all, *(each.service_account for each in pods))
    if id in _BY_IDENTITY or any(each and each.annotations for each in accounts):
        return
    hint = nearest(id, props.connections) if props.connections else ""
    yield (
        f"[logging] remote_log_conn_id is {id!r}, and nothing here has a connection of that id"
        f"{hint}{'' if hint.endswith('?') else '.'} Unless users add it to the database, logs of "
        f"tasks are lost: give connections={{{id!r}: Connection(...)}}, "
        "which whoever reads or writes logs gets"
    )
