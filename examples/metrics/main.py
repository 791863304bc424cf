"""Metrics of Airflow and of a DAG for a Prometheus that an operator runs."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagsFolder,
    MetricMapping,
    ServiceMonitor,
    StatsdExporter,
)

DAGS = Path(__file__).resolve().parent / "dags"


def build(app: App) -> None:
    props = AirflowProps(
        dags=DagsFolder(str(DAGS)),
        metrics=StatsdExporter(
            service_monitor=ServiceMonitor(labels={"release": "kube-prometheus-stack"}),
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
