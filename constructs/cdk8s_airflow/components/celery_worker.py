"""Celery workers: the groups of pods that run the tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.api_server import wait_for_api_server
from cdk8s_airflow.components.keda import KedaAutoscaling, TaskQuery
from cdk8s_airflow.components.pod_launcher import PodLauncher
from cdk8s_airflow.components.replicated import ReplicatedComponent, StatefulProps
from cdk8s_airflow.components.stalls import STALLED_SECONDS, stalled_problem
from cdk8s_airflow.kubernetes.autoscaling import HpaAutoscaling
from cdk8s_airflow.kubernetes.names import dns_label_problems
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.probes import Probe, command
from cdk8s_airflow.kubernetes.props import Default
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.parts.runtime import WORKER_LOG_PORT
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.services.database import DatabaseServer
from cdk8s_airflow.services.server import own_servers

DEFAULT_GROUP = "default"
BASE_MIB, TASK_MIB = 256, 96
"""Memory of a worker without tasks, and of each idle one more, as measured."""
EXECUTORS = (
    None,
    "CeleryExecutor",
    "airflow.providers.celery.executors.celery_executor.CeleryExecutor",
)
"""Names by which tasks choose the Celery executor where it is the default; None: a task names no
executor."""
_QUEUE = re.compile(r"[^\s,]{1,128}")


@dataclass(frozen=True, kw_only=True)
class WorkerGroup(StatefulProps, PodLauncher):
    """A group of identical Celery workers."""

    name: str = DEFAULT_GROUP
    """Name of the group: its objects are `{release}-worker-{name}`; `{release}-worker` for the
    group `default`."""
    queues: Sequence[str] = ("default",)
    """Queues that it serves. Default: `default`, Airflow's `[operators] default_queue`."""
    replicas: int = Default(2)
    """Number of pods; the group `default` takes it from `size`. Default: 2, so that one may be lost
    at any time."""
    concurrency: int = Default(8)
    """Tasks that one pod runs at a time, `[celery] worker_concurrency`; the group `default` takes
    it from `size`. Default resources follow it: 256Mi and 96Mi for each task, as measured; the
    limit is twice that. Default: 8."""
    autoscaling: KedaAutoscaling | HpaAutoscaling | None = None
    """An autoscaler that sets the number of pods instead of `replicas`: KEDA, by the waiting and
    running tasks of these queues divided by `concurrency`; or a HorizontalPodAutoscaler, by load. A
    pod that is scaled away finishes its tasks first. Default: none."""
    termination_grace_seconds: int = 600
    """`terminationGracePeriodSeconds`: the time in which a stopped worker finishes its running
    tasks; it takes no new ones. Tasks that take longer are killed, and retried if they have
    retries. Default: 600."""

    stalled_seconds: int | None = STALLED_SECONDS
    """Seconds in which a worker with a free slot may start no task while some wait in its queues.
    Then its liveness probe fails, and it is restarted once its tasks have ended. None: it only has
    to answer. Default: 300."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from dns_label_problems("WorkerGroup.name", self.name)
        owner = self.owner
        if self.concurrency < 1:
            yield (
                f"{owner}.concurrency={self.concurrency}: expected 1 or more; to stop the group "
                "set replicas=0"
            )
        if problem := stalled_problem(owner, self.stalled_seconds):
            yield problem
        if not self.queues:
            yield f"{owner}.queues is empty: name at least one queue, e.g. 'default'"
        for queue in self.queues:
            if not _QUEUE.fullmatch(queue):
                yield f"{owner}.queues has {queue!r}: expected a name without spaces and commas"

    @property
    def owner(self) -> str:
        """How messages name these props."""
        return f"WorkerGroup(name={self.name!r})"

    @property
    def autoscaler(self) -> HpaAutoscaling | KedaAutoscaling | None:
        """The autoscaler of the group, if it has one."""
        return self.autoscaling

    @property
    def component(self) -> str:
        """Name of the component, without the release."""
        role = Role.WORKER.value
        return role if self.name == DEFAULT_GROUP else f"{role}-{self.name}"


class CeleryWorkers(ReplicatedComponent):
    """`airflow celery worker` as a StatefulSet with a headless Service.

    The API server reads the log of a running task from the worker by its own name, on port 8793.
    On SIGTERM a worker takes no new tasks, finishes its own, and goes.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        platform: Platform,
        props: WorkerGroup | None = None,
        database: DatabaseServer | None = None,
        executors: Sequence[str | None] = EXECUTORS,
    ) -> None:
        """Adds the StatefulSet, its Service and what belongs to them.

        Args:
            scope: the release.
            id: its construct id.
            platform: the release as its components see it.
            props: the user's settings for the group.
            database: the metadata database, for KEDA.
            executors: names by which tasks choose the Celery executor, for KEDA.
        """
        props = props or WorkerGroup()
        super().__init__(
            scope, id, platform=platform, role=Role.WORKER, component=props.component, props=props
        )
        memory = BASE_MIB + TASK_MIB * props.concurrency
        ping = command(*run("worker_probe.py", "10"))
        alive = ping
        if props.stalled_seconds:
            stalled = str(props.stalled_seconds)
            alive = command(*run("worker_probe.py", "10", stalled, *props.queues))
        ports = {"worker-logs": WORKER_LOG_PORT}
        container = Container(
            name="worker",
            image=platform.image,
            args=(
                *("airflow", "celery", "worker"),
                *("--queues", ",".join(props.queues)),
                *("--concurrency", str(props.concurrency)),
                # After a lost broker, mingle would ask the others by a connection that may be lost
                # too, and delay the first task by 6 s.
                "--without-mingle",
            ),
            ports=ports,
            startup=Probe(handler=ping, period=10, timeout=30, failures=30),
            readiness=Probe(handler=ping, period=60, timeout=30, failures=3),
            liveness=Probe(handler=alive, period=60, timeout=30, failures=5),
            resources=resources(
                cpu="200m", memory=f"{memory}Mi", memory_limit=f"{memory * 2}Mi", storage="1Gi"
            ),
        )
        self.stateful_set(
            container,
            props,
            ports=ports,
            wait=wait_for_api_server(
                self,
                platform,
                # Without a server to wait for, the API server tells that the Secrets are there.
                or_away=bool(own_servers(platform, platform.parts(self.role))),
            ),
            grace_seconds=props.termination_grace_seconds,
            extra=props.launcher_parts,
        )
        self.grant(props)
        if isinstance(props.autoscaling, KedaAutoscaling):
            props.autoscaling.build(
                self,
                self.name,
                self.labels,
                work=TaskQuery(queues=props.queues, executors=executors),
                capacity=props.concurrency,
                database=database,
                network=platform.network,
            )
