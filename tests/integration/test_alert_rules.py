"""Alerts and dashboards, as the real promtool reads them: what fires, and what does not."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import cdk8s
import pytest
import yaml
from bundle.test_props_are_live import WATCHED
from integration.test_airflow_options import AIRFLOW, ROOT, environment

from cdk8s_airflow import AirflowChart, AirflowProps, Alerts, Dashboards

Series = Mapping[str, str]
"""A series -> its values, one a minute, in promtool's notation."""
OWN = 'namespace="airflow",app_kubernetes_io_instance="af1"'
_NAMESPACE = ('namespace="airflow"', 'namespace="other"')
_NAMES = {
    **dict.fromkeys(("airflow", "pg", "pgbouncer"), ('instance="af1"', 'instance="af2"')),
    **dict.fromkeys(("kube", "certmanager"), ('="af1-', '="af2-')),
    "kubelet": ("-af1-", "-af2-"),
}
"""Beginning of a metric -> what is this release's, and what another's."""


def own(metric: str, labels: str = "") -> str:
    return f"{metric}{{{OWN}{labels and ','}{labels}}}"


def claim(metric: str, name: str) -> str:
    return (
        f'kubelet_volume_stats_{metric}_bytes{{namespace="airflow",persistentvolumeclaim="{name}"}}'
    )


def certificate(what: str, namespace: str) -> str:
    return (
        f'certmanager_certificate_{what}_timestamp_seconds{{{namespace},name="af1-api-server-tls"}}'
    )


class Case(NamedTuple):
    """What fires an alert, and what does not."""

    minute: int
    """When it fires; half of `for` before it does not yet."""
    firing: Series
    summary: str
    """What a person reads, after the name of the release."""
    quiet: Sequence[Series]
    labels: Mapping[str, str] = {}
    """Labels beside those of the rule."""


def silent(name: str, minutes: int) -> Case:
    metric = own(f"airflow_{name.replace(' ', '_').lower()}_heartbeat_total")
    text = f"no {name} has given a sign of life for {minutes} minutes"
    return Case(25, {metric: "0+12x10 120x40"}, text, [{metric: "0+12x60"}])


def filling(what: str, name: str) -> Case:
    free, whole = claim("available", name), claim("capacity", name)
    return Case(
        20,
        {free: "10x60", whole: "100x60"},
        f"{what} {name} has only 10% free",
        [{free: "20x60", whole: "100x60"}, {free: "10x5 20x60", whole: "100x60"}],
        {"persistentvolumeclaim": name},
    )


QUEUED = own("airflow_ti_queued", 'dag_id="a",queue="default",task_id="t"')
STARTS = own("airflow_ti_start_total", 'dag_id="a",task_id="t"')
SLOTS = own("airflow_executor_open_slots", 'executor_class_name="CeleryExecutor",status="open"')
OPEN = own("airflow_pool_open_slots", 'pool_name="etl"')
WAITING = own("airflow_pool_scheduled_slots", 'pool_name="etl"')
ERRORS = own("airflow_dag_processing_import_errors")
FILE = 'bundle_name="dags",file_name="slow"'
TOOK = own("airflow_dag_processing_last_duration_seconds_sum", FILE)
PARSED = own("airflow_dag_processing_last_duration_seconds_count", FILE)
KILLED = own("airflow_dag_processing_processor_timeouts_total", 'file_path="slow.py"')
LEFT = [own("airflow_triggerer_capacity_left", f'hostname="af1-triggerer-{n}"') for n in (0, 1)]
BLOCKED = own("airflow_triggers_blocked_main_thread_total")
STALE = own("airflow_dag_bundle_refresh_failed_total", 'bundle_name="dags"')
FRESH = own("airflow_dag_bundle_refreshed_total", 'bundle_name="dags"')
BACKENDS = [own("pg_stat_database_numbackends", f'datname="{n}"') for n in ("airflow", "celery")]
LIMIT = own("pg_settings_max_connections")
CLIENTS = own("pgbouncer_pools_client_waiting_connections", 'database="airflow",user="airflow"')
JOB = 'kube_job_failed{namespace="airflow",condition="true",job_name="af1-migrations-0a1b2c3d"}'
NEXT = 'kube_cronjob_next_schedule_time{namespace="airflow",cronjob="af1-database-cleanup"}'
SUSPENDED = 'kube_cronjob_spec_suspend{namespace="airflow",cronjob="af1-database-cleanup"}'
CERTIFICATE = [
    certificate("expiration", 'namespace="airflow"'),
    certificate("renewal", 'namespace="airflow"'),
]
EXPORTED = [
    certificate(what, 'namespace="cert-manager",exported_namespace="airflow"')
    for what in ("expiration", "renewal")
]

