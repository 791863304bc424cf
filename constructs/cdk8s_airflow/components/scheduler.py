"""The scheduler; any number of them share the work through the database."""

from __future__ import annotations

from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.base import AirflowComponent, ReplicatedProps
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.probes import Probe, http_get
from cdk8s_airflow.platform import Platform, Role

_HEALTH_PORT = 8974


@dataclass(frozen=True, kw_only=True)
class SchedulerProps(ReplicatedProps):
    """Props of the scheduler.

    Default resources: 100m CPU, 384Mi, limit 1Gi; 250 MiB were measured under load.
    """


class Scheduler(AirflowComponent):
    """`airflow scheduler` as a Deployment.

    Its health server answers from the heartbeat of this very process, for next to no cost.
    """

    def __init__(
        self, scope: Construct, id: str, *, platform: Platform, props: SchedulerProps | None = None
    ) -> None:
        """Adds it to the tree."""
        super().__init__(scope, id, platform=platform, role=Role.SCHEDULER)
        props = props or SchedulerProps()
        health = http_get("/health", "health")
        container = Container(
            name="scheduler",
            image=platform.image,
            args=("airflow", "scheduler", "--skip-serve-logs"),
            ports={"health": _HEALTH_PORT},
            startup=Probe(handler=health, period=5, timeout=10, failures=60),
            readiness=Probe(handler=health, period=10, timeout=10, failures=3),
            liveness=Probe(handler=health, period=15, timeout=10, failures=8),
            resources=resources(cpu="100m", memory="384Mi", memory_limit="1Gi"),
        )
        template = self.template(
            container, props=props, wait=self.wait_for_migrations(), grace_seconds=60
        )
        workloads.deployment(
            self, self.name, self.labels, replicas=props.replicas, template=template
        )
        workloads.pod_disruption_budget(self, self.name, self.labels, replicas=props.replicas)
