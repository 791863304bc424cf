"""Groups of workers: queues that somebody serves, names that do not collide, logs that stay."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import cdk8s
import pytest

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    ClaimTemplate,
    DagProcessorProps,
    DagsFolder,
    DagsInImage,
    Image,
    KedaAutoscaling,
    LocalExecutor,
    WorkerGroup,
)
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

ROOT = Path(__file__).parents[2]
DAGS = DagsFolder(str(ROOT / "dags"))
IMAGE = Image(repository="team/airflow", tag="1")
GPU = WorkerGroup(name="gpu", queues=["gpu"])
QUEUE = "AIRFLOW__OPERATORS__DEFAULT_QUEUE"


def props_of(*groups: WorkerGroup, **props: Any) -> AirflowProps:
    return AirflowProps(dags=DAGS, executor=CeleryExecutor(workers=groups), **props)


@pytest.mark.parametrize(
    ("groups", "props", "queue"),
    [
        ([GPU], {}, "default"),
        ([WorkerGroup()], {"config": {"operators": {"default_queue": "x"}}}, "x"),
        ([WorkerGroup()], {"env": {QUEUE: "y"}}, "y"),
        ([WorkerGroup()], {"dag_processor": DagProcessorProps(env={QUEUE: "z"})}, "z"),
    ],
    ids=["default", "config", "env", "dag processor"],
)
def test_a_default_queue_that_nobody_serves_is_a_warning(
    groups: list[WorkerGroup], props: dict[str, Any], queue: str
) -> None:
    with pytest.warns(
        UserWarning, match=f"no WorkerGroup serves the default queue '{queue}'"
    ) as told:
        resolve(props_of(*groups, **props), "af1")
    assert [Path(item.filename).name for item in told] == [Path(__file__).name]


@pytest.mark.parametrize(
    ("groups", "props"),
    [
        ([WorkerGroup(), GPU], {}),
        ([GPU], {"config": {"operators": {"default_queue": "gpu"}}}),
        ([WorkerGroup(), WorkerGroup(name="more")], {}),
    ],
    ids=["served", "another default", "two groups"],
)
def test_a_queue_that_is_served_is_none(groups: list[WorkerGroup], props: dict[str, Any]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        resolve(props_of(*groups, **props), "af1")


def test_the_default_queue_of_another_executor_needs_no_worker() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        celery = CeleryExecutor(workers=[GPU])
        props = AirflowProps(dags=DagsInImage(), image=IMAGE, executors=[LocalExecutor(), celery])
        resolve(props, "af1")


def test_a_queue_that_scales_two_groups_is_a_warning() -> None:
    keda = KedaAutoscaling()
    groups = [WorkerGroup(autoscaling=keda), WorkerGroup(name="more", autoscaling=keda)]
    with pytest.warns(UserWarning, match="'default' is served by the groups 'default', 'more'"):
        resolve(props_of(*groups), "af1")


@pytest.mark.slow
def test_a_synth_shows_the_warning(tmp_path: Path) -> None:
    program = tmp_path / "main.py"
    program.write_text(
        "from cdk8s import App\n"
        "from cdk8s_airflow import *\n"
        "app = App()\n"
        "group = WorkerGroup(name='gpu', queues=['gpu'])\n"
        f"props = AirflowProps(dags=DagsFolder({str(ROOT / 'dags')!r}),\n"
        "    executor=CeleryExecutor(workers=[group]))\n"
        "AirflowChart(app, 'af1', props=props)\n"
        "app.synth()\n"
    )
    app = f"{sys.executable} -O {program}"
    command = [str(ROOT / "node_modules/.bin/cdk8s"), "synth", "--app", app, "--output", "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    shown = done.stdout + done.stderr
    assert "main.py:7: UserWarning: no WorkerGroup serves the default queue 'default'" in shown
    assert (tmp_path / "out" / "af1.k8s.yaml").is_file()


def test_a_group_with_the_name_of_another_releases_component_is_refused() -> None:
    app = cdk8s.App(outdir="unused")
    group = WorkerGroup(name="scheduler")
    AirflowChart(app, "af1", namespace="airflow", props=props_of(group))
    AirflowChart(app, "af1-worker", namespace="airflow", props=props_of(WorkerGroup()))
    with pytest.raises(RuntimeError, match="ServiceAccount 'af1-worker-scheduler' in namespace"):
        app.synth_yaml()


@pytest.mark.parametrize("name", ["worker", "worker-default", "0", "scheduler", "triggerer"])
def test_a_group_may_have_any_name_beside_the_other_components(name: str, tmp_path: Path) -> None:
    def build(app: cdk8s.App) -> None:
        groups = [WorkerGroup(), WorkerGroup(name=name)]
        AirflowChart(app, "af1", namespace="airflow", props=props_of(*groups))

    bundle = synthesize(build, tmp_path)
    assert bundle.one("StatefulSet", f"af1-worker-{name}")
    assert bundle.one("StatefulSet", "af1-worker")


def test_logs_survive_a_restart_on_a_volume_of_the_pods_own(tmp_path: Path) -> None:
    volume = ClaimTemplate(size="5Gi", storage_class="fast", when_scaled="Delete")

    def build(app: cdk8s.App) -> None:
        props = props_of(WorkerGroup(persistence=volume))
        AirflowChart(app, "af1", namespace="airflow", props=props)

    bundle = synthesize(build, tmp_path)
    spec = bundle.one("StatefulSet", "af1-worker")["spec"]
    (claim,) = spec["volumeClaimTemplates"]
    assert claim["metadata"]["name"] == "logs"
    assert claim["spec"]["storageClassName"] == "fast"
    assert claim["spec"]["resources"]["requests"]["storage"] == "5Gi"
    assert spec["persistentVolumeClaimRetentionPolicy"] == {
        "whenDeleted": "Retain",
        "whenScaled": "Delete",
    }
    pod = spec["template"]["spec"]
    assert "logs" not in {item["name"] for item in pod["volumes"]}
    mounts = {item["mountPath"]: item["name"] for item in pod["containers"][0]["volumeMounts"]}
    assert mounts["/opt/airflow/logs"] == "logs"


def test_the_size_of_a_volume_is_checked() -> None:
    with pytest.raises(ValueError, match=r"ClaimTemplate.size='big': expected a quantity"):
        ClaimTemplate(size="big")
