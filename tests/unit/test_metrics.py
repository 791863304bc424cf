"""Metrics: who sends them, where to, and what the exporter's mapping makes of their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from unit.test_programs import program
from without_node import manifests

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    KubernetesExecutor,
    LocalExecutor,
    MetricMapping,
    PgBouncer,
    PgBouncerExporter,
    ServiceMonitor,
    StatsdExporter,
    WorkerGroup,
)
from cdk8s_airflow.extension import resolve
from cdk8s_airflow.kubernetes.objects import wire_mapping
from cdk8s_airflow.kubernetes.service_monitor import PROMETHEUS
from cdk8s_airflow.parts import statsd_mapping
from cdk8s_airflow.parts.statsd_mapping import BUCKETS, Metric, metrics
from cdk8s_airflow.platform import Role
from cdk8s_airflow.roles import SECTION_ROLES

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
DOCUMENT = Path(__file__).resolve().parents[2] / "docs/metrics.md"
# What statsd_exporter accepts, from its source (pkg/mapper).
GLOB = re.compile(r"(\*|[a-zA-Z_](-?[a-zA-Z0-9_])*)(\.(\*|[a-zA-Z_](-?[a-zA-Z0-9_])*))+")
NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")


def objects(**props: Any) -> dict[str, Any]:
    """`Kind/name` -> manifest."""
    given = AirflowProps(**{"dags": DAGS, "metrics": StatsdExporter(), **props})
    return {f"{o['kind']}/{o['metadata']['name']}": o for o in manifests(given)}


def env(role: Role, namespace: str | None = "airflow", **props: Any) -> dict[str, str | None]:
    given = AirflowProps(**{"dags": DAGS, "metrics": StatsdExporter(), **props})
    parts = resolve(given, "af1", namespace).parts(role)
    found = {variable.name: variable.value for variable in parts.env}
    prefix = "AIRFLOW__METRICS__"
    return {n.removeprefix(prefix): v for n, v in found.items() if n.startswith(prefix)}


def mapping(exporter: StatsdExporter | None = None) -> dict[str, Any]:
    return loaded((exporter or StatsdExporter()).mapping)


@cache
def loaded(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def entries(exporter: StatsdExporter | None = None) -> dict[str, dict[str, Any]]:
    """`match` -> entry."""
    found = mapping(exporter)["mappings"]
    assert len({entry["match"] for entry in found}) == len(found)
    return {entry["match"]: entry for entry in found}


def matched(name: str, exporter: StatsdExporter | None = None) -> dict[str, Any] | None:
    """The entry that the exporter takes for a name: globs first, then regular expressions."""
    found = entries(exporter).values()
    for entry in found:
        glob = "match_type" not in entry and re.escape(entry["match"]).replace(r"\*", "[^.]*")
        if glob and re.fullmatch(glob, name):
            return entry
    regular = (e for e in found if e.get("match_type") == "regex")
    return next((entry for entry in regular if re.search(entry["match"], name)), None)


# --- who sends, and where to


@pytest.mark.parametrize("role", Role)
def test_who_reads_the_section_metrics_gets_the_address(role: Role) -> None:
    sends = role in {
        *(Role.API_SERVER, Role.EXECUTION_API, Role.SCHEDULER, Role.DAG_PROCESSOR),
        *(Role.TRIGGERER, Role.WORKER, Role.TASK),
    }
    assert sends == (role in SECTION_ROLES["metrics"])
    assert env(role) == (
        {
            "STATSD_ON": "True",
            "STATSD_HOST": "af1-statsd.airflow.svc" if role is Role.TASK else "af1-statsd",
            "STATSD_PORT": "9125",
            "STATSD_PREFIX": "airflow",
            "STATSD_INFLUXDB_ENABLED": "True",
            "STATSD_DISABLED_TAGS": "job_id,run_id,result,kwargs",
            "STAT_NAME_HANDLER": "cdk8s_airflow_metrics.stat_name",
            "LEGACY_NAMES_ON": "False",
        }
        if sends
        else {}
    )


def test_who_sends_has_the_module_for_names_where_airflow_looks_for_modules() -> None:
    file = "/opt/airflow/config/cdk8s_airflow_metrics.py"
    for role in Role:
        parts = resolve(AirflowProps(dags=DAGS, metrics=StatsdExporter()), "af1").parts(role)
        paths = [wire_mapping(mount)["mountPath"] for mount in parts.mounts]
        assert (file in paths) == (role in SECTION_ROLES["metrics"]), role


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("ti.start,dag_id=größe,task_id=a b", "ti.start,dag_id=gr__e,task_id=a_b"),
        ("a,file_path=x/y-z.py", "a,file_path=x/y-z.py"),
        ("a,b=1|c:2|#d\n@0.1", "a,b=1_c_2__d__0.1"),
        ("ti.start,dag_id=" + "a" * 250, "ti.start,dag_id=" + "a" * 250),
    ],
)
def test_any_name_makes_one_for_statsd(name: str, sent: str) -> None:
    assert program("cdk8s_airflow_metrics").stat_name(name) == sent


def test_without_a_namespace_a_task_finds_the_service_by_its_name() -> None:
    assert env(Role.TASK, None)["STATSD_HOST"] == "af1-statsd"


def test_an_older_airflow_does_not_get_an_option_that_it_does_not_know() -> None:
    assert "LEGACY_NAMES_ON" not in env(Role.SCHEDULER, airflow_version="3.1.8")
    assert env(Role.SCHEDULER, airflow_version="3.2.0")["LEGACY_NAMES_ON"] == "False"


def test_with_ipv6_the_address_is_asked_for_as_one() -> None:
    assert env(Role.SCHEDULER, ip_families=["IPv6"])["STATSD_IPV6"] == "True"
    assert "STATSD_IPV6" not in env(Role.SCHEDULER)


def test_the_lists_of_metrics_and_tags_are_the_users() -> None:
    config = {"metrics": {"metrics_block_list": "ti_", "statsd_disabled_tags": "task_id"}}
    found = env(Role.SCHEDULER, config=config)
    assert found["METRICS_BLOCK_LIST"] == "ti_"
    assert found["STATSD_DISABLED_TAGS"] == "task_id"


@pytest.mark.parametrize(
    "props",
    [
        {"config": {"metrics": {"statsd_host": "statsd.example.com"}}},
        {"config": {"metrics": {"statsd_on": False}}},
        {"config": {"metrics": {"legacy_names_on": True}}},
        {"env": {"AIRFLOW__METRICS__STATSD_PORT": "8125"}},
        {
            "executor": CeleryExecutor(
                workers=[WorkerGroup(env={"AIRFLOW__METRICS__STATSD_PREFIX": "mine"})]
            )
        },
    ],
)
def test_an_option_that_the_exporter_sets_is_refused(props: Mapping[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\[metrics\] \w+ is set by metrics=StatsdExporter"):
        objects(**props)
    objects(metrics=None, **props)


@pytest.mark.parametrize("option", ["otel_on", "statsd_datadog_enabled"])
def test_another_way_for_metrics_beside_the_exporter_is_refused(option: str) -> None:
    config = {"metrics": {option: True}}
    with pytest.raises(ValueError, match=rf"\[metrics\] {option} would send metrics elsewhere"):
        objects(config=config)


def test_a_statsd_of_ones_own_needs_no_exporter() -> None:
    config = {"metrics": {"statsd_on": True, "statsd_host": "statsd.example.com"}}
    found = objects(metrics=None, config=config)
    assert not any("statsd" in name for name in found)
    rules = found["NetworkPolicy/af1-scheduler"]["spec"]["egress"]
    assert {"port": 8125, "protocol": "UDP"} in [port for rule in rules for port in rule["ports"]]


# --- objects


def test_the_service_has_a_cluster_ip_and_comes_before_those_who_ask_for_it() -> None:
    """A process asks for the address once, and a pod's own changes with the pod."""
    found = objects()
    spec = found["Service/af1-statsd"]["spec"]
    assert spec["type"] == "ClusterIP" and "clusterIP" not in spec
    assert spec["ports"] == [
        {"name": "statsd", "port": 9125, "targetPort": "statsd", "protocol": "UDP"},
        {"name": "metrics", "port": 9102, "targetPort": "metrics", "protocol": "TCP"},
    ]
    names = list(found)
    assert names.index("Service/af1-statsd") < names.index("Deployment/af1-scheduler")


