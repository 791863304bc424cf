"""Which pods a change restarts: exactly those that read what has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest
from bundle.test_props_are_live import LDAP, LIVE, OIDC, RECIPIENT
from bundle.test_variants import DAGS, TEAM
from platforms import platform_of
from without_node import manifests

from cdk8s_airflow import (
    AirflowPods,
    AirflowProps,
    Backup,
    BackupVolume,
    CeleryExecutor,
    CloudSqlIam,
    Connection,
    DatabaseCleanup,
    EmbeddedPostgresql,
    ExecutionApiProps,
    ExternalPostgresql,
    ExternalRabbitmq,
    FinishedPods,
    Flower,
    GitDags,
    Image,
    JobProps,
    KubernetesExecutor,
    Ldap,
    LocalExecutor,
    Logs,
    Oidc,
    Patch,
    PgBouncer,
    Pool,
    PostgresqlExporter,
    Restore,
    Secrets,
    StatsdExporter,
    Verify,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.extension import Part
from cdk8s_airflow.parts import programs
from cdk8s_airflow.parts.config import DEFAULTS, OWNED, AirflowConfig, Config, Value
from cdk8s_airflow.parts.config_check import airflow_options
from cdk8s_airflow.parts.environment import Environment
from cdk8s_airflow.platform import Role
from cdk8s_airflow.roles import Key

EXECUTION_API = "api-server dag-processor execution-api scheduler triggerer"  # or one of their own
PROCESSES = f"{EXECUTION_API} task worker"
CELERY = "api-server dag-processor execution-api flower scheduler worker"
JOBS = "backup create-admin database-cleanup migrations objects-account restore rotate-fernet-key"
AIRFLOW = f"{PROCESSES} {JOBS} backup-verify flower"
BACKUPS = "backup backup-verify restore"
ON_DATABASE = f"{EXECUTION_API} {JOBS}"
DATABASE = f"{ON_DATABASE} pgbouncer"
EVERY_SECTION = """
    apache_kafka aws aws_auth_manager aws_batch_executor aws_ecs_executor aws_eks_executor
    aws_lambda_executor azure_remote_logging common.ai common.io debug edge elasticsearch
    elasticsearch_configs hive imap kafka_event_producer keycloak_auth_manager logging opensearch
    opensearch_configs postgres providers.odbc secrets snowflake standard yandex
"""
PROCESS_SECTIONS = """
    callbacks email lineage metrics openlineage operators profiling sdk sensors sentry smtp
    state_store traces webserver workers
