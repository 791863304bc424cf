"""The app of the cluster tests: the default bundle with one more DAG, small enough for one node.

Usage: app.py OUT DAGS (first|upgrade)

Images come from AIRFLOW_IMAGE, POSTGRES_IMAGE and REDIS_IMAGE (`repository:tag`), the upgrade's
from E2E_UPGRADE_IMAGE; default: those of the library.
"""

from __future__ import annotations

import os
import re
import sys

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    EmbeddedPostgresql,
    EmbeddedRedis,
    Image,
    WorkerGroup,
)


def image(variable: str) -> Image | None:
    """The image that an environment variable names."""
    repository, colon, tag = os.environ.get(variable, "").rpartition(":")
    return Image(repository=repository, tag=tag) if colon else None


def props(dags: str, *, upgrade: bool) -> AirflowProps:
    """The first deployment, or the one that replaces it."""
    airflow = (image("E2E_UPGRADE_IMAGE") if upgrade else None) or image("AIRFLOW_IMAGE")
    version = re.match(r"\d+\.\d+\.\d+", (airflow.tag or "") if airflow else "")
    return AirflowProps(
        airflow_version=version[0] if version else AirflowProps().airflow_version,
        image=airflow,
        executor=CeleryExecutor(workers=[WorkerGroup(replicas=2, concurrency=2)]),
        dags=DagsFolder(dags),
        database=EmbeddedPostgresql(image=image("POSTGRES_IMAGE") or EmbeddedPostgresql().image),
        broker=EmbeddedRedis(image=image("REDIS_IMAGE") or EmbeddedRedis().image),
        config={"core": {"parallelism": 48 if upgrade else 24}},
    )


if __name__ == "__main__":
    out, dags, what = sys.argv[1:]
    app = App(outdir=out)
    AirflowChart(
        app,
        os.environ["RELEASE"],
        namespace=os.environ["NAMESPACE"],
        props=props(dags, upgrade=what == "upgrade"),
    )
    app.synth()
