"""The CronJob that deletes task pods some time after their end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.base import AirflowComponent
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.cron import schedule_problem
from cdk8s_airflow.kubernetes.jobs import JobProps
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.rbac import grant, rule
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.parts.programs import packaged, run
from cdk8s_airflow.platform import Platform, Role

_PROGRAM = "clean_task_pods.py"


@dataclass(frozen=True, kw_only=True)
class FinishedPods(JobProps):
    """A CronJob that deletes the task pods that Airflow leaves: failed ones, or all.

    Kubernetes itself deletes finished pods when there are 12,500 in the cluster. The Job may list
    and delete pods in the namespaces of tasks. Default resources: 50m CPU, 64Mi, limit 256Mi.
    """

    hours: int = 72
    """Hours that a pod stays after its end, to be looked at. Default: 72, a weekend."""
    schedule: str = "17 * * * *"
    """Cron schedule. Default: each hour."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.hours < 1:
            yield (
                f"FinishedPods(hours={self.hours}): expected 1 or more, as the scheduler has to "
                "see how a pod has ended"
            )
        if text := schedule_problem(self.schedule):
            yield f"FinishedPods(schedule={self.schedule!r}): {text}"


def finished_pods_programs() -> Mapping[str, str]:
    """The program that deletes them."""
    return packaged(_PROGRAM)


class FinishedPodsCleaner(AirflowComponent):
    """The CronJob, with a Role in each namespace of task pods."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        platform: Platform,
        props: FinishedPods,
        namespaces: Sequence[str | None],
        all_namespaces: bool,
    ) -> None:
        """Adds the CronJob and the Roles.

        Args:
            scope: the release.
            id: its construct id.
            platform: the release as its components see it.
            props: the user's settings.
            namespaces: where task pods run; None: in the release's own.
            all_namespaces: tasks may choose any namespace.
        """
        super().__init__(scope, id, platform=platform, role=Role.FINISHED_PODS, props=props)
        for namespace in (None,) if all_namespaces else namespaces:
            # Two releases of one name in two namespaces are two in the cluster as well.
            prefix = f"{platform.namespace}-" if all_namespaces else ""
            grant(
                self,
                namespace or "",
                f"{prefix}{self.name}",
                self.labels,
                rules=[rule(["pods"], ["delete", "list"])],
                account=self.service_account,
                account_namespace=platform.namespace,
                namespace=namespace,
                all_namespaces=all_namespaces,
            )
        own = platform.labels(Role.TASK.value).selector
        env = {
            "SELECTOR": ",".join(f"{name}={value}" for name, value in sorted(own.items())),
            "NAMESPACES": json.dumps([""] if all_namespaces else list(namespaces)),
        }
        container = Container(
            name=Role.FINISHED_PODS.value,
            image=platform.image,
            command=run(_PROGRAM, str(props.hours), isolated=True),
            resources=resources(cpu="50m", memory="64Mi", memory_limit="256Mi"),
        )
        template = self.template(
            container,
            props=props,
            extra=PodParts(env=env_vars(env)),
            api_token=True,
            restart_policy="Never",
        )
        # The next run deletes what this one has left.
        spec = props.spec(template, deadline=3600, retries=1)
        workloads.cron_job(self, self.name, self.labels, schedule=props.schedule, spec=spec)
