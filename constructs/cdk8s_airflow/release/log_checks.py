"""Checks of where the logs of a release are kept."""

from __future__ import annotations

from cdk8s_airflow.kubernetes.storage import VolumeClaim
from cdk8s_airflow.props import AirflowProps

_WRITERS = {
    "CeleryExecutor": "the workers, WorkerGroup(persistence=...)",
    "KubernetesExecutor": "all pods, logs=Logs(store=LogVolume(...))",
}
"""Executor -> who has the logs of its tasks."""


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
