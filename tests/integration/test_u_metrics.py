"""Airflow's metrics: sent by StatsD in real runs, made readable, and scraped by real Prometheus."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
import time
import urllib.parse
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.airflow_client import AirflowClient
from integration.bundle import copy_dags, synthesize_props
from integration.conftest import RunningBundle, Scene, Stage
from integration.servers import server
from integration.test_b_policies import connects

from cdk8s_airflow import (
    AirflowProps,
    Alerts,
    CeleryExecutor,
    DagsFolder,
    EmbeddedPostgresql,
    EmbeddedRedis,
    MetricMapping,
    PgBouncer,
    PgBouncerExporter,
    PluginsFolder,
    PostgresqlExporter,
    RedisExporter,
    StatsdExporter,
    ThresholdAlert,
    WorkerGroup,
)
from cdk8s_airflow.parts.alert_rules import AIRFLOWS
from cdk8s_airflow.parts.alert_rules_servers import DATABASES
from cdk8s_airflow.parts.statsd_mapping import metrics

ROOT = Path(__file__).resolve().parents[2]
PARTS = ROOT / "constructs/cdk8s_airflow/parts"
METRIC = re.compile(r"\b([a-z_]+)\{")
GAUGE_TTL = 60
CONFIG = """
global: {scrape_interval: 2s, evaluation_interval: 5s}
rule_files: [/etc/server/rules.yml]
scrape_configs:
  - job_name: airflow
    static_configs:
      - targets: ["af1-statsd.airflow.svc:9102"]
        labels: {namespace: airflow, app_kubernetes_io_instance: af1}
  - job_name: servers
    static_configs:
      - labels: {namespace: airflow, app_kubernetes_io_instance: af1}
        targets:
          - af1-postgresql-exporter.airflow.svc:9187
          - af1-redis-exporter.airflow.svc:9121
          - af1-pgbouncer.airflow.svc:9127
"""
BROKEN = "from airflow.sdk import dag\nimport not_there\n"
MEASURED = '''
"""A DAG with dots in its id that sends metrics of its own; one of its tasks fails."""
from datetime import datetime

from airflow.sdk import dag, task
from airflow.sdk.observability.stats import Stats


@dag(dag_id="team.measured", schedule=None, start_date=datetime(2015, 1, 1), catchup=False)
def measured():
    @task(task_id="sends.metrics")
    def sends():
        Stats.incr("orders.de.loaded", 3)
        Stats.incr("orders.fr.loaded", 4, tags={"shop": "rue/de-l.eau"})
        Stats.incr("orders.it.loaded", 5, tags={"shop": "via Roma"})
        Stats.timing("orders.took", 2500)
        Stats.incr("my_start")
        Stats.incr("secret.of.ours")

    @task
    def fails():
        raise ValueError("on purpose")

    sends() >> fails()


measured()
'''
PLUGIN = '''
"""A trigger that blocks the loop of the triggerer."""
import asyncio
import time

from airflow.triggers.base import BaseTrigger, TriggerEvent


class Blocks(BaseTrigger):
    def serialize(self):
        return ("blocks.Blocks", {})

    async def run(self):
        for _ in range(10):
            time.sleep(1)
            await asyncio.sleep(1)
        yield TriggerEvent("done")
'''
BLOCKED = """
from datetime import datetime

from airflow.sdk import BaseOperator, dag
from blocks import Blocks


class Waits(BaseOperator):
    def execute(self, context):
        self.defer(trigger=Blocks(), method_name="go_on")

    def go_on(self, context, event=None):
        return event


@dag(schedule=None, start_date=datetime(2015, 1, 1), catchup=False)
def blocked():
    Waits(task_id="waits")


blocked()
"""
SLOW = "import time\n\nfrom airflow.sdk import dag\n\ntime.sleep(600)\n"
ALERTS = Alerts(
    import_errors=ThresholdAlert(pending="5s"),
    # Their counters begin with the first event, which is no increase yet.
    dag_file_timeout=ThresholdAlert(pending="5s"),
)
LONG = "x" * 230
NAMED = f"""
from datetime import datetime

from airflow.sdk import dag, task


@dag(dag_id="größe_{LONG}", schedule=None, start_date=datetime(2015, 1, 1), catchup=False)
def named():
    @task
    def works():
        pass

    works()


