"""Pods with metrics for Prometheus: how it finds them, and who may read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.network import Network
from cdk8s_airflow.kubernetes.objects import Manifest, wire_mapping
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.service_monitor import PROMETHEUS, ServiceMonitor
from cdk8s_airflow.kubernetes.structs import k8s


@dataclass(frozen=True, kw_only=True)
class Scraped(Props):
    """Props of what has metrics for Prometheus."""

    service_monitor: ServiceMonitor | None = None
    """A ServiceMonitor for Prometheus Operator. Default: none; the pod has the annotations
    `prometheus.io/scrape`, `port` and `path` instead, which many a Prometheus follows."""
    scraped_from: Sequence[k8s.NetworkPolicyPeer | Manifest] | None = None
    """Pods that the NetworkPolicy lets read the metrics. Default: those of all namespaces with the
    label `app.kubernetes.io/name: prometheus`, as Prometheus Operator and the chart of the
    Prometheus community set it."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.scraped_from is not None and not self.scraped_from:
            yield (
                f"{type(self).__name__}(scraped_from=[]): nobody could read the metrics; name "
                "pods, or leave it out"
            )

    def scrape_annotations(self, port: int) -> Mapping[str, str]:
        """The annotations of the pods; none where a ServiceMonitor tells of them.

        Args:
            port: of the metrics, whose path is `/metrics`.
        """
        followed = {"scrape": "true", "port": str(port), "path": "/metrics"}
        annotations = {f"prometheus.io/{key}": value for key, value in followed.items()}
        return {} if self.service_monitor else annotations

    def let_in(self, network: Network, peer: Peer) -> None:
        """Lets Prometheus read the metrics.

        Args:
            network: the NetworkPolicies of the release.
            peer: the component and the port of the metrics.
        """
        for client in self.scraped_from or (PROMETHEUS,):
            network.allow(wire_mapping(client), peer)
