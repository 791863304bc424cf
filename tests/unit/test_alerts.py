"""Alerts: which a release has, what they say and to whom, and what is refused."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from bundle.test_props_are_live import WATCHED
from unit.test_programs import program
from without_node import manifests

from cdk8s_airflow import (
    AirflowProps,
    Alert,
    Alerts,
    Backup,
    CeleryExecutor,
    Certificate,
    ClaimTemplate,
    DagProcessorProps,
    DagsFolder,
    DatabaseCleanup,
    EmbeddedPostgresql,
    GitDags,
    HttpRoute,
    Ingress,
    KedaAutoscaling,
    KubernetesExecutor,
    LocalExecutor,
    Logs,
    LogVolume,
    PgBouncer,
    Restore,
    S3Backups,
    SchedulerProps,
    SecretKey,
    StatsdExporter,
    ThresholdAlert,
    TriggererProps,
    VolumeClaim,
    WorkerGroup,
)
from cdk8s_airflow.extension import resolve
from cdk8s_airflow.parts.alert_rules import AIRFLOWS, AlertRule
from cdk8s_airflow.parts.alert_rules_servers import CERTIFICATES, CLUSTERS, DATABASES
from cdk8s_airflow.parts.statsd_mapping import metrics
from cdk8s_airflow.platform import Role
from cdk8s_airflow.values import read_values
from cdk8s_airflow.values.docstrings import field_docstrings

ROOT = Path(__file__).resolve().parents[2]
DAGS = DagsFolder(str(ROOT / "dags"))
GIT = GitDags(repository="https://git.example.com/team/dags.git")
RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
KEY = SecretKey(name="identity", key="key")
PAGE = ROOT / "docs/alerts.md"
ALL = (*AIRFLOWS, *DATABASES, *CLUSTERS, *CERTIFICATES)
FIELDS = {rule.name: rule.field for rule in ALL}
WITHOUT_METRICS = {"failed_jobs", "database_volume", "broker_volume"}
DEFAULT = WITHOUT_METRICS | {rule.field for rule in AIRFLOWS} - {"bundle_refresh"}
METRIC = re.compile(r"\b([a-z_]+)(?:\{|\[)")


def objects(namespace: str | None = "airflow", **props: Any) -> list[dict[str, Any]]:
    given = AirflowProps(**{"dags": DAGS, "alerts": Alerts(), **props})
    return manifests(given, namespace=namespace)


def rule_object(namespace: str | None = "airflow", **props: Any) -> dict[str, Any]:
    (found,) = [o for o in objects(namespace, **props) if o["kind"] == "PrometheusRule"]
    return found


def rules(namespace: str | None = "airflow", **props: Any) -> dict[str, dict[str, Any]]:
    """Field of `Alerts` -> the rule."""
    (group,) = rule_object(namespace, **props)["spec"]["groups"]
    return {FIELDS[rule["alert"]]: rule for rule in group["rules"]}


def watched(**props: Any) -> dict[str, dict[str, Any]]:
    return rules(**{**WATCHED, **props})


def test_no_alerts_without_the_prop() -> None:
    assert not [o for o in objects(alerts=None) if o["kind"] == "PrometheusRule"]


@pytest.mark.parametrize(
    ("props", "fields"),
    [
        ({}, WITHOUT_METRICS),
        ({"metrics": StatsdExporter()}, DEFAULT),
        ({"metrics": StatsdExporter(), "dags": GIT}, DEFAULT | {"bundle_refresh"}),
        ({"metrics": StatsdExporter(), "dags": [GIT]}, DEFAULT | {"bundle_refresh"}),
        (
            {"metrics": StatsdExporter(), "executor": KubernetesExecutor()},
            DEFAULT - {"worker_queue", "broker_volume"},
        ),
        (
            {"metrics": StatsdExporter(), "executor": LocalExecutor()},
            DEFAULT - {"worker_queue", "broker_volume"},
        ),
        (
            {"metrics": StatsdExporter(), "executors": [KubernetesExecutor(), CeleryExecutor()]},
            DEFAULT,
        ),
        (
            {"metrics": StatsdExporter(), "triggerer": TriggererProps(replicas=0)},
            DEFAULT - {"triggerer_heartbeat", "triggerer_slots", "blocked_triggers"},
        ),
        (
            {
                "metrics": StatsdExporter(),
                "triggerer": TriggererProps(autoscaling=KedaAutoscaling(min_replicas=0)),
            },
            DEFAULT - {"triggerer_heartbeat", "triggerer_slots", "blocked_triggers"},
        ),
        (
            {
                "metrics": StatsdExporter(),
                "triggerer": TriggererProps(autoscaling=KedaAutoscaling(min_replicas=1)),
            },
            DEFAULT,
        ),
        (
            {"metrics": StatsdExporter(), "scheduler": SchedulerProps(replicas=0)},
            DEFAULT - {"scheduler_heartbeat"},
        ),
        (
            {"metrics": StatsdExporter(), "dag_processor": DagProcessorProps(replicas=0)},
            DEFAULT - {"dag_processor_heartbeat"},
        ),
        ({"database_cleanup": DatabaseCleanup()}, WITHOUT_METRICS | {"missed_jobs"}),
        ({"pgbouncer": PgBouncer()}, WITHOUT_METRICS),
        (
            {"ingress": Ingress(host="a.example.com", tls=Certificate(issuer="x"))},
            WITHOUT_METRICS | {"certificate"},
        ),
        ({"ingress": Ingress(host="a.example.com", tls="own")}, WITHOUT_METRICS),
        ({"logs": Logs(store=LogVolume(claim="logs"))}, WITHOUT_METRICS | {"log_volume"}),
        (
            {
                "executor": CeleryExecutor(
                    workers=[WorkerGroup(persistence=ClaimTemplate(size="5Gi"))]
                )
            },
            WITHOUT_METRICS | {"log_volume"},
        ),
        ({**WATCHED}, {rule.field for rule in ALL}),
    ],
)
def test_a_release_has_the_alerts_that_can_fire(props: dict[str, Any], fields: set[str]) -> None:
    assert set(rules(**props)) == fields


@pytest.mark.parametrize("suspended", [True, "tasks"])
def test_a_stopped_release_does_not_wake_anybody(suspended: Any) -> None:
    stopped = {"scheduler_heartbeat", "dag_processor_heartbeat", "triggerer_heartbeat"}
    stopped |= {"queued_tasks", "worker_queue", "missed_jobs"}
    assert set(watched(suspended=suspended)) == {rule.field for rule in ALL} - stopped
    # What the user has set is no error for that: the release goes on one day.
    watched(suspended=suspended, alerts=Alerts(queued_tasks=ThresholdAlert(threshold=5)))


def test_the_jobs_of_backups_are_watched_and_a_restore_is_no_outage() -> None:
    backup: dict[str, Any] = {"store": S3Backups(bucket="airflow-backups"), "encrypt_to": RECIPIENT}
    found = watched(backup=Backup(**backup))
    assert "|af1-backup-[0-9]+|" in found["failed_jobs"]["expr"]
    assert '"af1-database-cleanup|af1-backup"' in found["missed_jobs"]["expr"]
    during = watched(backup=Backup(**backup, restore=Restore(identity=KEY)))
    assert "scheduler_heartbeat" not in during
    assert "failed_jobs" in during


@pytest.mark.parametrize(
    ("field", "props", "message"),
    [
        ("queued_tasks", {}, r"never fire: nobody sends this metric: set metrics=StatsdExporter"),
        ("worker_queue", {"executor": LocalExecutor()}, "queues are Celery's, and executor= is"),
        ("bundle_refresh", {}, "only GitDags are refreshed by Airflow from elsewhere"),
        (
            "triggerer_slots",
            {"triggerer": TriggererProps(replicas=0)},
            "triggerer= may have no pod, by replicas or autoscaling",
        ),
        (
            "scheduler_heartbeat",
            {"scheduler": SchedulerProps(replicas=0)},
            "scheduler= may have no pod",
        ),
        (
            "database_connections",
            {"database": EmbeddedPostgresql()},
            r"nobody asks the database: set exporter=PostgresqlExporter\(\)",
        ),
        (
            "pgbouncer_clients",
            {"pgbouncer": PgBouncer()},
            r"set pgbouncer=PgBouncer\(exporter=PgBouncerExporter\(\)\)",
        ),
        ("missed_jobs", {}, "the release has no CronJob, such as database_cleanup"),
        ("log_volume", {}, "no volume is for logs: .*folders of pods have no metric"),
        ("certificate", {}, "the release has no certificate of cert-manager"),
        ("broker_volume", {"executor": LocalExecutor()}, "no embedded broker with a volume"),
    ],
)
def test_an_alert_that_is_asked_for_must_work(
    field: str, props: dict[str, Any], message: str
) -> None:
    plain = "heartbeat" in field or "refresh" in field
    asked: dict[str, Any] = {field: Alert() if plain else ThresholdAlert()}
    metrics = {} if field == "queued_tasks" else {"metrics": StatsdExporter()}
    with pytest.raises(ValueError, match=rf"alerts=Alerts\({field}=\.\.\.\) would .*{message}"):
        objects(**{**metrics, **props, "alerts": Alerts(**asked)})
    assert field not in rules(**{**metrics, **props})


def test_all_alerts_that_cannot_work_are_one_error() -> None:
    asked = Alerts(queued_tasks=ThresholdAlert(threshold=1), worker_queue=ThresholdAlert())
    with pytest.raises(ValueError, match=r"queued_tasks=(.|\n)*worker_queue="):
        objects(alerts=asked)


def test_none_switches_an_alert_off() -> None:
    off = Alerts(pool_slots=None, certificate=None)
    assert set(watched()) - set(watched(alerts=off)) == {"pool_slots", "certificate"}


def test_alerts_without_any_are_refused() -> None:
    with pytest.raises(ValueError, match=r"has no alert: switch one on, or leave alerts= out"):
        objects(alerts=Alerts(**dict.fromkeys(Alerts().all)))


@pytest.mark.parametrize("rule", [rule for rule in ALL if rule.threshold is not None])
def test_a_threshold_is_the_user_s(rule: AlertRule) -> None:
    own: dict[str, Any] = {rule.field: ThresholdAlert(threshold=0.625)}
    changed = watched(alerts=Alerts(**own))[rule.field]
    plain = watched()[rule.field]
    assert re.search(rf"[<>]=? {rule.threshold:g}\b", plain["expr"])
    assert re.search(r"[<>]=? 0\.625\b", changed["expr"])
    assert {**changed, "expr": ""} == {**plain, "expr": ""}


def test_duration_and_severity_are_the_user_s() -> None:
    changed = watched(alerts=Alerts(failed_jobs=Alert(pending="1h30m", severity="info")))
    assert changed["failed_jobs"]["for"] == "1h30m"
    assert changed["failed_jobs"]["labels"]["severity"] == "info"
    only = watched(alerts=Alerts(failed_jobs=Alert(severity="info")))
    assert only["failed_jobs"]["for"] == watched()["failed_jobs"]["for"] == "1m"


def test_every_alert_says_what_is_wrong_where_and_what_to_do() -> None:
    for field, rule in watched().items():
        labels, texts = rule["labels"], rule["annotations"]
        assert labels["severity"] in ("critical", "warning")
        assert labels["namespace"] == "airflow"
        assert labels["airflow_release"] == "af1"
        assert texts["summary"].startswith("Airflow af1 in airflow: ")
        assert len(texts["summary"]) < 140
        assert texts["description"].endswith(".")
        assert texts["runbook"] == f"docs/runbooks/{field.replace('_', '-')}.md"
        assert "runbook_url" not in texts


def test_labels_and_runbooks_are_the_user_s() -> None:
    alerts = Alerts(
        labels={"release": "prometheus"},
        alert_labels={"team": "data"},
        runbooks="https://wiki.example.com/airflow/",
    )
    made = rule_object(alerts=alerts)
    assert made["metadata"]["labels"]["release"] == "prometheus"
    for rule in made["spec"]["groups"][0]["rules"]:
        assert rule["labels"]["team"] == "data"
        page = rule["annotations"]["runbook"].removeprefix("docs/runbooks/")
        assert rule["annotations"]["runbook_url"] == f"https://wiki.example.com/airflow/{page}"


def test_metrics_are_told_apart_by_labels() -> None:
    def silent(**more: Any) -> str:
        expr: str = rules(metrics=StatsdExporter(), **more)["scheduler_heartbeat"]["expr"]
        return expr

    assert silent().count('{namespace="airflow",app_kubernetes_io_instance="af1"}') == 2
    assert silent(namespace=None).count('{app_kubernetes_io_instance="af1"}') == 2
    own = Alerts(selector={"job": 'air"flow'})
    assert silent(alerts=own).count(r'{job="air\"flow"}') == 2


def test_without_a_namespace_objects_are_told_apart_by_name() -> None:
    found = rules(namespace=None)
    assert "kube_job_failed{condition=" in found["failed_jobs"]["expr"]
    assert "namespace" not in found["failed_jobs"]["labels"]
    assert found["failed_jobs"]["annotations"]["summary"].startswith("Airflow af1: ")


@pytest.mark.parametrize(
    ("field", "names", "others"),
    [
        (
            "failed_jobs",
            ["af1-migrations-0a1b2c3d", "af1-database-cleanup-29384756"],
            ["af1-b-migrations-0a1b2c3d", "xaf1-migrations-0a1b2c3d", "af1-mine"],
        ),
        ("missed_jobs", ["af1-database-cleanup"], ["af1-b-database-cleanup"]),
        ("database_volume", ["data-af1-postgresql-0"], ["data-af1-redis-0"]),
        ("broker_volume", ["data-af1-redis-0"], ["data-af1-b-redis-0"]),
        ("log_volume", ["logs"], ["logs-2"]),
        ("certificate", ["af1-api-server-tls"], ["af2-api-server-tls"]),
    ],
)
def test_objects_are_the_release_s(field: str, names: list[str], others: list[str]) -> None:
    pattern = re.search(r'=~"([^"]+)"', watched()[field]["expr"])
    assert pattern
    assert [name for name in names if not re.fullmatch(pattern[1], name)] == []
    assert [name for name in others if re.fullmatch(pattern[1], name)] == []


def test_a_volume_that_the_bundle_makes_is_watched_by_its_name() -> None:
    made = LogVolume(claim=VolumeClaim(size="5Gi"))
    assert '"af1-logs"' in rules(logs=Logs(store=made))["log_volume"]["expr"]
    group = WorkerGroup(persistence=ClaimTemplate(size="5Gi"))
    found = rules(executor=CeleryExecutor(workers=[group]))["log_volume"]["expr"]
    assert '"logs-af1-worker-[0-9]+"' in found


def test_certificates_of_a_gateway_s_listener_are_not_the_release_s() -> None:
    route = HttpRoute(gateway="shared", host="a.example.com")
    assert "certificate" not in rules(exposure=route)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Alert(pending="5"), r"Alert\(pending='5'\): expected a duration such as '10m'"),
        (lambda: Alert(pending="0s"), "expected a duration"),
        (lambda: ThresholdAlert(pending="x"), r"ThresholdAlert\(pending='x'\): expected a dur"),
        (lambda: ThresholdAlert(threshold=-1), r"threshold=-1\): expected 0 or more"),
        (lambda: ThresholdAlert(threshold=float("nan")), "expected 0 or more"),
        (lambda: ThresholdAlert(threshold=float("inf")), "expected 0 or more"),
        (
            lambda: Alerts(log_volume=ThresholdAlert(threshold=15)),
            r"log_volume=ThresholdAlert\(threshold=15\)\): expected a part of the whole",
        ),
        (
            lambda: Alerts(alert_labels={"severity": "x"}),
            "has 'severity', which the alerts have themselves",
        ),
        (lambda: Alerts(alert_labels={"a-b": "x"}), "'a-b': expected a name such as 'team'"),
        (lambda: Alerts(selector={"a-b": "x"}), "'a-b': expected a label such as 'job'"),
        (lambda: Alerts(selector={}), "would mix all releases: name labels, or leave it out"),
        (
            lambda: Alerts(runbooks="wiki"),
            r"Alerts\(runbooks='wiki'\): expected a URL such as 'https://wiki.example.com/airflow'",
        ),
    ],
)
def test_what_cannot_be_is_refused(make: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


def test_a_plain_alert_has_no_threshold() -> None:
    with pytest.raises(TypeError, match="Alert has no prop 'threshold'"):
        Alert(threshold=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="expected ThresholdAlert or None, got Alert"):
        Alerts(pool_slots=Alert())  # type: ignore[arg-type]


def test_all_problems_are_one_error() -> None:
    with pytest.raises(ValueError, match=r"'a-b'(.|\n)*runbooks"):
        Alerts(alert_labels={"a-b": "x"}, runbooks="x")


def test_a_values_file_says_the_same(tmp_path: Path) -> None:
    file = tmp_path / "af1.yaml"
    file.write_text(
        "metrics: {kind: StatsdExporter}\n"
        f"dags: {{kind: DagsFolder, path: {ROOT / 'dags'}}}\n"
        "alerts:\n"
        "  labels: {release: prometheus}\n"
        "  workerQueue: {threshold: 500, pending: 30m}\n"
        "  poolSlots: null\n"
        "dashboards: {folder: Airflow}\n"
    )
    (release,) = read_values([file], defaults=AirflowProps())
    assert release.props.alerts == Alerts(
        labels={"release": "prometheus"},
        worker_queue=ThresholdAlert(threshold=500, pending="30m"),
        pool_slots=None,
    )


def test_every_alert_has_a_runbook_and_every_runbook_an_alert() -> None:
    pages = {path.name: path.read_text() for path in (ROOT / "docs/runbooks").iterdir()}
    assert set(pages) == {rule.page for rule in ALL}
    for rule in ALL:
        headings = re.findall(r"^#+ (.+)$", pages[rule.page], re.MULTILINE)
        wanted = [rule.name, "What it means", "How to see it", "What to do"]
        assert [heading for heading in headings if heading in wanted] == wanted


def test_the_table_of_alerts_in_the_docs_is_current() -> None:
    texts = field_docstrings(Alerts)
    for rule in ALL:
        limit = "" if rule.threshold is None else f"{rule.threshold:g}"
        text = " ".join(texts[rule.field].split()).rstrip(".")
        row = (
            f"| [{rule.name}](runbooks/{rule.page}) | `{rule.field}` | {text} | {limit} "
            f"| {rule.pending} | {rule.severity} |"
        )
        assert row in PAGE.read_text(), row


def exported() -> set[str]:
    """The names of Airflow's metrics in Prometheus."""
    parts = {"timer": ("_bucket", "_count", "_sum"), "counter": ("",), "gauge": ("",)}
    return {metric.exported + part for metric in metrics() for part in parts[metric.type]}


