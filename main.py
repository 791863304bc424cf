"""The app of this repository: one Airflow, synthesized into dist/ by `cdk8s synth`."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "constructs"))

from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder

HERE = Path(__file__).resolve().parent


def build(app: App) -> None:
    """Adds the releases of this repository to the app."""
    AirflowChart(
        app,
        os.environ.get("RELEASE", "af1"),
        namespace=os.environ.get("NAMESPACE", "airflow"),
        props=AirflowProps(dags=DagsFolder(str(HERE / "dags"))),
    )


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
