"""Alerts and dashboards for kube-prometheus-stack: Airflow, its database, its Jobs and volumes."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    Alerts,
    DagsFolder,
    Dashboards,
    DatabaseCleanup,
    EmbeddedPostgresql,
    PostgresqlExporter,
    ServiceMonitor,
    StatsdExporter,
    ThresholdAlert,
)

DAGS = Path(__file__).resolve().parents[2] / "dags"
STACK = {"release": "kube-prometheus-stack"}


def build(app: App) -> None:
    scraped = ServiceMonitor(labels=STACK)
    props = AirflowProps(
        dags=DagsFolder(str(DAGS)),
        metrics=StatsdExporter(service_monitor=scraped),
        database=EmbeddedPostgresql(exporter=PostgresqlExporter(service_monitor=scraped)),
        database_cleanup=DatabaseCleanup(),
        alerts=Alerts(
            labels=STACK,
            alert_labels={"team": "data"},
            runbooks="https://wiki.example.com/airflow/runbooks",
            worker_queue=ThresholdAlert(threshold=500, pending="30m"),
            database_volume=ThresholdAlert(threshold=0.25),
            pool_slots=None,
        ),
        dashboards=Dashboards(folder="Airflow"),
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
