"""UI, REST API and Flower below paths of one host, by a Gateway that the cluster has."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder, Flower, HttpRoute

DAGS = Path(__file__).resolve().parents[2] / "dags"


def build(app: App) -> None:
    props = AirflowProps(
        dags=DagsFolder(str(DAGS)),
        flower=Flower(),
        exposure=HttpRoute(
            host="data.example.com",
            web_path="/airflow",
            flower_path="/airflow/flower",
            gateway="public",
            gateway_namespace="gateways",
            section_name="https",
        ),
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
