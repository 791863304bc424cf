"""The props of a release that say who watches its metrics."""

from __future__ import annotations

from dataclasses import dataclass

from cdk8s_airflow.components.dashboards import Dashboards
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.parts.alerts import Alerts


@dataclass(frozen=True, kw_only=True)
class MonitoringProps(Props):
    """What Prometheus and Grafana make of the metrics of a release."""

    alerts: Alerts | None = None
    """Alerts on metrics, volumes, Jobs and certificates, as a PrometheusRule. Default: none."""
    dashboards: Dashboards | None = None
    """Dashboards of the metrics for Grafana, as ConfigMaps. Default: none."""
