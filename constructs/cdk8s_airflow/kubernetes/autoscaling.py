"""The HorizontalPodAutoscaler: as many pods as their load asks for."""

from __future__ import annotations

from dataclasses import dataclass

from cdk8s_plus_27 import k8s
from constructs import Construct

from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.objects import KubernetesObject, Piece, wire_mapping
from cdk8s_airflow.kubernetes.props import Props


@dataclass(frozen=True, kw_only=True)
class HpaAutoscaling(Props):
    """A HorizontalPodAutoscaler (`autoscaling/v2`), which needs the cluster's metrics server.

    It looks at the main container alone, so sidecars neither count nor need requests.
    """

    min_replicas: int = 1
    """Fewest pods. Default 1; the autoscaler cannot go to 0."""
    max_replicas: int = 5
    """Most pods. Default 5."""
    cpu_utilization: int | None = 80
    """Percent of the requested CPU that pods should use on average. Default 80; None: whatever."""
    memory_utilization: int | None = None
    """Percent of the requested memory likewise. Default: whatever, as processes rarely give memory
    back when they have less to do."""
    behavior: k8s.HorizontalPodAutoscalerBehaviorV2 | Piece | None = None
    """`behavior`: how fast it may go up and down. Default: the cluster's, which waits five minutes
    before it takes pods away."""

    def __post_init__(self) -> None:
        """Checks the numbers.

        Raises:
            ValueError: with all findings at once.
        """
        super().__post_init__()
        findings = range_findings("HpaAutoscaling", self.min_replicas, self.max_replicas, least=1)
        for option in ("cpu_utilization", "memory_utilization"):
            percent = getattr(self, option)
            if percent is not None and percent < 1:
                findings.append(f"HpaAutoscaling.{option}={percent}: expected 1 or more percent")
        if self.cpu_utilization is None and self.memory_utilization is None:
            findings.append(
                "HpaAutoscaling(cpu_utilization=None) has nothing to look at: give "
                "memory_utilization=, or leave cpu_utilization out"
            )
        if findings:
            raise ValueError("\n".join(findings))

    def findings(self, owner: str, resources: k8s.ResourceRequirements | Piece | None) -> list[str]:
        """Whether the requests are there that utilization is a percentage of.

        Args:
            owner: what the user calls the pods, for the message.
            resources: what they say of their main container, if anything.
        """
        if resources is None:
            return []
        given = wire_mapping(resources)
        named = {name for part in given.values() if isinstance(part, dict) for name in part}
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
        given = {"cpu": self.cpu_utilization, "memory": self.memory_utilization}
        return {name: percent for name, percent in given.items() if percent is not None}


def target(kind: str, name: str) -> Piece:
    """The `scaleTargetRef` of a workload."""
    return {"apiVersion": "apps/v1", "kind": kind, "name": name}


def range_findings(owner: str, fewest: int, most: int, *, least: int) -> list[str]:
    """What is wrong with the numbers of pods between which an autoscaler chooses."""
    if fewest < least:
        return [f"{owner}.min_replicas={fewest}: expected {least} or more"]
    if most < max(fewest, 1):
        return [
            f"{owner}.max_replicas={most}: expected {max(fewest, 1)} or more, as many as "
            f"min_replicas={fewest} at least"
        ]
    return []
