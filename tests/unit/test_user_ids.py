"""Pods that name no uid, for clusters that assign one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagsFolder,
    EmbeddedRabbitmq,
    ExternalPostgresql,
    Flower,
    GitSyncDags,
    KubernetesExecutor,
    PgBouncer,
    PgBouncerExporter,
    SecretKey,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
IDS = {"runAsUser", "runAsGroup", "fsGroup"}
PASSWORD = SecretKey(name="database", key="password")
GIT = "https://git.example.com/dags.git"
RELEASES: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "default": ({"flower": Flower()}, ()),
    "git-sync beside Airflow": ({"dags": GitSyncDags(repository=GIT)}, ()),
    "git-sync on a volume, RabbitMQ": (
        {"dags": GitSyncDags(repository=GIT, volume="dags"), "broker": EmbeddedRabbitmq()},
        ("PersistentVolumeClaim/dags",),
    ),
    "PgBouncer and what beside it reads its figures": (
        {
            "database": ExternalPostgresql(host="db.example.com", password=PASSWORD),
            "pgbouncer": PgBouncer(exporter=PgBouncerExporter()),
        },
        ("Secret/database",),
    ),
    "pods of tasks": ({"executor": KubernetesExecutor()}, ()),
}


def bundle_of(tmp_path: Path, props: dict[str, Any], *external: str) -> Bundle:
    def build(app: App) -> None:
        given = AirflowProps(**{"dags": DAGS, **props})
        AirflowChart(app, "af1", namespace="airflow", props=given)

    return synthesize(build, tmp_path, external=external)


@pytest.mark.parametrize("release", RELEASES)
def test_no_pod_and_no_container_names_an_id(release: str, tmp_path: Path) -> None:
    props, external = RELEASES[release]
    bundle = bundle_of(tmp_path, {**props, "user_ids": "assigned"}, *external)
    for pod in bundle.pods:
        contexts = [pod.spec["securityContext"], *(c["securityContext"] for c in pod.containers)]
        assert not [IDS & set(context) for context in contexts if IDS & set(context)], pod
        assert pod.spec["securityContext"]["runAsNonRoot"] is True
    text = b"".join(bundle.files.values()).decode()
    assert "runAsUser" not in text and "fsGroup:" not in text


def test_airflow_has_a_user_name_and_a_home_without_a_passwd_entry(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, {"user_ids": "assigned"})
    for kind, name in (("Deployment", "af1-scheduler"), ("StatefulSet", "af1-worker")):
        env = {e["name"]: e.get("value") for e in bundle.container(kind, name)["env"]}
        assert (env["HOME"], env["USER"]) == ("/tmp", "default")


def test_ids_are_those_of_the_images_by_default(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, {})
    ids = {pod.component: pod.spec["securityContext"]["runAsUser"] for pod in bundle.pods}
    assert (ids["scheduler"], ids["postgresql"]) == (50000, 999)
    env = {e["name"] for e in bundle.container("Deployment", "af1-scheduler")["env"]}
    assert "HOME" not in env
