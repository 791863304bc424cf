"""Components that may run more than once: what is said of their number, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cdk8s_plus_27 import k8s

from cdk8s_airflow.components.base import AirflowComponent
from cdk8s_airflow.components.keda import KedaAutoscaling
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.autoscaling import HpaAutoscaling
from cdk8s_airflow.kubernetes.objects import Piece
from cdk8s_airflow.kubernetes.pods import Container, PodProps
from cdk8s_airflow.kubernetes.props import Unsaid
from cdk8s_airflow.kubernetes.storage import ClaimTemplate
from cdk8s_airflow.parts.runtime import LOGS


@dataclass(frozen=True, kw_only=True)
class ReplicatedProps(PodProps):
    """Props of components that may run more than once."""

    replicas: int = Unsaid(1)
    """Number of pods; from 2 on a PodDisruptionBudget lets one go at a time. Default: by `size`, 1
    for `small`."""
    update_strategy: k8s.DeploymentStrategy | k8s.StatefulSetUpdateStrategy | Piece | None = None
    """`strategy` of a Deployment, `updateStrategy` of a StatefulSet. Default: a Deployment starts a
    new pod before it stops an old one, so that there is never one fewer; a StatefulSet replaces one
    pod after another."""
    revision_history_limit: int = 3
    """`revisionHistoryLimit`: old revisions to which `kubectl rollout undo` can go back. Default
    3."""

    def __post_init__(self) -> None:
        """Checks the number, and whether it is one person's to say.

        Raises:
            ValueError: when it is negative, or when an autoscaler would overrule it.
        """
        super().__post_init__()
        check_replicas(self.owner, self.replicas)
        findings = []
        if self.revision_history_limit < 0:
            findings.append(
                f"{self.owner}(revision_history_limit={self.revision_history_limit}): expected 0 "
                "or more"
            )
        if self.scaled_by and not isinstance(self.replicas, Unsaid):
            findings.append(
                f"{self.owner}(replicas={self.replicas}) with autoscaling=: the autoscaler decides "
                "on the number; leave replicas out, and say min_replicas and max_replicas there"
            )
        if isinstance(self.scaled_by, HpaAutoscaling):
            findings += self.scaled_by.findings(self.owner, self.resources)
        if findings:
            raise ValueError("\n".join(findings))

    @property
    def owner(self) -> str:
        """What the user calls these props, for messages."""
        return type(self).__name__

    @property
    def scaled_by(self) -> HpaAutoscaling | KedaAutoscaling | None:
        """What decides on the number of pods in place of `replicas`."""
        return None

    @property
    def rollout(self) -> Mapping[str, Any]:
        """How a new template replaces an old one, for `workloads`."""
        return {"strategy": self.update_strategy, "history": self.revision_history_limit}

    @property
    def fixed_replicas(self) -> int | None:
        """The number of pods; None where an autoscaler decides."""
        return None if self.scaled_by else self.replicas

    @property
    def most_replicas(self) -> int:
        """The largest number of pods that there can be."""
        return self.scaled_by.max_replicas if self.scaled_by else self.replicas


@dataclass(frozen=True, kw_only=True)
class AutoscaledProps(ReplicatedProps):
    """Props of components whose load tells how many pods they need."""

    autoscaling: HpaAutoscaling | None = None
    """What decides on the number of pods, in place of `replicas`. Default: nothing."""

    @property
    def scaled_by(self) -> HpaAutoscaling | None:
        """The same."""
        return self.autoscaling


def check_replicas(owner: str, replicas: int) -> None:
    """Checks a number of replicas.

    Raises:
        ValueError: when it is negative.
    """
    if replicas < 0:
        raise ValueError(f"{owner}(replicas={replicas}): expected 0 or more; 0 stops the pods")


class ReplicatedComponent(AirflowComponent):
    """A component whose pods a Deployment or a StatefulSet makes, with what stands around them."""

    replicated = True
    service_name = ""
    """Name of its Service, if it has one."""

    def deployment(
        self,
        container: Container,
        template: Mapping[str, object],
        props: ReplicatedProps,
        *,
        ports: Mapping[str, int] | None = None,
        recreate: bool = False,
    ) -> None:
        """Adds the Deployment, its Service, its PodDisruptionBudget and its autoscaler.

        Args:
            container: the Airflow process.
            template: of the pods.
            props: what the user says of them.
            ports: of the Service. Default: there is none.
            recreate: stop all old pods before the first new one starts.
        """
        workloads.deployment(
            self,
            self.name,
            self.labels,
            replicas=props.fixed_replicas,
            template=template,
            recreate=recreate,
            **props.rollout,
        )
        if ports:
            service = workloads.service(self, self.name, self.labels, ports=ports)
            self.service_name = service.object_name
        self._bounded(container, props, "Deployment")

    def stateful_set(
        self,
        container: Container,
        template: Mapping[str, object],
        props: ReplicatedProps,
        *,
        ports: Mapping[str, int],
        claim: ClaimTemplate | None = None,
    ) -> None:
        """Adds the headless Service, the StatefulSet, its PodDisruptionBudget and its autoscaler.

        Args:
            container: the Airflow process.
            template: of the pods.
            props: what the user says of them.
            ports: of the Service.
            claim: a volume for the logs of each pod. Default: they live as long as the pod.
        """
        service = workloads.service(self, self.name, self.labels, ports=ports, headless=True)
        self.service_name = service.object_name
        workloads.stateful_set(
            self,
            self.name,
            self.labels,
            replicas=props.fixed_replicas,
            service=service,
            template=template,
            claims=[claim.wire(LOGS)] if claim else [],
            retention=claim.retention if claim else None,
            **props.rollout,
        )
        self._bounded(container, props, "StatefulSet")

    def _bounded(self, container: Container, props: ReplicatedProps, kind: str) -> None:
        workloads.pod_disruption_budget(self, self.name, self.labels, replicas=props.most_replicas)
        if isinstance(props.scaled_by, HpaAutoscaling):
            props.scaled_by.build(self, self.name, self.labels, kind=kind, container=container.name)
