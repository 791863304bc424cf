"""ServiceMonitors, by which Prometheus Operator finds what to scrape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.kubernetes.durations import is_duration, seconds
from cdk8s_airflow.kubernetes.labelled import LabelMap
from cdk8s_airflow.kubernetes.labels import INSTANCE_LABEL, Labels
from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.kubernetes.props import Props

PROMETHEUS = {
    "namespaceSelector": {},
    "podSelector": {"matchLabels": {"app.kubernetes.io/name": "prometheus"}},
}
"""The pods of a Prometheus, as Prometheus Operator and the chart of its community label them, as a
peer of a NetworkPolicy."""


@dataclass(frozen=True, kw_only=True)
class ServiceMonitor(Props):
    """A ServiceMonitor for Prometheus Operator, whose CRDs the cluster needs."""

    interval: str = "30s"
    """How often Prometheus scrapes. Default: 30s."""
    scrape_timeout: str | None = None
    """How long it waits for the answer; no longer than `interval`. Default: Prometheus' own."""
    labels: LabelMap | None = None
    """Labels by which your Prometheus selects ServiceMonitors, for example
    `{"release": "kube-prometheus-stack"}`. Default: none beside those of the release."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        times = {"interval": self.interval, "scrape_timeout": self.scrape_timeout}
        malformed = [
            f"ServiceMonitor({option}={text!r}): expected a duration such as '30s' or '1m30s'"
            for option, text in times.items()
            if text is not None and not is_duration(text)
        ]
        yield from malformed
        if malformed or not self.scrape_timeout:
            return
        if seconds(self.scrape_timeout) > seconds(self.interval):
            yield (
                f"ServiceMonitor(scrape_timeout={self.scrape_timeout!r}) is longer than "
                f"interval={self.interval!r}, which Prometheus refuses"
            )

    def build(self, scope: Construct, name: str, labels: Labels, *, port: str) -> KubernetesObject:
        """Adds the ServiceMonitor.

        Args:
            scope: the component.
            name: of the object.
            labels: of the Service.
            port: name of the Service's port.
        """
        own: Mapping[str, str] = self.labels or {}
        return KubernetesObject(
            scope,
            "ServiceMonitor",
            api_version="monitoring.coreos.com/v1",
            kind="ServiceMonitor",
            name=name,
            labels={**own, **labels.all},
            body={
                "spec": {
                    "selector": {"matchLabels": labels.selector},
                    # In Prometheus `app_kubernetes_io_instance`: whose metrics they are.
                    "targetLabels": [INSTANCE_LABEL],
                    "endpoints": [
                        {
                            "port": port,
                            "interval": self.interval,
                            "scrapeTimeout": self.scrape_timeout,
                        }
                    ],
                }
            },
        )
