"""The value of an option of Airflow in the props of a release."""

from __future__ import annotations

from cdk8s_airflow.kubernetes.references import EnvValue
from cdk8s_airflow.parts.config import Value
from cdk8s_airflow.parts.config_check import variable
from cdk8s_airflow.props import AirflowProps


def option_value(props: AirflowProps, section: str, option: str) -> Value | EnvValue | None:
    """What all pods get for an option; None: nobody sets it.

    Args:
        props: all settings.
        section: the section of airflow.cfg.
        option: the option in it.
    """
    env = (props.env or {}).get(variable(section, option))
    return (props.config or {}).get(section, {}).get(option) if env is None else env
