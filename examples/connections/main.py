"""Connections and variables from the bundle, their credentials from Secrets."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, Connection, DagsFolder, SecretKey

DAGS = Path(__file__).resolve().parent / "dags"


def build(app: App) -> None:
    props = AirflowProps(
        dags=DagsFolder(str(DAGS)),
        connections={
            "mysql_default": Connection(
                conn_type="mysql",
                host="mysql.example.com",
                schema="airflow",
                login="airflow",
                password=SecretKey(name="mysql", key="password"),
            ),
            "weather_api": Connection(conn_type="http", host="https://weather.example.com"),
            "warehouse": SecretKey(name="warehouse", key="uri"),
        },
        variables={
            "limits": {"rows": 100_000, "seconds": 60},
            "report_token": SecretKey(name="report", key="token"),
        },
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
