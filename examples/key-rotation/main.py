"""The second of three steps by which all keys and passwords of a release are replaced."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagsFolder,
    EmbeddedPostgresql,
    EmbeddedRedis,
    Secrets,
)

DAGS = Path(__file__).resolve().parents[2] / "dags"
KNOWN = [2, 1]  # before it [1, 2], after it [2]
PROPS = AirflowProps(
    dags=DagsFolder(str(DAGS)),
    secrets=Secrets(
        rotation={
            "fernet-key": KNOWN,
            "jwt-secret": KNOWN,
            "api-secret-key": [2],
            "admin-password": [2],
        }
    ),
    database=EmbeddedPostgresql(rotation=KNOWN),
    broker=EmbeddedRedis(rotation=KNOWN),
)


def build(app: App) -> None:
    AirflowChart(app, "af1", namespace="airflow", props=PROPS)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
