from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import generate_airflow_options
import pytest
from platforms import Celery, platform_of

from cdk8s_airflow.parts.config import (
    DEFAULTS,
    OWNED,
    AirflowConfig,
    Config,
    Value,
    check,
)
from cdk8s_airflow.parts.config_check import airflow_options, variable
from cdk8s_airflow.parts.config_roles import OPTION_ROLES
from cdk8s_airflow.parts.environment import Environment
from cdk8s_airflow.roles import RUNS_AIRFLOW, RUNS_TASKS, SECTION_ROLES, USES_DATABASE, Role

ROOT = Path(__file__).parent.parent.parent


def only_problem(
    config: Config | None = None, env: tuple[str, ...] = (), version: str = "3.3.2"
) -> str:
    problems = check(config or {}, env, airflow_version=version)
    assert len(problems) == 1, problems
    return problems[0]


@pytest.mark.parametrize(
    "config",
    [
        {"core": {"parallelism": 64}},
        {"core": {"parallelism": "64"}, "scheduler": {"use_row_level_locking": "f"}},
        {"core": {"load_examples": True, "default_timezone": "Europe/Berlin"}},
        {"api": {"instance_name": "50 % $HOME"}},
        {"celery_broker_transport_options": {"socket_keepalive": True}},
        {"sentry": {"sentry_on": True, "traces_sample_rate": 0.1}},
        {"secrets": {"backend": "x.y.Z", "backend_kwargs": {"connections_path": "airflow"}}},
        {"common.io": {"xcom_objectstorage_path": "s3://aws_default@bucket/xcom"}},
        {"aws": {"cloudwatch_task_handler_json_serializer": "x.y"}},
        {"sentry": {"sentry_dsn_cmd": "cat /run/dsn"}},
        {"webserver": {"log_request_clock_grace": 60}},
        {"celery": {"extra_celery_config": {"worker_max_tasks_per_child": 100}}},
    ],
)
def test_options_of_airflow_and_its_providers_are_taken(config: Config) -> None:
    assert check(config) == []


