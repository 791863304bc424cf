"""What values.yaml says, with nothing left to say in Python."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import AirflowProps
from cdk8s_airflow.values import add_releases

HERE = Path(__file__).resolve().parent


def build(app: App) -> None:
    add_releases(app, [HERE / "values.yaml"], defaults=AirflowProps())


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
