"""The alerts of a release: what Prometheus asks, and what a person reads who is woken up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cdk8s_airflow.parts.alerts import Alert, Severity, ThresholdAlert


class AlertRule(NamedTuple):
    """One alert as docs/alerts.md has it.

    In `expr` `%(own)s` stands for the labels of the release's own metrics, `%(threshold)s` for the
    number, `%(objects)s` for a regular expression of names, and `%(in)s` for its namespace.
    """

    field: str
    """Its field of `Alerts`."""
    name: str
    """`alertname`."""
    severity: Severity
    pending: str
    """`for`."""
    expr: str
    """What Prometheus asks."""
    summary: str
    """What is wrong, in words of somebody who just woke up; the release comes before it."""
    description: str
    """What it means for users, and the first thing to do."""
    threshold: float | None = None

    @property
    def page(self) -> str:
        """Its page in docs/runbooks/."""
        return f"{self.field.replace('_', '-')}.md"

    def limit(self, alert: Alert) -> float | None:
        """The threshold: the user's, else its own."""
        own = alert.threshold if isinstance(alert, ThresholdAlert) else None
        return self.threshold if own is None else own

    def wire(self, alert: Alert, values: Mapping[str, str]) -> dict[str, object]:
        """The entry of a group.

        Args:
            alert: what the user says of it.
            values: what the templates name, beside the threshold.
        """
        limit = self.limit(alert)
        known = {**values, "threshold": "" if limit is None else f"{limit:.12g}"}
        return {
            "alert": self.name,
            "expr": self.expr % known,
            "for": alert.pending or self.pending,
            "labels": {"severity": alert.severity or self.severity},
            "annotations": {
                "summary": f"{values['release']}: {self.summary % known}",
                "description": self.description % known,
            },
        }


def _silent(metric: str) -> str:
    """Nobody has counted it up for three minutes, or it is not there at all."""
    return f"sum(increase({metric}{{%(own)s}}[3m])) == 0 or absent({metric}{{%(own)s}})"


