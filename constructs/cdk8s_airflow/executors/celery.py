"""The Celery executor: long-lived workers, fed through a broker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.celery_worker import CeleryWorkers, WorkerGroup
from cdk8s_airflow.components.flower import Flower, FlowerServer
from cdk8s_airflow.executors.backends import Backends, CeleryBackends
from cdk8s_airflow.executors.executor import Executor, ExecutorNames
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.access import DatabaseAccess
from cdk8s_airflow.platform import Platform, Role


@dataclass(frozen=True, kw_only=True)
class CeleryExecutor(Executor):
    """Tasks run in groups of long-lived workers, fed through a broker."""

    workers: Sequence[WorkerGroup] = (WorkerGroup(),)
    """The worker groups. Default: one that serves the queue `default`."""

    path = "airflow.providers.celery.executors.celery_executor.CeleryExecutor"

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        names = [group.name for group in self.workers]
        if not names:
            yield (
                "CeleryExecutor.workers is empty: nothing would run tasks; leave it out for one "
                "default group, or give a WorkerGroup"
            )
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"CeleryExecutor.workers has two groups named {name!r}: give each its own name"

    def launcher(self, backends: Backends) -> Part:
        """The part with the URLs of broker and result backend."""
        return CeleryBackends(backends=backends)

    def runner(self, backends: Backends) -> Part:
        """The part that adds the groups of workers, and Flower."""
        return CeleryPods(executor=self, flower=backends.flower)


@dataclass(frozen=True, kw_only=True)
class CeleryPods(Part):
    """The workers and Flower of a release."""

    executor: CeleryExecutor
    """The executor, with its groups of workers."""
    flower: Flower | None
    """The props of Flower, if it is enabled."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the groups of workers, and Flower."""
        access = platform.find(DatabaseAccess)
        for group in self.executor.workers:
            CeleryWorkers(
                scope,
                group.component,
                platform=platform,
                props=group,
                database=access.server if access else None,
                executors=self._executor_names(platform),
            )
        if self.flower:
            FlowerServer(scope, Role.FLOWER.value, platform=platform, props=self.flower)

    def _executor_names(self, platform: Platform) -> Sequence[str | None]:
        """Names by which tasks choose this executor; None: a task names no executor."""
        names, executor = platform.find(ExecutorNames), self.executor
        is_default = names is not None and names.names[0] == executor.option_value
        return (
            *([None] if is_default else []),
            *([executor.alias] if executor.alias else []),
            *(type(executor).__name__, executor.path),
        )
