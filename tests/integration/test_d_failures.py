"""What goes wrong in clusters, while tasks run: no task fails."""

from __future__ import annotations

import threading
import time

from integration.airflow_client import AirflowClient
from integration.conftest import RunningBundle

OUTAGE_SECONDS = 60


def start_slow_run(airflow: AirflowClient, seconds: int) -> tuple[str, dict[str, str]]:
    """Starts a run whose two tasks are under way; its id and the pod of each task."""
    run_id = airflow.trigger("slow", {"seconds": seconds})
    running = airflow.wait_for_tasks("slow", run_id, "running", 2, 120)
    return run_id, {name: task["hostname"].split(".")[0] for name, task in running.items()}


def assert_all_succeed_at_once(airflow: AirflowClient, run_id: str, timeout: float) -> None:
    """Every task of the run succeeds with its first try."""
    airflow.wait_for_run("slow", run_id, timeout)
    tasks = airflow.tasks("slow", run_id)
    found = {name: (task["state"], task["try_number"]) for name, task in tasks.items()}
    assert found == dict.fromkeys(("in_shell", "in_python", "after"), ("success", 1))


def test_a_worker_that_is_told_to_stop_finishes_its_tasks(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    run_id, places = start_slow_run(airflow, 20)
    pods = [bundle.node.pod(name) for name in set(places.values())]
    supervisors = [pod.supervisors["worker"] for pod in pods]
    start = time.monotonic()
    deletions = [threading.Thread(target=bundle.node.delete_pod, args=(pod,)) for pod in pods]
    for deletion in deletions:
        deletion.start()
    assert_all_succeed_at_once(airflow, run_id, 180)
    for deletion in deletions:
        deletion.join(120)
    assert time.monotonic() - start > 10, "the worker waited for its task"
    assert [(s.exit_codes, s.kills) for s in supervisors] == [([0], [])] * len(pods)
    bundle.node.wait_ready(180)


def test_a_second_scheduler_takes_over_from_one_that_is_killed(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    name = bundle.name("scheduler")
    first = bundle.node.pod(name)
    bundle.node.scale(name, 2)
    bundle.node.wait_ready(180)
    try:
        run_id, _ = start_slow_run(airflow, 20)
        first.lose()
        assert_all_succeed_at_once(airflow, run_id, 180)
        assert not first.container().running
    finally:
        bundle.node.delete_pod(first)
        bundle.node.scale(name, 1)
        bundle.node.wait_ready(180)


def test_no_task_fails_while_the_api_server_is_gone(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    name = bundle.name("api-server")
    run_id, _ = start_slow_run(airflow, OUTAGE_SECONDS + 30)
    bundle.node.scale(name, 0)
    bundle.node.wait_for(lambda: not bundle.node.controller(name).pods, 60, "no API server")
    time.sleep(OUTAGE_SECONDS)
    bundle.node.scale(name, 1)
    assert_all_succeed_at_once(airflow, run_id, 240)
    bundle.node.wait_ready(180)


def test_no_task_fails_when_postgresql_is_restarted(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    run_id, _ = start_slow_run(airflow, 20)
    bundle.node.delete_pod(bundle.node.pod(bundle.name("postgresql")))
    assert_all_succeed_at_once(airflow, run_id, 240)
    bundle.node.wait_ready(180)


def test_a_restart_of_the_broker_restarts_no_worker(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    workers = bundle.node.controller(bundle.name("worker")).pods
    before = [(pod.name, pod.restarts) for pod in workers]
    run_id, _ = start_slow_run(airflow, 20)
    bundle.node.delete_pod(bundle.node.pod(bundle.name("redis")))
    assert_all_succeed_at_once(airflow, run_id, 180)
    next_run = airflow.trigger("slow", {"seconds": 1})
    assert_all_succeed_at_once(airflow, next_run, 120)
    assert [(pod.name, pod.restarts) for pod in workers] == before
    bundle.node.wait_ready(60)