AIRFLOWS: Sequence[AlertRule] = (
    AlertRule(
        "scheduler_heartbeat", "AirflowSchedulerSilent", "critical", "2m",
        _silent("airflow_scheduler_heartbeat_total"),
        "no scheduler has given a sign of life for 5 minutes",
        "No new task starts. Look at the scheduler's pod, then at the database; if all pods are "
        "well, the metrics themselves do not arrive, and no other alert would either.",
    ),
    AlertRule(
        "dag_processor_heartbeat", "AirflowDagProcessorSilent", "critical", "5m",
        _silent("airflow_dag_processor_heartbeat_total"),
        "no DAG processor has given a sign of life for 8 minutes",
        "Changes of DAGs are not seen, and their callbacks do not run; DAGs that are known go on. "
        "Look at the DAG processor's pod and its log.",
    ),
    AlertRule(
        "triggerer_heartbeat", "AirflowTriggererSilent", "critical", "5m",
        _silent("airflow_triggerer_heartbeat_total"),
        "no triggerer has given a sign of life for 8 minutes",
        "Deferred tasks wait for ever. Look at the triggerer's pod and its log.",
    ),
    AlertRule(
        "queued_tasks", "AirflowNothingStarts", "critical", "10m",
        "sum(airflow_ti_queued{%(own)s}) > %(threshold)s "
        "unless sum(increase(airflow_ti_start_total{%(own)s}[10m])) > 0 "
        "unless sum(airflow_ti_start_total{%(own)s}) "
        "> sum(airflow_ti_start_total{%(own)s} offset 10m)",
        "{{ $value }} tasks are queued, and none has started for 10 minutes",
        "Work piles up. With Celery look at workers and broker, with Kubernetes at task pods that "
        "are Pending; workers may also be full of long tasks.",
        threshold=0,
    ),
    AlertRule(
        "executor_slots", "AirflowExecutorFull", "warning", "30m",
        "min by (executor_class_name) (airflow_executor_open_slots{%(own)s}) <= %(threshold)s",
        "{{ $labels.executor_class_name }} has had no free slot for 30 minutes",
        "Tasks wait although workers may be idle: [core] parallelism is used up, by tasks that run "
        "or that are queued.",
        threshold=0,
    ),
    AlertRule(
        "pool_slots", "AirflowPoolFull", "warning", "30m",
        "max by (pool_name) (airflow_pool_open_slots{%(own)s}) <= %(threshold)s "
        "and max by (pool_name) (airflow_pool_scheduled_slots{%(own)s}) > 0",
        "tasks have waited for pool {{ $labels.pool_name }} for 30 minutes",
        "All slots of the pool are taken. Tasks of this pool wait, all others go on.",
        threshold=0,
    ),
    AlertRule(
        "import_errors", "AirflowDagImportErrors", "warning", "10m",
        "max(max_over_time(airflow_dag_processing_import_errors{%(own)s}[3m])) > %(threshold)s",
        "{{ $value }} DAG files cannot be imported",
        "Their DAGs are as they were, or missing. The UI's first page has the errors.",
        threshold=0,
    ),
    AlertRule(
        "slow_dag_file", "AirflowDagFileSlow", "warning", "10m",
        "sum by (bundle_name, file_name) "
        "(rate(airflow_dag_processing_last_duration_seconds_sum{%(own)s}[30m])) "
        "/ sum by (bundle_name, file_name) "
        "(rate(airflow_dag_processing_last_duration_seconds_count{%(own)s}[30m])) > %(threshold)s",
        "DAG file {{ $labels.file_name }} takes {{ $value | humanizeDuration }} to parse",
        "Changes of all DAGs arrive late, and the file is near the limit at which it is killed "
        "([dag_processor] dag_file_processor_timeout).",
        threshold=30,
    ),
    AlertRule(
        "dag_file_timeout", "AirflowDagFileKilled", "warning", "5m",
        "sum by (file_path) "
        "(increase(airflow_dag_processing_processor_timeouts_total{%(own)s}[30m])) > %(threshold)s",
        "the parsing of {{ $labels.file_path }} is killed again and again",
        "The file takes too long, so its DAGs are held for deleted. Look for work at its top "
        "level: queries, requests, slow imports.",
        threshold=0,
    ),
    AlertRule(
        "worker_queue", "AirflowWorkerQueueGrows", "warning", "15m",
        "sum by (queue) (airflow_ti_queued{%(own)s}) > %(threshold)s "
        "and sum by (queue) (airflow_ti_queued{%(own)s}) "
        ">= sum by (queue) (airflow_ti_queued{%(own)s} offset 15m)",
        "{{ $value }} tasks wait in queue {{ $labels.queue }}, and they do not get fewer",
        "The workers of this queue are too few, stuck, or gone. Tasks start late.",
        threshold=100,
    ),
    AlertRule(
        "triggerer_slots", "AirflowTriggererFull", "warning", "10m",
        "sum(airflow_triggerer_capacity_left{%(own)s}) <= %(threshold)s",
        "the triggerers can take no more triggers",
        "Deferred tasks are looked after late or not at all. Add a triggerer, or capacity.",
        threshold=0,
    ),
    AlertRule(
        "blocked_triggers", "AirflowTriggersBlocked", "warning", "5m",
        "sum(increase(airflow_triggers_blocked_main_thread_total{%(own)s}[15m])) > %(threshold)s",
        "a trigger blocks the triggerer",
        "All deferred tasks of that triggerer are late: some trigger waits without `await`. The "
        "triggerer's log says `Triggerer's async thread was blocked`.",
        threshold=5,
    ),
    AlertRule(
        "bundle_refresh", "AirflowDagBundleStale", "warning", "5m",
        "sum by (bundle_name) (increase(airflow_dag_bundle_refresh_failed_total{%(own)s}[15m])) "
        "> 0 unless sum by (bundle_name) "
        "(increase(airflow_dag_bundle_refreshed_total{%(own)s}[15m])) > 0",
        "DAG bundle {{ $labels.bundle_name }} has not been refreshed for 15 minutes",
        "DAGs run as they were; what was pushed since is not seen. Look at the DAG processor's log "
        "and the git server.",
    ),
)  # fmt: skip
"""Alerts on what Airflow itself sends."""
