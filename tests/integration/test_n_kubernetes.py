"""The Kubernetes executor: the scheduler launches a pod for each task, by the stand-in API.

Celery and the local executor are beside it, so that an outage of the API server meets all three.
"""

from __future__ import annotations

import copy
import json
import shutil
import signal
import time

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import HERE, REPOSITORY, synthesize_props
from integration.conftest import RunningBundle, Scene, Stage
from integration.node.pod import Pod
from integration.node.pod_api import selects
from integration.test_o_growth import run_of_the_cron_job

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    FinishedPods,
    KubernetesExecutor,
    LocalExecutor,
    WorkerGroup,
)

OUTAGE_SECONDS = 100
"""What README promises."""
TASKS = ("in_shell", "in_python", "after")


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """Airflow whose tasks have pods of their own, unless they ask for another executor."""

    def prepare() -> Scene:
        dags = tmp_path_factory.mktemp("dags")
        shutil.copytree(REPOSITORY / "dags", dags, dirs_exist_ok=True)
        shutil.copytree(HERE / "dags", dags, dirs_exist_ok=True)
        shutil.copytree(HERE / "outage", dags, dirs_exist_ok=True)
        props = AirflowProps(
            dags=DagsFolder(str(dags)),
            executors=[
                KubernetesExecutor(finished_pods=FinishedPods()),
                CeleryExecutor(workers=[WorkerGroup(replicas=1, concurrency=8)]),
                LocalExecutor(parallelism=32),
            ],
        )
        return Scene(synthesize_props(tmp_path_factory.mktemp("synth"), props))

    return stage.play("kubernetes", prepare)


def task_pods(bundle: RunningBundle) -> list[Pod]:
    component = "app.kubernetes.io/component"
    return [
        pod
        for pod in bundle.node.pods()
        if pod.manifest["metadata"].get("labels", {}).get(component) == "task"
    ]


def start_slow_run(airflow: AirflowClient, seconds: int) -> str:
    """Starts a run whose two tasks are under way; its id."""

    def parsed() -> bool:
        return "slow" in {dag["dag_id"] for dag in airflow.get("dags")["dags"]}

    airflow.wait(parsed, 120, "slow is parsed")
    run_id = airflow.trigger("slow", {"seconds": seconds})
    airflow.wait_for_tasks("slow", run_id, "running", 2, 180)
    return run_id


@pytest.mark.parametrize(
    ("selector", "matches"),
    [
        ("", True),
        ("a=1,b", True),
        ("a==1,c!=3", True),
        ("a notin (2,3),b=2", True),
        ("a=2", False),
        ("a!=1", False),
        ("c", False),
        ("b=2,a notin (1,2)", False),
    ],
)
def test_the_stand_in_selects_as_the_api_does(selector: str, matches: bool) -> None:
    assert selects(selector, {"a": "1", "b": "2"}) is matches


