"""The roles that read an option of Airflow; a changed option restarts only their pods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cdk8s_airflow.roles import (
    RUNS_AIRFLOW,
    RUNS_PLUGINS,
    RUNS_TASKS,
    SECTION_ROLES,
    Role,
)

_API = frozenset({Role.API_SERVER, Role.EXECUTION_API})
_SCHEDULER = frozenset({Role.SCHEDULER})
_DAG_PROCESSOR = frozenset({Role.DAG_PROCESSOR})
_TRIGGERER = frozenset({Role.TRIGGERER})
_WORKER = frozenset({Role.WORKER})


def _options() -> Iterator[tuple[str, frozenset[Role], str]]:
    """Section, the roles that read its options, and these options."""
    yield (
        "api",
        _API,
        "access_control_allow_headers access_control_allow_methods access_control_allow_origins "
        "auto_refresh_interval default_wrap enable_swagger_ui expose_config fallback_page_limit "
        "grid_view_sorting_order hide_paused_dags_by_default instance_name log_config "
        "log_stream_buffer_size maximum_page_limit require_confirmation_dag_change server_type "
        "theme worker_refresh_batch_size worker_refresh_interval worker_timeout workers",
    )
    yield "celery", _SCHEDULER, "operation_timeout sync_parallelism task_publish_max_retries"
    yield "celery", _WORKER, "json_logs pool worker_prefetch_multiplier worker_umask"
    # The API server has an executor of its own to look at logs, but runs nothing by it.
    yield "core", _SCHEDULER, "parallelism"
    # Who shells into a scheduler may serialize DAGs there.
    yield "core", _DAG_PROCESSOR | _SCHEDULER, "dags_are_paused_at_creation"
    yield "core", _API, "test_connection"
    # Imported at once by each process that gets it; the Jobs have no code of users.
    yield "core", RUNS_PLUGINS, "xcom_backend"
    yield (
        "dag_processor",
        _DAG_PROCESSOR,
        "bundle_refresh_check_interval dag_file_processor_timeout file_parsing_sort_mode "
        "max_callbacks_per_loop min_file_process_interval parsing_pre_import_modules "
        "parsing_processes print_stats_interval stale_dag_threshold",
    )
    yield "dag_processor", _API | _DAG_PROCESSOR, "health_check_threshold"
    # Old sessions are cleaned up where the database holds them.
    yield "fab", SECTION_ROLES["fab"] | {Role.DATABASE_CLEANUP}, "session_backend"
    # The API server renders the pod of a task and reads its log.
    yield (
        "kubernetes_executor",
        _API | _SCHEDULER,
        "async_pod_creation delete_option_kwargs delete_worker_pods delete_worker_pods_on_failure "
        "kube_client_request_args pod_creation_max_concurrency "
        "pod_launch_failure_excluded_container_reasons pod_launch_failure_retries "
        "running_pod_log_lines task_publish_max_retries "
        "worker_pod_pending_fatal_container_state_reasons worker_pods_creation_batch_size",
    )
    yield (
        "scheduler",
        _SCHEDULER,
        "dagrun_metrics_interval enable_tracemalloc max_dagruns_per_loop_to_schedule "
        "max_dagruns_to_create_per_loop max_tis_per_query num_runs num_stuck_in_queued_retries "
        "only_idle orphaned_tasks_check_interval pool_metrics_interval scheduler_heartbeat_sec "
        "scheduler_idle_sleep_time task_instance_heartbeat_timeout_detection_interval "
        "task_queued_timeout task_queued_timeout_check_interval ti_metrics_interval "
        "trigger_timeout_check_interval use_job_schedule",
    )
    yield "scheduler", _SCHEDULER | _DAG_PROCESSOR, "parsing_cleanup_interval"
    # The heartbeat of whatever is no scheduler and no triggerer, and before Airflow 3.2 its health.
    yield "scheduler", _API | _DAG_PROCESSOR, "job_heartbeat_sec"
    yield "scheduler", _API | _SCHEDULER, "scheduler_health_check_threshold"
    # Who supervises tasks gives up on the API server in this time.
    yield "scheduler", _SCHEDULER | RUNS_TASKS, "task_instance_heartbeat_timeout"
    yield (
        "scheduler",
        SECTION_ROLES["execution_api"],
        "allowed_run_id_pattern partition_mapper_max_downstream_keys use_row_level_locking",
    )
    yield (
        "triggerer",
        _TRIGGERER,
        "blocked_main_thread_warning_threshold job_heartbeat_sec max_trigger_to_select_per_loop "
        "on_kill_timeout runner_health_check_threshold shared_stream_ack_timeout "
        "shared_stream_cohort_grace_period shared_stream_subscriber_queue_size",
    )
    yield "triggerer", _API | _TRIGGERER, "triggerer_health_check_threshold"


OPTION_ROLES: Mapping[tuple[str, str], frozenset[Role]] = {
    (section, option): roles for section, roles, options in _options() for option in options.split()
}
"""(section, option) -> the roles that read it, where these are not all roles of its section."""


_VARIABLE = re.compile(r"AIRFLOW__(?P<section>\w+?)__(?P<option>[\w-]+?)(?:_CMD|_SECRET)?")


def readers_of_variable(name: str) -> frozenset[Role]:
    """The roles that get an environment variable of the user: those that read it as an option."""
    match = _VARIABLE.fullmatch(name)
    return readers(match["section"].lower(), match["option"].lower()) if match else RUNS_AIRFLOW


def readers(section: str, option: str) -> frozenset[Role]:
    """The roles that get an option."""
    return OPTION_ROLES.get((section, option)) or SECTION_ROLES.get(section, RUNS_AIRFLOW)
