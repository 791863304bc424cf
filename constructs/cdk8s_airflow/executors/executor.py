"""The base of all executors, and `[core] executor`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from cdk8s_airflow.executors.backends import Backends
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import LONG_RUNNING

NAMES = frozenset({"CeleryExecutor", "KubernetesExecutor", "LocalExecutor"})
"""Airflow's own names of executors."""


@dataclass(frozen=True, kw_only=True)
class Executor(Props, Part):
    """The props that all executors share; as a part, what launching tasks needs."""

    alias: str | None = None
    """Another name by which tasks may choose it, `executor="..."` of an operator. Default: none,
    only the class name, such as `KubernetesExecutor`."""

    path: ClassVar[str]
    """Import path of the executor's class in Airflow."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.alias is not None and (
            not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", self.alias) or self.alias in NAMES
        ):
            yield (
                f"{type(self).__name__}(alias={self.alias!r}): expected letters, digits, `_` and "
                "`-`, beginning with a letter, and none of Airflow's own names"
            )

    @property
    def option_value(self) -> str:
        """The entry in `[core] executor`."""
        return f"{self.alias}:{self.path}" if self.alias else type(self).__name__

    def launcher(self, backends: Backends) -> Part:
        """The part for the processes that launch tasks.

        Args:
            backends: Celery's broker and result backend.
        """
        return self

    def runner(self, backends: Backends) -> Part:
        """The part that runs tasks; it comes after all objects that these may mount.

        Args:
            backends: Celery's broker and result backend.
        """
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class ExecutorNames(Part):
    """`[core] executor`, for all processes that read tasks or DAGs."""

    names: Sequence[str]
    """The entries of the option; the first is the default executor."""

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The environment variable of the option."""
        if role not in LONG_RUNNING | {Role.TASK}:
            return NOTHING
        return PodParts(env=env_vars({"AIRFLOW__CORE__EXECUTOR": ",".join(self.names)}))
