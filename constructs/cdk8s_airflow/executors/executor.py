"""What all executors have in common: what they find in a release, and what they bring along."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from constructs import Construct

from cdk8s_airflow.executors.backends import Backends
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.parts.access import DatabaseAccess
from cdk8s_airflow.parts.config import Config
from cdk8s_airflow.parts.programs import Programs
from cdk8s_airflow.platform import (
    LONG_RUNNING,
    Contributor,
    GeneratedSecret,
    Platform,
    Role,
)
from cdk8s_airflow.services.urls import Url

NAMES = frozenset({"CeleryExecutor", "KubernetesExecutor", "LocalExecutor"})
"""Airflow's own names of executors."""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What an executor finds in a release."""

    platform: Platform
    """The release, before anything contributes to it."""
    database: DatabaseAccess
    """The metadata database."""
    programs: Programs
    """The programs."""
    backends: Backends
    """What Celery talks to."""
    config: Config
    """The user's options."""
    executors: int
    """Number of executors."""
    first: object
    """The default executor, which has the tasks that choose none."""
    results_url: Url | None = None
    """How Celery's results are reached, where that is not straight."""


class Service(Protocol):
    """A server that a release may bring along."""

    def build(self, scope: Construct, platform: Platform) -> object:
        """Adds it to the bundle, if it is the release's own."""
        ...

    def generated(self, release: str) -> Sequence[GeneratedSecret]:
        """Its credentials."""
        ...


@dataclass(frozen=True, kw_only=True)
class Executor(Props):
    """What can be said of every executor."""

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
    def spelled(self) -> str:
        """How `[core] executor` names it."""
        return f"{self.alias}:{self.path}" if self.alias else type(self).__name__

    def join(self, around: Surroundings) -> ExecutorParts:
        """The executor in a release."""
        raise NotImplementedError


class ExecutorParts(Contributor, Protocol):
    """An executor in a release: what it adds to pods, and the objects that it brings."""

    @property
    def services(self) -> Sequence[Service]:
        """The servers that it talks to."""
        ...

    @property
    def generated(self) -> Sequence[GeneratedSecret]:
        """Credentials beside those of its services."""
        ...

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds what runs the tasks."""
        ...


@dataclass(frozen=True, kw_only=True)
class ExecutorNames:
    """Contributor: `[core] executor`, the same for all processes that look at tasks or DAGs."""

    names: Sequence[str]
    """The executors; the first is the default one."""

    def parts(self, role: Role) -> PodParts:
        """The option."""
        if role not in LONG_RUNNING | {Role.TASK}:
            return NOTHING
        return PodParts(env=env_vars({"AIRFLOW__CORE__EXECUTOR": ",".join(self.names)}))
