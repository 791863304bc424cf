"""What all executors have in common: what they find in a release, and what they bring along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from constructs import Construct

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.parts.access import DatabaseAccess
from cdk8s_airflow.parts.programs import Programs
from cdk8s_airflow.platform import (
    LONG_RUNNING,
    Contributor,
    GeneratedSecret,
    Platform,
    Role,
)


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What an executor finds in a release."""

    platform: Platform
    """The release, before anything contributes to it."""
    database: DatabaseAccess
    """The metadata database."""
    programs: Programs
    """The programs."""


class Service(Protocol):
    """A server that a release may bring along."""

    def build(self, scope: Construct, platform: Platform) -> object:
        """Adds it to the bundle, if it is the release's own."""
        ...

    def generated(self, release: str) -> Sequence[GeneratedSecret]:
        """Its credentials."""
        ...


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
    """Contributor: `[core] executor`, the same for all processes that look at tasks."""

    names: Sequence[str]
    """The executors; the first is the default one."""

    def parts(self, role: Role) -> PodParts:
        """The option."""
        if role not in LONG_RUNNING:
            return NOTHING
        return PodParts(env=env_vars({"AIRFLOW__CORE__EXECUTOR": ",".join(self.names)}))
