"""Numbers that hang together: what does not fit is told before a cluster shows it."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowProps,
    ApiServerProps,
    CeleryExecutor,
    EmbeddedPostgresql,
    ExternalPostgresql,
    KedaAutoscaling,
    PgBouncer,
    Pool,
    SchedulerProps,
    SecretKey,
    WorkerGroup,
)
from cdk8s_airflow.release.capacity_checks import capacity_warnings, connection_problems
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.values import add_releases, read_values

SCALED = CeleryExecutor(workers=[WorkerGroup(autoscaling=KedaAutoscaling(max_replicas=20))])
PASSWORD = SecretKey(name="db", key="password")


def workers(replicas: int, concurrency: int, **props: object) -> CeleryExecutor:
    group = WorkerGroup(replicas=replicas, concurrency=concurrency, **props)  # type: ignore[arg-type]
    return CeleryExecutor(workers=[group])


def limits(memory: str) -> dict[str, object]:
    return {"limits": {"memory": memory}, "requests": {"memory": memory}}


@pytest.mark.parametrize(
    ("props", "texts"),
    [
        (AirflowProps(executor=workers(4, 8)), []),
        (
            AirflowProps(executor=workers(5, 8)),
            ["config['core']['parallelism'] is 32, and the workers have 40 "
             "slots (replicas x concurrency): 8 stay empty; raise it to 40"],
        ),
        (AirflowProps(executor=workers(5, 8), scheduler=SchedulerProps(replicas=2)), []),
        (AirflowProps(executor=workers(5, 8), config={"core": {"parallelism": 40}}), []),
        (AirflowProps(executor=workers(5, 8), env={"AIRFLOW__CORE__PARALLELISM": "40"}), []),
        (AirflowProps(executor=workers(5, 8), env={"AIRFLOW__CORE__PARALLELISM": PASSWORD}), []),
        (AirflowProps(executor=workers(5, 8), config={"core": {"parallelism": 0}}), []),
        (AirflowProps(executor=workers(4, 16), size="medium"), []),
        (
            AirflowProps(
                executor=SCALED,
                config={"core": {"parallelism": 200}},
            ),
            ["config['core']['default_pool_task_slot_count'] is 128 for tasks that name no pool, "
             "and the workers have 160 slots (replicas x concurrency): 32 stay empty; raise it to "
             "160"],
        ),
        (
            AirflowProps(executor=workers(4, 8), pools={"default_pool": Pool(slots=8)}),
            ["pools['default_pool'].slots is 8 for tasks that name no pool, and the workers have "
             "32 slots (replicas x concurrency): 24 stay empty; raise it to 32"],
        ),
        (AirflowProps(executor=workers(4, 8), pools={"default_pool": Pool(slots=-1)}), []),
        (AirflowProps(executor=workers(1, 8, resources=limits("1Gi"))), []),
        (
            AirflowProps(executor=workers(1, 9, resources=limits("1Gi"))),
            ["WorkerGroup(name='default'): concurrency=9 takes 1120Mi with idle tasks (256Mi and "
             "96Mi for each), and the memory limit is 1Gi: the kernel would kill tasks; raise the "
             "limit, or lower concurrency"],
        ),
        (AirflowProps(executor=workers(1, 9, resources={"requests": {"memory": "1Gi"}})), []),
    ],
)  # fmt: skip
def test_slots_that_stay_empty_and_memory_that_ends_first_are_told(
    props: AirflowProps, texts: list[str]
) -> None:
    assert list(capacity_warnings(props)) == texts


@pytest.mark.parametrize("size", ["small", "medium", "large"])
def test_the_numbers_of_a_size_fit(size: str) -> None:
    props = AirflowProps(size=size)  # type: ignore[arg-type]
    assert not list(capacity_warnings(props))
    assert not list(connection_problems(props))


def test_more_connections_than_the_server_has_are_an_error() -> None:
    config = {"database": {"sql_alchemy_pool_size": 50}}
    with pytest.raises(ValueError, match="sql_alchemy_pool_size") as raised:
        resolve(AirflowProps(config=config), "af1")
    assert str(raised.value) == (
        "config['database']['sql_alchemy_pool_size']=50: 4 processes keep up to 200 connections, "
        "but EmbeddedPostgresql(max_connections=200) has 197 for them: lower it, raise "
        "max_connections, or give pgbouncer=PgBouncer()"
    )
    for props in (
        AirflowProps(config={"database": {"sql_alchemy_pool_size": 49}}),
        AirflowProps(config=config, database=EmbeddedPostgresql(max_connections=203)),
        AirflowProps(config=config, database=ExternalPostgresql(host="db", password=PASSWORD)),
        AirflowProps(config=config, pgbouncer=PgBouncer()),
    ):
        assert not list(connection_problems(props))
    more = AirflowProps(config=config, api_server=ApiServerProps(replicas=2))
    assert "5 processes keep up to 250" in next(connection_problems(more))


def test_a_warning_of_a_values_file_points_at_its_line(tmp_path: Path) -> None:
    values = tmp_path / "values.yaml"
    values.write_text("release: af1\nconfig:\n  core:\n    parallelism: 4\n")
    with pytest.warns(UserWarning, match="12 stay empty") as found:
        add_releases(App(outdir=str(tmp_path)), [values], defaults=AirflowProps())
    assert [(each.filename, each.lineno) for each in found] == [(str(values), 4)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        values.write_text("release: af1\nconfig:\n  core:\n    parallelism: 16\n")
        read_values([values], defaults=AirflowProps())


def test_what_only_the_build_finds_is_told_with_its_line_too(tmp_path: Path) -> None:
    values = tmp_path / "values.yaml"
    values.write_text(
        "patches:\n- kind: Deployment\n  merge: {spec: {minReadySeconds: 1}}\n"
        "- component: schedulr\n  merge: {spec: {minReadySeconds: 1}}\n"
    )
    with pytest.raises(ValueError, match="fits no object") as raised:
        add_releases(App(outdir=str(tmp_path)), [values], defaults=AirflowProps())
    assert str(raised.value) == (
        f"{values}:4: patches[1] fits no object: the release has no component='schedulr'; did you "
        "mean 'scheduler'?"
    )