def of_others() -> set[str]:
    """The metrics of the cluster, as the docs list them."""
    table = PAGE.read_text().partition("### Metrics of others")[2].partition("## ")[0]
    return set(re.findall(r"^\| `(\w+)` \| [\w-]+ \|$", table, re.MULTILINE))


def test_every_metric_of_an_alert_is_sent_by_somebody() -> None:
    for rule in AIRFLOWS:
        found = set(METRIC.findall(rule.expr))
        assert found
        assert found <= exported(), rule.field
    for rule in DATABASES:  # tests/integration/test_u_metrics.py scrapes them
        assert all(name.startswith(("pg_", "pgbouncer_")) for name in METRIC.findall(rule.expr))
    outside = [name for rule in (*CLUSTERS, *CERTIFICATES) for name in METRIC.findall(rule.expr)]
    assert set(outside) == of_others()


# Refreshes of bundles: what Airflow does not count.


class Bundle:
    """Airflow's git bundle, as far as a subclass sees it."""

    name = "team dags"
    broken = False

    def initialize(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        if self.broken:
            raise RuntimeError("git is away")


@pytest.fixture(params=["airflow.observability.stats", "airflow.stats"])
def counted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The class of the program, and what it has counted; in new and old versions of Airflow."""
    sent: list[tuple[str, dict[str, str]]] = []

    class Stats:
        @staticmethod
        def incr(name: str, tags: dict[str, str]) -> None:
            sent.append((name, tags))

    names = ["airflow", "airflow.providers", "airflow.providers.git"]
    names += ["airflow.providers.git.bundles", "airflow.providers.git.bundles.git"]
    names += ["airflow.observability"] if "observability" in request.param else []
    for name in (*names, request.param):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setattr(sys.modules[names[4]], "GitDagBundle", Bundle, raising=False)
    monkeypatch.setattr(sys.modules[request.param], "Stats", Stats, raising=False)
    return program("cdk8s_airflow_bundles").CountedGitDagBundle(), sent


def test_refreshes_are_counted_and_failures_go_on(counted: Any) -> None:
    bundle, sent = counted
    tags = {"bundle_name": "team dags"}
    bundle.initialize()  # which refreshes, as Airflow's does
    bundle.refresh()
    assert sent == [("dag_bundle.refreshed", tags)] * 2
    bundle.broken = True
    for method in (bundle.initialize, bundle.refresh, bundle.initialize):
        sent.clear()
        with pytest.raises(RuntimeError, match="git is away"):
            method()
        assert sent == [("dag_bundle.refresh_failed", tags)]


def test_the_dag_processor_alone_counts_refreshes() -> None:
    """Others never refresh a bundle; and without metrics nobody would hear of it."""
    option = "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST"
    counting = "cdk8s_airflow_bundles.CountedGitDagBundle"
    for exporter in (StatsdExporter(), None):
        platform = resolve(AirflowProps(dags=GIT, metrics=exporter), "af1")
        found = {role: {v.name: v.value for v in platform.parts(role).env} for role in Role}
        values = {role: env[option] or "" for role, env in found.items() if option in env}
        assert set(values) == {Role.DAG_PROCESSOR, Role.WORKER, Role.TASK}
        own = {Role.DAG_PROCESSOR} if exporter else set()
        assert {role for role, value in values.items() if counting in value} == own
        plain = "airflow.providers.git.bundles.git.GitDagBundle"
        assert len({value.replace(counting, plain) for value in values.values()}) == 1


def test_other_dags_are_as_they_were() -> None:
    platform = resolve(AirflowProps(dags=DAGS, metrics=StatsdExporter()), "af1")
    assert "cdk8s_airflow_bundles" not in str(platform.parts(Role.DAG_PROCESSOR))