def test_the_pod_is_one_and_nobody_special() -> None:
    spec = objects()["Deployment/af1-statsd"]["spec"]
    (container,) = spec["template"]["spec"]["containers"]
    assert spec["replicas"] == 1, "counters are sums in memory"
    assert container["securityContext"]["runAsUser"] == 65534
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["image"] == "prom/statsd-exporter:v0.28.0"
    assert container["ports"] == [
        {"name": "statsd", "containerPort": 9125, "protocol": "UDP"},
        {"name": "metrics", "containerPort": 9102},
    ]
    assert container["readinessProbe"]["httpGet"] == {"path": "/-/ready", "port": "metrics"}
    assert container["livenessProbe"]["httpGet"] == {"path": "/-/healthy", "port": "metrics"}
    assert "--statsd.listen-tcp=" in container["args"], "Airflow sends UDP alone"
    assert {arg for arg in container["args"] if arg.startswith("--no-")} == {
        "--no-statsd.parse-dogstatsd-tags",
        "--no-statsd.parse-librato-tags",
        "--no-statsd.parse-signalfx-tags",
    }, "a '#' or '[' is no beginning of tags"


def test_a_change_of_the_mapping_replaces_the_pod_of_the_exporter_alone() -> None:
    before, after = objects(), objects(metrics=StatsdExporter(ttl=86400))
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"ConfigMap/af1-statsd", "Deployment/af1-statsd"}