CASES: Mapping[str, Case] = {
    "AirflowSchedulerSilent": silent("scheduler", 5),
    "AirflowDagProcessorSilent": silent("DAG processor", 8),
    "AirflowTriggererSilent": silent("triggerer", 8),
    "AirflowNothingStarts": Case(
        25,
        {QUEUED: "3x60", STARTS: "7x60"},
        "3 tasks are queued, and none has started for 10 minutes",
        [
            {QUEUED: "3x60", STARTS: "7+1x60"},
            {QUEUED: "0x60", STARTS: "7x60"},
            # Tasks that start for the first time have series of their own.
            {QUEUED: "3x60"} | {
                own("airflow_ti_start_total", f'task_id="{n}"'): f"_x{5 * n} 1x60" for n in range(9)
            },
        ],
    ),
    "AirflowExecutorFull": Case(
        40,
        {SLOTS: "0x60"},
        "CeleryExecutor has had no free slot for 30 minutes",
        [{SLOTS: "1x60"}, {SLOTS: "0x20 1 0x20 1 0x20"}],
        {"executor_class_name": "CeleryExecutor"},
    ),
    "AirflowPoolFull": Case(
        40,
        {OPEN: "0x60", WAITING: "4x60"},
        "tasks have waited for pool etl for 30 minutes",
        [{OPEN: "0x60", WAITING: "0x60"}, {OPEN: "1x60", WAITING: "4x60"}],
        {"pool_name": "etl"},
    ),
    "AirflowDagImportErrors": Case(
        20,
        {ERRORS: "2 0 2 0x3 2x60"},  # several DAG processors send one gauge in turn
        "2 DAG files cannot be imported",
        [{ERRORS: "0x60"}, {ERRORS: "2x3 0x60"}],
    ),
    "AirflowDagFileSlow": Case(
        50,
        {TOOK: "0+45x60", PARSED: "0+1x60"},
        "DAG file slow takes 45s to parse",
        [{TOOK: "0+20x60", PARSED: "0+1x60"}],
        {"bundle_name": "dags", "file_name": "slow"},
    ),
    "AirflowDagFileKilled": Case(
        30,
        {KILLED: "1+1x60"},
        "the parsing of slow.py is killed again and again",
        [{KILLED: "3x60"}],
        {"file_path": "slow.py"},
    ),
    "AirflowWorkerQueueGrows": Case(
        40,
        {QUEUED: "150x60"},
        "150 tasks wait in queue default, and they do not get fewer",
        [{QUEUED: "600-5x60"}, {QUEUED: "50+1x40"}],
        {"queue": "default"},
    ),
    "AirflowTriggererFull": Case(
        20,
        {LEFT[0]: "0x60", LEFT[1]: "0x60"},
        "the triggerers can take no more triggers",
        [{LEFT[0]: "0x60", LEFT[1]: "1x60"}],
    ),
    "AirflowTriggersBlocked": Case(
        25,
        {BLOCKED: "0+1x60"},
        "a trigger blocks the triggerer",
        [{BLOCKED: "0+1x4 4x60"}, {BLOCKED: "90x60"}],
    ),
    "AirflowDagBundleStale": Case(
        30,
        {STALE: "0+2x60", FRESH: "7x60"},
        "DAG bundle dags has not been refreshed for 15 minutes",
        [{STALE: "0+2x60", FRESH: "7+1x60"}, {STALE: "2x60", FRESH: "7x60"}],
        {"bundle_name": "dags"},
    ),
    "AirflowDatabaseConnectionsHigh": Case(
        20,
        {BACKENDS[0]: "140x60", BACKENDS[1]: "30x60", LIMIT: "200x60"},
        "85% of the database's connections are open",
        [{BACKENDS[0]: "140x60", BACKENDS[1]: "10x60", LIMIT: "200x60"}],
    ),
    "AirflowPgBouncerWaits": Case(
        20,
        {CLIENTS: "3x60"},
        "3 clients wait for a connection of PgBouncer to airflow",
        [{CLIENTS: "0x60"}, {CLIENTS: "3x5 0 3x5 0 3x5 0 3x5"}],
        {"database": "airflow"},
    ),
    "AirflowJobFailed": Case(
        10,
        {JOB: "1x60"},
        "the Job af1-migrations-0a1b2c3d has failed for good",
        [{JOB: "0x60"}, {JOB.replace('"true"', '"false"'): "1x60"}],
        {"job_name": "af1-migrations-0a1b2c3d"},
    ),
    "AirflowCronJobLate": Case(
        120,
        {NEXT: "600x200", SUSPENDED: "0x200"},
        "the CronJob af1-database-cleanup is 1h 50m 0s late",
        [{NEXT: "7200x200", SUSPENDED: "0x200"}, {NEXT: "600x200", SUSPENDED: "1x200"}],
        {"cronjob": "af1-database-cleanup"},
    ),
    "AirflowDatabaseVolumeFull": filling("the database's volume", "data-af1-postgresql-0"),
    "AirflowBrokerVolumeFull": filling("the broker's volume", "data-af1-redis-0"),
    "AirflowLogVolumeFull": filling("the logs' volume", "logs"),
    "AirflowCertificateEnds": Case(
        120,
        {CERTIFICATE[0]: f"{2 * 3600 + 3 * 86400}x200", CERTIFICATE[1]: "60x200"},
        "the certificate af1-api-server-tls ends in 3d 0h 0m 0s",
        [
            {CERTIFICATE[0]: f"{2 * 3600 + 3 * 86400}x200", CERTIFICATE[1]: "90000x200"},
            {CERTIFICATE[0]: f"{9 * 86400}x200", CERTIFICATE[1]: "60x200"},
        ],
        {"name": "af1-api-server-tls"},
    ),
}  # fmt: skip


