"""The triggerer: one process that waits for the events of deferred tasks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.keda import KedaAutoscaling, TriggerQuery
from cdk8s_airflow.components.pod_launcher import PodLauncher
from cdk8s_airflow.components.replicated import ReplicatedComponent, StatefulProps
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.probes import Probe, command
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.access import DatabaseAccess
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.parts.runtime import TRIGGER_LOG_PORT
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.services.database import DatabaseServer

DEFAULT_CAPACITY = 1000


@dataclass(frozen=True, kw_only=True)
class TriggererProps(StatefulProps, PodLauncher, Part):
    """Props of the triggerer.

    Default resources: 100m CPU, 384Mi, limit 768Mi; 253 MiB were measured.
    """

    capacity: int = DEFAULT_CAPACITY
    """Triggers that one pod runs at a time, `[triggerer] capacity`. Default: 1000, Airflow's
    own."""
    autoscaling: KedaAutoscaling | None = None
    """KEDA sets the number of pods instead of `replicas`: all triggers divided by `capacity`.
    Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.capacity < 1:
            yield f"TriggererProps(capacity={self.capacity}): expected 1 or more"

    @property
    def autoscaler(self) -> KedaAutoscaling | None:
        """The autoscaler, if there is one."""
        return self.autoscaling

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the triggerer to the bundle."""
        access = platform.find(DatabaseAccess)
        Triggerer(
            scope,
            Role.TRIGGERER.value,
            platform=platform,
            props=self,
            database=access.server if access else None,
        )


class Triggerer(ReplicatedComponent):
    """`airflow triggerer` as a StatefulSet with a headless Service.

    The API server reads the logs of triggers from the pod by its own name, on port 8794.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        platform: Platform,
        props: TriggererProps | None = None,
        database: DatabaseServer | None = None,
    ) -> None:
        """Adds the StatefulSet, its Service and what belongs to them.

        Args:
            scope: the release.
            id: its construct id.
            platform: the release as its components see it.
            props: the user's settings.
            database: the metadata database, for KEDA.
        """
        super().__init__(scope, id, platform=platform, role=Role.TRIGGERER, props=props)
        props = props or TriggererProps()
        beat = command(*run("job_probe.py", "TriggererJob", "60"))
        ports = {"trigger-logs": TRIGGER_LOG_PORT}
        capacity = () if props.capacity == DEFAULT_CAPACITY else ("--capacity", str(props.capacity))
        container = Container(
            name="triggerer",
            image=platform.image,
            args=("airflow", "triggerer", *capacity),
            ports=ports,
            startup=Probe(handler=beat, period=2, timeout=20, failures=150),
            readiness=Probe(handler=beat, period=30, timeout=20, failures=3),
            liveness=Probe(handler=beat, period=30, timeout=20, failures=5),
            resources=resources(cpu="100m", memory="384Mi", memory_limit="768Mi", storage="512Mi"),
        )
        self.stateful_set(
            container,
            props,
            ports=ports,
            wait=self.wait_for_migrations(),
            grace_seconds=60,
            extra=props.launcher_parts,
        )
        self.grant(props)
        if props.autoscaling:
            props.autoscaling.build(
                self,
                self.name,
                self.labels,
                work=TriggerQuery(),
                capacity=props.capacity,
                database=database,
                network=platform.network,
            )
