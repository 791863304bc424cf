"""The executors of a release: one, or several of which tasks may choose."""

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
    """All executors of a release together."""

    all: Sequence[AnyExecutor]
    """The executors; the first is the default one."""

    @property
    def names(self) -> Sequence[str]:
        """How `[core] executor` names them."""
        return [each.option_value for each in self.all]

    @property
    def celery(self) -> CeleryExecutor | None:
        """That of the workers, if there are any."""
        return self._of(CeleryExecutor)

    @property
    def kubernetes(self) -> KubernetesExecutor | None:
        """That of the pods of single tasks, if there are any."""
        return self._of(KubernetesExecutor)

    @property
    def local(self) -> LocalExecutor | None:
        """That of the tasks in the scheduler, if there are any."""
        return self._of(LocalExecutor)

    @property
    def worker_groups(self) -> Sequence[WorkerGroup]:
        """The groups of Celery workers; none without Celery."""
        return self.celery.workers if self.celery else ()

    @property
    def leave_namespace(self) -> bool:
        """Whether tasks may run in other namespaces than the release."""
        return self.kubernetes is not None and self.kubernetes.leaves_namespace

    def task_pods(self, scheduler: PodProps) -> Sequence[PodProps]:
        """What is said of the pods in which tasks run.

        Args:
            scheduler: what is said of the scheduler's, where they may run too.
        """
        pods = [self.kubernetes] if self.kubernetes else []
        return [*self.worker_groups, *pods, *([scheduler] if self.local else [])]

    def findings(
        self, *, backends: Backends, given: Sequence[str], config: Config, dags: object
    ) -> list[str]:
        """What is wrong with them, and with what is asked for beside them.

        Args:
            backends: what Celery talks to.
            given: the props of Celery's backends that the user has set.
            config: the user's options.
            dags: the source of the DAGs.
        """
        findings = list(self._clashes())
        if self.celery:
            findings += backends.findings
        else:
            options = [f"config[{section!r}]" for section in CELERY_SECTIONS & config.keys()]
            findings += [
                f"{option} is given, but no executor is a CeleryExecutor, and nothing else uses "
                "it: leave it out, or add a CeleryExecutor to executors"
                for option in (*given, *sorted(options))
            ]
        if self.kubernetes:
            findings += self.kubernetes.clashes(dags)
        if self.local:
            findings += self.local.clashes(config)
        return findings

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