named()
"""
EXPORTER = StatsdExporter(
    gauge_ttl=GAUGE_TTL,
    extra_mappings=[
        MetricMapping(
            match="airflow.orders.*.loaded",
            name="orders_loaded_total",
            labels={"country": "$1"},
            help="Orders.",
        ),
        MetricMapping(match=r"^airflow\.secret\..*", regex=True, drop=True),
    ],
)


class Prometheus:
    """Asks the real Prometheus."""

    def __init__(self, bundle: RunningBundle) -> None:
        self._bundle = bundle

    def get(self, path: str, **query: str) -> Any:
        connection = http.client.HTTPConnection(
            str(self._bundle.node.pod("prometheus-0").ip), 9090, timeout=10
        )
        connection.request("GET", f"/api/v1/{path}?{urllib.parse.urlencode(query)}")
        answer = json.loads(connection.getresponse().read())
        assert answer["status"] == "success", answer
        return answer["data"]

    def ask(self, query: str) -> dict[str, float]:
        """Labels as JSON, without those of the target -> value."""
        found = self.get("query", query=query)["result"]
        beside = ("__name__", "instance", "job", "namespace", "app_kubernetes_io_instance")
        return {
            json.dumps({k: v for k, v in one["metric"].items() if k not in beside}): float(
                one["value"][1]
            )
            for one in found
        }

    def value(self, query: str) -> float | None:
        """The one value of a query."""
        return next(iter(self.ask(query).values()), None)

    def wait(self, query: str, wanted: Callable[[float], bool], seconds: float = 60) -> float:
        """The value of a query, as soon as it is what is wanted."""
        end, found = time.monotonic() + seconds, self.value(query)
        while found is None or not wanted(found):
            assert time.monotonic() < end, f"{query} is {found}"
            time.sleep(1)
            found = self.value(query)
        return found


def prometheus_server(
    config: str = CONFIG, rules: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Its objects; the policies of exporters let its pod in."""
    objects = server(
        "prometheus", "prom/prometheus:v2.42.0", 9090,
        ("--config.file=/etc/server/prometheus.yml", "--storage.tsdb.path=/prometheus"),
        folders=["/prometheus"], user=65534,
        files={"prometheus.yml": config, "rules.yml": yaml.safe_dump(rules or {})},
    )  # fmt: skip
    labels = objects[1]["spec"]["template"]["metadata"]["labels"]
    labels["app.kubernetes.io/name"] = "prometheus"  # what the policy of the exporter lets in
    return objects


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """Airflow with an exporter, and Prometheus in a namespace of its own."""

    def prepare() -> Scene:
        folder = tmp_path_factory.mktemp("dags") / "dags"
        copy_dags(folder)
        (folder / "measured.py").write_text(MEASURED)
        (folder / "named.py").write_text(NAMED)
        (folder / "broken.py").write_text(BROKEN)
        (folder / "blocked.py").write_text(BLOCKED)
        (folder / "slow.py").write_text(SLOW)
        plugins = tmp_path_factory.mktemp("plugins")
        (plugins / "blocks.py").write_text(PLUGIN)
        props = AirflowProps(
            dags=DagsFolder(str(folder)),
            executor=CeleryExecutor(workers=[WorkerGroup(replicas=1, concurrency=4)]),
            metrics=EXPORTER,
            database=EmbeddedPostgresql(exporter=PostgresqlExporter()),
            broker=EmbeddedRedis(exporter=RedisExporter()),
            pgbouncer=PgBouncer(replicas=1, exporter=PgBouncerExporter()),
            plugins=PluginsFolder(str(plugins)),
            alerts=ALERTS,
            config={
                "scheduler": {"ti_metrics_interval": 2},
                "dag_processor": {"dag_file_processor_timeout": 30},
            },
        )
        manifests = synthesize_props(tmp_path_factory.mktemp("synth"), props)
        (rules,) = [each["spec"] for each in manifests if each["kind"] == "PrometheusRule"]
        return Scene(manifests, prometheus_server(rules=rules))

    return stage.play("metrics", prepare)


@pytest.fixture(scope="module")
def prometheus(bundle: RunningBundle, airflow: AirflowClient) -> Prometheus:
    """Prometheus, when it has seen two DAGs run: one that fails, one that waits in a triggerer."""
    assert airflow.run("team.measured") == {"sends.metrics": "success", "fails": "failed"}
    assert set(airflow.run("deferrable").values()) == {"success"}
    named = urllib.parse.quote(f"größe_{LONG}")
    run = airflow.trigger(named)
    assert airflow.wait_for_run(named, run, 120) == "success"
    assert set(airflow.run("blocked").values()) == {"success"}
    prometheus = Prometheus(bundle)
    prometheus.wait('airflow_dagrun_duration_seconds_count{dag_id="deferrable"}', lambda n: n == 1)
    return prometheus