@pytest.mark.parametrize(
    "executor", [CeleryExecutor(), LocalExecutor(), KubernetesExecutor(namespaces=["tasks"])]
)
def test_the_policies_let_senders_in_and_prometheus(executor: Any) -> None:
    found = objects(executor=executor)
    statsd, metrics = found["NetworkPolicy/af1-statsd"]["spec"]["ingress"]
    assert statsd["ports"] == [{"port": 9125, "protocol": "UDP"}]
    senders = {
        peer["podSelector"]["matchLabels"]["app.kubernetes.io/component"] for peer in statsd["from"]
    }
    runs = {LocalExecutor: set(), CeleryExecutor: {"worker"}, KubernetesExecutor: {"task"}}
    everyone = {"api-server", "dag-processor", "scheduler", "triggerer"}
    assert senders == everyone | runs[type(executor)]
    assert metrics == {
        "ports": [{"port": 9102, "protocol": "TCP"}],
        "from": [
            {
                "namespaceSelector": {},
                "podSelector": {"matchLabels": {"app.kubernetes.io/name": "prometheus"}},
            }
        ],
    }
    for name in senders:
        policy = next(v for k, v in found.items() if k.startswith(f"NetworkPolicy/af1-{name}"))
        ports = [port for rule in policy["spec"]["egress"] for port in rule.get("ports", ())]
        assert {"port": 9125, "protocol": "UDP"} in ports


def test_other_readers_take_the_place_of_prometheus() -> None:
    place = {"namespaceSelector": {"matchLabels": {"team": "metrics"}}}
    found = objects(metrics=StatsdExporter(scraped_from=[place]))
    _, rule = found["NetworkPolicy/af1-statsd"]["spec"]["ingress"]
    assert rule["from"] == [place]


def test_annotations_tell_prometheus_unless_a_service_monitor_does() -> None:
    def annotations(exporter: StatsdExporter) -> Any:
        found = objects(metrics=exporter)["Deployment/af1-statsd"]
        return found["spec"]["template"]["metadata"]["annotations"]

    assert (
        annotations(StatsdExporter()).items()
        >= {
            "prometheus.io/scrape": "true",
            "prometheus.io/port": "9102",
            "prometheus.io/path": "/metrics",
        }.items()
    )
    own = StatsdExporter(annotations={"prometheus.io/scrape": "false"})
    assert annotations(own)["prometheus.io/scrape"] == "false"
    monitored = annotations(StatsdExporter(service_monitor=ServiceMonitor()))
    assert not any(name.startswith("prometheus.io") for name in monitored)


def test_a_service_monitor_selects_the_service() -> None:
    monitor = ServiceMonitor(interval="1m", scrape_timeout="30s", labels={"release": "x"})
    found = objects(metrics=StatsdExporter(service_monitor=monitor))
    service, made = found["Service/af1-statsd"], found["ServiceMonitor/af1-statsd"]
    assert made["metadata"]["labels"]["release"] == "x"
    selected = made["spec"]["selector"]["matchLabels"]
    assert selected.items() <= service["metadata"]["labels"].items()
    assert made["spec"]["endpoints"] == [
        {"port": "metrics", "interval": "1m", "scrapeTimeout": "30s"}
    ]


