"""Pods that roll when a Secret or ConfigMap changes that somebody else makes."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ConfigMapKey,
    DagsFolder,
    ExternalPostgresql,
    SecretKey,
)

DAGS = Path(__file__).resolve().parents[2] / "dags"


def build(app: App) -> None:
    props = AirflowProps(
        dags=DagsFolder(str(DAGS)),
        database=ExternalPostgresql(
            host="db.example.com",
            password=SecretKey(name="airflow-database", key="password"),
        ),
        env={"REGION": ConfigMapKey(name="site", key="region")},
        reload="reloader",
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
