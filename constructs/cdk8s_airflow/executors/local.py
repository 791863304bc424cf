"""The local executor: tasks run in the scheduler's own pod."""

from __future__ import annotations

from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.launching import Launching
from cdk8s_airflow.components.scheduler import RunsInScheduler, TasksInside
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
class LocalExecutor(Executor, Launching, RunsInScheduler):
    """Tasks run in the scheduler's pod: the fewest pods, for small deployments.

    The scheduler is a StatefulSet then and holds what workers hold beside what is its own, so tasks
    can read its credentials from its environment: use it where all who write DAGs may.
    """

    parallelism: int | None = None
    """Tasks that one scheduler runs at a time, `[core] parallelism`; a process waits for each from
    the start. The default memory of the scheduler follows it. Default: what `config` says, else 16;
    beside other executors, whose tasks it limits too, Airflow's own 32."""

    path = "airflow.executors.local_executor.LocalExecutor"

    def __post_init__(self) -> None:
        """Checks the number.

        Raises:
            ValueError: when it is out of range.
        """
        super().__post_init__()
        if self.parallelism is not None and self.parallelism < 1:
            raise ValueError(f"LocalExecutor(parallelism={self.parallelism}): expected 1 or more")

    def clashes(self, config: Config) -> list[str]:
        """What is wrong beside these options."""
        configured = config.get("core", {}).get("parallelism")
        if self.parallelism is None or configured is None:
            return []
        return [
            f"config['core']['parallelism'] is LocalExecutor(parallelism={self.parallelism}) too: "
            "give one of them"
        ]

    def tasks(self, platform: Platform) -> TasksInside:
        """What the scheduler has to provide."""
        config, names = platform.find(AirflowConfig), platform.find(ExecutorNames)
        default = _AIRFLOWS_OWN if names and len(names.names) > 1 else _PARALLELISM
        configured = config.config.get("core", {}).get("parallelism") if config else None
        number = int(str(configured)) if configured else self.parallelism or default
        return TasksInside(parallelism=number)

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The number of tasks, and a token if they launch pods, in the scheduler."""
        if role is not Role.SCHEDULER:
            return NOTHING
        env = {"AIRFLOW__CORE__PARALLELISM": str(self.tasks(platform).parallelism)}
        return PodParts(env=env_vars(env)) + self.launching

    def runner(self, backends: Backends) -> Part:
        """The right to launch pods, if the tasks do."""
        return LocalLauncher(launching=self)


@dataclass(frozen=True, kw_only=True)
class LocalLauncher(Part):
    """The right of tasks in the scheduler to launch pods."""

    launching: Launching
    """Whether they do."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds it to the bundle, if they do."""
        component = Role.SCHEDULER.value
        self.launching.grant(
            scope,
            platform.name(component),
            platform.labels(component),
            id="SchedulerLauncher",
            account_namespace=platform.namespace,
        )