def test_prometheus_finds_the_exporter_of_pgbouncer_and_gets_in() -> None:
    def told(**options: Any) -> tuple[set[str], list[Any]]:
        exporter = PgBouncerExporter(**options)
        found = objects(metrics=None, pgbouncer=PgBouncer(exporter=exporter))
        assert ("ServiceMonitor/af1-pgbouncer" in found) == ("service_monitor" in options)
        rules = found["NetworkPolicy/af1-pgbouncer"]["spec"]["ingress"]
        pod = found["Deployment/af1-pgbouncer"]["spec"]["template"]["metadata"]
        annotations = {
            f"{name}={value}" for name, value in pod["annotations"].items() if "prometheus" in name
        }
        return annotations, [rule["from"] for rule in rules if rule["ports"][0]["port"] == 9127]

    own = {"podSelector": {"matchLabels": {"app": "scraper"}}}
    by_annotations = {
        *("prometheus.io/scrape=true", "prometheus.io/port=9127", "prometheus.io/path=/metrics"),
    }
    assert told() == (by_annotations, [[PROMETHEUS]])
    assert told(service_monitor=ServiceMonitor()) == (set(), [[PROMETHEUS]])
    assert told(scraped_from=[own]) == (by_annotations, [[own]])


# --- the mapping


def test_the_exporter_accepts_every_entry() -> None:
    for match, entry in entries().items():
        if entry.get("match_type") == "regex":
            assert re.compile(match)
        else:
            assert GLOB.fullmatch(match), match
        assert NAME.fullmatch(entry["name"])
        assert all(len(label) > 1 for label in entry.get("labels", {})), "one letter is refused"


@pytest.mark.parametrize("metric", metrics(), ids=lambda metric: metric.name)
def test_each_metric_of_airflow_has_a_name_and_a_help(metric: Metric) -> None:
    sent = f"airflow.{re.sub('{job_name}', 'schedulerjobrunner', metric.name)}"
    sent = sent.replace("{dag_file}", "team.reports")
    entry = matched(sent)
    assert entry is not None and entry.get("action") != "drop", sent
    assert entry["name"] == metric.exported
    assert entry["name"].startswith("airflow_") and "airflow_airflow" not in entry["name"]
    assert entry["name"].endswith("_total") == (metric.type == "counter")
    assert ("histogram_options" in entry) == (metric.type == "timer")
    if metric.type == "timer":
        assert entry["name"].endswith("_seconds"), "the exporter divides milliseconds by 1000"
    assert entry["help"] and "Milliseconds" not in entry["help"]


def test_two_metrics_share_a_name_only_with_labels_that_differ() -> None:
    seen: dict[tuple[str, str], str] = {}
    for entry in mapping()["mappings"]:
        if entry.get("action") == "drop" or "$1" in str(entry.get("labels")):
            continue
        key = (entry["name"], str(entry.get("labels")))
        assert key not in seen, (entry["match"], seen[key])
        seen[key] = entry["match"]


def test_metrics_of_one_name_have_one_help_and_one_sort_of_buckets() -> None:
    """The exporter answers a scrape with 500 where two helps differ."""
    seen: dict[str, tuple[Any, ...]] = {}
    for entry in entries().values():
        if entry.get("action") != "drop":
            told = (entry["help"], entry.get("histogram_options"), entry.get("ttl"))
            assert seen.setdefault(entry["name"], told) == told


@pytest.mark.parametrize(
    ("sent", "name", "labels"),
    [
        ("airflow.ti.finish", "airflow_ti_finish_total", None),
        ("airflow.dagrun.duration.failed", "airflow_dagrun_duration_seconds", {"state": "failed"}),
        ("airflow.dagrun.dependency-check", "airflow_dagrun_dependency_check_seconds", None),
        ("airflow.job_start", "airflow_job_start_total", {"job_name": "$1"}),
        ("airflow.airflow.io.load_filesystems", "airflow_io_load_filesystems_seconds", None),
        # Airflow takes these names where there are several executors.
        (
            "airflow.executor.open_slots.CeleryExecutor",
            "airflow_executor_open_slots",
            {"executor_class_name": "$1"},
        ),
        # Before Airflow 3.2 there is no other name.
        (
            "airflow.dag_processing.last_run.seconds_ago.reports",
            "airflow_dag_processing_last_run_seconds_ago",
            {"file_name": "$1"},
        ),
    ],
)
def test_names_with_parts_become_labels(
    sent: str, name: str, labels: Mapping[str, str] | None
) -> None:
    entry = matched(sent)
    assert entry is not None
    assert (entry["name"], entry.get("labels")) == (name, labels)


