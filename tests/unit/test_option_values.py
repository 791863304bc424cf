"""Values of options are those that Airflow accepts, in `config` and in the environment alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cdk8s_airflow import (
    AdminUser,
    AirflowProps,
    ConfigMapKey,
    DatabaseCleanup,
    Image,
    Kerberos,
    SecretKey,
)
from cdk8s_airflow.components.scheduler import SchedulerProps
from cdk8s_airflow.kubernetes.cron import schedule_problem
from cdk8s_airflow.kubernetes.pods import PodProps
from cdk8s_airflow.parts.config_check import variable
from cdk8s_airflow.release.checks import release_problems
from cdk8s_airflow.values import read_values

BAD: list[tuple[str, str, Any, str]] = [
    ("core", "load_examples", "maybe", "expected True or False"),
    ("core", "load_examples", "yes", "expected True or False"),
    ("core", "parallelism", "many", "expected a number"),
    ("core", "parallelism", "32.5", "expected a whole number"),
    ("core", "parallelism", "1_000", "expected a number"),
    ("core", "parallelism", -1, "expected 0 or more"),
    ("core", "max_active_tasks_per_dag", 0, "expected 1 or more"),
    ("core", "max_active_runs_per_dag", "0", "expected 1 or more"),
    ("dag_processor", "parsing_processes", 0, "expected 1 or more"),
    ("scheduler", "scheduler_heartbeat_sec", 0, "expected 1 or more"),
    ("scheduler", "task_queued_timeout", -5.0, "expected 0 or more"),
    ("api", "workers", 0, "expected 1 or more"),
    ("api", "worker_timeout", "2m", "expected a number"),
    ("database", "sql_alchemy_pool_size", "10.0", "expected a whole number"),
    ("triggerer", "max_trigger_to_select_per_loop", "a lot", "expected a number"),
    ("metrics", "statsd_port", 0, "expected a port from 1 to 65535"),
    ("metrics", "statsd_port", 70000, "expected a port from 1 to 65535"),
    ("core", "default_timezone", "Europe/Berlim", "did you mean 'Europe/Berlin'"),
    ("core", "default_timezone", "CESTX", "expected a time zone such as"),
    ("logging", "logging_level", "VERBOSE", "Airflow knows no such value; expected one of CRIT"),
    ("logging", "logging_level", "INFOO", "did you mean 'INFO'"),
    ("logging", "fab_logging_level", "warnings", "did you mean 'WARNING'"),
    ("logging", "celery_logging_level", "trace", "Airflow knows no such value"),
    ("core", "default_task_weight_rule", "downstraem", "did you mean 'downstream'"),
    ("core", "dag_ignore_file_syntax", "globs", "did you mean 'glob'"),
    ("dag_processor", "file_parsing_sort_mode", "random_seeded", "'random_seeded_by_h"),
    ("api", "grid_view_sorting_order", "abc", "expected one of hierarchical_alphabetical, top"),
]

GOOD: list[tuple[str, str, Any]] = [
    ("core", "load_examples", "t"),
    ("core", "load_examples", "False"),
    ("core", "load_examples", True),
    ("core", "parallelism", 0),
    ("core", "parallelism", " 64 "),
    ("core", "max_active_tasks_per_dag", "16"),
    ("core", "dagbag_import_timeout", "30.5"),
    ("database", "sql_alchemy_max_overflow", -1),
    ("scheduler", "num_runs", "-1"),
    ("scheduler", "scheduler_heartbeat_sec", 5),
    ("scheduler", "scheduler_idle_sleep_time", 0.5),
    ("scheduler", "scheduler_idle_sleep_time", "0"),
    ("metrics", "statsd_port", "8125"),
    ("core", "default_timezone", "Europe/Berlin"),
    ("core", "default_timezone", "utc"),
    ("core", "default_timezone", "system"),
    ("core", "default_timezone", "UTC"),
    ("logging", "logging_level", "DEBUG"),
    ("logging", "logging_level", "info"),
    ("logging", "celery_logging_level", ""),
    ("core", "default_task_weight_rule", "upstream"),
    ("dag_processor", "file_parsing_sort_mode", "alphabetical"),
    ("operators", "default_queue", "any text"),
    ("smtp", "smtp_port", 25),
    ("api", "instance_name", "Data: yes"),
]


@pytest.mark.parametrize(("section", "option", "value", "message"), BAD, ids=str)
def test_a_value_that_airflow_would_refuse(
    section: str, option: str, value: Any, message: str
) -> None:
    (problem,) = release_problems(AirflowProps(config={section: {option: value}}))
    assert problem.startswith(f"config['{section}']['{option}']=")
    assert message in problem
    name = variable(section, option)
    (problem,) = release_problems(AirflowProps(env={name: str(value)}))
    assert problem.startswith(f"env['{name}']=")
    assert message in problem
    role = SchedulerProps(env={name: str(value)})
    (problem,) = release_problems(AirflowProps(scheduler=role))
    assert problem.startswith(f"SchedulerProps.env['{name}']=")


@pytest.mark.parametrize(("section", "option", "value"), GOOD, ids=str)
def test_a_value_that_airflow_takes(section: str, option: str, value: Any) -> None:
    assert release_problems(AirflowProps(config={section: {option: value}})) == []
    name = variable(section, option)
    assert release_problems(AirflowProps(env={name: str(value)})) == []


def test_a_secret_option_is_no_literal_of_the_environment() -> None:
    name = "AIRFLOW__API__SECRET_KEY"
    with pytest.raises(ValueError, match="looks like a credential"):
        AirflowProps(env={name: "hunter2"})
    (problem,) = release_problems(AirflowProps(env={"AIRFLOW__SENTRY__SENTRY_DSN": "hunter2"}))
    assert "is a secret, which has no place in the manifests; give SecretKey" in problem
    assert "hunter2" not in problem
    reference = {"AIRFLOW__SENTRY__SENTRY_DSN": SecretKey(name="a", key="b")}
    assert release_problems(AirflowProps(env=reference)) == []


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"scheduler": {"scheduler_health_check_threshold": 5}},
         "scheduler.scheduler_health_check_threshold=5 is not above "
         "scheduler.scheduler_heartbeat_sec=5: between two heartbeats"),
        ({"scheduler": {"scheduler_heartbeat_sec": 60}}, "threshold=30 is not above"),
        ({"triggerer": {"job_heartbeat_sec": 30}}, "triggerer_health_check_threshold=30 is not"),
        ({"scheduler": {"task_instance_heartbeat_timeout": 10,
                        "task_instance_heartbeat_sec": 20}},
         "task_instance_heartbeat_timeout=10 is not above"),
    ],
)  # fmt: skip
def test_options_that_hang_together(config: Any, message: str) -> None:
    (problem,) = release_problems(AirflowProps(config=config))
    assert message in problem


def test_thresholds_above_their_heartbeats_pass() -> None:
    config = {
        "scheduler": {
            "scheduler_health_check_threshold": 90,
            "scheduler_heartbeat_sec": 30,
            "task_instance_heartbeat_timeout": 600,
        },
        "triggerer": {"job_heartbeat_sec": 10},
    }
    assert release_problems(AirflowProps(config=config)) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("weekly", "expected the five fields of cron"),
        ("0 3 * *", "expected the five fields of cron"),
        ("0 3 * * * *", "expected the five fields of cron"),
        ("60 3 * * *", "minute"),
        ("0 24 * * *", "hour"),
        ("0 0 32 * *", "day-of-month"),
        ("0 0 * 13 *", "month"),
        ("0 0 * * 8", "day-of-week"),
        ("5-1 * * * *", "minute"),
        ("*/0 * * * *", "minute"),
        ("0 0 30 2 *", "day-of-month"),
        ("0 0 L * *", "Kubernetes does not know L and W; name days"),
        ("0 0 * * 5L", "Kubernetes does not know L and W"),
        ("@fortnightly", "expected the five fields of cron"),
        ("TZ=UTC 0 0 * * *", "expected the five fields of cron"),
    ],
)
def test_a_schedule_that_no_parser_reads(text: str, message: str) -> None:
    assert message in schedule_problem(text)
    with pytest.raises(ValueError, match=r"DatabaseCleanup\(schedule="):
        DatabaseCleanup(schedule=text)


@pytest.mark.parametrize(
    "text",
    ["30 3 * * 0", "*/5 * * * *", "0 4 1-7 JAN,JUL MON", "@daily", "@every 1h30m", "0 0 ? * *",
     "0 0 29 2 *", "0 0 * * WED", "59 23 31 12 7"],
)  # fmt: skip
def test_a_schedule_of_cron(text: str) -> None:
    assert schedule_problem(text) == ""


@pytest.mark.parametrize(
    "props",
    [
        {"username": "--help"}, {"username": "$(SECRET)"}, {"first_name": "-v"},
        {"last_name": "a\nb"}, {"email": "me"}, {"email": "me@"}, {"email": "a b@c.d"},
        {"email": "$(X)@c.d"}, {"email": "-x@c.d"},
    ],
)  # fmt: skip
def test_the_admin_is_no_option_and_no_variable(props: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"AdminUser\(\w+=.* (would be read as an|expected an)"):
        AdminUser(**props)  # type: ignore[arg-type]


def test_names_of_people_pass() -> None:
    AdminUser(username="me", email="o'neil+x@b.example.com", first_name="José", last_name="O Neil")


@pytest.mark.parametrize("principal", ["--help", "a@b@c", "a b", "$(X)@REALM", ""])
def test_a_principal_is_no_option(principal: str) -> None:
    with pytest.raises(ValueError, match="principal"):
        Kerberos(
            principal=principal,
            keytab=SecretKey(name="a", key="b"),
            config=ConfigMapKey(name="a", key="b"),
        )


@pytest.mark.parametrize("name", ["PATH", "HOME", "AIRFLOW_HOME"])
def test_what_the_image_sets_is_refused(name: str) -> None:
    for props in (AirflowProps, PodProps):
        with pytest.raises(ValueError, match=rf"env\['{name}'\] is set by the image"):
            props(env={name: "/x"})


@pytest.mark.parametrize(
    "repository", ["apache/Airflow", "a//b", "https://a/b", "a/b:1", "a b", "-a", "a/", "a..b/c:"]
)
def test_a_repository_follows_the_grammar(repository: str) -> None:
    with pytest.raises(ValueError, match="expected a name such as 'apache/airflow'"):
        Image(repository=repository, tag="1")


@pytest.mark.parametrize(
    "repository", ["apache/airflow", "quay.io:443/a/b", "[fd00::1]:5000/a", "localhost/a", "a.b/c"]
)
def test_a_repository_with_a_registry(repository: str) -> None:
    Image(repository=repository, tag="1")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("env: {TIME: 1:30}", "YAML reads 1:30 as 90; quote it"),
        ("variables: {code: 010}", "YAML reads 010 as 8; quote it, or write 8"),
        ("config: {core: {parallelism: 0100}}", "YAML reads 0100 as 64"),
        ("env: {DEBUG: yes}", "yes and no, in quotes"),
        ("env: {DEBUG: on}", "in quotes"),
        ("env: {PORT: 80}", "in quotes"),
    ],
)
def test_the_traps_of_yaml_are_told(line: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "values.yaml").write_text(line + "\n")
    with pytest.raises(ValueError, match=r"values\.yaml:1: ") as refusal:
        read_values([tmp_path / "values.yaml"], defaults=AirflowProps())
    assert message in str(refusal.value)


@pytest.mark.parametrize(
    "line",
    [
        "env: {TIME: '1:30', CODE: '010', DEBUG: 'yes'}",
        "pods: {extraVolumes: [{name: a, secret: {secretName: b, defaultMode: 0400}}]}",
        "variables: {number: 10, zero: 0, float: 0.5}",
    ],
)
def test_quoted_and_plain_values_pass(line: str, tmp_path: Path) -> None:
    (tmp_path / "values.yaml").write_text(line + "\n")
    read_values([tmp_path / "values.yaml"], defaults=AirflowProps())
