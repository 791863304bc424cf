"""Components that may have several pods: replicas, autoscaling, disruption budgets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cdk8s_airflow.components.base import AirflowComponent
from cdk8s_airflow.components.keda import KedaAutoscaling
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.autoscaling import HpaAutoscaling
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.pods import Container, PodProps
from cdk8s_airflow.kubernetes.props import Default
from cdk8s_airflow.kubernetes.service_props import HeadlessServiceProps, ServiceProps
from cdk8s_airflow.kubernetes.storage import ClaimTemplate
from cdk8s_airflow.kubernetes.structs import k8s
from cdk8s_airflow.parts.runtime import LOGS


@dataclass(frozen=True, kw_only=True)
class ReplicatedProps(PodProps):
    """Props of components that may have several pods."""

    replicas: int = Default(1)
    """Number of pods; with 2 or more, a PodDisruptionBudget allows one to be evicted at a time.
    Default: that of `size`, 1 for `small`."""
    update_strategy: k8s.DeploymentStrategy | k8s.StatefulSetUpdateStrategy | Manifest | None = None
    """`strategy` of a Deployment, `updateStrategy` of a StatefulSet. Default: a Deployment starts a
    new pod before it stops an old one; a StatefulSet replaces one pod after another."""
    revision_history_limit: int = 3
    """`revisionHistoryLimit`: old revisions to which `kubectl rollout undo` can go back. Default:
    3."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.replicas < 0:
            yield f"{self.owner}(replicas={self.replicas}): expected 0 or more; 0 stops the pods"
        if self.revision_history_limit < 0:
            yield (
                f"{self.owner}(revision_history_limit={self.revision_history_limit}): expected 0 "
                "or more"
            )
        if self.autoscaler and not isinstance(self.replicas, Default):
            yield (
                f"{self.owner}(replicas={self.replicas}) with autoscaling=: the autoscaler decides "
                "on the number; leave replicas out, and set min_replicas and max_replicas there"
            )
        if isinstance(self.autoscaler, HpaAutoscaling):
            yield from self.autoscaler.problems(self.owner, self.resources)

    @property
    def owner(self) -> str:
        """How messages name these props."""
        return type(self).__name__

    @property
    def autoscaler(self) -> HpaAutoscaling | KedaAutoscaling | None:
        """The autoscaler that sets the number of pods in place of `replicas`, if there is one."""
        return None

    @property
    def rollout(self) -> Mapping[str, Any]:
        """Arguments of `workloads` for the update strategy and the revision history."""
        return {"strategy": self.update_strategy, "history": self.revision_history_limit}

    @property
    def fixed_replicas(self) -> int | None:
        """`spec.replicas`; None where an autoscaler sets it."""
        return None if self.autoscaler else self.replicas

    @property
    def max_replicas(self) -> int:
        """The most pods that there can be."""
        return self.autoscaler.max_replicas if self.autoscaler else self.replicas


@dataclass(frozen=True, kw_only=True)
class AutoscaledProps(ReplicatedProps):
    """Props of components that a HorizontalPodAutoscaler may scale."""

    autoscaling: HpaAutoscaling | None = None
    """An autoscaler that sets the number of pods in place of `replicas`. Default: none."""

    @property
    def autoscaler(self) -> HpaAutoscaling | None:
        """The HorizontalPodAutoscaler, if there is one."""
        return self.autoscaling


@dataclass(frozen=True, kw_only=True)
class StatefulProps(ReplicatedProps):
    """Props of components with logs in their pods, which the API server reads there."""

    persistence: ClaimTemplate | None = None
    """A volume for the logs of each pod, so that they survive a restart of the pod. Default: an
    `emptyDir`, which ends with the pod."""
    service: HeadlessServiceProps | None = None
    """Labels and annotations of the headless Service. Default: none of your own."""


class ReplicatedComponent(AirflowComponent):
    """A component with a workload, its Service, its disruption budget and its autoscaler."""

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
        service: ServiceProps | None = None,
        recreate: bool = False,
    ) -> None:
        """Adds the Deployment, its Service, its PodDisruptionBudget and its autoscaler.

        Args:
            container: the Airflow process.
            template: of the pods.
            props: the user's settings for them.
            ports: of the Service. Default: there is none.
            service: the user's settings of the Service.
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
            found = workloads.service(self, self.name, self.labels, ports=ports, props=service)
            self.service_name = found.object_name
        self._add_budget_and_autoscaler(container, props, "Deployment")

    def stateful_set(
        self,
        container: Container,
        props: StatefulProps,
        *,
        ports: Mapping[str, int],
        wait: Container,
        grace_seconds: int,
        extra: PodParts | None = None,
    ) -> None:
        """Adds the headless Service, the StatefulSet, its PodDisruptionBudget and its autoscaler.

        Args:
            container: the Airflow process.
            props: the user's settings.
            ports: of the Service.
            wait: what the pods wait for, see `template`.
            grace_seconds: `terminationGracePeriodSeconds`.
            extra: what only this component adds to its pods.
        """
        claim = props.persistence
        template = self.template(
            container,
            props=props,
            wait=wait,
            extra=extra,
            grace_seconds=grace_seconds,
            claim_volumes=[LOGS] if claim else [],
        )
        headless = workloads.service(
            self, self.name, self.labels, ports=ports, headless=True, props=props.service
        )
        self.service_name = headless.object_name
        workloads.stateful_set(
            self,
            self.name,
            self.labels,
            replicas=props.fixed_replicas,
            service=headless,
            template=template,
            claims=[claim.wire(LOGS)] if claim else [],
            retention=claim.retention if claim else None,
            **props.rollout,
        )
        self._add_budget_and_autoscaler(container, props, "StatefulSet")

    def _add_budget_and_autoscaler(
        self, container: Container, props: ReplicatedProps, kind: str
    ) -> None:
        workloads.pod_disruption_budget(self, self.name, self.labels, replicas=props.max_replicas)
        if isinstance(props.autoscaler, HpaAutoscaling):
            props.autoscaler.build(
                self, self.name, self.labels, kind=kind, container=container.name
            )
