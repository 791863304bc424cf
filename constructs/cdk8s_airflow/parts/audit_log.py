"""Airflow's audit log in the logs of its pods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.programs import importable, packaged
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import USES_DATABASE

_MODULE = "cdk8s_airflow_audit"


@dataclass(frozen=True, kw_only=True)
class AuditLog(Part):
    """Who did what, as JSON on the standard output of the pods that write it to the database.

    Airflow has no option and no listener for that. Its own rows are the source, so the lines are
    what the page "Audit Log" of the UI and `/api/v2/eventLogs` show. The module comes in by an
    option of the database that the library owns (see `parts.access`), so that
    `airflow_local_settings` and a logging configuration stay the user's.
    """

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The module that listens to what is committed."""
        return packaged(f"{_MODULE}.py")

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The module, for the roles that use the database."""
        if role not in USES_DATABASE:
            return NOTHING
        option = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONNECT_ARGS_ASYNC"
        return PodParts(env=env_vars({option: f"{_MODULE}.asynchronous"})) + importable(
            f"{_MODULE}.py"
        )