"""

OPTIONS: Mapping[str, Mapping[str, str]] = {
    **{section: {"*": AIRFLOW} for section in EVERY_SECTION.split()},
    **{section: {"*": PROCESSES} for section in PROCESS_SECTIONS.split()},
    "api": {
        "*": AIRFLOW,
        "access_control_allow_headers access_control_allow_methods access_control_allow_origins "
        "auto_refresh_interval default_wrap enable_swagger_ui expose_config fallback_page_limit "
        "grid_view_sorting_order hide_paused_dags_by_default instance_name log_config "
        "log_stream_buffer_size maximum_page_limit require_confirmation_dag_change server_type "
        "theme worker_refresh_batch_size worker_refresh_interval worker_timeout workers": (
            "api-server execution-api"
        ),
    },
    "api_auth": {"*": EXECUTION_API},
    "celery": {
        "*": CELERY,
        "operation_timeout sync_parallelism task_publish_max_retries": "scheduler",
        "json_logs pool worker_prefetch_multiplier worker_umask": "worker",
    },
    "celery_broker_transport_options": {"*": CELERY},
    "celery_result_backend_transport_options": {"*": CELERY},
    "connection_test": {"*": "scheduler"},
    "core": {
        "*": AIRFLOW,
        "dags_are_paused_at_creation": "dag-processor scheduler",
        "parallelism": "scheduler pgbouncer",  # whose pool grows with it
        "test_connection": "api-server execution-api",
        "xcom_backend": PROCESSES,
    },
    "dag_processor": {
        "*": PROCESSES,
        "bundle_refresh_check_interval dag_file_processor_timeout file_parsing_sort_mode "
        "max_callbacks_per_loop min_file_process_interval parsing_pre_import_modules "
        "parsing_processes print_stats_interval stale_dag_threshold": "dag-processor",
        "health_check_threshold": "api-server dag-processor execution-api",
    },
    "database": {"*": DATABASE},
    "execution_api": {"*": EXECUTION_API},
    "fab": {
        "*": "api-server create-admin objects-account",
        "session_backend": "api-server create-admin database-cleanup objects-account",
    },
    "kerberos": {},  # all are set by kerberos=
    "kubernetes_executor": {
        "*": PROCESSES,
        "async_pod_creation delete_option_kwargs delete_worker_pods delete_worker_pods_on_failure "
        "kube_client_request_args pod_creation_max_concurrency "
        "pod_launch_failure_excluded_container_reasons pod_launch_failure_retries "
        "running_pod_log_lines task_publish_max_retries "
        "worker_pod_pending_fatal_container_state_reasons "
        "worker_pods_creation_batch_size": "api-server execution-api scheduler",
    },
    "scheduler": {
        "*": PROCESSES,
        "dagrun_metrics_interval enable_tracemalloc max_dagruns_per_loop_to_schedule "
        "max_dagruns_to_create_per_loop max_tis_per_query num_runs num_stuck_in_queued_retries "
        "only_idle orphaned_tasks_check_interval pool_metrics_interval scheduler_heartbeat_sec "
        "scheduler_idle_sleep_time task_instance_heartbeat_timeout_detection_interval "
        "task_queued_timeout task_queued_timeout_check_interval ti_metrics_interval "
        "trigger_timeout_check_interval use_job_schedule": "scheduler",
        "parsing_cleanup_interval": "dag-processor scheduler",
        "job_heartbeat_sec": "api-server dag-processor execution-api",
        "scheduler_health_check_threshold": "api-server execution-api scheduler",
        "task_instance_heartbeat_timeout": "scheduler task worker",
        "allowed_run_id_pattern partition_mapper_max_downstream_keys "
        "use_row_level_locking": EXECUTION_API,
    },
    "triggerer": {
        "*": "api-server execution-api scheduler task triggerer worker",
        "blocked_main_thread_warning_threshold job_heartbeat_sec max_trigger_to_select_per_loop "
        "on_kill_timeout runner_health_check_threshold shared_stream_ack_timeout "
        "shared_stream_cohort_grace_period shared_stream_subscriber_queue_size": "triggerer",
        "triggerer_health_check_threshold": "api-server execution-api triggerer",
    },
}
"""Section -> options (`*`: the others) -> what restarts."""

LONG_RUNNING = "api-server dag-processor scheduler triggerer worker"
SCHEDULED = "api-server dag-processor scheduler triggerer"  # who has the metadata database
IMAGE = f"{LONG_RUNNING} create-admin migrations"
PROPS: Mapping[str, str] = {
    "airflow_version": f"{IMAGE} bootstrap",
    "size": f"{IMAGE} postgresql redis",
    "image": f"{IMAGE} bootstrap",
    "executor": "",
    "executors": LONG_RUNNING,
    "dags": "dag-processor worker",
    "plugins": LONG_RUNNING,
    "database": f"{SCHEDULED} bootstrap create-admin migrations",
    "pgbouncer": f"{SCHEDULED} bootstrap create-admin",
    "broker": "bootstrap scheduler worker",
    "result_backend": "scheduler worker",
    "secrets": f"{SCHEDULED} bootstrap",
    "config": "scheduler",
    "env": f"{LONG_RUNNING} create-admin",  # migrations run no code that may read it
    "env_from": IMAGE,
    "connections": "dag-processor triggerer worker",
    "variables": "dag-processor triggerer worker",
    "secrets_backend": "api-server dag-processor scheduler triggerer worker",
    "pools": "bootstrap",  # for the password of the account
    "users": "bootstrap",
    "roles": "bootstrap",
    "reconcile": "bootstrap",
    "extra_packages": IMAGE,
    "ca_bundle": IMAGE,
    "logs": "dag-processor triggerer worker",
    "database_cleanup": "",
    "backup": "",
    "kerberos": "worker",
    "extensions": IMAGE,
    "xcom": "dag-processor triggerer worker",  # all that run what users write
    "metrics": LONG_RUNNING,
    "alerts": "",
    "dashboards": "",
    "auth": "api-server create-admin",  # who makes FAB's pages
    "admin": "bootstrap",
    "base_url": f"{LONG_RUNNING} create-admin",
    "exposure": "",
    "ingress": LONG_RUNNING,
    "flower": "bootstrap",
    "reload": "",
    "ip_families": "api-server scheduler",
    "network_policies": "",
    "api_server": "",
    "execution_api": "api-server worker",
    "scheduler": "",
    "dag_processor": "",
    "triggerer": "",
    "migrations": "migrations",
    "bootstrap": "bootstrap",
    "pods": f"{IMAGE} bootstrap postgresql redis",
    "service_account": IMAGE,
    "airflow_pods": IMAGE,
    "images": f"{IMAGE} bootstrap postgresql redis",
    "image_digests": f"{IMAGE} bootstrap",
    "user_ids": f"{IMAGE} bootstrap postgresql redis",
    "suspended": "",
    "create_namespace": "",
    "labels": f"{IMAGE} bootstrap postgresql redis",
    "annotations": "",
    "patches": "",
    "namespace_limits": "",
    "extra_manifests": "",
}
"""Prop of `AirflowProps`, with its value in `LIVE` -> what restarts in the default bundle."""

PROGRAMS: Mapping[str, str] = {
    "airflow_api.py": "objects",
    "backup.py": "backup",
    "backup_age.py": BACKUPS,
    "backup_archive.py": BACKUPS,
    "backup_bucket.py": BACKUPS,
    "backup_client.py": BACKUPS,
    "backup_crypt.py": BACKUPS,
    "backup_database.py": BACKUPS,
    "backup_folder.py": BACKUPS,
    "backup_keys.py": BACKUPS,
    "backup_mysql.py": BACKUPS,
    "backup_secrets.py": "restore",
    "backup_settings.py": BACKUPS,
    "backup_store.py": BACKUPS,
    "bootstrap.py": "bootstrap restore",
    "cdk8s_airflow_audit.py": ON_DATABASE,
    "cdk8s_airflow_bundles.py": "dag-processor",
    "cdk8s_airflow_claims.py": "api-server objects-account",
    "cdk8s_airflow_database.py": ON_DATABASE,
    "cdk8s_airflow_ldap.py": "api-server objects-account",
    "cdk8s_airflow_login.py": "api-server objects-account",
    "cdk8s_airflow_metrics.py": PROCESSES,
    "cdk8s_airflow_oidc.py": "api-server objects-account",
    "cdk8s_airflow_secrets.py": "dag-processor task triggerer worker",
    "cdk8s_airflow_token.py": ON_DATABASE,
    "celery_pool.py": "worker",
    "celery_results.py": "scheduler worker",
    "clean_database.py": "database-cleanup",
    "clean_task_pods.py": "finished-pods",
    "create_account.py": "objects-account",
    "create_admin.py": "create-admin objects-account",
    "database_lock.py": "database-cleanup",
    "database_roles.py": "migrations restore",
    "database.py": f"{ON_DATABASE} backup-verify",
    "groom_logs.py": "dag-processor triggerer worker",
    "install_packages.py": AIRFLOW,
    "job_probe.py": "dag-processor scheduler triggerer",
    "join_certificates.py": AIRFLOW,
    "local_health.py": "scheduler",
    "migrate.py": "migrations restore",
    "migrated.py": ON_DATABASE,
    "monitoring_role.py": "migrations restore",
    "objects_files.py": "objects",
    "objects_kinds.py": "objects",
    "objects_plan.py": "objects",
    "objects_record.py": "objects",
    "pgbouncer.py": "pgbouncer",
    "reconcile_objects.py": "objects",
    "renew_ticket.py": "task worker",
    "result_database.py": "migrations restore",
    "url.py": f"{ON_DATABASE} backup-verify flower objects worker",
    "scheduler_probe.py": "scheduler",
    "share_servers.py": "",  # of the servers of a fleet
    "restore_backup.py": "restore",
    "verify_backup.py": "backup-verify",
    "wait_for_api_server.py": "create-admin objects-account worker",
    "wait_for_database.py": ON_DATABASE,
    "wait_for_servers.py": f"{ON_DATABASE} pgbouncer postgresql-exporter worker",
    "worker_probe.py": "worker",
    "worker_progress.py": "worker",
    "write_connections.py": "dag-processor task triggerer worker",
    "write_token_keys.py": "api-server execution-api",
}
"""Program -> what restarts in a release with all features when its text changes."""

Templates = Mapping[str, object]


def templates(props: AirflowProps) -> Templates:
    """Component -> its pod template."""
    pods = Bundle(manifests(props)).pods
    return {pod.component: (pod.metadata, pod.spec) for pod in pods}


def restarted(before: Templates, after: Templates) -> set[str]:
    """The components of both whose pods differ."""
    return {name for name in before.keys() & after.keys() if before[name] != after[name]}


FERNET: Mapping[Key, list[int]] = {"fernet-key": [2, 1]}


def _backup(**verify: Any) -> Backup:
    """Backups that are verified and restored."""
    return Backup(
        store=BackupVolume(claim="backups"),
        encrypt_to=RECIPIENT,
        verify=Verify(identity=TEAM, **verify),
        restore=Restore(identity=TEAM),
    )


def release(**more: Any) -> AirflowProps:
    """A release with each component."""
    given: dict[str, Any] = {
        "dags": DAGS,
        "executors": [CeleryExecutor(), KubernetesExecutor(finished_pods=FinishedPods())],
        "execution_api": ExecutionApiProps(),
        "pgbouncer": PgBouncer(),
        "flower": Flower(),
        "database_cleanup": DatabaseCleanup(),
        "backup": _backup(),
        "pools": {"etl": Pool(slots=3)},
        "secrets": Secrets(rotation=FERNET),
        **more,
    }
    return AirflowProps(**given)


def release_of_features() -> AirflowProps:
    """A release that needs each program but that for results in Redis."""
    mysql = Connection(conn_type="mysql", host="db", password=TEAM)
    names = (
        *("metrics", "extra_packages", "ca_bundle", "kerberos", "ip_families"),
        "secrets_backend",
    )
    features = {name: LIVE[AirflowProps][1][name] for name in names}
    return release(
        broker=ExternalRabbitmq(host="mq"),
        connections={"db": mysql},
        database=EmbeddedPostgresql(rotation=[2, 1], exporter=PostgresqlExporter()),
        logs=Logs(audit=True),
        secrets=Secrets(rotation={**FERNET, "jwt-secret": [2, 1]}),
        **features,
    )


def release_with_tokens() -> AirflowProps:
    """A release that logs in to its database by tokens."""
    database = ExternalPostgresql(host="db", token=CloudSqlIam())
    return release(
        database=database,
        pgbouncer=None,
        backup=_backup(server_image=Image(repository="postgres", tag="17.6")),
    )


def release_with_counted_bundles() -> AirflowProps:
    """A release with DAGs from git whose refreshes are counted."""
    dags = GitDags(repository="https://git.example.com/team/dags.git")
    return release(dags=dags, metrics=StatsdExporter())


def release_of_ldap() -> AirflowProps:
    """A release whose users are in a directory."""
    return release(auth=Ldap(**LDAP))


def release_of_oidc() -> AirflowProps:
    """A release whose users are at a provider."""
    return release(auth=Oidc(**OIDC), base_url="http://localhost:8080")


PLACES: Mapping[str, Callable[[], AirflowProps]] = {
    "cdk8s_airflow_bundles.py": release_with_counted_bundles,
    "celery_results.py": release,
    "cdk8s_airflow_claims.py": release_of_oidc,
    "cdk8s_airflow_ldap.py": release_of_ldap,
    "cdk8s_airflow_login.py": release_of_ldap,
    "cdk8s_airflow_oidc.py": release_of_oidc,
    "cdk8s_airflow_token.py": release_with_tokens,
}
"""Program -> a release that has it, where that with all features has not."""


@cache
def unchanged(props: Callable[[], AirflowProps]) -> Templates:
    return templates(props())


def options(section: str) -> set[str]:
    """What a user may set of a section."""
    facts = airflow_options()["sections"][section]
    known = {*facts.get("boolean", ()), *facts.get("number", ()), *facts.get("other", ())}
    return {option for option in known if (section, option) not in OWNED}


def of_row(section: str, row: str) -> set[str]:
    named = {option for other in OPTIONS[section] for option in other.split()}
    return options(section) - named if row == "*" else set(row.split())


def another(section: str, option: str) -> Value:
    """A value of an option that is not the library's."""
    facts = airflow_options()["sections"][section]
    default = DEFAULTS.get(section, {}).get(option)
    if option in facts.get("boolean", ()):
        return not default
    if option == "extra_celery_config":
        return {"worker_max_tasks_per_child": 7}
    known = airflow_options()["values"].get(section, {}).get(option)
    if known:
        return next(value for value in known if value not in (default, ""))
    texts = {"default_queue": "default", "default_timezone": "Europe/Berlin"}
    return texts.get(option) or (7 if default != 7 else 8)


