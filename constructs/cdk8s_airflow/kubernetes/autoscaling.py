"""HorizontalPodAutoscaler: scales pods by their CPU and memory use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.objects import KubernetesObject, Manifest, wire_mapping
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.structs import k8s


@dataclass(frozen=True, kw_only=True)
class HpaAutoscaling(Props):
    """A HorizontalPodAutoscaler (`autoscaling/v2`), which needs the cluster's metrics server.

    It measures the main container alone, so sidecars neither count nor need requests.
    """

    min_replicas: int = 1
    """Fewest pods, 1 or more. Default: 1."""
    max_replicas: int = 5
    """Most pods. Default: 5."""
    cpu_utilization: int | None = 80
    """Target for the average use of the requested CPU, in percent; None: no target. Default: 80."""
    memory_utilization: int | None = None
    """Target for the average use of the requested memory, in percent. Default: none, as processes
    rarely release memory when they have less to do."""
    behavior: k8s.HorizontalPodAutoscalerBehaviorV2 | Manifest | None = None
    """`behavior`: how fast it scales up and down. Default: the cluster's, which waits five minutes
    before it scales down."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from range_problems("HpaAutoscaling", self.min_replicas, self.max_replicas, least=1)
        for option in ("cpu_utilization", "memory_utilization"):
            percent = getattr(self, option)
            if percent is not None and percent < 1:
                yield f"HpaAutoscaling.{option}={percent}: expected 1 or more percent"
        if self.cpu_utilization is None and self.memory_utilization is None:
            yield (
                "HpaAutoscaling(cpu_utilization=None) has nothing to look at: give "
                "memory_utilization=, or leave cpu_utilization out"
            )

    def problems(
        self, owner: str, resources: k8s.ResourceRequirements | Manifest | None
    ) -> list[str]:
        """The problems of resources without the requests that utilization is a percentage of.

        Args:
            owner: name of the option in messages.
            resources: those of the main container, if the user sets them.
        """
        if resources is None:
            return []
        options = wire_mapping(resources)
        named = {name for part in options.values() if isinstance(part, dict) for name in part}
        return [
            f"{owner}.resources requests no {name}, of which autoscaling="
            f"HpaAutoscaling({name}_utilization={percent}) is a percentage: add a request"
            for name, percent in self._utilization.items()
            if name not in named
        ]

    def build(
        self, scope: Construct, name: str, labels: Labels, *, kind: str, container: str
    ) -> KubernetesObject:
        """Adds the autoscaler of a workload.

        Args:
            scope: the component.
            name: of the workload and of the autoscaler.
            labels: of the component.
            kind: of the workload.
            container: its main container.
        """
        metrics = [
            {
                "type": "ContainerResource",
                "containerResource": {
                    "name": resource,
                    "container": container,
                    "target": {"type": "Utilization", "averageUtilization": percent},
                },
            }
            for resource, percent in self._utilization.items()
        ]
        return KubernetesObject(
            scope,
            "HorizontalPodAutoscaler",
            api_version="autoscaling/v2",
            kind="HorizontalPodAutoscaler",
            name=name,
            labels=labels.all,
            body={
                "spec": {
                    "scaleTargetRef": target(kind, name),
                    "minReplicas": self.min_replicas,
                    "maxReplicas": self.max_replicas,
                    "metrics": metrics,
                    "behavior": self.behavior,
                }
            },
        )

    @property
    def _utilization(self) -> dict[str, int]:
        options = {"cpu": self.cpu_utilization, "memory": self.memory_utilization}
        return {name: percent for name, percent in options.items() if percent is not None}


def target(kind: str, name: str) -> Manifest:
    """The `scaleTargetRef` of a workload."""
    return {"apiVersion": "apps/v1", "kind": kind, "name": name}


def range_problems(owner: str, fewest: int, most: int, *, least: int) -> list[str]:
    """The problems of `min_replicas` and `max_replicas`."""
    if fewest < least:
        return [f"{owner}.min_replicas={fewest}: expected {least} or more"]
    if most < max(fewest, 1):
        return [
            f"{owner}.max_replicas={most}: expected {max(fewest, 1)} or more, as many as "
            f"min_replicas={fewest} at least"
        ]
    return []
