"""What a user does: log in, run DAGs through Celery and the triggerer, read logs, change a DAG."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import NAMESPACE
from integration.conftest import RunningBundle
from integration.node.objects import Manifest

from cdk8s_airflow.cli.cluster.airflow_status import airflow_lines, volume_lines
from cdk8s_airflow.cli.cluster.kubectl import WORKLOADS, Kubectl
from cdk8s_airflow.cli.cluster.running import Running

TUTORIAL = {"measure", "print_date", "report", "sleep", "templated"}


@pytest.fixture(scope="module")
def tutorial_run(airflow: AirflowClient) -> str:
    """A run of the tutorial that has ended."""
    airflow.wait(lambda: "tutorial" in dag_ids(airflow), 120, "the tutorial is parsed")
    run_id = airflow.trigger("tutorial")
    airflow.wait_for_run("tutorial", run_id, 180)
    return run_id


def dag_ids(airflow: AirflowClient) -> set[str]:
    return {dag["dag_id"] for dag in airflow.get("dags")["dags"]}


def test_the_generated_admin_can_log_in(bundle: RunningBundle) -> None:
    assert bundle.client().log_in().count(".") == 2


def test_a_wrong_password_is_refused(bundle: RunningBundle) -> None:
    client = bundle.client()
    login = {"username": "admin", "password": "admin"}
    assert client.request("POST", "/auth/token", login)[0] == 401
    assert client.request("GET", "/api/v2/dags")[0] == 401


def test_all_dags_of_the_folder_are_there_without_an_import_error(airflow: AirflowClient) -> None:
    airflow.wait(lambda: {"tutorial", "deferrable", "slow"} <= dag_ids(airflow), 120, "all DAGs")
    # A DAG that names a role is one until the API server has made the roles.
    airflow.wait(lambda: airflow.get("importErrors")["import_errors"] == [], 120, "no import error")


def test_what_a_dag_allows_to_a_role_is_a_right_of_the_role(airflow: AirflowClient) -> None:
    airflow.wait(lambda: "guarded" in dag_ids(airflow), 120, "the DAG is parsed")

    def rights() -> set[str]:
        status, role = airflow.request("GET", "/auth/fab/v1/roles/Public")
        assert status == 200, role
        return {
            action["action"]["name"]
            for action in role["actions"]
            if action["resource"]["name"] == "DAG:guarded"
        }

    airflow.wait(lambda: rights() == {"can_read", "can_edit"}, 90, "Public may read and edit it")


def test_every_task_of_the_tutorial_succeeds(airflow: AirflowClient, tutorial_run: str) -> None:
    states = {name: task["state"] for name, task in airflow.tasks("tutorial", tutorial_run).items()}
    assert states == dict.fromkeys(TUTORIAL, "success")


def test_the_tasks_ran_through_celery_on_the_workers(
    airflow: AirflowClient, bundle: RunningBundle, tutorial_run: str
) -> None:
    full_name = rf"af1-worker-[01]\.af1-worker\.{NAMESPACE}\.svc\.cluster\.local"
    for task in airflow.tasks("tutorial", tutorial_run).values():
        assert re.fullmatch(full_name, task["hostname"])
    logs = [bundle.node.pod(f"af1-worker-{number}").log() for number in (0, 1)]
    assert "execute_workload" in logs[0] + logs[1]


@pytest.mark.parametrize("task_id", sorted(TUTORIAL))
def test_the_log_of_each_task_is_read_from_its_worker(
    airflow: AirflowClient, tutorial_run: str, task_id: str
) -> None:
    task = airflow.tasks("tutorial", tutorial_run)[task_id]
    log = airflow.log("tutorial", tutorial_run, task_id)
    assert f"http://{task['hostname']}:8793/log/" in log
    assert "Could not read served logs" not in log


def test_the_log_holds_what_the_task_printed(airflow: AirflowClient, tutorial_run: str) -> None:
    assert "3 rows, 0 errors" in airflow.log("tutorial", tutorial_run, "report")
    assert "greeting 2 of 3" in airflow.log("tutorial", tutorial_run, "templated")


@dataclass(frozen=True)
class Recorder(Kubectl):
    """A kubectl that finds what the bundle holds, and keeps the command that it would become."""

    manifests: Sequence[Manifest]
    commands: list[tuple[str, ...]] = field(default_factory=list)

    def get(self, kinds: Iterable[str], selector: str = "") -> list[Manifest]:
        wanted = dict(label.split("=") for label in selector.split(",")).items()
        there = [m for m in self.manifests if WORKLOADS.get(m["kind"]) in list(kinds)]
        return [m for m in there if wanted <= m["metadata"]["labels"].items()]

    def become(self, *args: str) -> None:
        self.commands.append(args)


def test_make_backfill_runs_a_dag_for_dates_that_have_passed(
    airflow: AirflowClient, bundle: RunningBundle, tutorial_run: str
) -> None:
    del tutorial_run  # the DAG is there, and not paused
    dates = ("2015-05-01", "2015-05-02")
    kubectl = Recorder(NAMESPACE, bundle.manifests)
    Running(kubectl=kubectl, release="af1").backfill("tutorial", *dates)
    ((verb, target, _, *command),) = kubectl.commands
    assert (verb, target) == ("exec", "deployment/af1-scheduler")
    done = bundle.node.pod("af1-scheduler").exec(*command, timeout=120)
    assert done.exit_code == 0, done.output

    def states() -> dict[str, str]:
        runs = airflow.get("dags/tutorial/dagRuns?run_type=backfill")["dag_runs"]
        return {run["logical_date"][:10]: run["state"] for run in runs}

    airflow.wait(lambda: states() == dict.fromkeys(dates, "success"), 240, "both runs succeed")


class Inside(Kubectl):
    """A kubectl that runs commands in the pods of a bundle, and reads its Secrets."""

    running: RunningBundle

    def run(self, *args: str, stdin: str | None = None, **_: Any) -> str:
        if args[:2] == ("get", "secret"):
            secret = self.running.node.store.get("Secret", NAMESPACE, args[2])
            return json.dumps(secret)
        separator = args.index("--")
        target = next(word for word in args[1:separator] if not word.startswith("--"))
        pod = self.running.node.pod(target.rpartition("/")[2])
        command = ("sh", "-c", 'given=$1; shift; printf %s "$given" | "$@"', "-", stdin or "")
        done = pod.exec(*command, *args[separator + 1 :], timeout=120)
        assert done.exit_code == 0, done.output
        return done.output


def test_status_tells_how_airflow_and_its_volumes_are(
    airflow: AirflowClient, bundle: RunningBundle, tutorial_run: str
) -> None:
    del tutorial_run  # all components have shown a sign of life
    kubectl = Inside(NAMESPACE)
    object.__setattr__(kubectl, "running", bundle)
    workloads = [each for each in bundle.manifests if each["kind"] in WORKLOADS]
    text = "\n".join(airflow_lines(kubectl, workloads))
    assert text.startswith("Airflow 3.3.2\n")
    for name in ("scheduler", "triggerer", "dag-processor"):
        assert re.search(rf"^  {name}: healthy, last heartbeat \d+ s ago$", text, re.MULTILINE)
    for kind, component in (("Scheduler", "scheduler"), ("Triggerer", "triggerer")):
        assert re.search(rf"^    {kind}Job in af1-{component}\S* \d+ s ago$", text, re.MULTILINE)
    counts = r"^  tasks: \d+ queued, \d+ running, \d+ scheduled, \d+ deferred, \d+ up_for_retry$"
    assert re.search(counts, text, re.MULTILINE)
    assert "  import errors: none" in text
    assert "not known" not in text
    assert bundle.admin_password not in text
    pods = [
        {**bundle.node.pod(f"af1-{name}").manifest, "status": {"phase": "Running"}}
        for name in ("postgresql-0", "redis-0")
    ]
    lines = list(volume_lines(kubectl, pods))
    assert [line.split(":")[0] for line in lines] == [
        *("Volumes", "  data-af1-postgresql-0", "  data-af1-redis-0"),
    ]
    assert all(re.search(r": \S+ of \S+, \d+%$", line) for line in lines[1:]), lines


def test_a_deferrable_task_waits_in_the_triggerer(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    run_id = airflow.trigger("deferrable")
    airflow.wait_for_tasks("deferrable", run_id, "deferred", 1, 90)

    def triggerer() -> str | None:
        job = airflow.tasks("deferrable", run_id)["wait"]["triggerer_job"]
        return str(job["hostname"]) if job else None

    airflow.wait(lambda: triggerer() is not None, 10, "a triggerer takes the task")
    host = triggerer()
    assert host == f"af1-triggerer-0.af1-triggerer.{NAMESPACE}.svc.cluster.local"
    airflow.wait(
        lambda: f"http://{host}:8794/log/" in airflow.log("deferrable", run_id, "wait"),
        10,
        "the triggerer's log of a task that waits",
    )
    assert airflow.wait_for_run("deferrable", run_id, 120) == "success"
    assert "trigger" in bundle.node.pod("af1-triggerer-0").log()
    assert "the triggerer woke me up" in airflow.log("deferrable", run_id, "after")


def test_a_changed_dag_reaches_the_pods_without_a_restart(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    before = {pod.name: pod.restarts for pod in bundle.node.pods()}
    bundle.node.apply(bundle.changed)
    airflow.wait(lambda: "changing_second" in dag_ids(airflow), 150, "the new text is parsed")
    run_id = airflow.trigger("changing_second")
    assert airflow.wait_for_run("changing_second", run_id, 90) == "success"
    assert "this is the second text" in airflow.log("changing_second", run_id, "hello")
    assert {pod.name: pod.restarts for pod in bundle.node.pods()} == before
