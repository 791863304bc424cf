"""The user's own environment variables, for all Airflow roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.references import EnvValue, env_vars
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.config_roles import readers_of_variable
from cdk8s_airflow.parts.migration_env import read_by_migrations
from cdk8s_airflow.parts.peers import peers_in
from cdk8s_airflow.parts.proxies import proxy_variables, with_own_hosts
from cdk8s_airflow.parts.secret_files import in_files, is_sensitive
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import GOES_OUT, RUNS_AIRFLOW


@dataclass(frozen=True, kw_only=True)
class Environment(Part):
    """`AirflowProps.env`."""

    env: Mapping[str, EnvValue]
    """Name -> literal, or reference to a key."""
    own_code_in_migrations: bool = False
    """Whether migrations may run code of the user, which may read any variable."""

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The variables, in every role that runs Airflow; options only where they are read."""
        if role not in GOES_OUT:
            return NOTHING
        env = with_own_hosts(self.env, platform)
        if role in RUNS_AIRFLOW:
            env = {name: env[name] for name in env if role in readers_of_variable(name)}
            if role == Role.MIGRATIONS and not self.own_code_in_migrations:
                env = read_by_migrations(env)
        else:
            env = proxy_variables(env)
        parts = PodParts(peers=peers_in(env))
        if platform.secrets_as_files:
            options = {name: value for name, value in env.items() if is_sensitive(name)}
            env = {name: value for name, value in env.items() if name not in options}
            parts += in_files(PodParts(env=env_vars(options)))
        return parts + PodParts(env=env_vars(env))

    def helper_parts(self, platform: Platform) -> PodParts:
        """The variables of proxies: for git, pip and whatever else connects to servers outside."""
        return PodParts(env=env_vars(proxy_variables(with_own_hosts(self.env, platform))))
