"""The whole stack as a uid that no image knows, as OpenShift's `restricted-v2` assigns it."""

from __future__ import annotations

import pytest
from integration.airflow_client import AirflowClient
from integration.assigned_ids import UID, admitted
from integration.bundle import REPOSITORY, synthesize_props, workloads
from integration.conftest import RunningBundle, Scene, Stage

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    ExecutionApiProps,
    Flower,
    WorkerGroup,
)


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """Airflow, its database and its broker without a uid, as the cluster admits them."""

    def prepare() -> Scene:
        props = AirflowProps(
            dags=DagsFolder(str(REPOSITORY / "dags")),
            executor=CeleryExecutor(workers=[WorkerGroup(replicas=1, concurrency=4)]),
            execution_api=ExecutionApiProps(),
            flower=Flower(),
            user_ids="assigned",
        )
        manifests = synthesize_props(tmp_path_factory.mktemp("synth"), props)
        return Scene([admitted(manifest) for manifest in manifests])

    return stage.play("arbitrary uid", prepare)


@pytest.fixture(scope="module")
def airflow(bundle: RunningBundle) -> AirflowClient:
    return bundle.client()


def test_no_container_asked_for_a_secret_before_it_was_there(bundle: RunningBundle) -> None:
    assert bundle.asked_too_early == {}


def test_every_pod_is_ready_without_a_restart(bundle: RunningBundle) -> None:
    restarts = {pod.name: pod.restarts for pod in bundle.node.pods()}
    assert restarts == dict.fromkeys(restarts, 0)


def test_every_process_is_the_uid_that_has_no_name(bundle: RunningBundle) -> None:
    for manifest in workloads(bundle.manifests, "Deployment", "StatefulSet"):
        for pod in bundle.node.controller(manifest["metadata"]["name"]).pods:
            assert pod.exec("id", "-u").output.strip() == str(UID)
            assert pod.exec("id", "-g").output.strip() == "0"
            assert pod.exec("getent", "passwd", str(UID)).exit_code != 0
            assert "Read-only file system" in pod.exec("touch", "/x").output


def test_a_dag_runs_and_its_logs_are_read(airflow: AirflowClient) -> None:
    airflow.wait(
        lambda: "tutorial" in {dag["dag_id"] for dag in airflow.get("dags")["dags"]},
        120,
        "the tutorial is parsed",
    )
    run_id = airflow.trigger("tutorial")
    airflow.wait_for_run("tutorial", run_id, 180)
    tasks = airflow.tasks("tutorial", run_id)
    assert {task["state"] for task in tasks.values()} == {"success"}
    assert "3 rows, 0 errors" in airflow.log("tutorial", run_id, "report")


def test_tasks_have_a_home_that_they_can_write_to(bundle: RunningBundle) -> None:
    worker = bundle.node.pod("af1-worker-0")
    assert worker.exec("sh", "-c", 'echo x >"$HOME/x" && cat "$HOME/x"').output.strip() == "x"


def test_users_and_tasks_have_servers_of_their_own(bundle: RunningBundle) -> None:
    def status(component: str, path: str) -> str:
        url = f"http://{bundle.name(component)}:8080{path}"
        program = (
            "import sys, urllib.request, urllib.error\n"
            "try: answer = urllib.request.urlopen(sys.argv[1], timeout=20)\n"
            "except urllib.error.HTTPError as error: answer = error\n"
            "print(answer.status, answer.headers['content-type'])"
        )
        return worker.exec("python", "-c", program, url).output.strip()

    worker = bundle.node.pod("af1-worker-0")
    assert status("execution-api", "/execution/health") == "200 application/json"
    assert status("execution-api", "/api/v2/version").startswith("404")
    assert status("api-server", "/api/v2/version") == "200 application/json"
    assert "json" not in status("api-server", "/execution/health")