ROWS = [
    pytest.param(section, row, id=f"{section}.{row.partition(' ')[0]}")
    for section in OPTIONS
    for row in OPTIONS[section]
]


def test_every_section_and_every_prop_has_a_row() -> None:
    assert OPTIONS.keys() == airflow_options()["sections"].keys()
    assert list(PROPS) == list(LIVE[AirflowProps][1])
    assert PROGRAMS.keys() == programs.sources().keys()


@pytest.mark.parametrize(("section", "row"), ROWS)
def test_an_option_goes_to_those_who_read_it(section: str, row: str) -> None:
    assert of_row(section, row) <= options(section)
    roles = {Role(name) for name in OPTIONS[section][row].split() if name != "pgbouncer"}
    for option in sorted(of_row(section, row)):
        config = AirflowConfig(config={section: {option: another(section, option)}})
        of, before = platform_of(), AirflowConfig()
        found = {role for role in Role if config.parts(role, of) != before.parts(role, of)}
        assert found == roles, option


@pytest.mark.parametrize(("section", "row"), ROWS)
def test_changed_options_restart_those_who_read_them(section: str, row: str) -> None:
    secret = {*airflow_options()["sections"][section].get("sensitive", ())}
    old = {*airflow_options()["deprecated"].get(section, {})}
    config = {option: another(section, option) for option in of_row(section, row) - secret - old}
    after = templates(release(config={section: config}))
    assert restarted(unchanged(release), after) == set(OPTIONS[section][row].split())


