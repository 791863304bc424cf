"""Airflow with RabbitMQ as broker, and results in a database of their own."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder, EmbeddedRabbitmq

DAGS = Path(__file__).resolve().parents[2] / "dags"


def build(app: App) -> None:
    props = AirflowProps(
        dags=DagsFolder(str(DAGS)),
        broker=EmbeddedRabbitmq(storage="5Gi"),
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