def scrape(bundle: RunningBundle) -> str:
    """What the exporter answers."""
    (pod,) = bundle.node.controller(bundle.name("statsd")).pods
    connection = http.client.HTTPConnection(str(pod.ip), 9102, timeout=10)
    connection.request("GET", "/metrics")
    response = connection.getresponse()
    text = response.read().decode()
    assert response.status == 200, text
    return text


def promised() -> dict[str, str]:
    """Name in Prometheus -> type, of Airflow's metrics and of those of the DAG."""
    kinds = {"counter": "counter", "gauge": "gauge", "timer": "histogram"}
    return {
        **{metric.exported: kinds[metric.type] for metric in metrics()},
        "orders_loaded_total": "counter",
        "airflow_orders_took": "histogram",
        "airflow_my_start": "counter",
    }


def test_every_name_in_the_scrape_is_what_the_mapping_promises(
    bundle: RunningBundle, prometheus: Prometheus
) -> None:
    found = dict(re.findall(r"^# TYPE (\w+) (\w+)$", scrape(bundle), re.MULTILINE))
    assert len(found) > 40, sorted(found)
    assert found.items() <= promised().items()

    def known() -> set[str]:
        names = prometheus.get("label/__name__/values", **{"match[]": '{job="airflow"}'})
        bare = {re.sub("_(bucket|count|sum)$", "", n) if n not in found else n for n in names}
        theirs = ("scrape_", "statsd_exporter_", "up")
        return {name for name in bare if not name.startswith(theirs)}

    bundle.node.wait_for(lambda: found.keys() <= known(), 60, "a scrape after this one")
    assert known() <= promised().keys()


IMPORTANT: Mapping[str, Callable[[float], bool]] = {
    "airflow_scheduler_heartbeat_total": lambda n: n > 2,
    "airflow_dag_processor_heartbeat_total": lambda n: n > 2,
    "airflow_triggerer_heartbeat_total": lambda n: n > 2,
    'airflow_executor_open_slots{executor_class_name="CeleryExecutor"}': lambda n: n == 32,
    'airflow_executor_queued_tasks{executor_class_name="CeleryExecutor"}': lambda n: n == 0,
    'airflow_pool_open_slots{pool_name="default_pool"}': lambda n: n == 128,
    "airflow_dag_processing_import_errors": lambda n: n == 2,  # one of a file that takes too long
    "airflow_dagbag_size": lambda n: n > 5,
    'airflow_dag_processing_last_run_seconds_ago{file_name="measured"}': lambda n: n >= 0,
    'airflow_dag_processing_last_duration_seconds_count{file_name="measured"}': lambda n: n > 0,
    # No file is imported in a hundredth of a second: it would be seconds taken for milliseconds.
    'airflow_dag_processing_last_duration_seconds_sum{file_name="measured"} / '
    'airflow_dag_processing_last_duration_seconds_count{file_name="measured"}': (
        lambda n: 0.01 < n < 30
    ),
    'airflow_triggers_running{hostname!=""}': lambda n: n == 0,
    "airflow_triggers_succeeded_total": lambda n: n == 2,
    "airflow_triggers_blocked_main_thread_total": lambda n: n > 0,
    'airflow_dag_processing_processor_timeouts_total{file_path="slow.py"}': lambda n: n > 0,
    'airflow_triggerer_capacity_left{hostname!=""}': lambda n: n > 100,
    "airflow_scheduler_scheduler_loop_duration_seconds_count": lambda n: n > 2,
    'airflow_scheduler_executor_heartbeat_duration_seconds_count{executor="CeleryExecutor"}': (
        lambda n: n > 2
    ),
    'airflow_ti_start_total{dag_id="team.measured",task_id="sends.metrics"}': lambda n: n == 1,
    'airflow_ti_finish_total{dag_id="team.measured",task_id="sends.metrics",state="success"}': (
        lambda n: n == 1
    ),
    'airflow_ti_finish_total{dag_id="team.measured",task_id="fails",state="failed"}': (
        lambda n: n == 1
    ),
    'airflow_task_duration_seconds_count{dag_id="team.measured",task_id="fails"}': lambda n: n == 1,
    'airflow_task_scheduled_duration_seconds_bucket{task_id="fails",queue="default",le="60"}': (
        lambda n: n == 1
    ),
    'airflow_dagrun_duration_seconds_count{dag_id="team.measured",state="failed"}': (
        lambda n: n == 1
    ),
    'airflow_dagrun_duration_seconds_sum{dag_id="deferrable",state="success"}': (
        lambda n: 10 < n < 100
    ),
    'airflow_operator_failures_total{operator_name="_PythonDecoratedOperator"}': lambda n: n == 1,
    'max_over_time(airflow_ti_deferred{dag_id="deferrable",queue="default"}[10m])': (
        lambda n: n == 1
    ),
    'airflow_job_start_total{job_name="job"}': lambda n: n >= 1,
    # Those of the DAG itself.
    'orders_loaded_total{country="de"}': lambda n: n == 3,
    'orders_loaded_total{country="fr",shop="rue/de-l.eau"}': lambda n: n == 4,
    'orders_loaded_total{country="it",shop="via_Roma"}': lambda n: n == 5,
    "airflow_my_start": lambda n: n == 1,
    # Airflow's own names would refuse these, and no run of the DAG would be scheduled.
    f'airflow_dagrun_duration_seconds_count{{dag_id="gr__e_{LONG}",state="success"}}': (
        lambda n: n == 1
    ),
    'airflow_orders_took_bucket{le="5"}': lambda n: n == 1,
    'airflow_orders_took_bucket{le="1"}': lambda n: n == 0,
}