@cache
def objects() -> list[Mapping[str, Any]]:
    """A release that has every alert."""
    app = cdk8s.Testing.app()
    props = AirflowProps(**WATCHED, alerts=Alerts(), dashboards=Dashboards())
    made: list[Mapping[str, Any]] = AirflowChart(
        app, "af1", namespace="airflow", props=props
    ).to_json()
    return made


@cache
def groups() -> list[dict[str, Any]]:
    (rule,) = [o for o in objects() if o["kind"] == "PrometheusRule"]
    found: list[dict[str, Any]] = rule["spec"]["groups"]
    return found


def rules() -> dict[str, dict[str, Any]]:
    return {rule["alert"]: rule for group in groups() for rule in group["rules"]}


def minutes(duration: str) -> int:
    hours = re.match(r"(\d+)h", duration)
    return 60 * int(hours[1]) if hours else int(duration.removesuffix("m"))


def others(series: Series) -> Series:
    """The same, of what is not this release's."""
    found = {}
    for name, values in series.items():
        for ours, theirs in (_NAMESPACE, _NAMES[name.partition("_")[0]]):
            if ours in name:
                found[name.replace(ours, theirs)] = values
    assert len(found) >= len(series)
    return found


def expected(alert: str, case: Case) -> dict[str, Any]:
    rule = rules()[alert]
    summary = f"Airflow af1 in airflow: {case.summary}"
    return {
        "exp_labels": {**rule["labels"], **case.labels},
        "exp_annotations": {**rule["annotations"], "summary": summary},
    }


def judged(folder: Path, tests: Sequence[Mapping[str, Any]]) -> None:
    (folder / "rules.yml").write_text(json.dumps({"groups": groups()}))
    document = {"rule_files": ["rules.yml"], "evaluation_interval": "1m", "tests": list(tests)}
    (folder / "tests.yml").write_text(json.dumps(document))
    promtool(folder, "test", "rules", "tests.yml")


