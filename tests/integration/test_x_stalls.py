"""Processes whose hearts beat and that do nothing are started again; busy ones never are.

Each is made to happen with the real process. The times are a tenth of the defaults, for the busy
run too, so that its minutes are like an hour.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from contextlib import suppress
from threading import Thread

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import HERE, RELEASE, synthesize_props
from integration.conftest import RunningBundle, Scene, Stage
from integration.node.supervisor import Supervisor

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    DagProcessorProps,
    DagsFolder,
    PluginsFolder,
    SchedulerProps,
    TriggererProps,
    WorkerGroup,
)

SECONDS = 30
QUICK = {"periodSeconds": 5, "failureThreshold": 2}
CRITICAL_SECTION = 2
"""Airflow's `DBLocks.SCHEDULER_CRITICAL_SECTION`."""
BUSY_SECONDS = 75
WAITING = "select count(*) from task_instance where state in ('scheduled', 'queued')"
WATCHED = ("scheduler", "worker", "triggerer", "dag-processor")


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """A release with quick liveness probes."""

    def prepare() -> Scene:
        dags = tmp_path_factory.mktemp("dags")
        shutil.copytree(HERE / "dags", dags, dirs_exist_ok=True)
        shutil.copytree(HERE / "stalls" / "dags", dags, dirs_exist_ok=True)
        group = WorkerGroup(
            replicas=1, concurrency=4, stalled_seconds=SECONDS, liveness_probe=QUICK
        )
        props = AirflowProps(
            dags=DagsFolder(str(dags)),
            plugins=PluginsFolder(str(HERE / "stalls" / "plugins")),
            executor=CeleryExecutor(workers=[group]),
            scheduler=SchedulerProps(stalled_seconds=SECONDS, liveness_probe=QUICK),
            triggerer=TriggererProps(liveness_probe=QUICK),
            dag_processor=DagProcessorProps(liveness_probe=QUICK),
            config={
                "dag_processor": {"dag_file_processor_timeout": 10, "min_file_process_interval": 5},
                "triggerer": {"runner_health_check_threshold": 10},
            },
        )
        return Scene(synthesize_props(tmp_path_factory.mktemp("synth"), props))

    return stage.play("stalls", prepare)


def process(bundle: RunningBundle, component: str) -> Supervisor:
    (pod,) = bundle.node.pods(bundle.name(component))
    return pod.supervisors[component]


def sql(bundle: RunningBundle, query: str) -> str:
    postgresql = bundle.node.pod(f"{RELEASE}-postgresql")
    done = postgresql.exec("psql", "-U", "airflow", "-d", "airflow", "-tAc", query)
    assert done.exit_code == 0, done.output
    return done.output.strip()


def begun_anew(bundle: RunningBundle, component: str, why: str, seconds: float) -> Supervisor:
    """Waits until the kubelet has killed a process for this reason, and it is well again."""
    found = process(bundle, component)

    def killed() -> bool:
        return any(why in each for each in found.kills)

    bundle.node.wait_for(killed, seconds, f"{component} is found out")
    bundle.node.wait_for(
        lambda: found.restarts >= len(found.kills) and found.ready, 180, f"{component} is back"
    )
    return found


def test_a_busy_release_on_a_starved_node_is_never_taken_for_a_stalled_one(
    bundle: RunningBundle, airflow: AirflowClient
) -> None:
    airflow.run_to_end("slow", 180)
    burners = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(6)]
    runs: list[str] = []
    busy: list[bool] = []
    end = time.monotonic() + BUSY_SECONDS
    try:
        while time.monotonic() < end:
            waiting = int(sql(bundle, WAITING))
            busy.append(waiting > 0)
            if waiting < 12:
                with suppress(OSError):  # the API server is busy too
                    runs.append(airflow.trigger("slow", {"seconds": 2}))
            time.sleep(0.5)
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()
    print(f"{len(runs)} runs in {BUSY_SECONDS} s, {sum(busy)} of {len(busy)} looks saw tasks wait")
    assert sum(busy) > len(busy) / 2, "it was not busy"
    for component in WATCHED:
        assert process(bundle, component).kills == [], component
    airflow.wait(
        lambda: {airflow.state("slow", run) for run in runs} == {"success"}, 240, "all runs end"
    )
    assert {name: process(bundle, name).restarts for name in WATCHED} == dict.fromkeys(WATCHED, 0)


