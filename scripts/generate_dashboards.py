"""Writes the Grafana dashboards of the package: ``generate_dashboards.py [FOLDER]``.

It needs the packages of ``tests/integration/dashboards.txt``, which users of the result do not:
``PYTHONPATH=build/dashboards .venv-airflow/bin/python scripts/generate_dashboards.py``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from grafana_foundation_sdk.builders import (
    common,
    dashboard,
    prometheus,
    stat,
    timeseries,
)
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.common import (
    LegendDisplayMode,
    LegendPlacement,
    SortOrder,
    StackingMode,
    TooltipDisplayMode,
)
from grafana_foundation_sdk.models.dashboard import (
    DashboardLinkType,
    DataSourceRef,
    VariableHide,
    VariableRefresh,
)

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "constructs/cdk8s_airflow/parts/dashboards"
SOURCE = DataSourceRef(type_val="prometheus", uid="${datasource}")
OWN = 'namespace="$namespace",app_kubernetes_io_instance="$release"'
NAMED = "airflow_scheduler_heartbeat_total"
CLAIMS = 'namespace="$namespace",persistentvolumeclaim=~"(.+-)?$release-.+"'

FREE = " / ".join(
    f"max by (persistentvolumeclaim) (kubelet_volume_stats_{each}_bytes{{{CLAIMS}}})"
    for each in ("available", "capacity")
)
FIRING = (
    'count by (alertname) (ALERTS{alertstate="firing",namespace="$namespace",'
    'airflow_release="$release"})'
)
DATABASES = ',datname!="",datname!~"template.+"'
PARSING = "airflow_dag_processing"
FILE = "bundle_name, file_name"


class Graph(NamedTuple):
    """One panel: its title, what it says, its unit, and legend -> query."""

    title: str
    text: str
    unit: str
    queries: dict[str, str]
    stacked: bool = False
    number: bool = False
    """Whether it is a number, not a curve."""


def own(metric: str, more: str = "") -> str:
    """The series of a metric that are the release's."""
    return f"{metric}{{{OWN}{more}}}"


def rate(metric: str, by: str = "", more: str = "") -> str:
    """How often a minute something is counted."""
    return f"sum{by and f' by ({by}) '}(rate({own(metric, more)}[$__rate_interval])) * 60"


def counted(metric: str, window: str = "5m", by: str = "") -> str:
    """How often something was counted within a time, the first time of a series included.

    A series begins with its first event, which is no increase.
    """
    series = own(metric)
    fresh = f"({series} unless {series} offset {window})"
    return f"sum{by and f' by ({by}) '}({fresh} or increase({series}[{window}]))"


def quantile(of: float, histogram: str, by: str = "") -> str:
    """A quantile of a histogram."""
    labels = f"le, {by}" if by else "le"
    inner = f"sum by ({labels}) (rate({own(f'{histogram}_bucket')}[$__rate_interval]))"
    return f"histogram_quantile({of}, {inner})"


def quantiles(histogram: str) -> dict[str, str]:
    """Half of all, and nearly all."""
    return {"half": quantile(0.5, histogram), "95 %": quantile(0.95, histogram)}


def rare(histogram: str, by: str = "") -> dict[str, str]:
    """Quantiles of what seldom happens, within half an hour."""
    buckets = counted(f"{histogram}_bucket", "30m", f"le, {by}" if by else "le")
    if by:
        return {f"{{{{{by}}}}}": f"histogram_quantile(0.95, {buckets})"}
    return {
        "half": f"histogram_quantile(0.5, {buckets})",
        "95 %": f"histogram_quantile(0.95, {buckets})",
    }


def total(metric: str, by: str = "", more: str = "") -> str:
    """The sum of gauges."""
    return f"sum{by and f' by ({by}) '}({own(metric, more)})"


def average(histogram: str, by: str) -> str:
    """The average of what a histogram has counted within half an hour."""
    return " / ".join(counted(f"{histogram}_{part}", "30m", by) for part in ("sum", "count"))


def largest(metric: str, by: str = "", more: str = "") -> str:
    """The largest of gauges that several processes send."""
    return f"max{by and f' by ({by}) '}({own(metric, more)})"


def top(query: str) -> str:
    """The ten largest."""
    return f"topk(10, {query})"


