"""Checks of the queues that workers serve."""

from __future__ import annotations

from collections.abc import Iterator

from cdk8s_airflow.components.celery_worker import WorkerGroup
from cdk8s_airflow.components.keda import KedaAutoscaling
from cdk8s_airflow.executors.celery import CeleryExecutor
from cdk8s_airflow.props import AirflowProps


def queue_warnings(props: AirflowProps) -> Iterator[str]:
    """Warnings of queues that no worker serves, or that KEDA would count twice."""
    served: dict[str, list[WorkerGroup]] = {}
    for group in props.all_executors.worker_groups:
        for queue in group.queues:
            served.setdefault(queue, []).append(group)
    default = _default_queue(props)
    celery = isinstance(props.all_executors.all[0], CeleryExecutor)
    if celery and isinstance(default, str) and default not in served:
        yield (
            f"no WorkerGroup serves the default queue {default!r}: tasks that name no other queue "
            f"would wait for ever (served: {', '.join(sorted(served))}); add it to the queues of a "
            "group, or set config={'operators': {'default_queue': ...}}"
        )
    for queue, several in sorted(served.items()):
        scaled = [group.name for group in several if isinstance(group.autoscaling, KedaAutoscaling)]
        if len(scaled) > 1:
            yield (
                f"the queue {queue!r} is served by the groups {', '.join(map(repr, scaled))}, and "
                "KEDA scales each of them for all of its tasks: give each a queue of its own"
            )


def _default_queue(props: AirflowProps) -> object:
    """`[operators] default_queue`, as the DAG processor reads it."""
    for env in (props.dag_processor.env, props.env):
        if value := (env or {}).get("AIRFLOW__OPERATORS__DEFAULT_QUEUE"):
            return value
    return (props.config or {}).get("operators", {}).get("default_queue", "default")
