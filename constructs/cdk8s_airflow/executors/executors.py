"""The executors of a release: one, or several that tasks may choose from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from cdk8s_airflow.components.celery_worker import WorkerGroup
from cdk8s_airflow.executors.backends import Backends
from cdk8s_airflow.executors.celery import CeleryExecutor
from cdk8s_airflow.executors.executor import Executor
from cdk8s_airflow.executors.kubernetes import KubernetesExecutor
from cdk8s_airflow.executors.local import LocalExecutor
from cdk8s_airflow.kubernetes.pods import PodProps
from cdk8s_airflow.parts.config import Config
from cdk8s_airflow.roles import CELERY_SECTIONS

AnyExecutor: TypeAlias = CeleryExecutor | KubernetesExecutor | LocalExecutor

_E = TypeVar("_E", bound=Executor)


@dataclass(frozen=True, kw_only=True)
class Executors:
    """All executors of a release."""

    all: Sequence[AnyExecutor]
    """The executors; the first is the default one."""

    @property
    def names(self) -> Sequence[str]:
        """The entries in `[core] executor`."""
        return [each.option_value for each in self.all]

    @property
    def celery(self) -> CeleryExecutor | None:
        """The Celery executor, if there is one."""
        return self._of(CeleryExecutor)

    @property
    def kubernetes(self) -> KubernetesExecutor | None:
        """The Kubernetes executor, if there is one."""
        return self._of(KubernetesExecutor)

    @property
    def local(self) -> LocalExecutor | None:
        """The local executor, if there is one."""
        return self._of(LocalExecutor)

    @property
    def worker_groups(self) -> Sequence[WorkerGroup]:
        """The groups of Celery workers; none without Celery."""
        return self.celery.workers if self.celery else ()

    @property
    def uses_other_namespaces(self) -> bool:
        """Whether tasks may run in namespaces other than the release's."""
        return self.kubernetes is not None and self.kubernetes.uses_other_namespaces

    def task_pods(self, scheduler: PodProps) -> Sequence[PodProps]:
        """The settings of all pods in which tasks run.

        Args:
            scheduler: the settings of the scheduler, where local tasks run.
        """
        pods = [self.kubernetes] if self.kubernetes else []
        return [*self.worker_groups, *pods, *([scheduler] if self.local else [])]

    def problems(
        self, *, backends: Backends, celery_options: Sequence[str], config: Config, dags: object
    ) -> list[str]:
        """The problems of the executors, and of other props in combination with them.

        Args:
            backends: Celery's broker and result backend.
            celery_options: names of the props for Celery that the user has set.
            config: the user's options.
            dags: the source of the DAGs.
        """
        problems = list(self._clashes())
        if self.celery:
            problems += backends.problems
        else:
            options = [f"config[{section!r}]" for section in CELERY_SECTIONS & config.keys()]
            problems += [
                f"{option} is given, but no executor is a CeleryExecutor, and nothing else uses "
                "it: leave it out, or add a CeleryExecutor to executors"
                for option in (*celery_options, *sorted(options))
            ]
        if self.kubernetes:
            problems += self.kubernetes.clashes(dags)
        if self.local:
            problems += self.local.clashes(config)
        return problems

    def _clashes(self) -> Iterator[str]:
        if not self.all:
            yield "executors is empty: give at least one, or leave it out for Celery alone"
        kinds = [type(each).__name__ for each in self.all]
        for kind in sorted({kind for kind in kinds if kinds.count(kind) > 1}):
            yield (
                f"executors has two {kind}: Airflow takes each kind once; give one with all "
                "settings, such as Celery's several groups of workers"
            )
        aliases = [each.alias for each in self.all if each.alias]
        for alias in sorted({alias for alias in aliases if aliases.count(alias) > 1}):
            yield f"executors has the alias {alias!r} twice: give each its own"

    def _of(self, kind: type[_E]) -> _E | None:
        return next((each for each in self.all if isinstance(each, kind)), None)
