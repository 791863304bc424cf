"""A database and a broker that exist already, given by their parts, with passwords of any kind."""

from __future__ import annotations

import hashlib

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import NAMESPACE, REPOSITORY, synthesize_props
from integration.conftest import NASTY_PASSWORD, RunningBundle, Scene, Stage, secret
from integration.servers import host, server

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    ExternalPostgresql,
    ExternalRedis,
    SecretKey,
    WorkerGroup,
)

USER = "air:flow/@%"
PASSWORDS = {"database": NASTY_PASSWORD + "d", "redis": NASTY_PASSWORD + "r"}


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """Airflow with an external PostgreSQL and an external Redis that knows users."""

    def prepare() -> Scene:
        props = AirflowProps(
            dags=DagsFolder(str(REPOSITORY / "dags")),
            executor=CeleryExecutor(workers=[WorkerGroup(replicas=1, concurrency=4)]),
            database=ExternalPostgresql(
                host=host("database"),
                port=5433,
                database="meta data",
                user=SecretKey(name="database", key="user"),
                password=SecretKey(name="database", key="password"),
                parameters={"application_name": "air&flow"},
            ),
            broker=ExternalRedis(
                host=host("redis"),
                user="air:flow@%",
                password=SecretKey(name="redis", key="password"),
                database=3,
                result_database=4,
            ),
        )
        return Scene(
            synthesize_props(tmp_path_factory.mktemp("synth"), props),
            [
                secret("database", {"user": USER, "password": PASSWORDS["database"]}),
                secret("redis", {"password": PASSWORDS["redis"]}),
                *postgresql(),
                *redis(),
            ],
        )

    return stage.play("external", prepare)


def postgresql() -> list[dict[str, object]]:
    env = {"POSTGRES_USER": USER, "POSTGRES_PASSWORD": PASSWORDS["database"],
           "POSTGRES_DB": "meta data", "PGDATA": "/data/pgdata"}  # fmt: skip
    command = ("postgres", "-p", "5433")
    folders = ("/data", "/var/run/postgresql", "/tmp")
    return server("database", "postgres:17.6", 5433, command, env=env, folders=folders)


def redis() -> list[dict[str, object]]:
    password = hashlib.sha256(PASSWORDS["redis"].encode()).hexdigest()
    acl = f"user default off\nuser air:flow@% on #{password} ~* &* +@all\n"
    text = "protected-mode no\ndir /data\n" + acl
    command = ("redis-server", "/etc/server/redis.conf")
    return server(
        "redis", "redis:7.2.11", 6379, command, folders=["/data"], files={"redis.conf": text}
    )


def test_a_run_of_the_tutorial_succeeds(airflow: AirflowClient) -> None:
    assert set(airflow.run("tutorial").values()) == {"success"}


def test_the_triggerer_reads_the_database_too(airflow: AirflowClient) -> None:
    assert set(airflow.run("deferrable").values()) == {"success"}


def test_no_pod_of_the_bundle_was_restarted_and_every_probe_is_well(bundle: RunningBundle) -> None:
    pods = [pod for pod in bundle.node.pods() if pod.namespace == NAMESPACE]
    assert {pod.name: pod.restarts for pod in pods} == {pod.name: 0 for pod in pods}
    for name in ("triggerer-0", "dag-processor", "worker-0"):
        result = bundle.node.pod(bundle.name(name)).probe("livenessProbe")
        assert result.success, result.detail


@pytest.mark.parametrize("secret_name", PASSWORDS)
def test_no_password_is_in_a_log(bundle: RunningBundle, secret_name: str) -> None:
    pods = [pod for pod in bundle.node.pods() if pod.namespace == NAMESPACE]
    for pod in pods:
        for container in pod.supervisors:
            assert PASSWORDS[secret_name] not in pod.log(container)
