"""The scheduler; several share the work through the database."""

from __future__ import annotations

from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.replicated import ReplicatedComponent, ReplicatedProps
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.probes import Probe, command, http_get
from cdk8s_airflow.kubernetes.service_props import HeadlessServiceProps
from cdk8s_airflow.kubernetes.storage import ClaimTemplate
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.ip_families import PROBE
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.parts.runtime import LOGS, WORKER_LOG_PORT
from cdk8s_airflow.platform import Platform, Role

_HEALTH_PORT = 8974


@dataclass(frozen=True, kw_only=True)
class SchedulerProps(ReplicatedProps, Part):
    """Props of the scheduler.

    Default resources: 100m CPU, 384Mi, limit 1Gi; 250 MiB were measured under load. With a
    `LocalExecutor` 60Mi are added for each task that may run, and the limit is twice the sum; and
    running tasks get 600 s to finish when the pod has to go, unless you say otherwise.
    """

    persistence: ClaimTemplate | None = None
    """A volume for the logs of each pod, so that logs of tasks that ran in it survive a restart of
    the pod; for a `LocalExecutor` alone. Default: an `emptyDir`, which ends with the pod."""
    service: HeadlessServiceProps | None = None
    """Labels and annotations of the headless Service; for a `LocalExecutor` alone, as there is none
    without it. Default: none of your own."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the scheduler to the bundle."""
        executor = platform.find(RunsInScheduler)
        Scheduler(
            scope,
            Role.SCHEDULER.value,
            platform=platform,
            props=self,
            tasks=executor.tasks(platform) if executor else None,
        )


@dataclass(frozen=True, kw_only=True)
class LocalTasks:
    """What the local executor needs of the scheduler's pod, where its tasks run."""

    parallelism: int
    """Tasks that may run at a time."""


class RunsInScheduler(Part):
    """An executor whose tasks run in the scheduler's pod."""

    def tasks(self, platform: Platform) -> LocalTasks:
        """What these tasks need of the scheduler's pod."""
        raise NotImplementedError


class Scheduler(ReplicatedComponent):
    """`airflow scheduler` as a Deployment.

    Its health server reports the heartbeat of this process. With a `LocalExecutor` it is a
    StatefulSet with a headless Service, because the API server then reads task logs from the pod by
    its host name, on port 8793.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        platform: Platform,
        props: SchedulerProps | None = None,
        tasks: LocalTasks | None = None,
    ) -> None:
        """Adds the Deployment, or a StatefulSet if tasks run in it.

        Args:
            scope: the release.
            id: its construct id.
            platform: the release as its components see it.
            props: the user's settings.
            tasks: what the local executor needs. Default: no tasks run in this pod.
        """
        super().__init__(scope, id, platform=platform, role=Role.SCHEDULER, props=props)
        props = props or SchedulerProps()
        health = http_get("/health", "health")
        if platform.ipv6:
            health = command(*run(PROBE, f"http://127.0.0.1:{_HEALTH_PORT}/health", "8"))
        memory = 384 + 60 * tasks.parallelism if tasks else 0
        logs = {"worker-logs": WORKER_LOG_PORT}
        container = Container(
            name="scheduler",
            image=platform.image,
            args=("airflow", "scheduler", *(() if tasks else ("--skip-serve-logs",))),
            ports={"health": _HEALTH_PORT, **(logs if tasks else {})},
            startup=Probe(handler=health, period=2, timeout=10, failures=150),
            readiness=Probe(handler=health, period=10, timeout=10, failures=3),
            liveness=Probe(handler=health, period=15, timeout=10, failures=8),
            resources=resources(
                cpu="200m", memory=f"{memory}Mi", memory_limit=f"{memory * 2}Mi", storage="1Gi"
            )
            if tasks
            else resources(cpu="100m", memory="384Mi", memory_limit="1Gi", storage="256Mi"),
        )
        template = self.template(
            container,
            props=props,
            wait=self.wait_for_migrations(),
            # What runs tasks needs what a worker has: DAGs, connections, the execution API.
            extra=platform.parts(Role.WORKER) if tasks else None,
            grace_seconds=600 if tasks else 60,
            claim_volumes=[LOGS] if props.persistence else [],
        )
        if tasks:
            self.stateful_set(
                container,
                template,
                props,
                ports=logs,
                service=props.service,
                claim=props.persistence,
            )
        else:
            self.deployment(container, template, props)