@pytest.mark.parametrize(("section", "row"), ROWS)
def test_an_option_in_the_environment_goes_to_the_same(section: str, row: str) -> None:
    roles = {Role(name) for name in OPTIONS[section][row].split() if name != "pgbouncer"}
    for option in sorted(of_row(section, row)):
        name = f"AIRFLOW__{section.upper()}__{option.upper()}"
        for each in (name, f"{name}_CMD", f"{name}_SECRET"):
            env, of = Environment(env={each: "7"}), platform_of()
            assert {role for role in Role if env.parts(role, of).env} == roles, each


@pytest.mark.parametrize("prop", PROPS)
def test_a_changed_prop_restarts_those_who_read_it(prop: str) -> None:
    place, values = LIVE[AirflowProps]
    after = templates(place(**{prop: values[prop]}))
    assert restarted(unchanged(place), after) == set(PROPS[prop].split())


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_changed_program_restarts_those_who_run_it(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = PLACES.get(program, release_of_features)
    before = unchanged(place)
    changed = {**programs.sources(), program: f"{programs.sources()[program]}\n# changed\n"}
    monkeypatch.setattr(programs, "sources", lambda package="": changed)
    after = templates(place())
    assert restarted(before, after) == set(PROGRAMS[program].split())


MIGRATED_AGAIN = {
    "AIRFLOW__CORE__DEFAULT_TIMEZONE": True,
    "AIRFLOW__SCHEDULER__MAX_TIS_PER_QUERY": False,
    "AIRFLOW_CONN_CRM": False,
    "AIRFLOW_VAR_REGION": False,
    "HTTPS_PROXY": False,
    "LD_PRELOAD": True,
    "PGSSLMODE": True,
    "PGTZ": True,
    "PYTHONWARNINGS": True,
    "SSL_CERT_FILE": True,
    "TEAM": False,
    "TZ": True,
    "TZONE": False,
}
"""Variable in `env` -> whether the database is migrated again when its value changes."""

LOCAL_SETTINGS = {
    "mountPath": "/opt/airflow/config/airflow_local_settings.py",
    "subPath": "airflow_local_settings.py",
}
ENGINE_ARGS = "sql_alchemy_engine_args_cmd"
OWN_CODE: Mapping[str, Mapping[str, Any]] = {
    "an image": {"image": Image(repository="registry.example.com/airflow", tag="3.3.2")},
    "an image of the Job": {
        "migrations": JobProps(image=Image(repository="registry.example.com/airflow", tag="1"))
    },
    "a volume": {
        "airflow_pods": AirflowPods(
            extra_volumes=[{"name": "settings", "configMap": {"name": "settings"}}],
            extra_volume_mounts=[{"name": "settings", **LOCAL_SETTINGS}],
        )
    },
    "packages": {"extra_packages": ["pandas"]},
    "a part": {"extensions": [Part()]},
    "a patch": {"patches": [Patch(component="migrations", merge={"metadata": {"labels": {}}})]},
    "a secrets backend": {"config": {"secrets": {"backend": "x.Y"}}},
    "a command": {"config": {"database": {ENGINE_ARGS: "cat /args"}}},
}
"""What may read any variable in the migrations."""


def migrated_again(name: str, values: tuple[str, str] = ("1", "2"), **more: Any) -> bool:
    """Whether another value of a variable migrates the database again."""
    before, after = (templates(AirflowProps(dags=DAGS, env={name: v}, **more)) for v in values)
    assert "worker" in restarted(before, after) or name.startswith("AIRFLOW__")
    return "migrations" in restarted(before, after)


@pytest.mark.parametrize("name", MIGRATED_AGAIN)
def test_a_variable_migrates_again_only_if_migrations_read_it(name: str) -> None:
    values = ("Europe/Berlin", "Europe/Rome") if name.endswith("TIMEZONE") else ("1", "2")
    assert migrated_again(name, values) is MIGRATED_AGAIN[name]


@pytest.mark.parametrize("code", OWN_CODE)
def test_code_of_the_user_in_the_migrations_may_read_any_variable(code: str) -> None:
    assert migrated_again("TEAM", **OWN_CODE[code])


@pytest.mark.parametrize("repository", ["apache/airflow", "mirror.example.com/a/apache/airflow"])
def test_the_official_image_has_no_code_of_the_user(repository: str) -> None:
    assert not migrated_again("TEAM", image=Image(repository=repository, tag="3.3.2-python3.12"))


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("AIRFLOW__DATABASE__SQL_ALCHEMY_ENGINE_ARGS_CMD", True),
        ("AIRFLOW__SENTRY__SENTRY_DSN_CMD", False),  # which migrations do not read
        ("RESTART_CMD", False),  # no option
    ],
)
def test_a_command_in_the_environment_may_read_any_variable(name: str, again: bool) -> None:
    before, after = (
        templates(AirflowProps(dags=DAGS, env={name: "cat /args", "TEAM": team})) for team in "ab"
    )
    assert ("migrations" in restarted(before, after)) is again