@pytest.mark.parametrize(
    "sent",
    [
        "airflow.ti.finish.my.dag.my.task.success",
        "airflow.dagrun.duration.success.my.dag",
        # Airflow 3.3 sends this one whatever its options say.
        "airflow.dagrun.my.dag.first_task_scheduling_delay",
        "airflow.dag.my_dag.my_task.duration",
        "airflow.dag_processing.last_duration.reports",
        "airflow.operator_failures_BashOperator",
        "airflow.pool.open_slots.default_pool",
    ],
)
def test_a_second_name_for_the_same_is_dropped(sent: str) -> None:
    entry = matched(sent)
    assert entry is not None and entry["action"] == "drop"


@pytest.mark.parametrize("sent", ["airflow.orders.loaded", "airflow.my_start", "airflow.dag.size"])
def test_other_metrics_are_kept_or_dropped(sent: str) -> None:
    assert matched(sent) is None
    dropped = matched(sent, StatsdExporter(unknown="drop"))
    assert dropped is not None and dropped["action"] == "drop"


def test_gauges_that_are_sent_all_the_time_are_forgotten_soon() -> None:
    exporter = StatsdExporter(ttl=86400, gauge_ttl=120)
    found = entries(exporter)
    assert mapping(exporter)["defaults"]["ttl"] == "86400s"
    soon = {match for match, entry in found.items() if entry.get("ttl") == "120s"}
    gauges = {f"airflow.{m.name}" for m in metrics() if m.type == "gauge"}
    assert soon & gauges == gauges - {
        *("airflow.api_server.dag_bag.cache_size", "airflow.scheduler.dag_bag.cache_size"),
        *("airflow.kubernetes_executor.pod_creation_batch_size", "airflow.ol.event.size"),
        "airflow.dag_processing.last_num_of_db_queries.{dag_file}",
    }
    assert all(entry.get("ttl") in (None, "120s") for entry in found.values())
    assert StatsdExporter().ttl == 7 * 24 * 3600, "a week, in which most DAGs run"
    assert StatsdExporter().gauge_ttl == 600, "ten times what a gauge needs"


def test_buckets_fit_what_is_measured() -> None:
    def bounds(name: str, **buckets: Any) -> Any:
        entry = entries(StatsdExporter(**buckets))[f"airflow.{name}"]
        return entry["histogram_options"]["buckets"]

    assert bounds("task.duration")[-1] == 86400, "tasks take up to a day"
    assert bounds("task.queued_duration")[-1] == 3600
    assert 50 in bounds("dag_processing.last_duration"), "then the processor is killed"
    assert bounds("scheduler.scheduler_loop_duration")[0] == 0.005
    assert bounds("task.duration", buckets={"task": [60, 600.5]}) == [60, 600.5]
    assert bounds("task.queued_duration", buckets={"task": [60]}) == list(BUCKETS["delay"])
    default = mapping(StatsdExporter(buckets={"custom": [1]}))["defaults"]
    assert default["histogram_options"]["buckets"] == [1]
    assert default["observer_type"] == "histogram"


def test_a_timer_that_airflow_sends_in_seconds_is_scaled() -> None:
    """StatsD's timers are in milliseconds, and this one alone is not."""
    scaled = {match: entry["scale"] for match, entry in entries().items() if "scale" in entry}
    assert scaled == {"airflow.dag_processing.last_duration": 1000}


def test_the_docs_have_these_names_and_buckets() -> None:
    text = DOCUMENT.read_text()
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([\d., ]+) \|$", text, re.MULTILINE)
    told = {kind: [float(bound) for bound in bounds.split(", ")] for kind, bounds in rows}
    assert told == {kind: list(bounds) for kind, bounds in BUCKETS.items()}
    own = {"airflow_orders_loaded"}
    names = set(re.findall(r"`(airflow_\w{3,})[`{]", text)) - own
    assert len(names) > 12 and names <= {metric.exported for metric in metrics()}


def test_buckets_are_named_for_metrics_that_there_are() -> None:
    names = {metric.name for metric in metrics() if metric.type == "timer"}
    assert statsd_mapping._KINDS.keys() <= names
    assert statsd_mapping._STATES.keys() <= names
    gauges = {metric.name for metric in metrics() if metric.type == "gauge"}
    assert statsd_mapping._SENT_ON_CHANGE <= gauges


