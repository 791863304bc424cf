"""The local executor: tasks in the scheduler's own pod."""

from __future__ import annotations

import shutil
import threading
import time

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import HERE, REPOSITORY, synthesize_props
from integration.conftest import RunningBundle, Scene, Stage

from cdk8s_airflow import AirflowProps, DagsFolder, DatabaseUsers, LocalExecutor

SECONDS = 30


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """Airflow whose scheduler runs the tasks, four at a time."""

    def prepare() -> Scene:
        dags = tmp_path_factory.mktemp("dags")
        shutil.copytree(REPOSITORY / "dags", dags, dirs_exist_ok=True)
        shutil.copytree(HERE / "dags", dags, dirs_exist_ok=True)
        props = AirflowProps(
            dags=DagsFolder(str(dags)),
            executor=LocalExecutor(parallelism=4),
            auth=DatabaseUsers(
                login_banner="Welcome", custom_roles={"auditors": {"Audit Logs": ["can_read"]}}
            ),
        )
        return Scene(synthesize_props(tmp_path_factory.mktemp("synth"), props))

    return stage.play("local", prepare)


def test_no_container_asked_for_a_secret_before_it_was_there(bundle: RunningBundle) -> None:
    assert bundle.asked_too_early == {}


def test_there_is_neither_worker_nor_broker(bundle: RunningBundle) -> None:
    names = {pod.name for pod in bundle.node.pods()}
    assert "af1-scheduler-0" in names
    assert not [name for name in names if "redis" in name or "worker" in name]


def test_a_run_of_the_tutorial_succeeds(airflow: AirflowClient) -> None:
    assert set(airflow.run("tutorial").values()) == {"success"}


def test_the_admin_is_made_with_the_roles_and_the_page_of_the_login(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    airflow.log_in()
    status, role = airflow.request("GET", "/auth/fab/v1/roles/auditors")
    assert status == 200, role
    found = {(each["action"]["name"], each["resource"]["name"]) for each in role["actions"]}
    assert found == {("can_read", "Audit Logs"), ("can_read", "Website")}
    page = airflow.request("GET", "/auth/login/")[1]["text"]
    assert "Welcome" in page


def test_logs_are_read_from_the_scheduler(airflow: AirflowClient) -> None:
    run_id = airflow.trigger("slow", {"seconds": 10})
    running = airflow.wait_for_tasks("slow", run_id, "running", 2, 120)
    assert {task["hostname"].split(".")[0] for task in running.values()} == {"af1-scheduler-0"}

    def live() -> bool:
        log = airflow.log("slow", run_id, "in_shell")
        return "sleep 10" in log and airflow.tasks("slow", run_id)["in_shell"]["state"] == "running"

    airflow.wait(live, 10, "the log of a task that runs")
    airflow.wait_for_run("slow", run_id, 120)
    assert "done" in airflow.log("slow", run_id, "after")


def test_running_tasks_survive_a_restart_of_the_scheduler(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    run_id = airflow.trigger("slow", {"seconds": SECONDS})
    airflow.wait_for_tasks("slow", run_id, "running", 2, 120)
    pod = bundle.node.pod("af1-scheduler-0")
    supervisor = pod.supervisors["scheduler"]
    start = time.monotonic()
    deletion = threading.Thread(target=bundle.node.delete_pod, args=(pod,))
    deletion.start()
    airflow.wait_for_run("slow", run_id, 240)
    deletion.join(120)
    assert time.monotonic() - start > SECONDS / 2, "the scheduler waited for its tasks"
    assert (supervisor.exit_codes, supervisor.kills) == ([0], [])
    tasks = airflow.tasks("slow", run_id)
    found = {name: (task["state"], task["try_number"]) for name, task in tasks.items()}
    assert found == dict.fromkeys(("in_shell", "in_python", "after"), ("success", 1))
    bundle.node.wait_ready(180)
