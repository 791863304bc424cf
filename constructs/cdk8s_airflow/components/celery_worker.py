"""Celery workers: the groups of pods that run the tasks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.api_server import wait_for_api_server
from cdk8s_airflow.components.keda import KedaAutoscaling, Tasks
from cdk8s_airflow.components.launching import Launching
from cdk8s_airflow.components.replicated import ReplicatedComponent, ReplicatedProps
from cdk8s_airflow.kubernetes.autoscaling import HpaAutoscaling
from cdk8s_airflow.kubernetes.names import check_label
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.probes import Probe, command
from cdk8s_airflow.kubernetes.props import Unsaid
from cdk8s_airflow.kubernetes.storage import ClaimTemplate
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.parts.runtime import LOGS, WORKER_LOG_PORT
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.services.database import DatabaseServer

DEFAULT_GROUP = "default"
EXECUTORS = (
    None,
    "CeleryExecutor",
    "airflow.providers.celery.executors.celery_executor.CeleryExecutor",
)
"""The names by which tasks choose Celery where it is the default; None: they choose nothing."""
_QUEUE = re.compile(r"[^\s,]{1,128}")


@dataclass(frozen=True, kw_only=True)
class WorkerGroup(ReplicatedProps, Launching):
    """A group of equal Celery workers."""

    name: str = DEFAULT_GROUP
    """Name of the group: its objects are `{release}-worker-{name}`; `{release}-worker` for the
    group `default`."""
    queues: Sequence[str] = ("default",)
    """Queues that it serves; default: `default`, Airflow's `[operators] default_queue`."""
    replicas: int = Unsaid(2)
    """Number of pods. Default 2, so that one may go at any time; the group `default` by `size`."""
    concurrency: int = Unsaid(8)
    """Tasks that one pod runs at a time, `[celery] worker_concurrency`. The default resources
    follow it: 256Mi and 96Mi for each task, as measured; the limit is twice that. Default 8; the
    group `default` by `size`."""
    autoscaling: KedaAutoscaling | HpaAutoscaling | None = None
    """What decides on the number of pods, in place of `replicas`: KEDA, by the tasks of these
    queues that wait and run, divided by `concurrency`; or a HorizontalPodAutoscaler, by load. A pod
    that has to go finishes its tasks first. Default: nothing."""
    persistence: ClaimTemplate | None = None
    """A volume for the logs of each pod, so that those of finished tasks survive its restart.
    Default: they live as long as the pod."""
    termination_grace_seconds: int = 600
    """Seconds that running tasks get to finish when the pod has to go; it takes no new ones
    meanwhile. Tasks that last longer are killed, and retried if they may. Default 600."""

    def __post_init__(self) -> None:
        """Checks names and numbers.

        Raises:
            ValueError: for a name or queue that is malformed, or a number out of range.
        """
        super().__post_init__()
        check_label("WorkerGroup.name", self.name)
        owner = self.owner
        if self.concurrency < 1:
            raise ValueError(
                f"{owner}.concurrency={self.concurrency}: expected 1 or more; to stop the group "
                "set replicas=0"
            )
        if self.termination_grace_seconds < 1:
            raise ValueError(
                f"{owner}.termination_grace_seconds={self.termination_grace_seconds}: expected 1 "
                "or more seconds"
            )
        if not self.queues:
            raise ValueError(f"{owner}.queues is empty: name at least one queue, e.g. 'default'")
        for queue in self.queues:
            if not _QUEUE.fullmatch(queue):
                raise ValueError(
                    f"{owner}.queues has {queue!r}: expected a name without spaces and commas"
                )

    @property
    def owner(self) -> str:
        """What the user calls these props, for messages."""
        return f"WorkerGroup(name={self.name!r})"

    @property
    def scaled_by(self) -> HpaAutoscaling | KedaAutoscaling | None:
        """The same as `autoscaling`."""
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
        """Adds it to the tree.

        Args:
            scope: the release.
            id: its id in the tree.
            platform: the release as its components see it.
            props: what the user says of the group.
            database: the metadata database, for KEDA.
            executors: the names by which tasks choose Celery, for KEDA.
        """
        props = props or WorkerGroup()
        super().__init__(scope, id, platform=platform, role=Role.WORKER, component=props.component)
        memory = 256 + 96 * props.concurrency
        ping = command(*run("worker_probe.py", "10"))
        ports = {"worker-logs": WORKER_LOG_PORT}
        container = Container(
            name="worker",
            image=platform.image,
            args=(
                *("airflow", "celery", "worker"),
                *("--queues", ",".join(props.queues)),
                *("--concurrency", str(props.concurrency)),
                # It would ask all others for what they revoked before it takes a task again, by
                # a connection that may be lost: 6 s more after a broker was.
                "--without-mingle",
            ),
            ports=ports,
            startup=Probe(handler=ping, period=10, timeout=30, failures=30),
            readiness=Probe(handler=ping, period=60, timeout=30, failures=3),
            liveness=Probe(handler=ping, period=60, timeout=30, failures=5),
            resources=resources(cpu="200m", memory=f"{memory}Mi", memory_limit=f"{memory * 2}Mi"),
        )
        template = self.template(
            container,
            props=props,
            wait=wait_for_api_server(self, platform),
            extra=props.launching,
            grace_seconds=props.termination_grace_seconds,
            claimed=[LOGS] if props.persistence else [],
        )
        self.stateful_set(container, template, props, ports=ports, claim=props.persistence)
        props.grant(self, self.name, self.labels, account_namespace=platform.namespace)
        if isinstance(props.autoscaling, KedaAutoscaling):
            props.autoscaling.build(
                self,
                self.name,
                self.labels,
                work=Tasks(queues=props.queues, executors=executors),
                capacity=props.concurrency,
                database=database,
                network=platform.network,
            )