def test_a_worker_that_answers_and_does_not_consume_ends_its_tasks_and_begins_anew(
    bundle: RunningBundle, airflow: AirflowClient
) -> None:
    running = airflow.trigger("slow", {"seconds": 60})
    airflow.wait_for_tasks("slow", running, "running", 2, 60)
    worker = bundle.node.pod(f"{RELEASE}-worker-0")
    app = "airflow.providers.celery.executors.celery_executor.app"
    lost = worker.exec("celery", "-A", app, "control", "cancel_consumer", "default")
    assert lost.exit_code == 0, lost.output
    waiting = airflow.trigger("slow", {"seconds": 1})
    # It answers as well as before.
    assert worker.probe("readinessProbe").success
    found = begun_anew(bundle, "worker", "messages wait in its queues, and", 120)
    assert found.exit_codes == [0]
    for run in (running, waiting):
        assert airflow.wait_for_run("slow", run, 120) == "success"
        tries = {task["try_number"] for task in airflow.tasks("slow", run).values()}
        assert tries == {1}, "a task was lost"


def test_a_scheduler_whose_heart_beats_and_that_queues_nothing_begins_anew(
    bundle: RunningBundle, airflow: AirflowClient
) -> None:
    # As another scheduler's connection does whose node has died, until the server knows.
    hold = f"select pg_advisory_lock({CRITICAL_SECTION}), pg_sleep(600)"
    postgresql = bundle.node.pod(f"{RELEASE}-postgresql")
    command = ("psql", "-U", "airflow", "-d", "airflow", "-c", hold)
    Thread(target=postgresql.exec, args=command, kwargs={"timeout": 600}, daemon=True).start()
    holder = "from pg_stat_activity where query like '%pg_sleep(600)%' and pid <> pg_backend_pid()"
    held = (
        "select count(*) from pg_locks where locktype = 'advisory' and granted "
        f"and objid = {CRITICAL_SECTION} and pid in (select pid {holder})"
    )
    bundle.node.wait_for(lambda: sql(bundle, held) == "1", 60, "the lock")
    run = airflow.trigger("slow", {"seconds": 1})
    airflow.wait_for_tasks("slow", run, "scheduled", 2, 60)
    scheduler, restarts = process(bundle, "scheduler"), process(bundle, "worker").restarts
    pod = bundle.node.pod(f"{RELEASE}-scheduler")
    beats: list[bool] = []
    while not scheduler.kills and len(beats) < 120:
        beats.append(pod.probe("readinessProbe").success)
        time.sleep(1)
    assert all(beats[:SECONDS]), "the heartbeat has told it already"
    found = begun_anew(bundle, "scheduler", "and none is queued or running", 5)
    # The cause is still there: it is not killed again at once.
    assert len(found.kills) == 1
    sql(bundle, f"select pg_terminate_backend(pid) {holder}")
    assert airflow.wait_for_run("slow", run, 120) == "success"
    assert process(bundle, "worker").restarts == restarts, "the worker has only waited"


def test_a_triggerer_that_a_trigger_blocks_begins_anew(
    bundle: RunningBundle, airflow: AirflowClient
) -> None:
    run = airflow.trigger("blocking")
    airflow.wait_for_tasks("blocking", run, "deferred", 1, 120)
    # Airflow's own watchdog ends the heartbeat when the event loop is silent.
    found = begun_anew(bundle, "triggerer", "the last heartbeat of TriggererJob is", 240)
    assert "event loop appears deadlocked" in found.log.read_text(errors="replace")
    assert airflow.wait_for_run("blocking", run, 120) == "success"


def test_a_dag_file_that_hangs_is_given_up_and_the_others_are_read_on(
    bundle: RunningBundle, airflow: AirflowClient
) -> None:
    (pod,) = bundle.node.pods(bundle.name("dag-processor"))
    assert pod.exec("touch", "/tmp/hang").exit_code == 0
    processor = process(bundle, "dag-processor")

    def given_up() -> int:
        text = processor.log.read_text(errors="replace")
        return sum("hangs.py" in line and "Killing it!" in line for line in text.splitlines())

    bundle.node.wait_for(lambda: given_up() >= 2, 120, "the file is given up")

    def read_in(dag: str, seconds: int) -> bool:
        recently = f"last_parsed_time > now() - interval '{seconds} s'"
        query = f"select count(*) from dag where dag_id = '{dag}' and {recently}"
        return sql(bundle, query) == "1"

    assert read_in("slow", 30)
    assert pod.exec("rm", "/tmp/hang").exit_code == 0
    bundle.node.wait_for(lambda: read_in("hangs", 5), 120, "it is read again")
    assert (processor.restarts, processor.kills) == (0, [])
