"""UI, REST API and Flower below paths of one host, behind an ingress controller."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder, Flower, Ingress

DAGS = Path(__file__).resolve().parents[2] / "dags"


def build(app: App) -> None:
    props = AirflowProps(
        dags=DagsFolder(str(DAGS)),
        flower=Flower(),
        ingress=Ingress(
            host="data.example.com",
            web_path="/airflow",
            flower_path="/airflow/flower",
            class_name="nginx",
            tls="data-example-com",
            flower_annotations={"nginx.ingress.kubernetes.io/whitelist-source-range": "10.0.0.0/8"},
        ),
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