def promtool(folder: Path, *arguments: str) -> None:
    done = subprocess.run(
        ["promtool", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def trial(name: str, alert: str, series: Series, at: Mapping[int, Sequence[Any]]) -> dict[str, Any]:
    return {
        "name": name,
        "interval": "1m",
        "input_series": [{"series": s, "values": values} for s, values in series.items()],
        "alert_rule_test": [
            {"eval_time": f"{minute}m", "alertname": alert, "exp_alerts": list(alerts)}
            for minute, alerts in at.items()
        ],
    }


def test_every_alert_has_a_case() -> None:
    assert CASES.keys() == rules().keys()


def test_promtool_reads_all_rules(tmp_path: Path) -> None:
    (tmp_path / "rules.yml").write_text(yaml.safe_dump({"groups": groups()}))
    promtool(tmp_path, "check", "rules", "rules.yml")


@pytest.mark.parametrize("alert", CASES)
def test_an_alert_fires_and_says_what_is_wrong(alert: str, tmp_path: Path) -> None:
    case = CASES[alert]
    judged(tmp_path, [trial("firing", alert, case.firing, {case.minute: [expected(alert, case)]})])


@pytest.mark.parametrize("alert", CASES)
def test_an_alert_waits_as_long_as_it_says(alert: str, tmp_path: Path) -> None:
    """It does not fire before `for` is over, whatever else it waits for."""
    early = {minutes(rules()[alert]["for"]) // 2: ()}
    judged(tmp_path, [trial("early", alert, CASES[alert].firing, early)])


@pytest.mark.parametrize("alert", CASES)
def test_an_alert_is_quiet_when_all_is_well(alert: str, tmp_path: Path) -> None:
    case = CASES[alert]
    hours = {minute: () for minute in range(5, case.minute + 20, 5)}
    judged(tmp_path, [trial(f"quiet {n}", alert, s, hours) for n, s in enumerate(case.quiet)])


@pytest.mark.parametrize("alert", [name for name in CASES if not name.endswith("Silent")])
def test_an_alert_is_not_of_another_release(alert: str, tmp_path: Path) -> None:
    case = CASES[alert]
    judged(tmp_path, [trial("others", alert, others(case.firing), {case.minute: ()})])


@pytest.mark.parametrize("alert", [name for name in CASES if name.endswith("Silent")])
def test_a_metric_that_is_not_there_is_an_alert(alert: str, tmp_path: Path) -> None:
    """Whether it never came, or its labels are others."""
    case = CASES[alert]
    absent = expected(alert, case)
    absent["exp_labels"] |= {"app_kubernetes_io_instance": "af1"}
    at = {case.minute: [absent]}
    judged(tmp_path, [trial("none", alert, {}, at), trial("other", alert, others(case.firing), at)])


def test_a_certificate_is_found_under_both_names_of_its_namespace(tmp_path: Path) -> None:
    alert = "AirflowCertificateEnds"
    case = CASES[alert]
    series = dict(zip(EXPORTED, case.firing.values(), strict=True))
    judged(tmp_path, [trial("exported", alert, series, {case.minute: [expected(alert, case)]})])


def dashboards() -> dict[str, dict[str, Any]]:
    texts = [o["data"] for o in objects() if "-dashboard-" in o["metadata"]["name"]]
    return {name: json.loads(text) for data in texts for name, text in data.items()}


def queries() -> Iterator[tuple[str, str]]:
    """Title of a panel -> its query, as Grafana asks it."""
    known = {"$namespace": "airflow", "$release": "af1", "$__rate_interval": "5m"}
    for dashboard in dashboards().values():
        for panel in dashboard["panels"]:
            for target in panel["targets"]:
                text = target["expr"]
                for variable, value in known.items():
                    text = text.replace(variable, value)
                assert "$" not in text
                yield f"{dashboard['title']}: {panel['title']}", text


def test_promtool_reads_all_queries_of_the_dashboards(tmp_path: Path) -> None:
    found = list(queries())
    assert len(found) > 60
    recorded = [{"record": f"panel:{n}", "expr": text} for n, (_, text) in enumerate(found)]
    group = {"name": "panels", "rules": recorded}
    (tmp_path / "rules.yml").write_text(json.dumps({"groups": [group]}))
    promtool(tmp_path, "check", "rules", "rules.yml")


def test_the_dashboards_are_what_the_script_writes(tmp_path: Path) -> None:
    assert AIRFLOW.exists(), "make .venv-airflow/ready installs Airflow"
    script = ROOT / "scripts/generate_dashboards.py"
    env = {**environment(tmp_path), "PYTHONPATH": str(ROOT / "build/dashboards")}
    subprocess.run([AIRFLOW, script, tmp_path], check=True, env=env, cwd=tmp_path)
    ours = ROOT / "constructs/cdk8s_airflow/parts/dashboards"
    texts = {path.name: path.read_text() for path in ours.iterdir()}
    assert texts == {path.name: path.read_text() for path in tmp_path.glob("*.json")}
    assert len(texts) == 4
