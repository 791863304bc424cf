"""Checks of where the logs of a release are kept."""

from __future__ import annotations

from cdk8s_airflow.kubernetes.storage import VolumeClaim
from cdk8s_airflow.props import AirflowProps


def log_problems(props: AirflowProps) -> list[str]:
    """The problems of `Logs(store=...)` beside other volumes for logs, and in other namespaces."""
    store = props.logs.store
    if store is None:
        return []
    problems = [
        f"logs=Logs(store=LogVolume(...)) and persistence=ClaimTemplate(...) of {owner} are both "
        "the volume for its logs: give one of them"
        for owner, persistence in (
            *(
                (f"WorkerGroup(name={group.name!r})", group.persistence)
                for group in props.all_executors.worker_groups
            ),
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
