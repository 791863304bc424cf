"""The life of a release on a real cluster, in the order in which it happens."""

from __future__ import annotations

import os
import subprocess

from cluster.airflow_api import AirflowApi, Json, wait_until
from cluster.release import Release

from cdk8s_airflow.cli.cluster.kubectl import Kubectl, identity


def restarts(release: Release) -> dict[str, int]:
    return {
        pod["metadata"]["name"]: sum(
            container["restartCount"] for container in pod["status"]["containerStatuses"]
        )
        for pod in release.pods()
    }


def start_slow_task(api: AirflowApi, seconds: int = 20) -> tuple[str, Json]:
    """A run of the slow DAG in the middle of its long task, and that task."""
    api.wait_for_dag("slow")
    run = api.trigger("slow", {"seconds": seconds})
    return run, api.wait_for_task("slow", run, "nap", "running")


def assert_first_try(tasks: dict[str, Json]) -> None:
    assert {name: task["try_number"] for name, task in tasks.items()} == dict.fromkeys(tasks, 1)


def test_applied_in_one_go_everything_starts_without_a_restart(release: Release) -> None:
    assert "Warning" not in release.output, "the API server warned, of Pod Security for example"
    assert set(restarts(release).values()) == {0}, restarts(release)
    assert release.failed_jobs() == []
    release.status()
    assert "Everything is ready." in release.output


def test_the_generated_admin_logs_in(api: AirflowApi) -> None:
    assert api.login()
    assert api.call("GET", "/version")["version"]


def test_the_tutorial_succeeds_and_its_logs_come_from_the_workers(api: AirflowApi) -> None:
    api.wait_for_dag("tutorial")
    tasks = api.wait_for_run("tutorial", api.trigger("tutorial"))
    assert len(tasks) == 5
    assert_first_try(tasks)
    for task in tasks.values():
        assert task["hostname"].startswith("af1-worker-"), task["hostname"]
        sources, text = api.log(task)
        assert any(f"http://{task['hostname']}:8793/" in source for source in sources), sources
        assert text.strip()
    assert "3 rows, 0 errors" in api.log(tasks["report"])[1]


def test_a_deferrable_task_passes_through_the_triggerer(api: AirflowApi) -> None:
    api.wait_for_dag("deferrable")
    run = api.trigger("deferrable")
    api.wait_for_task("deferrable", run, "wait", "deferred")
    api.wait_for_run("deferrable", run)


def test_a_worker_that_is_told_to_stop_finishes_its_task(release: Release, api: AirflowApi) -> None:
    run, task = start_slow_task(api)
    pod = task["hostname"].partition(".")[0]
    uid = {each["metadata"]["name"]: each["metadata"]["uid"] for each in release.pods()}[pod]
    release.delete_pod(pod)
    tasks = api.wait_for_run("slow", run)
    assert_first_try(tasks)
    assert tasks["nap"]["hostname"] == task["hostname"]

    def replaced() -> bool:
        pods = {each["metadata"]["name"]: each for each in release.pods("worker")}
        return pod in pods and pods[pod]["metadata"]["uid"] != uid

    wait_until(replaced, f"{pod} is replaced")
    release.deploy()


def test_a_run_survives_the_death_of_the_scheduler(release: Release, api: AirflowApi) -> None:
    run, _ = start_slow_task(api)
    for pod in release.pods("scheduler"):
        release.delete_pod(pod["metadata"]["name"], "--grace-period=0", "--force")
    assert_first_try(api.wait_for_run("slow", run))


def test_a_run_survives_a_restart_of_the_database(release: Release, api: AirflowApi) -> None:
    run, _ = start_slow_task(api, seconds=90)
    release.delete_pod(f"{release.name}-postgresql-0")
    assert_first_try(api.wait_for_run("slow", run, patience=600))
    release.deploy()


def test_302_tasks_survive_a_restart_of_everything_at_once(
    release: Release, api: AirflowApi
) -> None:
    api.wait_for_dag("many")
    run = api.trigger("many")

    def in_the_middle() -> bool:
        states = [task["state"] for task in api.tasks("many", run).values()]
        return states.count("success") >= 30

    wait_until(in_the_middle, f"30 tasks of {run} are done", 300)
    before = {pod["metadata"]["uid"] for pod in release.pods()}
    release.restart()
    tasks = api.wait_for_run("many", run, patience=1200)
    assert len(tasks) == 302
    assert_first_try(tasks)
    release.deploy()
    assert not before & {pod["metadata"]["uid"] for pod in release.pods()}


def test_a_second_apply_changes_nothing(release: Release, namespace: Kubectl) -> None:
    before = release.inventory(), {pod["metadata"]["uid"] for pod in release.pods()}
    diff = subprocess.run(
        [
            *("kubectl", "--namespace", namespace.namespace, "diff", "--server-side"),
            *("--force-conflicts", "--field-manager=cdk8s-airflow"),
            *("--filename", str(release.bundle)),
        ],
        capture_output=True,
        text=True,
    )
    assert diff.returncode == 0, diff.stdout + diff.stderr
    release.deploy()
    assert before == (release.inventory(), {pod["metadata"]["uid"] for pod in release.pods()})


def test_an_upgrade_needs_no_hand_and_leaves_nothing_behind(
    release: Release, api: AirflowApi
) -> None:
    database = [pod["metadata"]["uid"] for pod in release.pods("postgresql")]
    schedulers = {pod["metadata"]["uid"] for pod in release.pods("scheduler")}
    release.synthesize("upgrade")
    release.deploy()
    assert release.failed_jobs() == []
    assert set(release.inventory()) == {
        identity(thing) for thing in release.objects if thing["kind"] != "Secret"
    }
    assert not schedulers & {pod["metadata"]["uid"] for pod in release.pods("scheduler")}
    assert database == [pod["metadata"]["uid"] for pod in release.pods("postgresql")]
    if wanted := os.environ.get("E2E_UPGRADE_IMAGE"):
        images = {
            container["image"]
            for component in ("api-server", "scheduler", "worker", "triggerer", "dag-processor")
            for pod in release.pods(component)
            for container in pod["spec"]["containers"]
        }
        assert images == {wanted}
    assert_first_try(api.wait_for_run("tutorial", api.trigger("tutorial")))


def test_delete_keeps_keys_and_data_and_a_new_deploy_finds_them(
    release: Release, api: AirflowApi
) -> None:
    run = api.trigger("tutorial")
    api.wait_for_run("tutorial", run)
    keys = release.secrets()
    assert keys
    release.delete()
    assert release.inventory() == {}
    assert release.secrets() == keys
    release.deploy()
    assert release.secrets() == keys
    assert api.call("GET", f"/dags/tutorial/dagRuns/{run}")["state"] == "success"
    assert_first_try(api.wait_for_run("tutorial", api.trigger("tutorial")))
