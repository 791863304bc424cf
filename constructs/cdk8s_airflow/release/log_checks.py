"""Checks of where the logs of a release are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk8s_airflow.kubernetes.nearest import nearest
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.kubernetes.storage import VolumeClaim
from cdk8s_airflow.parts.connection import Connection
from cdk8s_airflow.parts.remote_logs import CONNECTION, RemoteLogs
from cdk8s_airflow.parts.xcom_stores import XCOM_CONNECTION
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.options import option_value
from cdk8s_airflow.release.role_props import props_of_roles

_WRITERS = {
    "CeleryExecutor": "the workers, WorkerGroup(persistence=...)",
    "KubernetesExecutor": "all pods, logs=Logs(store=LogVolume(...))",
}
"""Executor -> who has the logs of its tasks."""

_OPTION = "[logging] remote_log_conn_id"
_OF_STORES = (
    *("delete_local_logs", "encrypt_s3_logs", "remote_base_log_folder", "remote_log_conn_id"),
    "remote_logging",
)
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
    if isinstance(store, RemoteLogs):
        return problems + list(_store_problems(props, store))
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


def all_connections(props: AirflowProps) -> Mapping[str, Connection | SecretKey]:
    """The connections in the environment: the user's, and those to stores of logs and XComs."""
    store = props.logs.store
    own = {
        CONNECTION: store.connection if isinstance(store, RemoteLogs) else None,
        XCOM_CONNECTION: props.xcom.connection if props.xcom else None,
    }
    made = {id: connection for id, connection in own.items() if connection}
    return {**props.connections_in("environment"), **made}


def log_connection(props: AirflowProps) -> str:
    """Id of the connection to the store of task logs; empty: there is none."""
    store = props.logs.store
    if isinstance(store, RemoteLogs):
        return store.log_connection
    return str(option_value(props, "logging", "remote_log_conn_id") or "")


def _store_problems(props: AirflowProps, store: RemoteLogs) -> Iterator[str]:
    name = type(store).__name__
    for option in _OF_STORES:
        if option_value(props, "logging", option) is not None:
            yield (
                f"[logging] {option} is set by logs=Logs(store={name}(...)): leave one of them out"
            )
    if CONNECTION in (props.connections or {}):
        yield f"connections[{CONNECTION!r}] is the id of the library's own: choose another"


def unknown_log_connection(props: AirflowProps) -> Iterator[str]:
    """A warning, if nothing here has the connection to the store of task logs.

    It may be in the database, which nobody knows here: users add connections there by the UI.

    Args:
        props: all settings.
    """
    id, of_store = log_connection(props), isinstance(props.logs.store, RemoteLogs)
    remote = str(option_value(props, "logging", "remote_logging") or of_store).lower()
    if not id or id == CONNECTION or remote not in ("true", "t", "1"):
        return
    pods = [each.pods for each in props_of_roles(props)]
    backends = (("secrets", "backend"), ("workers", "secrets_backend"))
    if id in (props.connections or {}) or any(option_value(props, *each) for each in backends):
        return
    names = {*(props.env or {}), *(name for each in pods for name in each.env or {})}
    if f"AIRFLOW_CONN_{id.upper()}" in names or props.extensions or props.secrets_backend:
        return
    if props.all_airflow_pods.env_from or any(each.env_from for each in pods):
        return
    of_all = (props.service_account, props.airflow_pods.service_account, props.pods.service_account)
    accounts = (*of_all, *(each.service_account for each in pods))
    if id in _BY_IDENTITY or any(each and each.annotations for each in accounts):
        return
    hint = nearest(id, props.connections) if props.connections else ""
    place = f"{type(props.logs.store).__name__}.connection_id" if of_store else _OPTION
    yield (
        f"{place} is {id!r}, and nothing here has a connection of that id"
        f"{hint}{'' if hint.endswith('?') else '.'} Unless users add it to the database, logs of "
        f"tasks are lost: give connections={{{id!r}: Connection(...)}}, "
        "which whoever reads or writes logs gets"
    )
