"""From apply to ready: who waits for what, and how soon the kubelet sees that it is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagsFolder,
    EmbeddedRabbitmq,
    ExecutionApiProps,
    ExternalPostgresql,
    ExternalRedis,
    Flower,
    LocalExecutor,
    PgBouncer,
    SecretKey,
)
from cdk8s_airflow.checks.bundle import Bundle, Pod
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
DATABASE = ExternalPostgresql(host="db", password=SecretKey(name="db", key="password"))
REDIS = ExternalRedis(host="redis", password=SecretKey(name="redis", key="password"))
SQL, CACHE = "af1-postgresql-server:5432", "af1-redis-server:6379"
RABBIT, POOLER = "af1-rabbitmq-server:5672", "af1-pgbouncer:6432"


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        given = AirflowProps(**{"dags": DAGS, **props})
        AirflowChart(app, "af1", namespace="airflow", props=given)

    tmp_path.mkdir(exist_ok=True)
    brought = [
        f"Secret/{prop.password.name}" for prop in props.values() if prop in (DATABASE, REDIS)
    ]
    return synthesize(build, tmp_path, external=brought)


def waits(pod: Pod) -> tuple[str, ...]:
    """The servers for which a pod waits before it asks for a Secret."""
    first = pod.containers[0]
    if first["name"] != "wait-for-servers":
        assert not [each for each in pod.containers if each["name"] == "wait-for-servers"]
        return ()
    assert "env" not in first, "it needs nothing"
    assert first["command"][:4] == [
        *("python", "-IS", "/opt/cdk8s-airflow/wait_for_servers.py", "600")
    ]
    return tuple(first["command"][4:])


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        (
            {},
            {"scheduler": (SQL, CACHE), "api-server": (SQL,), "worker": (CACHE,), "bootstrap": ()}
            | dict.fromkeys(("dag-processor", "triggerer", "migrations", "create-admin"), (SQL,)),
        ),
        ({"flower": Flower()}, {"flower": (CACHE,)}),
        ({"executor": LocalExecutor()}, {"scheduler": (SQL,), "triggerer": (SQL,)}),
        (
            {"broker": EmbeddedRabbitmq()},
            {"worker": (RABBIT, SQL), "scheduler": (SQL, RABBIT), "migrations": (SQL,)},
        ),
        (
            {"pgbouncer": PgBouncer()},
            {"api-server": (POOLER,), "migrations": (SQL,), "pgbouncer": (SQL,)},
        ),
        (
            {"database": DATABASE},
            {"api-server": (), "migrations": (), "scheduler": (CACHE,), "worker": (CACHE,)},
        ),
        (
            {"database": DATABASE, "broker": REDIS},
            dict.fromkeys(("api-server", "migrations", "scheduler", "worker", "triggerer"), ()),
        ),
        (
            {"suspended": True},
            {"api-server": (SQL,), "worker": (CACHE,)},
        ),
    ],
    ids=["default", "Flower", "local", "RabbitMQ", "PgBouncer", "database", "servers", "suspended"],
)
def test_a_pod_waits_for_the_embedded_servers_that_it_uses_before_it_asks_for_a_secret(
    props: dict[str, Any], expected: dict[str, tuple[str, ...]], tmp_path: Path
) -> None:
    found = {pod.component: waits(pod) for pod in bundle_of(tmp_path, **props).pods}
    assert {name: found[name] for name in expected} == expected


def test_without_a_server_of_ours_the_first_container_needs_no_secret_that_is_generated(
    tmp_path: Path,
) -> None:
    """What waits for a user's server holds that server's Secret alone; migrations wait for it."""
    bundle = bundle_of(tmp_path, database=DATABASE, broker=REDIS)
    generated = {name for _, name in bundle.generated_secrets}
    assert generated
    first = {pod.component: pod.containers[0] for pod in bundle.pods}
    needing = {name for name, item in first.items() if any(each in str(item) for each in generated)}
    assert needing == {"bootstrap"}, "which makes them"
    assert first["worker"]["name"] == "wait-for-api-server"
    assert "--or-away" not in first["worker"]["command"], "it has them when it answers"


def test_a_probe_at_the_start_looks_often_if_it_costs_little_and_has_patience(
    tmp_path: Path,
) -> None:
    """Period and patience in seconds: five minutes for a large database, or a slow node.

    One second and less on average from ready to seen, where a probe costs next to nothing: servers
    on whom all others wait. Two, where it is a request or a query by psycopg2 (0.1 s of processor
    time). Ten, where it imports Celery (0.5 s), which processes that start have to pay for.
    """
    props: dict[str, Any] = {
        "flower": Flower(),
        "execution_api": ExecutionApiProps(),
        "pgbouncer": PgBouncer(),
    }
    found = {}
    for folder, more in (("redis", {}), ("rabbitmq", {"broker": EmbeddedRabbitmq()})):
        for pod in bundle_of(tmp_path / folder, **props, **more).pods:
            main = pod.main_containers[0]
            if pod.long_running:
                probe = main["startupProbe"]
                period = probe["periodSeconds"]
                found[main["name"]] = period, period * probe["failureThreshold"]
    assert found == {
        **dict.fromkeys(("postgresql", "redis"), (1, 300)),
        **dict.fromkeys(("api-server", "execution-api", "scheduler", "flower"), (2, 300)),
        **dict.fromkeys(("dag-processor", "triggerer", "rabbitmq"), (2, 300)),
        "pgbouncer": (2, 60),
        "worker": (10, 300),
    }


def test_a_worker_starts_beside_the_api_server_and_who_needs_it_at_once_waits(
    tmp_path: Path,
) -> None:
    bundle = bundle_of(tmp_path)
    program = ["python", "/opt/cdk8s-airflow/wait_for_api_server.py"]
    url = "http://af1-api-server:8080/api/v2/version"
    worker = bundle.container("StatefulSet", "af1-worker", "wait-for-api-server")
    assert worker["command"] == [*program, url, "600", "--or-away"], "an older one is waited for"
    (admin,) = (pod for pod in bundle.pods if pod.component == "create-admin")
    assert [each["name"] for each in admin.init_containers] == [
        *("wait-for-servers", "wait-for-migrations"),
    ], "migrations need the processors before"
    create = admin.main_containers[0]["command"]
    assert create[:4] == ["python", "/opt/cdk8s-airflow/create_admin.py", url, "600"]