@pytest.mark.parametrize(
    "name",
    [
        "HTTP_PROXY",
        "AIRFLOW_CONN_WAREHOUSE",
        "AIRFLOW__CORE__PARALLELISM",
        "AIRFLOW__SENTRY__SENTRY_DSN",
        "AIRFLOW__SENTRY__SENTRY_DSN_CMD",
        "AIRFLOW__SENTRY__SENTRY_DSN_SECRET",
        "AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_PATH",
        "AIRFLOW__SECRETS__BACKEND_KWARG__ROLE_ID",
        "AIRFLOW__WORKERS__SECRETS_BACKEND_KWARG__ROLE_ID",
        "AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__MASTER_NAME",
        "AIRFLOW__TEAM_A___CORE__PARALLELISM",
        "AIRFLOW__MY_PLUGIN__COLOUR",
        "AIRFLOW__CELERY__OF_A_NEWER_PROVIDER",
    ],
)
def test_environment_variables_that_mean_something_are_taken(name: str) -> None:
    assert check({}, [name]) == []


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (
            {"cor": {"parallelism": 1}},
            r"config\['cor'\]\['parallelism'\]: no such section in Airflow 3\.3\.2 .*"
            r"did you mean 'core'\?",
        ),
        (
            {"zebra": {"stripes": 1}},
            r"no such section .* what a plugin or a newer provider reads is set by "
            r"env=\{'AIRFLOW__ZEBRA__STRIPES': \.\.\.\}",
        ),
        ({"core": {"paralelism": 1}}, r"no such option .* did you mean 'parallelism'\?"),
        ({"core": {"PARALLELISM": 1}}, r"no such option .* did you mean 'parallelism'\?"),
        ({"CORE": {"parallelism": 1}}, r"no such section .* did you mean 'core'\?"),
        ({"core": {"statsd_on": True}}, r"did you mean section 'metrics', which has this option"),
        ({"core": {"zebra": 1}}, r"no such option .*configuration reference lists all"),
        (
            {"celery_broker_transport_options": {"Visibility_Timeout": 1}},
            r"options are in lower case; call it 'visibility_timeout'",
        ),
        (
            {"webserver": {"base_url": "x"}},
            r"is api\.base_url now, set by the library: use base_url= or ingress=",
        ),
        (
            {"webserver": {"workers": 2}},
            r"webserver\.workers is api\.workers now; set config\['api'\]\['workers'\] instead",
        ),
        # Renamed twice: the name that is valid today is told.
        ({"webserver": {"page_size": 5}}, r"page_size is api\.fallback_page_limit now"),
        ({"scheduler": {"statsd_on": True}}, r"scheduler\.statsd_on is metrics\.statsd_on now"),
        (
            {"core": {"sql_alchemy_conn": "hunter2"}},
            r"is database\.sql_alchemy_conn now, set by the library: use database=",
        ),
        ({"core": {"sql_alchemy_conn_cmd": "x"}}, r"database\.sql_alchemy_conn now, set by the"),
        (
            {"webserver": {"rbac": True}},
            r"config\['webserver'\]\['rbac'\]: no such option",
        ),
        (
            {"core": {"enable_xcom_pickling": True}},
            r"Airflow 3 has removed core\.enable_xcom_pickling; leave it out",
        ),
        ({"core": {"donot_pickle": False}}, r"removed core\.donot_pickle; DAGs are never pickled"),
        (
            {"smtp": {"smtp_password": "hunter2"}},
            r"has removed smtp\.smtp_password; give the SMTP account as the connection",
        ),
        (
            {"celery_kubernetes_executor": {"kubernetes_queue": "k"}},
            r"removed .*; Airflow 3 has no CeleryKubernetesExecutor",
        ),
        (
            {"metrics": {"otel_host": "x"}},
            r"deprecated since Airflow 3\.2\.0; .* OTEL_EXPORTER_OTLP_ENDPOINT instead",
        ),
        (
            {"core": {"parallelism_cmd": "x"}},
            r"takes only secrets from commands .*; set 'parallelism' itself",
        ),
        (
            {"sentry": {"sentry_dsn": "hunter2"}},
            r"is a secret, .* env=\{'AIRFLOW__SENTRY__SENTRY_DSN': SecretKey\(",
        ),
        ({"core": {"parallelism": "many"}}, r"parallelism'\]='many': expected a number"),
        ({"core": {"parallelism": True}}, r"=True: expected a number"),
        ({"scheduler": {"use_row_level_locking": "no"}}, r"='no': expected True or False"),
        ({"core": {"parallelism": float("nan")}}, r"=nan: expected a value"),
        ({"core": {"default_timezone": {"x": {1, 2}}}}, r"what JSON can hold; got dict"),
        (
            {"secrets": {"backend_kwargs": {"token": {1}}}},
            r"^config\['secrets'\]\['backend_kwargs'\]: expected text",
        ),
    ],
)
def test_an_option_that_would_not_do_what_it_says_is_refused(config: Config, message: str) -> None:
    problem = only_problem(config)
    assert re.search(message, problem), problem
    assert "hunter2" not in problem and "token" not in problem


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("AIRFLOW__CORE__PARALELISM", r"^env\['AIRFLOW__CORE__PARALELISM'\]: .*'parallelism'\?"),
        ("AIRFLOW__COREE__PARALLELISM", r"no such section .* did you mean 'core'\?"),
        ("AIRFLOW__core__parallelism", r"upper-case .* 'AIRFLOW__CORE__PARALLELISM'"),
        ("AIRFLOW__PARALLELISM", r"expected AIRFLOW__SECTION__OPTION"),
        ("AIRFLOW__WEBSERVER__WORKERS", r"set 'AIRFLOW__API__WORKERS' instead"),
        ("AIRFLOW__CORE__FERNET_KEY", r"is set by the library: use secrets=Secrets\(fernet_key="),
        ("AIRFLOW__CORE__FERNET_KEY_CMD", r"is set by the library"),
        ("AIRFLOW__CELERY__RESULT_BACKEND_SECRET", r"set by the library: use result_backend="),
        ("AIRFLOW__TEAM_A___CELERY__BROKER_URL", r"set by the library: use broker="),
        ("AIRFLOW__CORE__PARALLELISM_CMD", r"would ignore this; set 'parallelism' itself"),
        ("AIRFLOW__SMTP__SMTP_USER", r"removed smtp\.smtp_user"),
    ],
)
def test_an_environment_variable_that_would_not_do_what_it_says_is_refused(
    name: str, message: str
) -> None:
    assert re.search(message, only_problem(env=(name,)))


@pytest.mark.parametrize(("section", "option"), sorted(OWNED))
def test_an_option_that_the_library_owns_is_refused_in_every_spelling(
    section: str, option: str
) -> None:
    reason = re.escape(OWNED[section, option])
    for name in (option, f"{option}_cmd", f"{option}_secret"):
        assert re.search(f"set by the library: {reason}", only_problem({section: {name: "x"}}))
        assert re.search(reason, only_problem(env=(variable(section, name),)))


def test_owned_options_and_defaults_are_options_of_airflow() -> None:
    sections = airflow_options()["sections"]
    names = {
        (section, option)
        for section, facts in sections.items()
        for option in (
            *facts.get("boolean", ()),
            *facts.get("number", ()),
            *facts.get("other", ()),
        )
    }
    assert OWNED.keys() <= names
    assert {(section, option) for section in DEFAULTS for option in DEFAULTS[section]} <= names
    assert SECTION_ROLES.keys() <= sections.keys()
    assert OPTION_ROLES.keys() <= names
    assert not OPTION_ROLES.keys() & OWNED.keys()
    assert check(DEFAULTS, airflow_version="3.1.0") == []