OVERVIEW = [
    Graph(
        "Scheduler heartbeats",
        "A minute; 0 means that nothing is scheduled.",
        "none",
        {"": rate("airflow_scheduler_heartbeat_total")},
        number=True,
    ),
    Graph("DAGs", "DAGs in all files.", "none", {"": largest("airflow_dagbag_size")}, number=True),
    Graph(
        "Import errors",
        "DAG files that cannot be imported.",
        "none",
        {"": largest("airflow_dag_processing_import_errors")},
        number=True,
    ),
    Graph("Running", "Tasks that run.", "none", {"": total("airflow_ti_running")}, number=True),
    Graph(
        "Queued",
        "Tasks that wait for a worker.",
        "none",
        {"": total("airflow_ti_queued")},
        number=True,
    ),
    Graph(
        "Failed in an hour",
        "Tasks that have failed, retries included.",
        "none",
        {"": counted("airflow_ti_failures_total", "1h")},
        number=True,
    ),
    Graph(
        "Tasks by state",
        "Waiting for a slot, for a worker, running, and waiting in the triggerer.",
        "none",
        {s: total(f"airflow_ti_{s}") for s in ("scheduled", "queued", "running", "deferred")},
        stacked=True,
    ),
    Graph(
        "Tasks ended",
        "Within five minutes, by their state.",
        "none",
        {"{{state}}": counted("airflow_ti_finish_total", by="state")},
        stacked=True,
    ),
    Graph(
        "Runs ended",
        "Within five minutes, by their state.",
        "none",
        {"{{state}}": counted("airflow_dagrun_duration_seconds_count", by="state")},
        stacked=True,
    ),
    Graph("How long runs take", "Of all DAGs.", "s", rare("airflow_dagrun_duration_seconds")),
    Graph(
        "Delay of the first task",
        "From when a run is due until its first task starts.",
        "s",
        rare("airflow_dagrun_first_task_scheduling_delay_seconds"),
    ),
    Graph(
        "Slots of executors",
        "`[core] parallelism`: none open means that tasks wait.",
        "none",
        {
            "open: {{executor_class_name}}": largest(
                "airflow_executor_open_slots", "executor_class_name"
            ),
            "running: {{executor_class_name}}": largest(
                "airflow_executor_running_tasks", "executor_class_name"
            ),
        },
    ),
    Graph(
        "Heartbeats",
        "A minute, of each kind of process.",
        "none",
        {
            "scheduler": rate("airflow_scheduler_heartbeat_total"),
            "DAG processor": rate("airflow_dag_processor_heartbeat_total"),
            "triggerer": rate("airflow_triggerer_heartbeat_total"),
        },
    ),
    Graph(
        "Alerts that fire",
        "Of this release, with alerts=Alerts().",
        "none",
        {"{{alertname}}": FIRING},
        stacked=True,
    ),
]

SCHEDULER = [
    Graph(
        "Loop of the scheduler",
        "How long one turn takes.",
        "s",
        quantiles("airflow_scheduler_scheduler_loop_duration_seconds"),
    ),
    Graph(
        "Critical section",
        "Tasks are queued by one scheduler at a time.",
        "s",
        quantiles("airflow_scheduler_critical_section_duration_seconds"),
    ),
    Graph(
        "Heartbeat of executors",
        "How long the executor takes of each turn.",
        "s",
        {
            "{{executor}}": quantile(
                0.95, "airflow_scheduler_executor_heartbeat_duration_seconds", "executor"
            )
        },
    ),
    Graph(
        "Tasks the scheduler cannot place",
        "Starving ones wait for a slot of their pool.",
        "none",
        {
            "starving": largest("airflow_scheduler_tasks_starving"),
            "executable": largest("airflow_scheduler_tasks_executable"),
        },
    ),
    Graph(
        "DAGs that run",
        "DAGs whose last run goes on.",
        "none",
        {"": largest("airflow_scheduler_dagruns_running")},
    ),
    Graph(
        "Lost tasks",
        "Orphans of another scheduler, and tasks without a heartbeat, a minute.",
        "none",
        {
            "adopted": rate("airflow_scheduler_orphaned_tasks_adopted_total"),
            "cleared": rate("airflow_scheduler_orphaned_tasks_cleared_total"),
            "no heartbeat": rate("airflow_task_instances_without_heartbeats_killed_total"),
        },
    ),
    Graph(
        "Import errors",
        "DAG files that cannot be imported.",
        "none",
        {"": largest("airflow_dag_processing_import_errors")},
    ),
    Graph(
        "One turn through all files",
        "Seconds.",
        "s",
        {"": largest("airflow_dag_processing_total_parse_time")},
    ),
    Graph(
        "Files that wait",
        "For the DAG processor.",
        "none",
        {"": largest("airflow_dag_processing_file_path_queue_size")},
    ),
    Graph(
        "Slowest files",
        "How long a file takes to parse, on the average.",
        "s",
        {
            "{{bundle_name}}/{{file_name}}": top(
                average("airflow_dag_processing_last_duration_seconds", FILE)
            )
        },
    ),
    Graph(
        "Longest not parsed",
        "Time since a file was parsed.",
        "s",
        {
            "{{bundle_name}}/{{file_name}}": top(
                largest("airflow_dag_processing_last_run_seconds_ago", FILE)
            )
        },
    ),
    Graph(
        "Killed",
        "Parsing of a file that took too long, within five minutes.",
        "none",
        {
            "{{file_path}}": counted(
                "airflow_dag_processing_processor_timeouts_total", by="file_path"
            )
        },
    ),
    Graph(
        "Refreshes of bundles",
        "Of git repositories (GitDags), a minute.",
        "none",
        {
            "{{bundle_name}}": rate("airflow_dag_bundle_refreshed_total", "bundle_name"),
            "{{bundle_name}} failed": rate(
                "airflow_dag_bundle_refresh_failed_total", "bundle_name"
            ),
        },
    ),
    Graph(
        "DAGs from the database",
        "Serialized DAGs that the API server had in memory, and those it had not, a minute.",
        "none",
        {
            "hit": rate("airflow_api_server_dag_bag_cache_hit_total"),
            "miss": rate("airflow_api_server_dag_bag_cache_miss_total"),
        },
    ),
]