def test_a_variable_that_another_names_reaches_the_migrations_with_it() -> None:
    env = {"HOST": "db", "PGSSLROOTCERT": "/ca/$(SITE)", "SITE": "$(CITY)-1", "CITY": "rome"}
    names = [each.name for each in Environment(env=env).parts(Role.MIGRATIONS, platform_of()).env]
    assert names == ["PGSSLROOTCERT", "SITE", "CITY"]


def test_connections_do_not_migrate_again() -> None:
    def with_crm(host: str) -> Templates:
        crm = Connection(conn_type="http", host=host)
        return templates(AirflowProps(dags=DAGS, connections={"crm": crm}))

    found = restarted(with_crm("a.example.com"), with_crm("b.example.com"))
    assert found == {"dag-processor", "triggerer", "worker"}


def test_what_the_local_executor_reads_restarts_the_scheduler_with_it() -> None:
    def local(config: Config | None = None) -> Templates:
        return templates(AirflowProps(dags=DAGS, executor=LocalExecutor(), config=config))

    assert restarted(local(), local({"workers": {"execution_api_retries": 7}})) == {
        *("api-server", "dag-processor", "scheduler", "triggerer")
    }
    timeout: Config = {"scheduler": {"task_instance_heartbeat_timeout": 7}}
    assert restarted(local(), local(timeout)) == {"scheduler"}


def test_an_api_server_that_shows_the_configuration_has_all_of_it() -> None:
    shown: Config = {"api": {"expose_config": "non-sensitive-only"}}
    more: Config = {**shown, "scheduler": {"max_tis_per_query": 7}}
    found = restarted(templates(release(config=shown)), templates(release(config=more)))
    assert found == {"api-server", "scheduler"}
    hidden = AirflowConfig(config={**more, "api": {"expose_config": False}})
    assert "AIRFLOW__SCHEDULER__MAX_TIS_PER_QUERY" not in hidden.env(Role.API_SERVER, platform_of())