@pytest.mark.parametrize("query", IMPORTANT)
def test_what_matters_is_there_with_its_labels(prometheus: Prometheus, query: str) -> None:
    prometheus.wait(query, IMPORTANT[query], 75)


def test_the_exporter_understood_all_that_was_sent(prometheus: Prometheus) -> None:
    for own in ("sample_errors_total", "tag_errors_total", "events_conflict_total"):
        assert prometheus.ask(f"statsd_exporter_{own}") == {}
    # Airflow counts processes of the DAG processor up and down, and a counter goes up alone.
    errors = prometheus.ask("statsd_exporter_events_error_total")
    assert errors.keys() <= {'{"reason": "illegal_negative_counter"}'}
    assert prometheus.value("statsd_exporter_events_unmapped_total") == 2
    assert prometheus.value('statsd_exporter_events_actions_total{action="drop"}') == 1
    entries = yaml.safe_load(EXPORTER.mapping)["mappings"]
    assert prometheus.value("statsd_exporter_loaded_mappings") == len(entries)


def test_promtool_reads_the_scrape(bundle: RunningBundle, prometheus: Prometheus) -> None:
    done = subprocess.run(
        ["promtool", "check", "metrics"],
        input=scrape(bundle), capture_output=True, text=True, check=False,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if not line.startswith("statsd_exporter_")]
    # Ours end as names should; that of the DAG has no mapping.
    assert not [line for line in ours if not line.startswith("airflow_my_start")], done.stderr


@pytest.mark.parametrize(
    ("component", "port"),
    [("statsd", 9102), ("postgresql-exporter", 9187), ("redis-exporter", 9121)],
)
def test_nobody_else_reads_the_metrics(bundle: RunningBundle, component: str, port: int) -> None:
    assert not connects(bundle, "worker", bundle.name(component), port)
    assert not connects(bundle, "scheduler", bundle.name(component), port)


SERVERS: Mapping[str, Callable[[float], bool]] = {
    'up{job="servers",instance=~"af1-postgresql.*"}': lambda n: n == 1,
    'up{job="servers",instance=~"af1-redis.*"}': lambda n: n == 1,
    'up{job="servers",instance=~"af1-pgbouncer.*"}': lambda n: n == 1,
    "pg_up": lambda n: n == 1,
    "sum(pg_stat_activity_count)": lambda n: n > 1,
    "pg_settings_max_connections": lambda n: n == 200,
    'pg_database_size_bytes{datname="airflow"}': lambda n: n > 1e6,
    'pg_stat_database_xact_commit{datname="airflow"}': lambda n: n > 10,
    "redis_up": lambda n: n == 1,
    "redis_connected_clients": lambda n: n > 1,
    'redis_commands_total{cmd="lpush"}': lambda n: n > 1,
    'redis_key_size{db="db0",key="default"}': lambda n: n == 0,
    "redis_exporter_last_scrape_error": lambda n: n == 0,
    "pgbouncer_up": lambda n: n == 1,
}


@pytest.mark.parametrize("query", SERVERS)
def test_the_servers_have_metrics_too(prometheus: Prometheus, query: str) -> None:
    prometheus.wait(query, SERVERS[query], 75)


def test_the_exporters_may_do_no_more_than_they_need(bundle: RunningBundle) -> None:
    redis = bundle.node.pod("af1-redis-0")
    assert redis.exec("redis-cli", "acl", "log").output.strip() == ""
    login = 'redis-cli --no-auth-warning --user exporter --pass "$REDIS_EXPORTER_PASSWORD" '
    for command in ("config get requirepass", "lrange default 0 -1", "flushall", "acl list"):
        refused = redis.exec("sh", "-c", f"unset REDISCLI_AUTH; {login}{command}")
        assert "NOPERM" in refused.output, refused.output
    database = bundle.node.pod("af1-postgresql-0")
    for statement in ("select * from public.connection", "create table public.t (i int)"):
        done = database.exec(
            "psql", "--username=airflow", "airflow", "--command", f"set role exporter; {statement}"
        )
        assert "permission denied" in done.output, done.output


