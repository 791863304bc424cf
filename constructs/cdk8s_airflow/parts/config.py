"""Airflow's configuration: the user's options and the library's defaults."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.references import env_vars, literal
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts import celery_settings
from cdk8s_airflow.parts.config_check import Config, Value, check, variable
from cdk8s_airflow.parts.config_owned import OWNED
from cdk8s_airflow.parts.config_roles import readers
from cdk8s_airflow.parts.peers import peers_in
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import CELERY_SECTIONS, RUNS_AIRFLOW

__all__ = ["DEFAULTS", "OWNED", "AirflowConfig", "Config", "Value", "check"]

_FALSE = ("false", "f", "0", "")

DEFAULTS: Config = {
    # A call to the execution API is made 28 times: between 27 waits of 4 to 8 s, so a server may be
    # away for 108 s whatever the task just does. Airflow's own 5 calls are over after some seconds.
    # A heartbeat is such a call, so Airflow's own 3 failed ones in a row mean minutes.
    "workers": {
        "execution_api_retries": 28,
        "execution_api_retry_wait_min": 4,
        "execution_api_retry_wait_max": 8,
    },
    # A task without heartbeat is taken for dead: after an outage of 108 s, the wait for the next
    # call and a minute of grace. Airflow's own 300 s are what a killed worker costs.
    "scheduler": {"task_instance_heartbeat_timeout": 180},
    # Each try takes a second: as long as a task may be queued. Three seconds by default.
    "celery": {"task_publish_max_retries": 600},
    # Airflow's own value, but named: unnamed it is a warning in each process that knows Celery.
    "celery_broker_transport_options": {"visibility_timeout": 86400},
    # Airflow's default is True; the image says so too, but images of others may not.
    "core": {"load_examples": False},
    # Escape sequences are noise in what `kubectl logs` and log collectors read.
    "logging": {"colored_console_log": False},
}
"""Defaults of the library that differ from Airflow's; the user may override them."""


@dataclass(frozen=True, kw_only=True)
class AirflowConfig(Part):
    """`AirflowProps.config`, as environment variables of the roles that read them."""

    config: Config = field(default_factory=dict)
    """The user's options, checked by `check`."""

    def env(self, role: Role, platform: Platform) -> dict[str, str]:
        """`AIRFLOW__SECTION__OPTION` -> value, for a role."""
        if role not in RUNS_AIRFLOW:
            return {}
        config = self._merged(platform)
        shown = str(config.get("api", {}).get("expose_config", False)).lower() not in _FALSE
        return {
            variable(section, option): _text(value)
            for section, options in sorted(config.items())
            for option, value in sorted(options.items())
            if role in readers(section, option) or (shown and role is Role.API_SERVER)
        }

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The environment of a role."""
        env = self.env(role, platform)
        return PodParts(env=env_vars(env), peers=peers_in(env))

    def _merged(self, platform: Platform) -> dict[str, dict[str, Value]]:
        celery = platform.find(celery_settings.CelerySettings)
        sections = {
            section: {**DEFAULTS.get(section, {}), **self.config.get(section, {})}
            for section in {**DEFAULTS, **self.config}
            if celery or section not in CELERY_SECTIONS
        }
        settings = celery.settings(platform) if celery else {}
        if settings:
            section = sections[celery_settings.SECTION]
            user_value = section.get(celery_settings.OPTION)
            section[celery_settings.OPTION] = celery_settings.merged(settings, user_value)
        return sections


def _text(value: Value) -> str:
    """The value as text, as Airflow reads it from the environment."""
    return literal(str(value) if isinstance(value, str | int | float) else json.dumps(value))
