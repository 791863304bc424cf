"""Autoscaling as KEDA does it: by the ScaledObject's own query; pods that go lose no task."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import HERE, NAMESPACE, synthesize_props
from integration.conftest import RunningBundle, Scene, Stage
from integration.node.objects import Manifest

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    ClaimTemplate,
    DagsFolder,
    KedaAutoscaling,
    TriggererProps,
    WorkerGroup,
)

WORKERS = 3
CONCURRENCY = 2
TASK_SECONDS = 30
COUNT = """
import json, sys
import psycopg2
said = json.load(sys.stdin)
connection = psycopg2.connect(**said["to"])
cursor = connection.cursor()
cursor.execute("SELECT id FROM task_instance ORDER BY id")
for row, (key,) in zip(said["rows"], cursor.fetchall(), strict=bool(said["rows"])):
    change = "UPDATE task_instance SET state = %s, queue = %s, executor = %s WHERE id = %s"
    cursor.execute(change, (*row, key))
cursor.execute("CREATE ROLE keda")
cursor.execute("GRANT SELECT ON task_instance, trigger TO keda")
cursor.execute("SET ROLE keda")
cursor.execute(said["query"])
print("counted", *cursor.fetchone())
connection.rollback()
"""
CELERY = "airflow.providers.celery.executors.celery_executor.CeleryExecutor"
COUNTED = [
    ("queued", "default", None),
    ("running", "default", None),
    ("queued", "default", "CeleryExecutor"),
    ("running", "default", CELERY),
]
NOT_COUNTED = [
    ("running", "gpu", None),
    ("queued", "default", "KubernetesExecutor"),
    ("scheduled", "default", None),
    ("deferred", "default", None),
    ("up_for_retry", "default", None),
    ("success", "default", None),
    (None, "default", None),
]


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """A group of workers, and the triggerer, that KEDA would scale."""

    def prepare() -> Scene:
        group = WorkerGroup(
            concurrency=CONCURRENCY,
            autoscaling=KedaAutoscaling(min_replicas=1, max_replicas=WORKERS),
            persistence=ClaimTemplate(size="1Gi"),
        )
        props = AirflowProps(
            dags=DagsFolder(str(HERE / "dags")),
            executor=CeleryExecutor(workers=[group]),
            triggerer=TriggererProps(autoscaling=KedaAutoscaling(min_replicas=1)),
        )
        return Scene(synthesize_props(tmp_path_factory.mktemp("synth"), props))

    return stage.play("autoscaling", prepare)


def find(bundle: RunningBundle, kind: str, name: str) -> Manifest:
    (manifest,) = [
        item
        for item in bundle.manifests
        if (item["kind"], item["metadata"]["name"]) == (kind, bundle.name(name))
    ]
    return manifest


def counted(
    bundle: RunningBundle, component: str, rows: Sequence[tuple[str | None, ...]] = ()
) -> int:
    """What the real database answers to KEDA, as a role that may read no more than it has to.

    Args:
        bundle: the bundle.
        component: what KEDA scales.
        rows: state, queue and executor that the task instances have for the moment, all of them.
    """
    spec = find(bundle, "ScaledObject", component)["spec"]
    (trigger,) = spec["triggers"]
    metadata = trigger["metadata"]
    authentication = find(bundle, "TriggerAuthentication", component)["spec"]
    (reference,) = authentication["secretTargetRef"]
    password = bundle.node.secret(reference["name"], NAMESPACE)[reference["key"]]
    to = {
        "host": metadata["host"],
        "port": int(metadata["port"]),
        "dbname": metadata["dbName"],
        "user": metadata["userName"],
        "sslmode": metadata["sslmode"],
        reference["parameter"]: password,
    }
    text = json.dumps({"to": to, "query": metadata["query"], "rows": rows})
    pod = bundle.node.pod(bundle.name("triggerer-0"))
    answer = pod.exec("sh", "-c", 'printf %s "$1" | python -c "$2"', "sh", text, COUNT)
    assert answer.exit_code == 0, answer.output
    return int(answer.output.split("counted")[1])


def wanted(bundle: RunningBundle, component: str) -> int:
    """The number of pods that KEDA would ask for."""
    spec = find(bundle, "ScaledObject", component)["spec"]
    capacity = int(spec["triggers"][0]["metadata"]["targetQueryValue"])
    pods = math.ceil(counted(bundle, component) / capacity)
    return max(int(spec["minReplicaCount"]), min(int(spec["maxReplicaCount"]), pods))


def start(airflow: AirflowClient, seconds: int) -> list[str]:
    """Starts as many tasks as the workers can run at a time, two in each run."""

    def parsed() -> bool:
        return "slow" in {dag["dag_id"] for dag in airflow.get("dags")["dags"]}

    airflow.wait(parsed, 120, "slow is parsed")
    return [airflow.trigger("slow", {"seconds": seconds}) for _ in range(WORKERS)]


def test_without_work_the_fewest_pods_run(bundle: RunningBundle) -> None:
    assert "replicas" not in find(bundle, "StatefulSet", "worker")["spec"]
    assert (wanted(bundle, "worker"), wanted(bundle, "triggerer")) == (1, 1)
    assert len(bundle.node.controller(bundle.name("worker")).pods) == 1


def test_tasks_that_wait_ask_for_more_workers(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    runs = start(airflow, TASK_SECONDS)
    airflow.wait(lambda: wanted(bundle, "worker") == WORKERS, 120, "the queue is seen")
    assert wanted(bundle, "triggerer") == 1
    bundle.node.scale(bundle.name("worker"), WORKERS)
    bundle.node.wait_ready(240)
    for run_id in runs:
        assert airflow.wait_for_run("slow", run_id, 240) == "success"
    airflow.wait(lambda: wanted(bundle, "worker") == 1, 60, "an empty queue")


def test_only_work_of_the_group_is_counted(airflow: AirflowClient, bundle: RunningBundle) -> None:
    runs = airflow.get("dags/slow/dagRuns")["dag_runs"]
    instances = sum(len(airflow.tasks("slow", run["dag_run_id"])) for run in runs)
    for number, row in enumerate(NOT_COUNTED):
        work = COUNTED[: number % len(COUNTED) + 1]
        rows = [*work, *[row] * (instances - len(work))]
        assert counted(bundle, "worker", rows) == len(work), row
    assert counted(bundle, "worker") == 0, "nothing of that is left"


def test_workers_that_are_scaled_away_lose_nothing(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    name = bundle.name("worker")
    runs = start(airflow, TASK_SECONDS)
    for run_id in runs:
        airflow.wait_for_tasks("slow", run_id, "running", 2, 120)
    assert wanted(bundle, "worker") == WORKERS
    places = {
        (run_id, task_id): task["hostname"].split(".")[0]
        for run_id in runs
        for task_id, task in airflow.tasks("slow", run_id).items()
        if task["state"] == "running"
    }
    assert sorted(places.values()) == sorted(
        f"{name}-{number}" for number in range(WORKERS) for _ in range(CONCURRENCY)
    )
    going = [bundle.node.pod(f"{name}-{number}").supervisors["worker"] for number in (1, 2)]
    bundle.node.scale(name, 1)
    for run_id in runs:
        assert airflow.wait_for_run("slow", run_id, 300) == "success"
        tasks = airflow.tasks("slow", run_id)
        assert {task["try_number"] for task in tasks.values()} == {1}
        assert {task["state"] for task in tasks.values()} == {"success"}
    pods = bundle.node.controller(name).pods
    bundle.node.wait_for(lambda: [pod.name for pod in pods] == [f"{name}-0"], 120, "one worker")
    assert [(worker.exit_codes, worker.kills) for worker in going] == [([0], [])] * 2
    bundle.node.scale(name, WORKERS)
    bundle.node.wait_ready(240)
    for (run_id, task_id), place in places.items():
        log = airflow.log("slow", run_id, task_id)
        assert "Could not read served logs" not in log, place
        assert f'"task_id": "{task_id}"' in log, place
