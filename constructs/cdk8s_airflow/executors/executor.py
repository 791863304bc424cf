"""What all executors have in common."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
    """What can be said of every executor; as a part it adds what launches tasks to other pods."""

    alias: str | None = None
    """Another name by which tasks may choose it, `executor="..."` of an operator. Default: only its
    own, such as `KubernetesExecutor`."""

    path: ClassVar[str]
    """Where Airflow finds its class."""

    def __post_init__(self) -> None:
        """Checks the alias.

        Raises:
            ValueError: when it is malformed, or another executor's own name.
        """
        super().__post_init__()
        if self.alias is not None and (
            not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", self.alias) or self.alias in NAMES
        ):
            raise ValueError(
                f"{type(self).__name__}(alias={self.alias!r}): expected letters, digits, `_` and "
                "`-`, beginning with a letter, and none of Airflow's own names"
            )

    @property
    def option_value(self) -> str:
        """How `[core] executor` names it."""
        return f"{self.alias}:{self.path}" if self.alias else type(self).__name__

    def launcher(self, backends: Backends) -> Part:
        """The part that lets others launch its tasks.

        Args:
            backends: what Celery talks to.
        """
        return self

    def runner(self, backends: Backends) -> Part:
        """The part that runs its tasks, which comes after all that these may mount.

        Args:
            backends: what Celery talks to.
        """
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class ExecutorNames(Part):
    """`[core] executor`, the same for all processes that look at tasks or DAGs."""

    names: Sequence[str]
    """The option values of the executors; the first is the default one."""

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The option."""
        if role not in LONG_RUNNING | {Role.TASK}:
            return NOTHING
        return PodParts(env=env_vars({"AIRFLOW__CORE__EXECUTOR": ",".join(self.names)}))
