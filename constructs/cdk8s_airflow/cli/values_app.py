"""The app of values files, for who writes no main.py; `synth` starts it under `-O`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from cdk8s import App

from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.values import add_releases, plain_errors, read_fleet


def main(files: Sequence[str]) -> None:
    """Writes the manifests of values files to the folder CDK8S_OUTDIR."""
    with plain_errors():
        paths = [Path(name) for name in files]
        if fleet := read_fleet(paths, defaults=AirflowProps()):
            fleet.synth()
            return
        app = App()
        add_releases(
            app,
            paths,
            defaults=AirflowProps(),
            release=os.environ.get("RELEASE"),
            namespace=os.environ.get("NAMESPACE"),
        )
        app.synth()


if __name__ == "__main__":
    main(sys.argv[1:])