WORKERS = [
    Graph(
        "Queued by queue",
        "Tasks that wait for a worker, as the metadata database knows them.",
        "none",
        {"{{queue}}": total("airflow_ti_queued", "queue")},
        stacked=True,
    ),
    Graph(
        "Running by queue",
        "Tasks that run.",
        "none",
        {"{{queue}}": total("airflow_ti_running", "queue")},
        stacked=True,
    ),
    Graph(
        "Waiting for a slot",
        "From scheduled until queued, by queue.",
        "s",
        rare("airflow_task_scheduled_duration_seconds", "queue"),
    ),
    Graph(
        "Starts and ends",
        "Within five minutes.",
        "none",
        {
            "started": counted("airflow_ti_start_total"),
            "{{state}}": counted("airflow_ti_finish_total", by="state"),
        },
    ),
    Graph(
        "Longest tasks",
        "How long tasks of a DAG take, on the average.",
        "s",
        {"{{dag_id}}": top(average("airflow_task_duration_seconds", "dag_id"))},
    ),
    Graph(
        "Failures by operator",
        "Within five minutes.",
        "none",
        {"{{operator_name}}": top(counted("airflow_operator_failures_total", by="operator_name"))},
    ),
    Graph(
        "Open slots of pools",
        "None means that tasks of this pool wait.",
        "none",
        {"{{pool_name}}": largest("airflow_pool_open_slots", "pool_name")},
    ),
    Graph(
        "Waiting for a pool",
        "Scheduled tasks of each pool.",
        "none",
        {"{{pool_name}}": largest("airflow_pool_scheduled_slots", "pool_name")},
    ),
    Graph(
        "Celery",
        "Tasks that could not be sent, and processes that ended badly, a minute.",
        "none",
        {
            "not sent": rate("airflow_celery_task_timeout_error_total"),
            "bad end": rate("airflow_celery_execute_command_failure_total"),
        },
    ),
    Graph(
        "Task pods",
        "Pods that the KubernetesExecutor makes, a minute, by the API server's answer.",
        "none",
        {"{{status}}": rate("airflow_kubernetes_executor_pod_creation_status_total", "status")},
    ),
    Graph(
        "Triggers",
        "That run, and how many more there may be.",
        "none",
        {
            "running": total("airflow_triggers_running"),
            "capacity left": total("airflow_triggerer_capacity_left"),
        },
    ),
    Graph(
        "Events of triggers",
        "A minute; one that blocks delays all others.",
        "none",
        {
            "succeeded": rate("airflow_triggers_succeeded_total"),
            "failed": rate("airflow_triggers_failed_total"),
            "blocked": rate("airflow_triggers_blocked_main_thread_total"),
        },
    ),
]

