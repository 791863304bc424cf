"""A fleet with servers of its own: one PostgreSQL, one PgBouncer and one Redis for all releases."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    EmbeddedPostgresql,
    Fleet,
    FleetServers,
    GitDags,
    Ingress,
    PgBouncer,
    WorkerGroup,
    read_table,
)

HERE = Path(__file__).resolve().parent
FLEET = Fleet(
    releases=read_table(HERE / "fleet.csv"),
    defaults=AirflowProps(
        executor=CeleryExecutor(workers=[WorkerGroup(replicas=1)]),
        dags=GitDags(repository="https://git.example.com/team/dags.git"),
        exposure=Ingress(class_name="nginx"),
    ),
    servers=FleetServers(
        postgresql=EmbeddedPostgresql(storage="50Gi"),
        pgbouncer=PgBouncer(pool_size=10),
    ),
)


def build(app: App) -> None:
    FLEET.add_to(app)


if __name__ == "__main__":
    FLEET.synth()
