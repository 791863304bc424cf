"""OpenTelemetry to a server of the user's: by gRPC, by TLS with a private authority, with a key."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import copy_dags, synthesize_props
from integration.conftest import RunningBundle, Scene, Stage
from integration.otlp import HTTP, NAME, Seen, backend
from integration.servers import Authority, host

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    OpenTelemetry,
    SecretKey,
    WorkerGroup,
)

METRICS = {
    "airflow.scheduler_heartbeat": "sum",
    "airflow.dag_processor_heartbeat": "sum",
    "airflow.triggerer_heartbeat": "sum",
    "airflow.ti.start": "sum",
    "airflow.ti.finish": "sum",
    "airflow.task.duration": "exponential_histogram",
    "airflow.dagrun.duration.success": "exponential_histogram",
    "airflow.executor.open_slots": "gauge",
    "airflow.pool.open_slots": "gauge",
    "airflow.dagbag_size": "gauge",
}
"""What a run makes Airflow send -> its kind."""


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """Airflow that sends to a server of the user's."""

    def prepare() -> Scene:
        folder = tmp_path_factory.mktemp("dags") / "dags"
        copy_dags(folder)
        authority = Authority(tmp_path_factory.mktemp("authority"))
        props = AirflowProps(
            dags=DagsFolder(str(folder)),
            executor=CeleryExecutor(workers=[WorkerGroup(replicas=1, concurrency=4)]),
            metrics=OpenTelemetry(
                endpoint=f"https://{host(NAME)}:{HTTP}",
                headers={"api-key": SecretKey(name="otlp", key="key")},
                ca=SecretKey(name="otlp-ca", key="ca.crt"),
                interval=3,
                resource_attributes={"deployment.environment.name": "test, 1=2"},
            ),
        )
        return Scene(synthesize_props(tmp_path_factory.mktemp("synth"), props), backend(authority))

    return stage.play("otlp", prepare)


@pytest.fixture(scope="module")
def seen(bundle: RunningBundle, airflow: AirflowClient) -> Seen:
    """What the server has seen when a DAG has run, and another waited in a triggerer."""
    assert set(airflow.run("tutorial").values()) == {"success"}
    assert set(airflow.run("deferrable").values()) == {"success"}
    return Seen(bundle)


@pytest.mark.parametrize("name", METRICS)
def test_the_metrics_of_a_run_arrive(seen: Seen, name: str) -> None:
    def points(found: Mapping[str, Any]) -> list[Any]:
        return [each for each in found["metrics"] if each["name"] == name]

    (kind,) = {each["kind"] for each in seen.wait(points, name)}
    assert kind == METRICS[name]


def test_they_have_attributes_in_place_of_names_with_parts(seen: Seen) -> None:
    wanted = {"dag_id": "tutorial", "state": "success"}
    seen.wait(lambda _: len(seen.points("airflow.ti.finish", **wanted)) > 2, "the ends of tasks")
    tasks = {each["attributes"]["task_id"] for each in seen.points("airflow.ti.finish", **wanted)}
    assert {"print_date", "sleep", "templated"} <= tasks
    names = {each["name"] for each in seen.all()["metrics"]}
    assert not [name for name in names if "tutorial" in name], "legacy names are off"


def test_what_is_sent_says_where_it_is_from(seen: Seen, bundle: RunningBundle) -> None:
    points = seen.points("airflow.scheduler_heartbeat")
    pod = bundle.node.controller(bundle.name("scheduler")).pods[0]
    own = {
        "service.name": "airflow",
        "service.namespace": "airflow",
        "service.instance.id": pod.name,
        "airflow.component": "scheduler",
        "deployment.environment.name": "test, 1=2",
    }
    assert own.items() <= points[0]["resource"].items()
    assert {each["temporality"] for each in points} == {"cumulative"}


@pytest.mark.parametrize("dag", ["tutorial", "deferrable"])
def test_a_run_is_one_trace_with_its_tasks(seen: Seen, dag: str) -> None:
    def spans(found: Mapping[str, Any]) -> list[Any]:
        runs = [s for s in found["spans"] if s["name"] == f"dag_run.{dag}"]
        return [s for s in found["spans"] if runs and s["trace"] == runs[0]["trace"]]

    seen.wait(lambda found: len(spans(found)) > 2, f"the trace of {dag}")
    found = spans(seen.all())
    components = {span["resource"].get("airflow.component") for span in found}
    assert {"scheduler", "worker"} <= components, (components, sorted(s["name"] for s in found))


def test_nothing_was_refused_and_all_came_by_http(seen: Seen) -> None:
    found = seen.all()
    assert (found["refused"], found["grpc"]) == (0, 0)
    assert found["http"] > 10


def test_a_server_that_is_away_fails_no_task_and_stops_nothing(
    bundle: RunningBundle, seen: Seen, airflow: AirflowClient
) -> None:
    bundle.node.scale(NAME, 0)
    bundle.node.wait_for(lambda: not bundle.node.controller(NAME).pods, 60, "the server is gone")
    before = {pod.name: pod.restarts for pod in bundle.node.pods()}
    began = time.monotonic()
    assert set(airflow.run("tutorial").values()) == {"success"}
    assert set(airflow.run("deferrable").values()) == {"success"}
    assert time.monotonic() - began < 240
    assert {pod.name: pod.restarts for pod in bundle.node.pods()} == before
    bundle.node.scale(NAME, 1)
    pods = bundle.node.controller(NAME)
    bundle.node.wait_for(lambda: any(pod.ready for pod in pods.pods), 60, "the server is back")
    seen.wait(lambda found: found["metrics"], "metrics for a server that is back", 120)
