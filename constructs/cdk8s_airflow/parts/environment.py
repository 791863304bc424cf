"""The user's own environment variables, for all Airflow roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.references import EnvValue, env_vars
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.peers import peers_in
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import RUNS_AIRFLOW


@dataclass(frozen=True, kw_only=True)
class Environment(Part):
    """`AirflowProps.env`."""

    env: Mapping[str, EnvValue]
    """Name -> literal, or reference to a key."""

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The variables, in every role that runs Airflow."""
        if role not in RUNS_AIRFLOW:
            return NOTHING
        return PodParts(env=env_vars(self.env), peers=peers_in(self.env))
