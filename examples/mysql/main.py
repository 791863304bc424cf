"""Airflow with a MySQL or MariaDB server as metadata database."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ConfigMapKey,
    DagsFolder,
    ExternalMysql,
    SecretKey,
)

DAGS = Path(__file__).resolve().parents[2] / "dags"


def build(app: App) -> None:
    props = AirflowProps(
        dags=DagsFolder(str(DAGS)),
        database=ExternalMysql(
            host="mysql.example.com",
            database="airflow",
            user=SecretKey(name="airflow-mysql", key="username"),
            password=SecretKey(name="airflow-mysql", key="password"),
            ca=ConfigMapKey(name="mysql-ca", key="ca.crt"),
        ),
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