def test_a_run_of_the_tutorial_succeeds_and_leaves_no_pods(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    assert set(airflow.run("tutorial", 300).values()) == {"success"}
    bundle.node.wait_for(lambda: not task_pods(bundle), 120, "no task pods")


def test_finished_task_pods_are_deleted_and_others_stay(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    """Airflow leaves the pods that fail themselves, as one does that is out of memory."""
    bundle.node.wait_for(lambda: not task_pods(bundle), 120, "no task pods")
    run_id = start_slow_run(airflow, 75)
    first, second = task_pods(bundle)
    first.container().signal_all(signal.SIGKILL)
    bundle.node.wait_for(lambda: first.phase == "Failed", 60, "it has failed")
    airflow.wait_for_tasks("slow", run_id, "failed", 1, 120)
    job = copy.deepcopy(run_of_the_cron_job(bundle.manifests, "clean-pods"))
    command = job["spec"]["template"]["spec"]["containers"][0]["command"]
    assert command[-1] == "72"
    command[-1] = "0.001"
    time.sleep(5)
    bundle.node.apply([job])
    bundle.node.wait_for(lambda: first not in task_pods(bundle), 120, "it is deleted")
    assert second in task_pods(bundle)
    (cleaner,) = bundle.node.controller("clean-pods").pods
    said = f"deleted airflow/{first.name}, which ended at "
    bundle.node.wait_for(lambda: said in cleaner.log(), 60, "it says so")
    assert airflow.wait_for_run("slow", run_id, 180) == "failed"
    states = {name: task["state"] for name, task in airflow.tasks("slow", run_id).items()}
    assert sorted([states["in_shell"], states["in_python"]]) == ["failed", "success"]


def test_the_log_of_a_running_task_comes_through_the_kubernetes_api(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    bundle.node.wait_for(lambda: not task_pods(bundle), 120, "no task pods")
    run_id = start_slow_run(airflow, 40)
    assert len(task_pods(bundle)) == 2

    def live() -> bool:
        log = airflow.log("slow", run_id, "in_shell")
        return "Found logs through kube API" in log and "sleep 40" in log

    airflow.wait(live, 30, "the log of a task that runs")
    assert airflow.wait_for_run("slow", run_id, 240) == "success"


def test_running_tasks_are_taken_over_by_the_next_scheduler(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    # Those of the run before may still be about to go.
    bundle.node.wait_for(lambda: not task_pods(bundle), 120, "no task pods")
    run_id = start_slow_run(airflow, 60)
    before = {pod.name for pod in task_pods(bundle)}
    bundle.node.delete_pod(bundle.node.pod("af1-scheduler"))
    bundle.node.wait_ready(180)
    assert airflow.wait_for_run("slow", run_id, 300) == "success"
    tasks = airflow.tasks("slow", run_id)
    found = {name: (task["state"], task["try_number"]) for name, task in tasks.items()}
    assert found == dict.fromkeys(TASKS, ("success", 1))
    assert len(before) == 2
    adopted = [path for method, path, _ in bundle.node.api.requests if method == "PATCH"]
    assert {path.rpartition("/")[2] for path in adopted} >= before
    # One that ended between the two is seen by `[scheduler] orphaned_tasks_check_interval`, 300 s.
    bundle.node.wait_for(lambda: not task_pods(bundle), 400, "no task pods")


def test_no_task_fails_while_the_api_server_is_away(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    """Tasks of each executor start, talk, give up their slot, go on and end meanwhile."""
    name = bundle.name("api-server")
    when = time.time() + 150
    first = airflow.trigger("outage", {"when": when})

    def under_way() -> bool:
        states = [str(task["state"]) for task in airflow.tasks("outage", first).values()]
        return sorted(states) == ["deferred"] * 3 + ["running"] * 9

    airflow.wait(under_way, 145, "all tasks run or wait in the triggerer")
    time.sleep(max(0.0, when - 5 - time.time()))
    bundle.node.pod(name).lose()
    bundle.node.scale(name, 0)
    gone = time.monotonic()
    bundle.node.wait_for(lambda: not bundle.node.controller(name).pods, 60, "no API server")
    trigger = ("airflow", "dags", "trigger", "outage", "--run-id", "second")
    done = bundle.node.pod("af1-scheduler-0").exec(*trigger, "--conf", json.dumps({"when": 0}))
    assert done.exit_code == 0, done.output
    bundle.node.scale(name, 1)
    bundle.node.wait_for(lambda: bool(bundle.node.controller(name).pods), 60, "the next API server")
    pod = bundle.node.pod(name)
    while time.monotonic() < gone + OUTAGE_SECONDS:
        pod.hold_probes(True)
        assert not pod.ready
        time.sleep(0.5)
    pod.hold_probes(False)
    bundle.node.wait_for(lambda: pod.ready, 60, "the API server is back")
    print(f"without API server: {time.monotonic() - gone:.0f} s")
    for run_id in (first, "second"):
        airflow.wait_for_run("outage", run_id, 300)
        tries = {
            task: (found["state"], found["try_number"])
            for task, found in airflow.tasks("outage", run_id).items()
        }
        assert tries == dict.fromkeys(tries, ("success", 1))
        assert len(tries) == 12


def test_nobody_asked_for_what_no_role_allows(bundle: RunningBundle) -> None:
    requests = bundle.node.api.requests
    assert [each for each in requests if each[2] in (401, 403)] == []
    methods = {method for method, path, _ in requests if "/pods" in path}
    assert methods >= {"DELETE", "GET", "POST"}
