"""Releases that together have every container and every volume that the library makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bundle.test_variants import DAGS, TEAM
from cdk8s import App
from without_node import manifests

import cdk8s_airflow
from cdk8s_airflow import (
    AirflowProps,
    Alerts,
    Backup,
    BackupVolume,
    CeleryExecutor,
    ConfigMapKey,
    Connection,
    Dashboards,
    DatabaseCleanup,
    EmbeddedPostgresql,
    EmbeddedRabbitmq,
    EmbeddedRedis,
    ExecutionApiProps,
    ExtraPackages,
    FinishedPods,
    Fleet,
    FleetRelease,
    FleetServers,
    Flower,
    GitDags,
    GitSyncDags,
    Kerberos,
    KubernetesExecutor,
    LocalExecutor,
    OpenTelemetry,
    OtelCollector,
    OtlpExporter,
    PgBouncer,
    PgBouncerExporter,
    Pool,
    PostgresqlExporter,
    ReconcileController,
    RedisExporter,
    Restore,
    Secrets,
    SimpleAuth,
    StatsdExporter,
    User,
    Verify,
    VolumeClaim,
)
from cdk8s_airflow.checks.bundle import Bundle, Pod

REPOSITORY = "https://git.example.com/team/dags.git"
RELEASES: Mapping[str, Mapping[str, Any]] = {
    "default": {},
    "features": {
        "executors": [CeleryExecutor(), KubernetesExecutor(finished_pods=FinishedPods())],
        "execution_api": ExecutionApiProps(),
        "pgbouncer": PgBouncer(exporter=PgBouncerExporter()),
        "flower": Flower(),
        "database_cleanup": DatabaseCleanup(),
        "extra_packages": ExtraPackages(requirements=["cowsay"]),
        "ca_bundle": ConfigMapKey(name="site", key="ca.crt"),
        "kerberos": Kerberos(principal="airflow", keytab=TEAM, config="[libdefaults]"),
        "connections": {"db": Connection(conn_type="mysql", host="db", password=TEAM)},
        "pools": {"etl": Pool(slots=3)},
        "users": {"ann": User(email="a@example.com", first_name="A", last_name="B")},
    },
    "local": {"executor": LocalExecutor()},
    "rotation": {
        "secrets": Secrets(rotation={"fernet-key": [2, 1], "jwt-secret": [2, 1]}),
        "database": EmbeddedPostgresql(rotation=[2, 1]),
    },
    "simple": {"auth": SimpleAuth(passwords=TEAM)},
    "rabbitmq": {"broker": EmbeddedRabbitmq()},
    "metrics": {
        "metrics": StatsdExporter(),
        "alerts": Alerts(),
        "dashboards": Dashboards(),
        "database": EmbeddedPostgresql(exporter=PostgresqlExporter()),
        "broker": EmbeddedRedis(exporter=RedisExporter()),
        "reconcile": ReconcileController(),
    },
    "opentelemetry": {
        "metrics": OpenTelemetry(
            collector=OtelCollector(
                exporters=[OtlpExporter(endpoint="https://otlp.example.com")], prometheus=True
            )
        )
    },
    "backup": {
        "backup": Backup(
            store=BackupVolume(claim=VolumeClaim(size="20Gi", access_mode="ReadWriteOnce")),
            encrypt_to="age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
            verify=Verify(identity=TEAM),
            restore=Restore(identity=TEAM),
        )
    },
    "git": {"dags": [GitDags(repository=REPOSITORY)]},
    "git-sync": {"dags": GitSyncDags(repository=REPOSITORY)},
    "git-sync-volume": {"dags": GitSyncDags(repository=REPOSITORY, volume="dags")},
    "fleet": {},
}
"""Name -> props; those of a fleet are what its servers take from its defaults."""


def bundle_of(**props: Any) -> Bundle:
    """The bundle of a release, without the checks of `synthesize`."""
    return Bundle(manifests(AirflowProps(**{"dags": DAGS, **props})))


def makers() -> set[str]:
    """The modules of the library that make containers."""
    folder = Path(cdk8s_airflow.__file__).parent
    calls = re.compile(r"(?<!class )\bContainer\($", re.MULTILINE)
    return {path.stem for path in folder.rglob("*.py") if calls.search(path.read_text("utf-8"))}


@cache
def bundle(release: str) -> Bundle:
    """The bundle of one of `RELEASES`."""
    return servers_of_a_fleet() if release == "fleet" else bundle_of(**RELEASES[release])


def servers_of_a_fleet() -> Bundle:
    """The servers that a fleet makes for its releases."""
    rows = [FleetRelease(name="af1")]
    fleet = Fleet(releases=rows, defaults=AirflowProps(dags=DAGS), servers=FleetServers())
    app = App(outdir="unused")
    fleet.add_to(app)
    (chart,) = [each for each in app.charts if each.node.id == "servers"]
    return Bundle(chart.to_json())


def pods() -> Iterator[tuple[str, Pod]]:
    """Each pod of each release, and a name by which one pod is told from another.

    It is the component, and the release where that differs from `default`.
    """
    for release in RELEASES:
        for pod in bundle(release).pods:
            yield (pod.component if release == "default" else f"{pod.component} ({release})"), pod