OF_SERVERS = {
    ("celery", "extra_celery_config"),
    ("celery_broker_transport_options", "health_check_interval"),
    ("celery_broker_transport_options", "socket_connect_timeout"),
    ("celery_broker_transport_options", "socket_keepalive"),
    ("celery_broker_transport_options", "socket_timeout"),
    ("database", "sql_alchemy_connect_args_async"),
}
"""What the default database and broker want of their clients; a user may say another."""


def test_every_option_that_the_default_bundle_sets_is_owned_or_a_default() -> None:
    manifests = "".join(path.read_text() for path in (ROOT / "dist").glob("*.yaml"))
    written = set(re.findall(r"- name: (AIRFLOW__[A-Z0-9_]+)$", manifests, re.MULTILINE))
    ours = {variable(*name) for name in OWNED}
    ours |= {variable(section, option) for section in DEFAULTS for option in DEFAULTS[section]}
    of_servers = {variable(*name) for name in OF_SERVERS}
    assert {name.removesuffix("_CMD") for name in written} - ours == of_servers
    assert variable("database", "sql_alchemy_conn") + "_CMD" in written


def test_an_option_of_a_newer_airflow_is_refused_and_named_with_its_version() -> None:
    config = {"core": {"multi_team": True}}
    assert only_problem(config, version="3.1.8").endswith(
        "new in Airflow 3.2.0; raise airflow_version or leave it out"
    )
    assert check(config, airflow_version="3.2.0") == []


def test_an_old_name_is_taken_by_the_versions_that_know_no_other() -> None:
    config = {"core": {"max_num_rendered_ti_fields_per_task": 5}, "metrics": {"otel_port": 1}}
    assert check(config, airflow_version="3.1.8") == []
    assert len(check(config, airflow_version="3.2.0")) == 2


def test_all_problems_are_told_at_once() -> None:
    config: Config = {"core": {"executor": "x", "paralelism": 1}, "cor": {"x": 1}}
    assert len(check(config, ["AIRFLOW__API__PORT", "AIRFLOW__CORE__DAGS_FOLDER"])) == 5


def test_the_users_value_wins_over_the_librarys_default() -> None:
    name = "AIRFLOW__WORKERS__EXECUTION_API_RETRIES"
    assert AirflowConfig().env(Role.WORKER, platform_of())[name] == "28"
    mine = AirflowConfig(config={"workers": {"execution_api_retries": 7}})
    assert mine.env(Role.WORKER, platform_of())[name] == "7"
    more = AirflowConfig(config={"workers": {"min_heartbeat_interval": 7}})
    assert more.env(Role.WORKER, platform_of())[name] == "28"


@pytest.mark.parametrize("written", [dict, json.dumps])
def test_each_setting_of_celery_is_the_users_or_the_librarys(
    written: Callable[[dict[str, int]], Value],
) -> None:
    name = "AIRFLOW__CELERY__EXTRA_CELERY_CONFIG"
    mine: Config = {"celery": {"extra_celery_config": written({"b": 5, "c": 6})}}

    def env(
        role: Role, settings: dict[str, object], config: Config | None = None
    ) -> dict[str, str]:
        return AirflowConfig(config=config or {}).env(role, platform_of(Celery(settings)))

    assert json.loads(env(Role.WORKER, {"a": 1, "b": 2}, mine)[name]) == {"a": 1, "b": 5, "c": 6}
    assert json.loads(env(Role.FLOWER, {"a": 1})[name]) == {"a": 1}
    assert json.loads(env(Role.WORKER, {}, mine)[name]) == {"b": 5, "c": 6}
    assert name not in env(Role.TRIGGERER, {"a": 1})
    assert name not in AirflowConfig().env(Role.WORKER, platform_of(Environment(env={})))


@pytest.mark.parametrize("wrong", ["worker_pool=solo", "[1]", 5, ["a"]])
def test_settings_of_celery_are_a_mapping(wrong: Value) -> None:
    (problem,) = check({"celery": {"extra_celery_config": wrong}})
    assert problem == (
        f"config['celery']['extra_celery_config']={wrong!r}: expected a mapping, "
        "setting of Celery -> value, or its JSON"
    )


