"""The OpenTelemetry collector."""

from __future__ import annotations

from typing import Any

import yaml

from cdk8s_airflow.migration.airflow_image import numbers
from cdk8s_airflow.migration.conversion import Conversion, Rule, Table, Target, truth
from cdk8s_airflow.migration.official.processes import peers
from cdk8s_airflow.migration.pods import common, probe
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import below, carried, changed, is_empty, plain, text_map

_SECTION = "otelCollector"
_OLDEST = (3, 2, 0)
_WHERE = "name where traces go: metrics.collector.exporters"


def on(made: Conversion) -> bool:
    """Whether Airflow's metrics go to the collector."""
    version = numbers(made.out.get("airflowVersion", "3.3.2"))
    wanted = made.on(f"{_SECTION}.metricsEnabled") or _traces(made)
    return wanted and version is not None and version >= _OLDEST


def _traces(made: Conversion) -> bool:
    """Whether traces go anywhere: to what a configuration of the user's says."""
    traced = made.on(f"{_SECTION}.tracesEnabled") and bool(made.get(f"{_SECTION}.config"))
    return traced and (made.on(f"{_SECTION}.metricsEnabled") or not made.on("statsd.enabled"))


def start(made: Conversion) -> None:
    """Writes the collector."""
    if not on(made):
        return
    text = made.get(f"{_SECTION}.config")
    collector: dict[str, Any] = {"config": yaml.safe_load(text)} if text else {"prometheus": True}
    made.root.put(
        "metrics",
        {
            "kind": "OpenTelemetry",
            "metrics": made.on(f"{_SECTION}.metricsEnabled"),
            "traces": _traces(made),
            "interval": max(int(made.get(f"{_SECTION}.metricExportIntervalMs")) // 1000, 1),
            "collector": collector,
        },
    )


def target(made: Conversion) -> Target:
    """Where the settings of its pod go."""
    data = made.out["metrics"]["collector"] if on(made) else {}
    name = "otel-collector"
    return Target(made, data, "metrics.collector", name, "Deployment", name, _SECTION)


def gate(made: Conversion) -> str:
    """Why its settings are dead; empty: they are not."""
    if made.on(f"{_SECTION}.metricsEnabled") or made.on(f"{_SECTION}.tracesEnabled"):
        return ""
    return "the collector is off"


def _metrics(target: Target, value: Any) -> Outcome:
    if not truth(value):
        return Outcome("carried", "", "off")
    if not on(target.conversion):
        return Outcome("dropped", "", "OpenTelemetry needs Airflow 3.2")
    return Outcome("carried", "metrics", "for Prometheus: metrics.collector.prometheus")


def _traced(target: Target, value: Any) -> Outcome:
    if not truth(value):
        return Outcome("carried", "", "off")
    if on(target.conversion) and _traces(target.conversion):
        return Outcome("carried", "metrics.traces")
    return Outcome("changed", "metrics.traces", _WHERE)


def _config(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    if not on(target.conversion):
        return Outcome("dropped", "", "OpenTelemetry needs Airflow 3.2")
    note = "merged into the configuration of the bundle: leave out what it has already"
    return Outcome("changed", "metrics.collector.config", note)


def _interval(target: Target, value: Any) -> Outcome:
    note = "in seconds" if int(value) % 1000 == 0 else f"whole seconds, of {plain(value)} ms"
    return Outcome("carried", "metrics.interval", note)


_OURS: dict[str, Rule] = {
    **common(),
    **probe("livenessProbe"),
    **probe("readinessProbe"),
    "metricsEnabled": _metrics,
    "tracesEnabled": _traced,
    "metricExportIntervalMs": _interval,
    "config": _config,
    "args": carried("the collector of the bundle"),
    "extraNetworkPolicies": peers,
    "revisionHistoryLimit": changed("three old revisions are kept"),
    "service.annotations": text_map("annotations"),
}
TABLE: Table = below(_SECTION, _OURS)
