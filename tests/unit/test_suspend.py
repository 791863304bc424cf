"""A release that stands still keeps its objects and data; a deploy stops it in a safe order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ApiServerProps,
    CeleryExecutor,
    CeleryWorkers,
    DagsFolder,
    Flower,
    KubernetesObject,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.release.suspend import suspend
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
OWN = {
    "apiVersion": "v1",
    "kind": "ReplicationController",
    "metadata": {"name": "own"},
    "spec": {"replicas": 1, "template": {}},
}
TASKS = {"af1-scheduler", "af1-dag-processor", "af1-triggerer", "af1-worker", "af1-worker-gpu"}
REST = {"af1-api-server", "af1-flower"}
SERVERS = {"af1-postgresql", "af1-redis"}


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    groups = [WorkerGroup(replicas=3), WorkerGroup(name="gpu", queues=["gpu"])]

    def build(app: App) -> None:
        given = AirflowProps(
            dags=DAGS,
            executor=CeleryExecutor(workers=groups),
            flower=Flower(),
            api_server=ApiServerProps(replicas=2),
            **props,
        )
        AirflowChart(app, "af1", namespace="airflow", props=given)

    return synthesize(build, tmp_path)


def stopped(bundle: Bundle) -> set[str]:
    workloads = [*bundle.all("Deployment"), *bundle.all("StatefulSet")]
    return {item["metadata"]["name"] for item in workloads if item["spec"]["replicas"] == 0}


def test_nothing_runs_when_all_is_suspended(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, suspended=True)
    assert stopped(bundle) == TASKS | REST | SERVERS
    # The third makes Secrets that are missing, which needs no other pod.
    held = {item["metadata"]["name"] for item in bundle.all("Job") if item["spec"].get("suspend")}
    assert {name.rpartition("-")[0] for name in held} == {"af1-create-admin", "af1-migrations"}


def test_what_running_tasks_need_stays_when_tasks_are_suspended(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, suspended="tasks")
    assert stopped(bundle) == TASKS
    assert not [item for item in bundle.all("Job") if "suspend" in item["spec"]]


def test_data_and_names_are_as_before(tmp_path: Path) -> None:
    def kept(bundle: Bundle) -> list[Any]:
        claims = [
            (item["metadata"]["name"], item["spec"].get("volumeClaimTemplates"))
            for item in bundle.all("StatefulSet")
        ]
        # A Job that has run is the same Job, so resuming runs nothing again.
        names = [item["metadata"]["name"] for item in [*bundle.all("Service"), *bundle.all("Job")]]
        return [claims, sorted(names)]

    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    running, still = bundle_of(tmp_path / "a"), bundle_of(tmp_path / "b", suspended=True)
    assert kept(running) == kept(still)
    for item in still.all("StatefulSet"):
        # Kubernetes' own default: neither deletion nor 0 replicas delete a claim.
        assert "persistentVolumeClaimRetentionPolicy" not in item["spec"]


def test_resuming_is_the_bundle_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    before = bundle_of(tmp_path / "a").manifests
    assert bundle_of(tmp_path / "b", suspended=False).manifests == before


def test_autoscalers_go_and_manifests_of_the_users_own_stay() -> None:
    app = App(outdir="unused")
    chart = AirflowChart(app, "af1", props=AirflowProps(dags=DAGS, extra_manifests=[OWN]))
    worker = chart.airflow.node.find_child("worker")
    assert isinstance(worker, CeleryWorkers)
    KubernetesObject(
        worker, "ScaledObject", api_version="keda.sh/v1alpha1", kind="ScaledObject", name="x"
    )
    suspend(chart.airflow, True)
    manifests: list[Any] = chart.to_json()
    kinds = {(item["kind"], (item.get("spec") or {}).get("replicas")) for item in manifests}
    assert ("ReplicationController", 1) in kinds
    assert "ScaledObject" not in json.dumps(manifests)


def test_another_value_is_refused() -> None:
    with pytest.raises(TypeError, match=r"AirflowProps\(suspended='all'\): expected "):
        resolve(AirflowProps(suspended="all"), "af1")  # type: ignore[arg-type]