def test_a_mapping_of_ones_own_takes_the_place_of_airflows() -> None:
    own = MetricMapping(match="airflow.ti.finish", name="finished_total", ttl=60)
    exporter = StatsdExporter(extra_mappings=[own])
    assert mapping(exporter)["mappings"][0] == {
        "match": "airflow.ti.finish",
        "name": "finished_total",
        "ttl": "60s",
    }
    assert entries(exporter)["airflow.ti.finish"]["name"] == "finished_total"


def test_the_text_of_a_mapping_survives_any_character() -> None:
    own = MetricMapping(match="^airflow\\.a", regex=True, name="a", help='"quoted": \\ #\n- x')
    entry = entries(StatsdExporter(extra_mappings=[own]))["^airflow\\.a"]
    assert entry == {
        "match": "^airflow\\.a",
        "match_type": "regex",
        "name": "a",
        "help": '"quoted": \\ #\n- x',
    }


# --- refusals


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"match": "orders.*", "name": "a"}, "matches nothing: all names begin with 'airflow.'"),
        ({"match": "airflow.a*", "name": "a"}, "expected parts of letters"),
        ({"match": "airflow", "name": "a"}, "expected parts of letters"),
        ({"match": "(", "regex": True, "name": "a"}, "regex=True.*missing"),
        ({"match": "airflow.a"}, "name=''.*expected a name"),
        ({"match": "airflow.a", "name": "a-b"}, "name='a-b'.*expected a name"),
        ({"match": "airflow.a", "name": "a", "drop": True}, "settings of a metric that is left"),
        ({"match": "airflow.a", "name": "a", "labels": {"x-y": "1"}}, "has 'x-y'"),
        ({"match": "airflow.a", "name": "a", "labels": {"__x": "1"}}, "has '__x'"),
        ({"match": "airflow.a", "name": "a", "labels": {"x": "1"}}, "has 'x'"),
        ({"match": "airflow.a", "name": "a", "buckets": [2, 1]}, "more than the one before"),
        ({"match": "airflow.a", "name": "a", "buckets": []}, "more than the one before"),
        ({"match": "airflow.a", "name": "a", "ttl": 0}, "1 or more seconds"),
    ],
)
def test_a_mapping_that_the_exporter_refuses_is_refused(given: Any, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        MetricMapping(**given)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"gauge_ttl": 59}, "expected 60 or more seconds, as Airflow sends some gauges once a min"),
        ({"ttl": 599}, "ttl=599.*expected gauge_ttl=600 or more"),
        ({"buckets": {"task": [1, 1]}}, "more than the one before"),
        ({"scraped_from": []}, "nobody could read the metrics"),
        (
            {"extra_mappings": [MetricMapping(match="airflow.a", drop=True)] * 2},
            "twice: leave one out",
        ),
        (
            {
                "extra_mappings": [
                    MetricMapping(match="airflow.a", name="a", help="One."),
                    MetricMapping(match="airflow.b", name="a", help="Two."),
                ]
            },
            "StatsdExporter.extra_mappings=....: 'a' would have two descriptions, 'One.' and "
            "'Two.', and no scrape would succeed: give",
        ),
        (
            {"extra_mappings": [MetricMapping(match="airflow.a", name="airflow_ti_start_total")]},
            "'airflow_ti_start_total' would have two descriptions",
        ),
        (
            {"gauge_ttl": 1, "buckets": {"loop": [0]}},
            r"gauge_ttl=1\)(?s:.*)more than the one before",
        ),
    ],
)
def test_an_exporter_that_cannot_work_is_refused(given: Any, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        StatsdExporter(**given)


def test_kinds_of_buckets_are_known() -> None:
    with pytest.raises(TypeError, match="buckets"):
        StatsdExporter(buckets={"tasks": [1]})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"interval": "30"}, "interval='30'.*expected a duration"),
        ({"interval": ""}, "expected a duration"),
        ({"scrape_timeout": "1d"}, "scrape_timeout='1d'.*expected a duration"),
        ({"interval": "1m", "scrape_timeout": "1m1s"}, "longer than interval='1m'"),
    ],
)
def test_a_service_monitor_that_prometheus_refuses_is_refused(given: Any, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        ServiceMonitor(**given)
