"""One volume for the logs of all pods: who has it, who deletes from it, and what is beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    ClaimTemplate,
    DagsFolder,
    KubernetesExecutor,
    LocalExecutor,
    Logs,
    LogVolume,
    SchedulerProps,
    TriggererProps,
    VolumeClaim,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
PROCESSES = {"api-server", "dag-processor", "scheduler", "triggerer"}
SHARED = Logs(store=LogVolume(claim=VolumeClaim(size="50Gi"), sub_path="af1"))


def bundle_of(tmp_path: Path, *external: str, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    return synthesize(build, tmp_path, external=external)


def claims(bundle: Bundle) -> dict[str, str]:
    """Component -> claim of its volume `logs`."""
    return {
        pod.component: volume["persistentVolumeClaim"]["claimName"]
        for pod in bundle.pods
        for volume in pod.volumes
        if volume["name"] == "logs" and "persistentVolumeClaim" in volume
    }


@pytest.mark.parametrize(
    ("executor", "tasks"),
    [(CeleryExecutor(), {"worker"}), (KubernetesExecutor(), {"task"}), (LocalExecutor(), set())],
)
def test_all_who_write_or_read_logs_have_it_and_nobody_else(
    tmp_path: Path, executor: Any, tasks: set[str]
) -> None:
    bundle = bundle_of(tmp_path, logs=SHARED, executor=executor)
    assert claims(bundle) == dict.fromkeys(PROCESSES | tasks, "af1-logs")
    for pod in bundle.pods:
        for container in pod.containers:
            for mount in container.get("volumeMounts", ()):
                if mount["name"] == "logs" and pod.component in claims(bundle):
                    assert (mount["mountPath"], mount["subPath"]) == ("/opt/airflow/logs", "af1")
    claim = bundle.one("PersistentVolumeClaim", "af1-logs")["spec"]
    assert (claim["accessModes"], claim["resources"]["requests"]["storage"]) == (
        ["ReadWriteMany"],
        "50Gi",
    )


@pytest.mark.parametrize("executor", [CeleryExecutor(), LocalExecutor()])
def test_one_component_deletes_old_logs(tmp_path: Path, executor: Any) -> None:
    """Each deletes by the age of files; more of them would only look more often."""
    bundle = bundle_of(tmp_path, logs=SHARED, executor=executor)
    grooming = [
        p.component for p in bundle.pods if "log-groomer" in {c["name"] for c in p.containers}
    ]
    assert grooming == ["dag-processor"]


def test_a_claim_that_exists_is_used(tmp_path: Path) -> None:
    logs = Logs(store=LogVolume(claim="airflow-logs"))
    bundle = bundle_of(tmp_path, "PersistentVolumeClaim/airflow-logs", logs=logs)
    assert set(claims(bundle).values()) == {"airflow-logs"}
    assert "af1-logs" not in {m["metadata"]["name"] for m in bundle.all("PersistentVolumeClaim")}


def test_a_claim_for_one_pod_is_refused(tmp_path: Path) -> None:
    claim = VolumeClaim(size="1Gi", access_mode="ReadWriteOnce")
    with pytest.raises(Exception, match=r"serves one pod, and these mount it: .*af1-api-server"):
        bundle_of(tmp_path, logs=Logs(store=LogVolume(claim=claim)))


@pytest.mark.parametrize(
    ("props", "words"),
    [
        (
            {"executor": CeleryExecutor(workers=[WorkerGroup(persistence=ClaimTemplate())])},
            "persistence=ClaimTemplate(...) of WorkerGroup(name='default') are both the volume",
        ),
        (
            {"triggerer": TriggererProps(persistence=ClaimTemplate())},
            "persistence=ClaimTemplate(...) of TriggererProps are both the volume",
        ),
        (
            {
                "executor": LocalExecutor(),
                "scheduler": SchedulerProps(persistence=ClaimTemplate()),
            },
            "persistence=ClaimTemplate(...) of SchedulerProps are both the volume",
        ),
        (
            {"executor": KubernetesExecutor(namespaces=["tasks"])},
            "task pods run in other namespaces, where this claim is not; create a claim",
        ),
    ],
)
def test_what_does_not_go_with_it_is_told(props: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError) as error:
        resolve(AirflowProps(dags=DAGS, logs=SHARED, **props), "af1")
    assert words in str(error.value)


@pytest.mark.parametrize("path", ["/logs", "../logs"])
def test_a_folder_is_below_the_root_of_the_volume(path: str) -> None:
    with pytest.raises(ValueError, match=r"expected a path below the root of the volume"):
        LogVolume(claim="logs", sub_path=path)


def test_logs_of_triggers_survive_a_restart_on_a_volume_of_the_pods_own(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, triggerer=TriggererProps(persistence=ClaimTemplate(size="5Gi")))
    spec = bundle.one("StatefulSet", "af1-triggerer")["spec"]
    (claim,) = spec["volumeClaimTemplates"]
    assert claim["metadata"]["name"] == "logs"
    assert claim["spec"]["resources"]["requests"]["storage"] == "5Gi"
    assert "logs" not in {volume["name"] for volume in spec["template"]["spec"]["volumes"]}


def test_logs_of_tasks_in_the_scheduler_survive_a_restart(tmp_path: Path) -> None:
    scheduler = SchedulerProps(persistence=ClaimTemplate(size="7Gi", when_deleted="Delete"))
    bundle = bundle_of(tmp_path, executor=LocalExecutor(), scheduler=scheduler)
    spec = bundle.one("StatefulSet", "af1-scheduler")["spec"]
    (claim,) = spec["volumeClaimTemplates"]
    assert claim["metadata"]["name"] == "logs"
    assert claim["spec"]["resources"]["requests"]["storage"] == "7Gi"
    assert spec["persistentVolumeClaimRetentionPolicy"]["whenDeleted"] == "Delete"
    assert "logs" not in {volume["name"] for volume in spec["template"]["spec"]["volumes"]}
    (groomer,) = (
        each for each in spec["template"]["spec"]["containers"] if each["name"] == "log-groomer"
    )
    assert "logs" in {mount["name"] for mount in groomer["volumeMounts"]}, "it fills up too"


@pytest.mark.parametrize(
    ("executor", "words"),
    [
        (CeleryExecutor(), "give it to the workers, WorkerGroup(persistence=...)"),
        (KubernetesExecutor(), "give it to all pods, logs=Logs(store=LogVolume(...))"),
    ],
)
def test_a_scheduler_that_runs_no_task_has_no_logs_to_keep(executor: Any, words: str) -> None:
    scheduler = SchedulerProps(persistence=ClaimTemplate())
    with pytest.raises(ValueError, match="without a LocalExecutor none does") as error:
        resolve(AirflowProps(dags=DAGS, executor=executor, scheduler=scheduler), "af1")
    assert words in str(error.value)


def test_whoever_deletes_logs_himself_finds_it_said_on_each_pod(tmp_path: Path) -> None:
    logs = Logs(store=LogVolume(claim=VolumeClaim(size="50Gi")), retention_days=None)
    bundle = bundle_of(tmp_path, logs=logs)
    saying = {
        pod.component
        for pod in bundle.pods
        if "cdk8s-airflow/log-retention" in (pod.metadata.get("annotations") or {})
    }
    assert saying == {"dag-processor", "triggerer", "worker"}
