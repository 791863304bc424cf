"""Releases that together have every container and every volume that the library makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import cdk8s
from bundle.test_variants import DAGS, TEAM

import cdk8s_airflow
from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    ConfigMapKey,
    Connection,
    DatabaseCleanup,
    EmbeddedRabbitmq,
    ExecutionApiProps,
    ExtraPackages,
    Flower,
    GitDags,
    GitSyncDags,
    Kerberos,
    KubernetesExecutor,
    LocalExecutor,
    PgBouncer,
    PgBouncerExporter,
    StatsdExporter,
)
from cdk8s_airflow.checks.bundle import Bundle, Manifest, Pod
from cdk8s_airflow.kubernetes.objects import KubernetesObject

REPOSITORY = "https://git.example.com/team/dags.git"
RELEASES: Mapping[str, Mapping[str, Any]] = {
    "default": {},
    "features": {
        "executors": [CeleryExecutor(), KubernetesExecutor()],
        "execution_api": ExecutionApiProps(),
        "pgbouncer": PgBouncer(exporter=PgBouncerExporter()),
        "flower": Flower(),
        "database_cleanup": DatabaseCleanup(),
        "extra_packages": ExtraPackages(requirements=["cowsay"]),
        "ca_bundle": ConfigMapKey(name="site", key="ca.crt"),
        "kerberos": Kerberos(principal="airflow", keytab=TEAM, config="[libdefaults]"),
        "connections": {"db": Connection(conn_type="mysql", host="db", password=TEAM)},
    },
    "local": {"executor": LocalExecutor()},
    "rabbitmq": {"broker": EmbeddedRabbitmq()},
    "metrics": {"metrics": StatsdExporter()},
    "git": {"dags": [GitDags(repository=REPOSITORY)]},
    "git-sync": {"dags": GitSyncDags(repository=REPOSITORY)},
    "git-sync-volume": {"dags": GitSyncDags(repository=REPOSITORY, volume="dags")},
}
"""Name -> props."""


def bundle_of(**props: Any) -> Bundle:
    """The bundle of a release, without the checks of `synthesize`."""
    app = cdk8s.App(outdir="unused")
    given = AirflowProps(**{"dags": DAGS, **props})
    chart = AirflowChart(app, "af1", namespace="airflow", props=given)
    objects = [each for each in chart.node.find_all() if isinstance(each, KubernetesObject)]
    return Bundle([cast("Manifest", each.to_json()) for each in objects])


def makers() -> set[str]:
    """The modules of the library that make containers."""
    folder = Path(cdk8s_airflow.__file__).parent
    calls = re.compile(r"(?<!class )\bContainer\($", re.MULTILINE)
    return {path.stem for path in folder.rglob("*.py") if calls.search(path.read_text("utf-8"))}


@cache
def bundle(release: str) -> Bundle:
    """The bundle of one of `RELEASES`."""
    return bundle_of(**RELEASES[release])


def pods() -> Iterator[tuple[str, Pod]]:
    """Each pod of each release, and a name by which one pod is told from another.

    It is the component, and the release where that differs from `default`.
    """
    for release in RELEASES:
        for pod in bundle(release).pods:
            yield (pod.component if release == "default" else f"{pod.component} ({release})"), pod