def test_tasks_outlive_an_outage_and_logs_stay_plain_by_default() -> None:
    assert AirflowConfig().env(Role.WORKER, platform_of()) == {
        "AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT": "86400",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__LOGGING__COLORED_CONSOLE_LOG": "False",
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "180",
        "AIRFLOW__WORKERS__EXECUTION_API_RETRIES": "28",
        "AIRFLOW__WORKERS__EXECUTION_API_RETRY_WAIT_MAX": "8",
        "AIRFLOW__WORKERS__EXECUTION_API_RETRY_WAIT_MIN": "4",
    }


def test_an_outage_ends_before_calls_give_up_and_tasks_are_taken_for_dead() -> None:
    workers, scheduler = DEFAULTS["workers"], DEFAULTS["scheduler"]
    waits = int(str(workers["execution_api_retries"])) - 1
    shortest = waits * int(str(workers["execution_api_retry_wait_min"]))
    assert shortest == 108, "100 s, and something for the shutdown of the server"
    alive = int(str(scheduler["task_instance_heartbeat_timeout"]))
    next_call = int(str(workers["execution_api_retry_wait_max"]))
    assert alive - shortest - next_call == 64, "the server answers all tasks again meanwhile"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "True"),
        (False, "False"),
        (64, "64"),
        (0.5, "0.5"),
        ("", ""),
        ("a: b", "a: b"),
        (["a", 1], '["a", 1]'),
        ({"b": None, "a": [True]}, '{"b": null, "a": [true]}'),
        ("50 % of $HOME", "50 % of $HOME"),
        ("$(HOSTNAME)", "$$(HOSTNAME)"),
        ("$$ and $x", "$$$$ and $$x"),
    ],
)
def test_values_arrive_as_airflow_reads_them_and_as_kubernetes_leaves_them(
    value: str | bool | dict[str, object] | list[object], text: str
) -> None:
    config = AirflowConfig(config={"core": {"default_timezone": value}})
    assert config.env(Role.SCHEDULER, platform_of())["AIRFLOW__CORE__DEFAULT_TIMEZONE"] == text


EVERY = frozenset(RUNS_AIRFLOW)
USERS = {Role.CREATE_ADMIN, Role.OBJECTS_ACCOUNT}
BACKUPS = {Role.BACKUP, Role.BACKUP_VERIFY, Role.RESTORE}
JOBS = {Role.MIGRATIONS, Role.DATABASE_CLEANUP, Role.ROTATE_FERNET_KEY} | USERS | BACKUPS
PROCESSES = EVERY - JOBS - {Role.FLOWER}


@pytest.mark.parametrize(
    ("section", "option", "roles"),
    [
        ("core", "max_templated_field_length", EVERY),
        ("core", "parallelism", {Role.SCHEDULER}),
        ("logging", "json_logs", EVERY),
        ("aws", "session_factory", EVERY),
        ("common.io", "xcom_objectstorage_path", EVERY),
        ("scheduler", "catchup_by_default", PROCESSES),
        ("scheduler", "max_tis_per_query", {Role.SCHEDULER}),
        ("dag_processor", "parsing_processes", {Role.DAG_PROCESSOR}),
        ("dag_processor", "refresh_interval", PROCESSES),
        ("database", "sql_alchemy_pool_size", USES_DATABASE),
        ("fab", "cookie_secure", {Role.API_SERVER} | USERS),
        ("celery", "pool", {Role.WORKER}),
        ("celery", "task_acks_late", EVERY - JOBS - {Role.TRIGGERER, Role.TASK}),
        ("api_auth", "jwt_leeway", PROCESSES - RUNS_TASKS),
        ("triggerer", "queues_enabled", PROCESSES - {Role.DAG_PROCESSOR}),
    ],
)
def test_only_the_pods_that_consume_an_option_change_with_it(
    section: str, option: str, roles: set[Role]
) -> None:
    before, after = AirflowConfig(), AirflowConfig(config={section: {option: "1"}})
    of = platform_of()
    assert {role for role in Role if before.parts(role, of) != after.parts(role, of)} == roles


def test_the_bootstrap_job_which_runs_no_airflow_gets_no_option() -> None:
    config = AirflowConfig(config={"core": {"parallelism": 1}})
    assert config.env(Role.BOOTSTRAP, platform_of()) == {}


def test_what_airflow_knows_is_read_only_when_it_is_asked_for() -> None:
    program = (
        "from cdk8s_airflow.parts import config, config_check\n"
        "assert config.check({}, ['HTTP_PROXY']) == []\n"
        "assert config_check.airflow_options.cache_info().currsize == 0\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT / "constructs")


def test_the_file_of_options_is_what_the_script_would_write() -> None:
    path = ROOT / "constructs/cdk8s_airflow/parts/airflow_options.json"
    facts = json.loads(path.read_text())
    assert generate_airflow_options.text(facts) == path.read_text()
    assert set(generate_airflow_options.PROVIDERS) == facts["versions"].keys() - {"airflow"}
