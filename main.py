"""The app of this repository: one Airflow, or what values files say, by `cdk8s synth`."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "constructs"))

import cdk8s_airflow  # noqa: F401  it finds Node, which cdk8s starts

# isort: split
from cdk8s import App

from cdk8s_airflow import AirflowProps, DagsFolder
from cdk8s_airflow.values import add_releases, plain_errors, values_files

HERE = Path(__file__).resolve().parent


def build(app: App, arguments: Sequence[str] = ()) -> None:
    """Adds the releases of this repository, or of `--values FILE`, to the app."""
    add_releases(
        app,
        values_files(arguments),
        defaults=AirflowProps(dags=DagsFolder(str(HERE / "dags"))),
        release=os.environ.get("RELEASE"),
        namespace=os.environ.get("NAMESPACE"),
    )


if __name__ == "__main__":
    with plain_errors():
        app = App()
        build(app, sys.argv[1:])
        app.synth()
