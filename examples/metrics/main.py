"""Metrics of Airflow, of a DAG and of the servers for a Prometheus that an operator runs."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagsFolder,
    EmbeddedPostgresql,
    EmbeddedRedis,
    MetricMapping,
    PostgresqlExporter,
    RedisExporter,
    ServiceMonitor,
    StatsdExporter,
)

DAGS = Path(__file__).resolve().parent / "dags"
MONITOR = ServiceMonitor(labels={"release": "kube-prometheus-stack"})


def build(app: App) -> None:
    props = AirflowProps(
        dags=DagsFolder(str(DAGS)),
        database=EmbeddedPostgresql(exporter=PostgresqlExporter(service_monitor=MONITOR)),
        broker=EmbeddedRedis(exporter=RedisExporter(service_monitor=MONITOR)),
        metrics=StatsdExporter(
            service_monitor=MONITOR,
            extra_mappings=[
                MetricMapping(
                    match="airflow.orders.*.loaded",
                    name="orders_loaded_total",
                    labels={"country": "$1"},
                    help="Orders that were loaded.",
                )
            ],
        ),
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
