"""What users say of alerts: which, from when on, how severe, and for whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias

from cdk8s_airflow.kubernetes.addresses import is_http_url
from cdk8s_airflow.kubernetes.durations import is_duration
from cdk8s_airflow.kubernetes.labelled import LabelMap
from cdk8s_airflow.kubernetes.props import Props

Severity: TypeAlias = Literal["critical", "warning", "info"]
"""`critical`: somebody gets up at night; `warning`: somebody looks in the morning."""
_LABEL = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
_OURS = ("alertname", "namespace", "airflow_release", "severity")
FRACTIONS = ("broker_volume", "database_connections", "database_volume", "log_volume")
"""The alerts whose threshold is a part of a whole."""


@dataclass(frozen=True, kw_only=True)
class Alert(Props):
    """One alert; what you leave out is that of docs/alerts.md."""

    pending: str | None = None
    """`for`: how long it has to be so before the alert fires, for example `10m`. Default: the
    alert's own."""
    severity: Severity | None = None
    """The label `severity`, by which Alertmanager mostly decides whom it wakes. Default: the
    alert's own."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.pending is not None and not is_duration(self.pending):
            yield (
                f"{type(self).__name__}(pending={self.pending!r}): expected a duration such as "
                "'10m' or '1h30m'"
            )


@dataclass(frozen=True, kw_only=True)
class ThresholdAlert(Alert):
    """An alert that fires from a number on."""

    threshold: float | None = None
    """The number; the alert says of what and in which unit. Default: the alert's own."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.threshold is not None and not 0 <= self.threshold < float("inf"):
            yield f"ThresholdAlert(threshold={self.threshold}): expected 0 or more"


_PLAIN = Alert()
_MEASURED = ThresholdAlert()


@dataclass(frozen=True, kw_only=True)
class Alerts(Props):
    """Alerts for a Prometheus that Prometheus Operator runs, as one PrometheusRule.

    Those that cannot work in the release, for example without an exporter, are left out; one that
    you set yourself is then an error. None switches an alert off. docs/alerts.md has each with its
    defaults, and docs/runbooks/ what to do.
    """

    labels: LabelMap | None = None
    """Labels of the PrometheusRule by which your Prometheus selects it, for example
    `{"release": "kube-prometheus-stack"}`. Default: none beside those of the release."""
    alert_labels: Mapping[str, str] | None = None
    """Labels of all alerts beside `severity`, `namespace` and `airflow_release`, by which your
    Alertmanager knows whom to tell, for example `{"team": "data"}`. Default: none."""
    runbooks: str | None = None
    """URL of the folder of runbooks for the annotation `runbook_url`: where you publish
    docs/runbooks/ or have your own, `https://wiki.example.com/airflow`. Default: none, as this
    project's address is not yours to rely on; `runbook` names the page of docs/ in any case."""
    selector: Mapping[str, str] | None = None
    """Labels by which Prometheus tells the metrics of this release from others. Default:
    `{"namespace": ..., "app_kubernetes_io_instance": ...}`, as a `ServiceMonitor` of the bundle
    sets them."""
    scheduler_heartbeat: Alert | None = _PLAIN
    """No scheduler tells that it is alive."""
    dag_processor_heartbeat: Alert | None = _PLAIN
    """No DAG processor tells that it is alive."""
    triggerer_heartbeat: Alert | None = _PLAIN
    """No triggerer tells that it is alive."""
    queued_tasks: ThresholdAlert | None = _MEASURED
    """More than `threshold` tasks are queued, and none has started for ten minutes."""
    executor_slots: ThresholdAlert | None = _MEASURED
    """An executor has `threshold` slots left or fewer, `[core] parallelism`."""
    pool_slots: ThresholdAlert | None = _MEASURED
    """A pool has `threshold` slots left or fewer, and tasks wait for one."""
    import_errors: ThresholdAlert | None = _MEASURED
    """More than `threshold` DAG files cannot be imported."""
    slow_dag_file: ThresholdAlert | None = _MEASURED
    """A DAG file takes more than `threshold` seconds to parse."""
    dag_file_timeout: ThresholdAlert | None = _MEASURED
    """The parsing of a DAG file was killed more than `threshold` times in half an hour."""
    worker_queue: ThresholdAlert | None = _MEASURED
    """More than `threshold` tasks wait in a queue of Celery, no fewer than 15 minutes before."""
    triggerer_slots: ThresholdAlert | None = _MEASURED
    """The triggerers together can take `threshold` more triggers or fewer."""
    blocked_triggers: ThresholdAlert | None = _MEASURED
    """Triggers blocked the loop of a triggerer more than `threshold` times in 15 minutes."""
    bundle_refresh: Alert | None = _PLAIN
    """A git DAG bundle could not be refreshed for 15 minutes: DAGs are those of before."""
    database_connections: ThresholdAlert | None = _MEASURED
    """More than `threshold` of the connections that PostgreSQL allows are open, 0.8 for 80 %."""
    pgbouncer_clients: ThresholdAlert | None = _MEASURED
    """More than `threshold` clients wait for a connection of PgBouncer's pool."""
    failed_jobs: Alert | None = _PLAIN
    """A Job of the release has failed for good."""
    missed_jobs: ThresholdAlert | None = _MEASURED
    """A CronJob of the release is more than `threshold` seconds late."""
    database_volume: ThresholdAlert | None = _MEASURED
    """Less than `threshold` of the embedded database's volume is free, 0.15 for 15 %."""
    broker_volume: ThresholdAlert | None = _MEASURED
    """Less than `threshold` of the embedded broker's volume is free."""
    log_volume: ThresholdAlert | None = _MEASURED
    """Less than `threshold` of a volume for logs is free."""
    certificate: ThresholdAlert | None = _MEASURED
    """A certificate of cert-manager ends in less than `threshold` days and was not renewed."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        for name in self.alert_labels or {}:
            if name in _OURS:
                yield f"Alerts(alert_labels=...) has {name!r}, which the alerts have themselves"
            elif not _LABEL.fullmatch(name):
                yield f"Alerts(alert_labels=...) has {name!r}: expected a name such as 'team'"
        for name in self.selector or {}:
            if not _LABEL.fullmatch(name):
                yield f"Alerts(selector=...) has {name!r}: expected a label such as 'job'"
        if self.selector is not None and not self.selector:
            yield "Alerts(selector={}) would mix all releases: name labels, or leave it out"
        if self.runbooks is not None and not is_http_url(self.runbooks):
            yield (
                f"Alerts(runbooks={self.runbooks!r}): expected a URL such as "
                "'https://wiki.example.com/airflow'"
            )
        for name in FRACTIONS:
            threshold = getattr(getattr(self, name), "threshold", None)
            if threshold is not None and not 0 < threshold < 1:
                yield (
                    f"Alerts({name}=ThresholdAlert(threshold={threshold})): expected a part of the "
                    "whole, between 0 and 1, such as 0.15"
                )

    @property
    def all(self) -> Mapping[str, Alert]:
        """Field -> its alert, of those that are not switched off."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if isinstance(value, Alert)}

    def asks_for(self, name: str) -> bool:
        """Whether the user has set an alert, which then must work."""
        value = getattr(self, name)
        return value is not None and value is not _PLAIN and value is not _MEASURED
