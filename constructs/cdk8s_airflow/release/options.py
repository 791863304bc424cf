"""The value of an option of Airflow in the props of a release."""

from __future__ import annotations

from cdk8s_airflow.kubernetes.references import EnvValue
from cdk8s_airflow.parts.config import Value
from cdk8s_airflow.parts.config_check import variable
from cdk8s_airflow.parts.runtime import FAB
from cdk8s_airflow.props import AirflowProps


def option_value(props: AirflowProps, section: str, option: str) -> Value | EnvValue | None:
    """What all pods get for an option; None: nobody sets it.

    Args:
        props: all settings.
        section: the section of airflow.cfg.
        option: the option in it.
    """
    if (section, option) == ("core", "auth_manager") and props.auth.manager != FAB:
        return props.auth.manager
    env = (props.env or {}).get(variable(section, option))
    return (props.config or {}).get(section, {}).get(option) if env is None else env


def option_number(props: AirflowProps, section: str, option: str, default: int) -> int | None:
    """The whole number that an option has; None for what is none here, such as a SecretKey.

    Args:
        props: all settings.
        section: the section of airflow.cfg.
        option: the option in it.
        default: Airflow's, or the library's.
    """
    value = option_value(props, section, option)
    text = str(default if value is None else value)
    return int(text) if text.isdigit() else None
