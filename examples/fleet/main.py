"""A fleet: releases from one table, on one PostgreSQL and one Redis, each in its own folder."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    ExternalPostgresql,
    ExternalRedis,
    Fleet,
    GitDags,
    Ingress,
    SecretKey,
    SharedServers,
    WorkerGroup,
    read_table,
)

HERE = Path(__file__).resolve().parent
FLEET = Fleet(
    releases=read_table(HERE / "fleet.csv"),
    defaults=AirflowProps(
        database=ExternalPostgresql(
            host="db.example.com",
            password=SecretKey(name="servers", key="database"),
            parameters={"sslmode": "require"},
        ),
        broker=ExternalRedis(
            host="redis.example.com", password=SecretKey(name="servers", key="redis")
        ),
        executor=CeleryExecutor(workers=[WorkerGroup(replicas=1)]),
        dags=GitDags(repository="https://git.example.com/team/dags.git"),
        exposure=Ingress(class_name="nginx"),
    ),
    servers=SharedServers(secret="{name}-servers"),
)


def build(app: App) -> None:
    FLEET.add_to(app)


if __name__ == "__main__":
    FLEET.synth()