def names(prometheus: Prometheus) -> set[str]:
    return set(prometheus.get("label/__name__/values"))


def test_every_metric_of_an_alert_is_in_the_scrape(
    bundle: RunningBundle, prometheus: Prometheus
) -> None:
    """Refreshes of git bundles apart, which test_bundle_metrics.py counts."""
    asked = {name for rule in (*AIRFLOWS, *DATABASES) for name in METRIC.findall(rule.expr)}
    wanted = {name for name in asked if "_dag_bundle_" not in name}
    assert len(asked - wanted) == 2
    bundle.node.wait_for(lambda: wanted <= names(prometheus), 75, "the metrics of all alerts")


def test_what_the_dashboards_ask_of_servers_is_in_the_scrape(prometheus: Prometheus) -> None:
    texts = [path.read_text() for path in (PARTS / "dashboards").iterdir()]
    servers = ("pg_", "pgbouncer_", "redis_")
    asked = {name for text in texts for name in METRIC.findall(text) if name.startswith(servers)}
    assert len(asked) > 10
    assert asked - names(prometheus) == set()


def test_the_real_prometheus_evaluates_the_alerts_and_the_right_ones_fire(
    bundle: RunningBundle, prometheus: Prometheus
) -> None:
    def firing() -> dict[str, Any]:
        alerts = prometheus.get("alerts")["alerts"]
        return {a["labels"]["alertname"]: a for a in alerts if a["state"] == "firing"}

    wanted = {"AirflowDagImportErrors", "AirflowDagFileKilled"}
    bundle.node.wait_for(lambda: wanted <= firing().keys(), 240, "the alerts of the broken files")
    assert firing().keys() <= wanted | {"AirflowTriggersBlocked"}
    summary = firing()["AirflowDagFileKilled"]["annotations"]["summary"]
    assert summary == "Airflow af1 in airflow: the parsing of slow.py is killed again and again"
    rules = [rule for group in prometheus.get("rules")["groups"] for rule in group["rules"]]
    assert len(rules) > 12
    assert {rule["name"]: rule["lastError"] for rule in rules if rule.get("lastError")} == {}
    assert {rule["health"] for rule in rules} == {"ok"}


def test_a_dashboard_can_be_drawn_from_the_data(
    bundle: RunningBundle, prometheus: Prometheus, tmp_path: Path
) -> None:
    url = f"http://{bundle.node.pod('prometheus-0').ip}:9090"
    for file in sorted((PARTS / "dashboards").iterdir()):
        command = [sys.executable, str(ROOT / "scripts/draw_dashboard.py"), str(file), url]
        done = subprocess.run(
            [*command, "airflow", "af1", "10"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        (tmp_path / f"{file.stem}.svg").write_text(done.stdout)
        ElementTree.fromstring(done.stdout)
        assert done.stdout.count("<polyline") > 3, file.stem


def test_the_gauges_of_a_process_that_is_gone_are_forgotten(
    bundle: RunningBundle, prometheus: Prometheus
) -> None:
    assert prometheus.value("airflow_triggers_running") is not None
    counted = prometheus.value("airflow_triggers_succeeded_total")
    bundle.node.scale(bundle.name("triggerer"), 0)
    end = time.monotonic() + 3 * GAUGE_TTL
    while prometheus.ask("airflow_triggers_running"):
        assert time.monotonic() < end
        time.sleep(2)
    assert prometheus.value("airflow_triggers_succeeded_total") == counted, "counters stay"


def test_the_length_of_a_queue_is_seen(bundle: RunningBundle, prometheus: Prometheus) -> None:
    worker, redis = bundle.name("worker"), bundle.node.pod("af1-redis-0")
    bundle.node.scale(worker, 0)  # it would take what is not for it
    bundle.node.wait_for(
        lambda: not bundle.node.controller(worker).pods, 120, "the worker to have gone"
    )
    assert redis.exec("redis-cli", "lpush", "default", "a", "b").exit_code == 0
    prometheus.wait('redis_key_size{key="default"}', lambda n: n == 2)
    assert redis.exec("redis-cli", "del", "default").exit_code == 0
    prometheus.wait('redis_key_size{key="default"}', lambda n: n == 0)
    bundle.node.scale(worker, 1)
