"""The check of what grows refuses what is broken, and sees every process that writes logs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bundle.breakage import Break, assert_refused, parameters, put
from bundle.sample import container, good
from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder, LocalExecutor
from cdk8s_airflow.checks.bundle import Bundle, title
from cdk8s_airflow.testing.growth import check_growth, writers
from cdk8s_airflow.testing.synth import Check, synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
WORKER = "StatefulSet/af1-worker"
SCHEDULER = "Deployment/af1-scheduler"
CONTAINERS = "spec.template.spec.containers"
MAIN = f"{CONTAINERS}[0]"
LOGS = [{"name": "logs", "mountPath": "/opt/airflow/logs"}]
WORK = container("worker", args=["airflow", "celery", "worker"], volumeMounts=LOGS)
GROOM = ["python", "-IS", "/opt/cdk8s-airflow/groom_logs.py", "/opt/airflow/logs", "15"]
ELSEWHERE = [{"name": "logs", "mountPath": "/opt/airflow/logs", "subPath": "other"}]
LOCAL = {"name": "AIRFLOW__CORE__EXECUTOR", "value": "LocalExecutor"}
SCHEDULE = container("scheduler", args=["airflow", "scheduler"], env=[LOCAL], volumeMounts=LOGS)


def groomer(**more: Any) -> Any:
    return container("log-groomer", **{"command": GROOM, "volumeMounts": LOGS, **more})


CASES: dict[Check, list[Break]] = {
    check_growth: [
        Break(WORKER, f"{MAIN}.args", ["airflow", "celery", "worker"], "are on no volume"),
        Break(WORKER, f"{MAIN}.args", ["airflow", "triggerer"], "are on no volume"),
        Break(WORKER, CONTAINERS, [WORK], "worker: logs in /opt/airflow/logs grow, and nothing"),
        Break(
            WORKER,
            CONTAINERS,
            [WORK, groomer(command=[*GROOM[:3], "/tmp", "15"])],
            "grow, and nothing deletes old ones",
        ),
        Break(
            WORKER,
            CONTAINERS,
            [WORK, groomer(volumeMounts=ELSEWHERE)],
            "in volume logs, which log-groomer cannot write to",
        ),
        Break(
            WORKER,
            CONTAINERS,
            [WORK, groomer(volumeMounts=[{**LOGS[0], "readOnly": True}])],
            "which log-groomer cannot write to",
        ),
        Break(SCHEDULER, CONTAINERS, [SCHEDULE], "scheduler: logs in /opt/airflow/logs grow"),
    ],
}


@pytest.mark.parametrize(("refusing", "broken"), parameters(CASES))
def test_a_check_refuses(refusing: Check, broken: Break) -> None:
    assert_refused(refusing, broken)


def test_logs_with_an_owner_pass_and_those_that_are_left_to_others_by_choice() -> None:
    groomed = Break(WORKER, CONTAINERS, [WORK, groomer()], "").apply(good())
    assert list(check_growth(Bundle(groomed))) == []
    left = Break(WORKER, CONTAINERS, [WORK], "").apply(good())
    (worker,) = [item for item in left if title(item) == WORKER]
    put(worker, 'spec.template.metadata.annotations."cdk8s-airflow/log-retention"', "unlimited")
    assert list(check_growth(Bundle(left))) == []


@pytest.mark.parametrize(
    ("props", "found"),
    [
        ({}, {"dag-processor", "triggerer", "worker"}),
        ({"executor": LocalExecutor()}, {"dag-processor", "triggerer", "scheduler"}),
    ],
)
def test_the_check_sees_every_process_that_writes_logs(
    props: dict[str, Any], found: set[str], tmp_path: Path
) -> None:
    def build(app: App) -> None:
        AirflowChart(app, "af1", props=AirflowProps(dags=DAGS, **props))

    assert {pod.component for pod, _ in writers(synthesize(build, tmp_path))} == found
