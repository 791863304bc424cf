"""Numbers that hang together: slots for tasks, connections of the database, memory of workers."""

from __future__ import annotations

from collections.abc import Iterator

from cdk8s_airflow.components.celery_worker import BASE_MIB, TASK_MIB, WorkerGroup
from cdk8s_airflow.kubernetes.objects import wire_mapping
from cdk8s_airflow.kubernetes.quantities import number
from cdk8s_airflow.parts.declared import DEFAULT_POOL
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.options import option_number
from cdk8s_airflow.release.pooling import load_of
from cdk8s_airflow.release.sizes import with_size_defaults
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql

_PARALLELISM, _DEFAULT_POOL, _POOL_SIZE = 32, 128, 5
"""Airflow's defaults."""
_RESERVED = 3
"""`superuser_reserved_connections` of PostgreSQL."""


def capacity_warnings(props: AirflowProps) -> Iterator[str]:
    """Warnings of slots of workers that no task can ever take, and of memory that ends first."""
    sized = with_size_defaults(props)
    groups = sized.all_executors.worker_groups
    slots = sum(group.max_replicas * group.concurrency for group in groups)
    schedulers = sized.scheduler.max_replicas
    for_each = f" for each of {schedulers} schedulers" if schedulers > 1 else ""
    limits = (
        ("parallelism", _PARALLELISM, schedulers, for_each),
        ("default_pool_task_slot_count", _DEFAULT_POOL, 1, " for tasks that name no pool"),
    )  # fmt: skip
    own = (props.pools or {}).get(DEFAULT_POOL)
    for option, default, times, note in limits:
        limit, where = option_number(sized, "core", option, default), f"config['core'][{option!r}]"
        if own and option == "default_pool_task_slot_count":
            limit, where = own.slots, f"pools[{DEFAULT_POOL!r}].slots"
        if limit is not None and 0 < limit * times < slots:
            yield (
                f"{where} is {limit}{note}, and the workers have {slots} slots "
                f"(replicas x concurrency): {slots - limit * times} stay empty; raise it to "
                f"{-(-slots // times)}"
            )
    yield from filter(None, map(_memory_warning, groups))


def _memory_warning(group: WorkerGroup) -> str:
    limits = wire_mapping(group.resources or {}).get("limits")
    memory = limits.get("memory") if isinstance(limits, dict) else None
    needed = BASE_MIB + TASK_MIB * group.concurrency
    if memory is None or number(str(memory)) >= needed * 2**20:
        return ""
    return (
        f"{group.owner}: concurrency={group.concurrency} takes {needed}Mi with idle tasks "
        f"({BASE_MIB}Mi and {TASK_MIB}Mi for each), and the memory limit is {memory}: the kernel "
        "would kill tasks; raise the limit, or lower concurrency"
    )


def connection_problems(props: AirflowProps) -> Iterator[str]:
    """A problem, if the connections that processes hold are more than the embedded server has."""
    size = option_number(props, "database", "sql_alchemy_pool_size", _POOL_SIZE)
    if props.pgbouncer or not isinstance(props.database, EmbeddedPostgresql) or size is None:
        return
    load = load_of(with_size_defaults(props))
    processes = load.api_servers + load.schedulers + load.dag_processors + load.triggerers
    free = props.database.max_connections - _RESERVED
    if size * processes > free:
        yield (
            f"config['database']['sql_alchemy_pool_size']={size}: {processes} processes keep up to "
            f"{size * processes} connections, but EmbeddedPostgresql(max_connections="
            f"{props.database.max_connections}) has {free} for them: lower it, raise "
            "max_connections, or give pgbouncer=PgBouncer()"
        )
