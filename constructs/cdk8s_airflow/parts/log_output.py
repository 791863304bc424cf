"""What Airflow's processes write to their logs: from which level on, and in which form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from cdk8s_airflow.kubernetes.nearest import nearest
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import RUNS_AIRFLOW

LogLevel: TypeAlias = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
EVERYBODY = "*"
"""Key of the level of all roles that have none of their own."""
_ROLES = {role.value for role in RUNS_AIRFLOW}
_JSON_SINCE = (3, 2)


def level_problems(level: LogLevel | Mapping[str, LogLevel] | None) -> Iterator[str]:
    """The problems of `Logs.level`."""
    for role in level if isinstance(level, Mapping) else ():
        if role != EVERYBODY and role not in _ROLES:
            hint = nearest(role, _ROLES)
            yield f"Logs(level=...) has {role!r}, which is no role and not '*'{hint}"


def json_problem(json: bool, platform: Platform) -> Iterator[str]:
    """A problem, if this Airflow cannot write JSON."""
    version = tuple(map(int, re.findall(r"\d+", platform.airflow_version)[:2]))
    if json and version < _JSON_SINCE:
        yield (
            f"logs=Logs(json=True): Airflow {platform.airflow_version} has no [logging] json_logs, "
            "which is of 3.2: leave it out, or use a newer Airflow"
        )


def log_output(role: Role, json: bool, level: LogLevel | Mapping[str, LogLevel] | None) -> PodParts:
    """The options of a role.

    Args:
        role: the role.
        json: a JSON object a line.
        level: of all roles, or by role.
    """
    if role not in RUNS_AIRFLOW:
        return NOTHING
    levels = level if isinstance(level, Mapping) else {EVERYBODY: level} if level else {}
    env = {"AIRFLOW__LOGGING__JSON_LOGS": "True"} if json else {}
    if json and role is Role.WORKER:
        env["AIRFLOW__CELERY__JSON_LOGS"] = "True"
    if own := levels.get(role.value, levels.get(EVERYBODY)):
        env["AIRFLOW__LOGGING__LOGGING_LEVEL"] = own
    return PodParts(env=env_vars(env)) if env else NOTHING
