"""The local executor: tasks run in the scheduler's own pod."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.pod_launcher import PodLauncher
from cdk8s_airflow.components.scheduler import LocalTasks, RunsInScheduler, SchedulerProps
from cdk8s_airflow.executors.backends import Backends
from cdk8s_airflow.executors.executor import Executor, ExecutorNames
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.config import AirflowConfig, Config
from cdk8s_airflow.platform import Platform, Role

_PARALLELISM = 16
_AIRFLOWS_OWN = 32


@dataclass(frozen=True, kw_only=True)
class LocalExecutor(Executor, PodLauncher, RunsInScheduler):
    """Tasks run in the scheduler's pod: the fewest pods, for small deployments.

    The scheduler is then a StatefulSet that also gets all that a worker gets. Tasks can read its
    credentials: use it where all authors of DAGs may have these.
    """

    parallelism: int | None = None
    """Tasks that one scheduler runs at a time, `[core] parallelism`. Airflow starts a process for
    each at once, so the scheduler's default memory follows from it. Default: the value in `config`,
    otherwise 16; with other executors, whose tasks it limits too, Airflow's own 32."""

    path = "airflow.executors.local_executor.LocalExecutor"

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.parallelism is not None and self.parallelism < 1:
            yield f"LocalExecutor(parallelism={self.parallelism}): expected 1 or more"

    def clashes(self, config: Config) -> list[str]:
        """The problems in combination with these options."""
        configured = config.get("core", {}).get("parallelism")
        if self.parallelism is None or configured is None:
            return []
        return [
            f"config['core']['parallelism'] is LocalExecutor(parallelism={self.parallelism}) too: "
            "give one of them"
        ]

    def tasks(self, platform: Platform) -> LocalTasks:
        """What these tasks need of the scheduler's pod."""
        config, names = platform.find(AirflowConfig), platform.find(ExecutorNames)
        default = _AIRFLOWS_OWN if names and len(names.names) > 1 else _PARALLELISM
        configured = config.config.get("core", {}).get("parallelism") if config else None
        number = int(str(configured)) if configured else self.parallelism or default
        return LocalTasks(parallelism=number)

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """For the scheduler: the number of tasks, and a token if they may launch pods."""
        if role is not Role.SCHEDULER:
            return NOTHING
        env = {"AIRFLOW__CORE__PARALLELISM": str(self.tasks(platform).parallelism)}
        return PodParts(env=env_vars(env)) + self.launcher_parts

    def runner(self, backends: Backends) -> Part:
        """The part that lets tasks launch pods."""
        return LocalLauncher(launcher=self)


@dataclass(frozen=True, kw_only=True)
class LocalLauncher(Part):
    """The Role by which tasks in the scheduler may launch pods."""

    launcher: PodLauncher
    """The executor, which says whether they may."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the Role and its RoleBinding, if tasks may launch pods."""
        component = Role.SCHEDULER.value
        self.launcher.grant(
            scope,
            platform.name(component),
            platform.labels(component),
            account=platform.account_name(Role.SCHEDULER, platform.find(SchedulerProps)),
            id="SchedulerLauncher",
            account_namespace=platform.namespace,
        )
