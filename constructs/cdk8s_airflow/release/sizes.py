"""Sizes of a release: requests, limits, replicas, pools; docs/sizes.md has the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from typing import Any

from cdk8s_airflow.components.celery_worker import DEFAULT_GROUP
from cdk8s_airflow.executors.celery import CeleryExecutor
from cdk8s_airflow.executors.executors import AnyExecutor
from cdk8s_airflow.kubernetes.pods import PodProps, resources
from cdk8s_airflow.kubernetes.props import Unsaid
from cdk8s_airflow.props import AirflowProps, Size

# Field of AirflowProps -> what the size says of it. `small` is what each class has by default.
_PROCESSES: Mapping[Size, Mapping[str, Mapping[str, Any]]] = {
    "small": {},
    "medium": {
        "api_server": {
            "replicas": 2,
            "resources": resources(cpu="500m", memory="768Mi", memory_limit="1536Mi"),
        },
        "execution_api": {
            "replicas": 2,
            "resources": resources(cpu="500m", memory="768Mi", memory_limit="1536Mi"),
        },
        "scheduler": {
            "replicas": 2,
            "resources": resources(cpu="500m", memory="512Mi", memory_limit="1536Mi"),
        },
        "dag_processor": {
            "resources": resources(cpu="500m", memory="768Mi", memory_limit="2Gi"),
        },
        "triggerer": {
            "replicas": 2,
            "resources": resources(cpu="200m", memory="512Mi", memory_limit="1Gi"),
        },
        "database": {"resources": resources(cpu="500m", memory="1Gi", memory_limit="2Gi")},
        "broker": {"resources": resources(cpu="100m", memory="256Mi", memory_limit="1Gi")},
    },
    "large": {
        "api_server": {
            "replicas": 3,
            "resources": resources(cpu="1", memory="1Gi", memory_limit="2Gi"),
        },
        "execution_api": {
            "replicas": 3,
            "resources": resources(cpu="1", memory="1Gi", memory_limit="2Gi"),
        },
        "scheduler": {
            "replicas": 2,
            "resources": resources(cpu="1", memory="1Gi", memory_limit="2Gi"),
        },
        "dag_processor": {
            "replicas": 2,
            "resources": resources(cpu="1", memory="1Gi", memory_limit="4Gi"),
        },
        "triggerer": {
            "replicas": 2,
            "resources": resources(cpu="500m", memory="1Gi", memory_limit="2Gi"),
        },
        "database": {"resources": resources(cpu="1", memory="2Gi", memory_limit="4Gi")},
        "broker": {"resources": resources(cpu="200m", memory="512Mi", memory_limit="2Gi")},
    },
}
_WORKERS: Mapping[Size, Mapping[str, int]] = {
    "small": {},
    "medium": {"replicas": 4, "concurrency": 16},
    "large": {"replicas": 10, "concurrency": 16},
}
_CONFIG: Mapping[Size, Mapping[str, Mapping[str, int]]] = {
    "small": {},
    "medium": {
        "core": {
            "parallelism": 64,
            "max_active_tasks_per_dag": 32,
            "default_pool_task_slot_count": 128,
        },
        "scheduler": {"max_tis_per_query": 32},
    },
    "large": {
        "core": {
            "parallelism": 160,
            "max_active_tasks_per_dag": 64,
            "default_pool_task_slot_count": 320,
        },
        "dag_processor": {"parsing_processes": 4},
        "scheduler": {"max_tis_per_query": 64},
    },
}


def filled(props: AirflowProps) -> AirflowProps:
    """The props of a release, with what the size says where the user said nothing.

    Args:
        props: checked already.
    """
    size = props.size
    if size == "small":
        return props
    given = props.all_executors
    # With the local executor tasks run in the scheduler, whose size is theirs.
    said: dict[str, Any] = {
        name: _over(getattr(props, name), values)
        for name, values in _PROCESSES[size].items()
        if not (name == "scheduler" and given.local)
    }
    config = _merged(_CONFIG[size], props.config or {})
    if given.local and given.local.parallelism:
        del config["core"]["parallelism"]
    said["config"] = config
    said["executor"] = _workers(props.executor, size)
    said["executors"] = props.executors and [_workers(each, size) for each in props.executors]
    # Checked when they were made; and what was not given must not look as if it were.
    result = copy(props)
    for name, value in said.items():
        object.__setattr__(result, name, value)
    return result


def _over(props: Any, values: Mapping[str, Any]) -> Any:
    """Props with these values where nobody said anything; an autoscaler has said something."""
    if not isinstance(props, PodProps):
        return props  # None, or what exists already
    unsaid = {
        name: value
        for name, value in values.items()
        if getattr(props, name) is None or isinstance(getattr(props, name), Unsaid)
        if not (name == "replicas" and getattr(props, "autoscaling", None))
    }
    return replace(props, **unsaid)


def _workers(executor: AnyExecutor, size: Size) -> AnyExecutor:
    if not isinstance(executor, CeleryExecutor):
        return executor
    groups = [
        _over(group, _WORKERS[size]) if group.name == DEFAULT_GROUP else group
        for group in executor.workers
    ]
    return replace(executor, workers=groups)


def _merged(
    size: Mapping[str, Mapping[str, int]], said: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    return {
        section: {**size.get(section, {}), **said.get(section, {})} for section in {**size, **said}
    }
