"""The scheduler; several share the work through the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.replicated import ReplicatedComponent, StatefulProps
from cdk8s_airflow.components.stalls import STALLED_SECONDS, stalled_problem
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.probes import Probe, command, http_get
from cdk8s_airflow.kubernetes.service_props import HeadlessServiceProps
from cdk8s_airflow.kubernetes.storage import ClaimTemplate
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.ip_families import PROBE
from cdk8s_airflow.parts.programs import packaged, run
from cdk8s_airflow.parts.runtime import WORKER_LOG_PORT
from cdk8s_airflow.platform import Platform, Role

_HEALTH_PORT = 8974
_PROGRAM = "scheduler_probe.py"


@dataclass(frozen=True, kw_only=True)
class SchedulerProps(StatefulProps, Part):
    """Props of the scheduler.

    Default resources: 100m CPU, 384Mi, limit 1Gi; 250 MiB were measured under load. With a
    `LocalExecutor` 60Mi are added for each task that may run, and the limit is twice the sum.
    Running tasks then have 600 s to finish when the pod is stopped.
    """

    persistence: ClaimTemplate | None = None
    """A volume for the logs of each pod, so that logs of tasks that ran in it survive the pod; only
    for a `LocalExecutor`. Default: an `emptyDir`, which ends with the pod."""
    service: HeadlessServiceProps | None = None
    """Labels and annotations of the headless Service, which only a `LocalExecutor` has. Default:
    none of your own."""

    stalled_seconds: int | None = STALLED_SECONDS
    """Seconds in which the scheduler may examine no run, start none and queue no task although
    there is work that only it can do. Then its liveness probe fails, although its heartbeat goes
    on. None: only the heartbeat counts. Default: 300."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if problem := stalled_problem("SchedulerProps", self.stalled_seconds):
            yield problem

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program of the liveness probe."""
        return packaged(_PROGRAM) if self.stalled_seconds else {}

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
        alive = health
        if props.stalled_seconds:
            url = f"http://127.0.0.1:{_HEALTH_PORT}/health"
            alive = command(*run(_PROGRAM, url, "8", str(props.stalled_seconds)))
        memory = 384 + 60 * tasks.parallelism if tasks else 0
        logs = {"worker-logs": WORKER_LOG_PORT}
        container = Container(
            name="scheduler",
            image=platform.image,
            args=("airflow", "scheduler", *(() if tasks else ("--skip-serve-logs",))),
            ports={"health": _HEALTH_PORT, **(logs if tasks else {})},
            startup=Probe(handler=health, period=2, timeout=10, failures=150),
            readiness=Probe(handler=health, period=10, timeout=10, failures=3),
            liveness=Probe(handler=alive, period=30, timeout=20, failures=5),
            resources=resources(
                cpu="200m", memory=f"{memory}Mi", memory_limit=f"{memory * 2}Mi", storage="1Gi"
            )
            if tasks
            else resources(cpu="100m", memory="384Mi", memory_limit="1Gi", storage="256Mi"),
        )
        wait = self.wait_for_migrations()
        if tasks:
            self.stateful_set(
                container,
                props,
                ports=logs,
                wait=wait,
                grace_seconds=600,
                # What runs tasks needs what a worker has: DAGs, connections, the execution API.
                extra=platform.parts(Role.WORKER),
            )
        else:
            template = self.template(container, props=props, wait=wait, grace_seconds=60)
            self.deployment(container, template, props)
