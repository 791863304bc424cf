"""Metrics and traces by OpenTelemetry: a collector sends them to a vendor, and has a scrape."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagsFolder,
    OpenTelemetry,
    OtelCollector,
    OtlpExporter,
    SecretKey,
    ServiceMonitor,
)

DAGS = Path(__file__).resolve().parents[2] / "dags"


def build(app: App) -> None:
    props = AirflowProps(
        dags=DagsFolder(str(DAGS)),
        metrics=OpenTelemetry(
            interval=30,
            resource_attributes={"deployment.environment.name": "production"},
            collector=OtelCollector(
                exporters=[
                    OtlpExporter(
                        endpoint="https://otlp.example.com:4318",
                        headers={"api-key": SecretKey(name="otlp", key="api-key")},
                        ca=SecretKey(name="otlp-ca", key="ca.crt"),
                    )
                ],
                prometheus=True,
                service_monitor=ServiceMonitor(labels={"release": "kube-prometheus-stack"}),
            ),
        ),
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
