"""The sizes of a release: defaults for requests, limits, replicas and pools. See docs/sizes.md."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from functools import partial
from typing import Any

from cdk8s_airflow.components.celery_worker import DEFAULT_GROUP
from cdk8s_airflow.executors.celery import CeleryExecutor
from cdk8s_airflow.executors.executors import AnyExecutor
from cdk8s_airflow.kubernetes.pods import PodProps, resources
from cdk8s_airflow.kubernetes.props import Default
from cdk8s_airflow.props import AirflowProps, Size

_sized = partial(resources, storage=None)  # that of the process stays

# Field of AirflowProps -> its defaults for the size. `small` is the default of each class.
_PROCESSES: Mapping[Size, Mapping[str, Mapping[str, Any]]] = {
    "small": {},
    "medium": {
        "api_server": {
            "replicas": 2,
            "resources": _sized(cpu="500m", memory="768Mi", memory_limit="1536Mi"),
        },
        "execution_api": {
            "replicas": 2,
            "resources": _sized(cpu="500m", memory="768Mi", memory_limit="1536Mi"),
        },
        "scheduler": {
            "replicas": 2,
            "resources": _sized(cpu="500m", memory="512Mi", memory_limit="1536Mi"),
        },
        "dag_processor": {
            "resources": _sized(cpu="500m", memory="768Mi", memory_limit="2Gi"),
        },
        "triggerer": {
            "replicas": 2,
            "resources": _sized(cpu="200m", memory="512Mi", memory_limit="1Gi"),
        },
        "database": {"resources": _sized(cpu="500m", memory="1Gi", memory_limit="2Gi")},
        "broker": {"resources": _sized(cpu="100m", memory="256Mi", memory_limit="1Gi")},
    },
    "large": {
        "api_server": {
            "replicas": 3,
            "resources": _sized(cpu="1", memory="1Gi", memory_limit="2Gi"),
        },
        "execution_api": {
            "replicas": 3,
            "resources": _sized(cpu="1", memory="1Gi", memory_limit="2Gi"),
        },
        "scheduler": {
            "replicas": 2,
            "resources": _sized(cpu="1", memory="1Gi", memory_limit="2Gi"),
        },
        "dag_processor": {
            "replicas": 2,
            "resources": _sized(cpu="1", memory="1Gi", memory_limit="4Gi"),
        },
        "triggerer": {
            "replicas": 2,
            "resources": _sized(cpu="500m", memory="1Gi", memory_limit="2Gi"),
        },
        "database": {"resources": _sized(cpu="1", memory="2Gi", memory_limit="4Gi")},
        "broker": {"resources": _sized(cpu="200m", memory="512Mi", memory_limit="2Gi")},
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


def with_size_defaults(props: AirflowProps) -> AirflowProps:
    """A copy of the props in which the size fills what the user has not set.

    Args:
        props: checked already.
    """
    size = props.size
    if size == "small":
        return props
    executors = props.all_executors
    # With the local executor tasks run in the scheduler, whose size is theirs.
    sized: dict[str, Any] = {
        name: _with_size(getattr(props, name), values)
        for name, values in _PROCESSES[size].items()
        if not (name == "scheduler" and executors.local)
    }
    config = _merged(_CONFIG[size], props.config or {})
    if executors.local and executors.local.parallelism:
        del config["core"]["parallelism"]
    sized["config"] = config
    sized["executor"] = _workers(props.executor, size)
    sized["executors"] = props.executors and [_workers(each, size) for each in props.executors]
    # A copy, as the props were checked already and defaults must not look like values of the user.
    result = copy(props)
    for name, value in sized.items():
        object.__setattr__(result, name, value)
    return result


def _with_size(props: Any, values: Mapping[str, Any]) -> Any:
    """A copy of props with these values for fields that the user has not set."""
    if not isinstance(props, PodProps):
        return props  # None, or what exists already
    defaults = {
        name: value
        for name, value in values.items()
        if getattr(props, name) is None or isinstance(getattr(props, name), Default)
        if not (name == "replicas" and getattr(props, "autoscaling", None))
    }
    return replace(props, **defaults)


def _workers(executor: AnyExecutor, size: Size) -> AnyExecutor:
    if not isinstance(executor, CeleryExecutor):
        return executor
    groups = [
        _with_size(group, _WORKERS[size]) if group.name == DEFAULT_GROUP else group
        for group in executor.workers
    ]
    return replace(executor, workers=groups)


def _merged(
    size: Mapping[str, Mapping[str, int]], config: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    return {
        section: {**size.get(section, {}), **config.get(section, {})}
        for section in {**size, **config}
    }
