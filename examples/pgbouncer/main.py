"""PgBouncer before a managed PostgreSQL: for the metadata and for Celery's results."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ApiServerProps,
    CeleryExecutor,
    DagsFolder,
    ExternalPostgresql,
    PgBouncer,
    PgBouncerExporter,
    SchedulerProps,
    SecretKey,
    WorkerGroup,
)

DAGS = Path(__file__).resolve().parents[2] / "dags"
CA = SecretKey(name="database-ca", key="ca.crt")


def build(app: App) -> None:
    props = AirflowProps(
        dags=DagsFolder(str(DAGS)),
        executor=CeleryExecutor(workers=[WorkerGroup(replicas=8, concurrency=16)]),
        api_server=ApiServerProps(replicas=2),
        scheduler=SchedulerProps(replicas=2),
        config={"core": {"parallelism": 64}},
        database=ExternalPostgresql(
            host="db.example.com",
            password=SecretKey(name="airflow-database", key="password"),
            ca=CA,
        ),
        result_backend=ExternalPostgresql(
            host="db.example.com",
            database="airflow_results",
            user="airflow_results",
            password=SecretKey(name="airflow-results", key="password"),
            ca=CA,
        ),
        pgbouncer=PgBouncer(exporter=PgBouncerExporter()),
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