SERVERS = [
    Graph(
        "PostgreSQL: connections",
        "And the limit.",
        "none",
        {
            "{{datname}}": total("pg_stat_database_numbackends", "datname", DATABASES),
            "limit": largest("pg_settings_max_connections"),
        },
    ),
    Graph(
        "PostgreSQL: transactions",
        "A minute.",
        "none",
        {
            "committed": rate("pg_stat_database_xact_commit"),
            "rolled back": rate("pg_stat_database_xact_rollback"),
        },
    ),
    Graph(
        "PostgreSQL: size",
        "Of each database.",
        "bytes",
        {"{{datname}}": largest("pg_database_size_bytes", "datname", DATABASES)},
    ),
    Graph(
        "PostgreSQL: deadlocks",
        "A minute.",
        "none",
        {"{{datname}}": rate("pg_stat_database_deadlocks", "datname", DATABASES)},
    ),
    Graph(
        "PgBouncer: clients",
        "That have a connection, and that wait for one.",
        "none",
        {
            "{{database}} active": total("pgbouncer_pools_client_active_connections", "database"),
            "{{database}} waiting": total("pgbouncer_pools_client_waiting_connections", "database"),
        },
    ),
    Graph(
        "PgBouncer: connections",
        "To the server.",
        "none",
        {
            "{{database}} active": total("pgbouncer_pools_server_active_connections", "database"),
            "{{database}} idle": total("pgbouncer_pools_server_idle_connections", "database"),
        },
    ),
    Graph(
        "Redis: memory",
        "And the limit, where there is one.",
        "bytes",
        {
            "used": largest("redis_memory_used_bytes"),
            "limit": f"max({own('redis_memory_max_bytes')}) > 0",
        },
    ),
    Graph("Redis: clients", "Connections.", "none", {"": largest("redis_connected_clients")}),
    Graph(
        "Redis: queues",
        "Tasks in the list of each queue of Celery.",
        "none",
        {"{{key}}": largest("redis_key_size", "key")},
    ),
    Graph("Redis: commands", "A minute.", "none", {"": rate("redis_commands_total")}),
    Graph(
        "Volumes",
        "What is free of each volume of the release, from the kubelet.",
        "percentunit",
        {"{{persistentvolumeclaim}}": FREE},
    ),
]

DASHBOARDS = {
    "overview": ("overview", OVERVIEW),
    "scheduler": ("scheduler and DAG processing", SCHEDULER),
    "workers": ("workers and queues", WORKERS),
    "servers": ("database and broker", SERVERS),
}
"""Name of the file -> title and panels."""


def main(folder: Path) -> None:
    """Writes one file for each dashboard."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (title, graphs) in DASHBOARDS.items():
        made = build(name, title, graphs)
        text = JSONEncoder(sort_keys=True, indent=1).encode(made)
        (folder / f"{name}.json").write_text(text + "\n")


def build(name: str, title: str, graphs: Sequence[Graph]) -> Any:
    """One dashboard; the release's own words come in at the synth."""
    made = (
        dashboard.Dashboard(f"Airflow {title}")
        .uid(f"airflow-{name}")
        .tags(["airflow"])
        .refresh("1m")
        .time("now-6h", "now")
        .timezone("browser")
        .editable()
        .link(
            dashboard.DashboardLink("Airflow")
            .type(DashboardLinkType.DASHBOARDS)
            .tags(["airflow"])
            .as_dropdown(True)
            .include_vars(True)
            .keep_time(True)
        )
    )
    for variable in variables():
        made = made.with_variable(variable)
    for graph in graphs:
        made = made.with_panel(number(graph) if graph.number else curve(graph))
    return made.build()


def variables() -> Iterator[Any]:
    """Where the data are, and whose they are."""
    yield dashboard.DatasourceVariable("datasource").label("Data source").type("prometheus")
    queries = {
        "namespace": f"label_values({NAMED}, namespace)",
        "release": f'label_values({NAMED}{{namespace="$namespace"}}, app_kubernetes_io_instance)',
    }
    for name, query in queries.items():
        yield (
            dashboard.QueryVariable(name)
            .label(name.capitalize())
            .query(query)
            .datasource(SOURCE)
            .refresh(VariableRefresh.ON_TIME_RANGE_CHANGED)
            .hide(VariableHide.DONT_HIDE)
        )


def queries(panel: Any, graph: Graph) -> Any:
    """The panel with its queries."""
    for letter, (legend, query) in zip("ABCDEF", graph.queries.items(), strict=False):
        asked = prometheus.Dataquery().expr(query).legend_format(legend or graph.title)
        panel = panel.with_target(asked.ref_id(letter))
    return panel.title(graph.title).description(graph.text).unit(graph.unit).datasource(SOURCE)


def number(graph: Graph) -> Any:
    """A panel with one number."""
    last = common.ReduceDataOptions().calcs(["lastNotNull"])
    return queries(stat.Panel().height(4).span(4).reduce_options(last), graph)


def curve(graph: Graph) -> Any:
    """A panel with curves."""
    panel = (
        timeseries.Panel()
        .height(8)
        .span(12)
        .min(0)
        .line_width(1)
        .fill_opacity(20 if graph.stacked else 0)
        .legend(
            common.VizLegendOptions()
            .display_mode(LegendDisplayMode.LIST)
            .placement(LegendPlacement.BOTTOM)
            .show_legend(True)
        )
        .tooltip(
            common.VizTooltipOptions().mode(TooltipDisplayMode.MULTI).sort(SortOrder.DESCENDING)
        )
    )
    if graph.stacked:
        panel = panel.stacking(common.StackingConfig().mode(StackingMode.NORMAL))
    return queries(panel, graph)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
