"""The base of all ways to log in: which auth manager a release has, and who hears of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.part import Feature
from cdk8s_airflow.parts.config_check import variable
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import ROLES, RUNS_AIRFLOW, SECTION_ROLES

READS_LOGIN = SECTION_ROLES["fab"]
"""Roles that make FAB's web application, and so read its settings."""


@dataclass(frozen=True, kw_only=True)
class Login(Props, Feature):
    """The base of the values of `AirflowProps.auth`."""

    @property
    def manager(self) -> str:
        """`[core] auth_manager`, the class."""
        raise NotImplementedError

    @property
    def has_passwords(self) -> bool:
        """Whether users log in with a password of Airflow's database, as the admin does."""
        return False

    @property
    def needs_url(self) -> bool:
        """Whether the login sends users elsewhere, and they come back to a URL of the release."""
        return False

    @property
    def options(self) -> Mapping[tuple[str, str], str]:
        """The options that it sets itself: (section, option) -> the field to use instead."""
        return {}

    def validate(self, platform: Platform) -> Iterable[str]:
        """A problem, if users cannot come back."""
        if self.needs_url and not platform.base_url:
            yield (
                f"auth={type(self).__name__}(...) sends users to another server, which sends them "
                "back to the URL of the UI, and nobody knows it: give exposure= or ingress= with a "
                "host, or base_url= (for a forwarded port 'http://localhost:8080')"
            )

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The auth manager in all roles that import it, and what the login adds."""
        if role not in RUNS_AIRFLOW:
            return NOTHING
        added = self.login_parts(role, platform)
        if "auth manager" not in ROLES[role].runs:
            return added
        return PodParts(env=env_vars({variable("core", "auth_manager"): self.manager})) + added

    def login_parts(self, role: Role, platform: Platform) -> PodParts:
        """What the login adds to a pod of a role, beside the name of the auth manager."""
        return NOTHING
