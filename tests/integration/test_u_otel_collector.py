"""OpenTelemetry by a collector of the release: TLS from Airflow, OTLP sent on, and Prometheus.

Tasks run by Celery and in pods of their own.
"""

from __future__ import annotations

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import copy_dags, synthesize_props
from integration.conftest import RunningBundle, Scene, Stage, secret
from integration.otlp import HTTP, NAME, Seen, backend
from integration.servers import Authority, host
from integration.test_b_policies import connects
from integration.test_u_metrics import Prometheus, prometheus_server

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    KubernetesExecutor,
    OpenTelemetry,
    OtelCollector,
    OtlpExporter,
    SecretKey,
    WorkerGroup,
)

CONFIG = """
global: {scrape_interval: 2s}
scrape_configs:
  - job_name: collector
    honor_labels: true
    static_configs: [{targets: ["af1-otel-collector.airflow.svc:8889"]}]
"""
COUNTED = '''
"""A DAG whose task counts; it runs in a process of its own each time."""
from datetime import datetime

from airflow.sdk import dag, task
from airflow.sdk.observability.stats import Stats


@dag(dag_id="counted", schedule=None, start_date=datetime(2015, 1, 1), catchup=False)
def counted():
    @task
    def by_celery():
        Stats.incr("orders.loaded", 3, tags={"country": "de", "run_id": "one of each run"})

    @task(executor="KubernetesExecutor")
    def in_a_pod():
        Stats.incr("orders.loaded", 4, tags={"country": "fr"})

    by_celery() >> in_a_pod()


counted()
'''
COLLECTOR = "af1-otel-collector.airflow.svc"


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """Airflow with a collector, Prometheus and a server that takes OTLP."""

    def prepare() -> Scene:
        folder = tmp_path_factory.mktemp("dags") / "dags"
        copy_dags(folder)
        (folder / "counted.py").write_text(COUNTED)
        authority = Authority(tmp_path_factory.mktemp("authority"))
        ours = authority.issue(COLLECTOR)
        ca = SecretKey(name="otlp-ca", key="ca.crt")
        props = AirflowProps(
            dags=DagsFolder(str(folder)),
            executors=[
                CeleryExecutor(workers=[WorkerGroup(replicas=1, concurrency=4)]),
                KubernetesExecutor(),
            ],
            metrics=OpenTelemetry(
                interval=3,
                collector=OtelCollector(
                    exporters=[
                        OtlpExporter(
                            endpoint=f"https://{host(NAME)}:{HTTP}",
                            headers={"api-key": SecretKey(name="otlp", key="key")},
                            ca=ca,
                        )
                    ],
                    prometheus=True,
                    tls="otel-tls",
                    ca=ca,
                ),
            ),
        )
        certificate = {name: ours[name] for name in ("tls.crt", "tls.key")}
        scraper = prometheus_server(CONFIG)
        before = [*backend(authority), secret("otel-tls", certificate), *scraper]
        return Scene(synthesize_props(tmp_path_factory.mktemp("synth"), props), before)

    return stage.play("otel-collector", prepare)


@pytest.fixture(scope="module")
def seen(bundle: RunningBundle, airflow: AirflowClient) -> Seen:
    """What the server has seen when a DAG has run twice."""
    for _ in range(2):
        tasks = airflow.run("counted")
        assert tasks == {"by_celery": "success", "in_a_pod": "success"}
    return Seen(bundle)


@pytest.fixture(scope="module")
def prometheus(bundle: RunningBundle, seen: Seen) -> Prometheus:
    return Prometheus(bundle)


@pytest.mark.parametrize(
    ("query", "value"),
    [
        # Each run is in a process of its own, and the counts add up.
        ('airflow_orders_loaded_total{country="de"}', 6),
        ('airflow_orders_loaded_total{country="fr"}', 8),
        # What is not sent yet when the scheduler forks is not sent once more.
        ("max(airflow_job_start_total)", 1),
        ('sum(airflow_ti_finish_total{dag_id="counted",state="success"})', 4),
        ('sum(airflow_dagrun_duration_success_milliseconds_count{dag_id="counted"})', 2),
        ('sum(airflow_dagrun_duration_success_milliseconds_bucket{dag_id="counted",le="+Inf"})', 2),
    ],
)
def test_prometheus_counts_what_tasks_of_both_executors_sent(
    prometheus: Prometheus, query: str, value: float
) -> None:
    prometheus.wait(query, lambda found: found == value, 75)


def test_what_is_another_for_each_run_is_no_label(prometheus: Prometheus) -> None:
    prometheus.wait('airflow_orders_loaded_total{country="de"}', lambda found: found > 0)
    names = set(prometheus.get("labels"))
    assert not names & {"run_id", "dag_run_id", "job_id"}, names
    assert {"dag_id", "task_id", "state", "instance", "job"} <= names


def test_the_pod_of_a_task_is_no_label(prometheus: Prometheus, bundle: RunningBundle) -> None:
    lasting = {pod.name for pod in bundle.node.pods()}
    prometheus.wait("airflow_scheduler_heartbeat_total", lambda found: found > 1)
    found = set(prometheus.get("label/instance/values"))
    strangers = found - lasting - {f"{COLLECTOR}:8889", "task"}
    assert not [
        each
        for stranger in sorted(strangers)
        for each in prometheus.get("series", **{"match[]": f'{{instance="{stranger}"}}'})
    ]
    assert {"task", "af1-worker-0"} <= found


def test_all_is_sent_on_by_tls_with_the_key(seen: Seen) -> None:
    seen.wait(lambda found: found["metrics"], "metrics")
    found = seen.all()
    assert (found["refused"], found["grpc"]) == (0, 0)
    heartbeats = seen.points("airflow.scheduler_heartbeat")
    assert {each["temporality"] for each in heartbeats} == {"cumulative"}
    assert not seen.points("airflow.orders.loaded", run_id="one of each run")


def test_both_tasks_are_in_the_trace_of_their_run(seen: Seen) -> None:
    def senders(name: str) -> set[str]:
        spans = seen.all()["spans"]
        runs = [span["trace"] for span in spans if span["name"] == "dag_run.counted"]
        found = [span for span in spans if span["trace"] in runs and name in span["name"]]
        return {span["resource"].get("airflow.component", "") for span in found}

    seen.wait(lambda _: "worker" in senders("by_celery"), "the span of a worker's task")
    seen.wait(lambda _: "worker" in senders("in_a_pod"), "the span of a task's pod")


def test_nobody_else_gets_at_the_collector(bundle: RunningBundle) -> None:
    assert connects(bundle, "worker", bundle.name("otel-collector"), HTTP)
    assert not connects(bundle, "worker", bundle.name("otel-collector"), 8889)
    assert not connects(bundle, "postgresql", bundle.name("otel-collector"), HTTP)


def test_a_collector_that_is_away_fails_no_task(
    bundle: RunningBundle, seen: Seen, airflow: AirflowClient
) -> None:
    name = bundle.name("otel-collector")
    bundle.node.scale(name, 0)
    bundle.node.wait_for(lambda: not bundle.node.controller(name).pods, 60, "it is gone")
    assert set(airflow.run("counted").values()) == {"success"}
    bundle.node.scale(name, 1)
