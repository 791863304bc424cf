"""What goes wrong in clusters, while tasks run: no task fails."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from integration.airflow_client import AirflowClient
from integration.conftest import RunningBundle
from integration.node.pod import Pod

SOON = 60
"""Seconds; without the stable addresses and time limits it takes more than a minute."""

WITHOUT_DATABASE = ("scheduler", "dag-processor", "triggerer")
"""Processes that end when a statement is broken off."""

IN_USE = """
import pathlib, time
from airflow import settings
from sqlalchemy import text
for seconds in (0, 5):
    with settings.engine.connect() as connection:
        if seconds:
            pathlib.Path("/tmp/in-use").touch()
        time.sleep(seconds)
        connection.execute(text("select 1"))
"""
"""Uses a session of a pool that the process had used before, and takes its time."""

BREAK_OFF = """do $$ begin
  for turn in 1..1500 loop
    perform pg_stat_clear_snapshot();
    perform pg_terminate_backend(pid) from pg_stat_activity
      where client_addr = 'ADDRESS' and state <> 'idle';
    exit when found;
    perform pg_sleep(0.001);
  end loop;
end $$"""
"""Ends what is in a transaction, of one client; it waits until there is something."""


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


@pytest.mark.parametrize("how", ["deleted", "lost"])
@pytest.mark.parametrize("server", ["postgresql", "redis"])
def test_a_server_is_replaced_while_tasks_begin_and_end(
    airflow: AirflowClient, bundle: RunningBundle, server: str, how: str
) -> None:
    """No task fails, no container of Airflow restarts, and scheduling goes on at once.

    Lost with its node, a server closes no connection, and its address is dead from then on.
    """
    before = restarts(bundle, server)
    run_id = airflow.trigger("steady")
    airflow.wait(lambda: ("running", 1) in tries(airflow, "steady", run_id), 120, "a task runs")
    pod = bundle.node.pod(bundle.name(server))
    if how == "lost":
        pod.lose(silently=True)
    bundle.node.delete_pod(pod, None if how == "deleted" else 0)
    bundle.node.wait_for(lambda: is_replaced(bundle, pod), 120, "the next pod is ready")
    ready = time.monotonic()
    airflow.wait(lambda: goes_on(airflow), SOON, "scheduling goes on")
    print(f"{server} {how}: scheduling goes on after {time.monotonic() - ready:.0f} s")
    airflow.wait_for_run("steady", run_id, 180)
    assert tries(airflow, "steady", run_id) == [("success", 1)] * 20
    assert restarts(bundle, server) == before
    bundle.node.wait_ready(180)


def test_a_database_that_is_told_to_stop_closes_no_session_in_use(bundle: RunningBundle) -> None:
    """However long a busy process takes from the pool's look at it to its first statement."""
    scheduler = bundle.node.pod(bundle.name("scheduler"))
    server = bundle.node.pod(bundle.name("postgresql"))
    with ThreadPoolExecutor() as pool:
        using = pool.submit(scheduler.exec, "python", "-c", IN_USE)
        in_use = ("test", "-e", "/tmp/in-use")
        bundle.node.wait_for(lambda: scheduler.exec(*in_use).exit_code == 0, 60, "it is in use")
        bundle.node.delete_pod(server)
        done = using.result(60)
    assert done.exit_code == 0, done.output
    bundle.node.wait_ready(180)


