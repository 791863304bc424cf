from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    DagProcessorProps,
    DagsFolder,
    DagsInImage,
    Image,
    JobProps,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
TEAM = Image(repository="registry.example.com/team/airflow", tag="3.3.2-17")
GPU = Image(
    repository="registry.example.com/team/airflow-gpu",
    digest="sha256:" + "ab" * 32,
    pull_policy="Always",
    pull_secrets=("gpu-registry",),
)


def bundle_of(props: AirflowProps, tmp_path: Path, *external: str) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=props)

    return synthesize(build, tmp_path, external=external)


def images(bundle: Bundle, component: str) -> set[str]:
    (pod,) = (pod for pod in bundle.pods if pod.component == component)
    return {container["image"] for container in pod.containers}


def folder(bundle: Bundle, kind: str, name: str) -> str | None:
    env = {e["name"]: e.get("value") for e in bundle.container(kind, name)["env"]}
    return env.get("AIRFLOW__CORE__DAGS_FOLDER")


def test_dags_in_the_image_need_no_object_no_volume_and_no_option(tmp_path: Path) -> None:
    bundle = bundle_of(AirflowProps(dags=DagsInImage(), image=TEAM), tmp_path)
    assert not bundle.find("ConfigMap", "af1-dags")
    assert folder(bundle, "StatefulSet", "af1-worker") is None
    paths = {m["mountPath"] for pod in bundle.pods for m in pod.containers[0]["volumeMounts"]}
    assert "/opt/airflow/dags" not in paths


def test_another_folder_of_the_image_is_told_to_those_who_read_it(tmp_path: Path) -> None:
    bundle = bundle_of(AirflowProps(dags=DagsInImage("/srv/dags"), image=TEAM), tmp_path)
    assert folder(bundle, "StatefulSet", "af1-worker") == "/srv/dags"
    assert folder(bundle, "Deployment", "af1-dag-processor") == "/srv/dags"
    assert folder(bundle, "Deployment", "af1-scheduler") is None


def test_one_image_serves_all_airflow_pods(tmp_path: Path) -> None:
    bundle = bundle_of(AirflowProps(dags=DagsInImage(), image=TEAM), tmp_path)
    airflow = {pod.component for pod in bundle.pods} - {"postgresql", "redis"}
    assert len(airflow) == 8
    for component in airflow:
        assert images(bundle, component) == {TEAM.reference}


def test_a_role_may_have_an_image_of_its_own_with_policy_and_pull_secrets(tmp_path: Path) -> None:
    groups = [WorkerGroup(), WorkerGroup(name="gpu", queues=["gpu"], replicas=1, image=GPU)]
    props = AirflowProps(dags=DAGS, image=TEAM, executor=CeleryExecutor(workers=groups))
    bundle = bundle_of(props, tmp_path, "Secret/gpu-registry")
    assert images(bundle, "worker") == {TEAM.reference}
    assert images(bundle, "worker-gpu") == {f"{GPU.repository}@{GPU.digest}"}
    pod = bundle.one("StatefulSet", "af1-worker-gpu")["spec"]["template"]["spec"]
    assert pod["imagePullSecrets"] == [{"name": "gpu-registry"}]
    containers = [*pod["initContainers"], *pod["containers"]]
    assert {container["imagePullPolicy"] for container in containers} == {"Always"}


def test_the_image_of_jobs_too(tmp_path: Path) -> None:
    props = AirflowProps(dags=DAGS, migrations=JobProps(image=TEAM))
    bundle = bundle_of(props, tmp_path)
    assert images(bundle, "migrations") == {TEAM.reference}


def test_the_stock_image_holds_no_dags(tmp_path: Path) -> None:
    with pytest.raises(
        ValueError,
        match=r"dags=DagsInImage\(\).*: WorkerGroup\(name='default'\), DagProcessorProps; give",
    ):
        resolve(AirflowProps(dags=DagsInImage()), "af1")
    with pytest.raises(ValueError, match=r"stock image.*: DagProcessorProps; give"):
        resolve(
            AirflowProps(
                dags=DagsInImage(), executor=CeleryExecutor(workers=[WorkerGroup(image=TEAM)])
            ),
            "af1",
        )
    props = AirflowProps(
        dags=DagsInImage(),
        executor=CeleryExecutor(workers=[WorkerGroup(image=TEAM)]),
        dag_processor=DagProcessorProps(image=TEAM),
    )
    assert images(bundle_of(props, tmp_path), "scheduler") == {"apache/airflow:3.3.2"}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("dags", "expected an absolute path such as '/opt/airflow/dags'"),
        ("/opt/../dags", "expected an absolute path"),
        ("/opt/airflow/dags/", "expected an absolute path"),
        ("/tmp/dags", "a volume lies over /tmp and hides"),
        ("/opt/airflow/logs", "a volume lies over /opt/airflow/logs"),
    ],
)
def test_a_folder_that_cannot_hold_them_is_refused(path: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        DagsInImage(path)