def test_a_statement_that_is_broken_off_restarts_no_container(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    """The process begins anew: what it had begun is lost, as with a server that is lost."""
    pods = [bundle.node.pod(bundle.name(role)) for role in WITHOUT_DATABASE]
    before = restarts(bundle, "postgresql")
    server = bundle.node.pod(bundle.name("postgresql"))

    def have_begun_anew() -> bool:
        left = [pod for pod in pods if "beginning anew" not in pod.log()]
        for pod in left:
            break_off = BREAK_OFF.replace("ADDRESS", str(pod.ip))
            done = server.exec(
                "psql", "-h", "/var/run/postgresql", "-U", "airflow", "-c", break_off
            )
            assert done.exit_code == 0, done.output
        return not left

    bundle.node.wait_for(have_begun_anew, 120, "all have begun anew")
    airflow.wait(lambda: goes_on(airflow), SOON, "scheduling goes on")
    assert restarts(bundle, "postgresql") == before
    bundle.node.wait_ready(180)


def is_replaced(bundle: RunningBundle, old: Pod) -> bool:
    pods = bundle.node.controller(old.name.removesuffix("-0")).pods
    return [pod.ready for pod in pods] == [True] and pods[0] is not old


def goes_on(airflow: AirflowClient) -> bool:
    """Whether a new run is triggered, and its first tasks get so far as to run."""
    run_id = airflow.trigger("slow", {"seconds": 1})
    airflow.wait_for_tasks("slow", run_id, "success", 1, SOON)
    return True


def restarts(bundle: RunningBundle, server: str) -> dict[str, int]:
    """Restarts of the containers of all pods but those of a server."""
    return {pod.name: pod.restarts for pod in bundle.node.pods() if server not in pod.name}


def tries(airflow: AirflowClient, dag_id: str, run_id: str) -> list[tuple[str, int]]:
    """State and number of the try of all task instances of a run, mapped ones too."""
    found = airflow.get(f"dags/{dag_id}/dagRuns/{run_id}/taskInstances?limit=100")
    return [(task["state"], task["try_number"]) for task in found["task_instances"]]


def test_workers_start_beside_the_api_server_and_their_first_tasks_wait_for_it(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    """As after an outage of all nodes: tasks are queued, and the API server is the last to come."""
    api_server, worker = bundle.name("api-server"), bundle.name("worker")
    bundle.node.scale(worker, 0)
    bundle.node.wait_for(lambda: not bundle.node.pods(worker), 60, "the workers are gone")
    run_id = airflow.trigger("slow", {"seconds": 1})
    airflow.wait_for_tasks("slow", run_id, "queued", 2, 60)
    bundle.node.scale(api_server, 0)
    bundle.node.wait_for(lambda: not bundle.node.pods(api_server), 60, "it is gone")
    bundle.node.scale(worker, 2)
    workers = bundle.node.controller(worker)
    bundle.node.wait_for(lambda: workers.done, 120, "the workers are ready without it")
    time.sleep(40)
    bundle.node.scale(api_server, 1)
    ready = time.monotonic()
    bundle.node.wait_ready(180)
    print(f"the API server came {40 + time.monotonic() - ready:.0f} s after the workers")
    assert_all_succeed_at_once(airflow, run_id, 120)
    pods = [pod for pod in bundle.node.pods() if pod.name.startswith((worker, api_server))]
    assert [pod.restarts for pod in pods] == [0] * len(pods)


def test_the_tasks_of_a_killed_worker_are_tried_again(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    """Nobody tells the scheduler: it waits `[scheduler] task_instance_heartbeat_timeout`."""
    run_id = airflow.trigger("again")
    (task,) = airflow.wait_for_tasks("again", run_id, "running", 1, 120).values()
    pod = bundle.node.pod(task["hostname"].split(".")[0])
    killed = time.monotonic()
    pod.lose(silently=True)
    bundle.node.delete_pod(pod, 0)
    airflow.wait(lambda: ("running", 2) in tries(airflow, "again", run_id), 240, "the second try")
    seconds = time.monotonic() - killed
    print(f"a killed worker: its task runs again after {seconds:.0f} s")
    assert seconds > 150, "an outage of the API server would look like dead tasks"
    airflow.wait_for_run("again", run_id, 60)
    assert tries(airflow, "again", run_id) == [("success", 2)]
    bundle.node.wait_ready(180)


def test_tasks_wait_for_a_redis_that_is_away(airflow: AirflowClient, bundle: RunningBundle) -> None:
    redis, scheduler = bundle.name("redis"), bundle.node.pod(bundle.name("scheduler"))
    restarts = scheduler.restarts
    run_id, _ = start_slow_run(airflow, 5)
    bundle.node.scale(redis, 0)
    meanwhile = airflow.trigger("slow", {"seconds": 1})
    time.sleep(30)
    bundle.node.scale(redis, 1)
    assert_all_succeed_at_once(airflow, meanwhile, 120)
    assert_all_succeed_at_once(airflow, run_id, 120)
    assert scheduler.restarts == restarts
    bundle.node.wait_ready(180)
