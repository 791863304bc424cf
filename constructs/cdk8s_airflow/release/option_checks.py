"""Checks of the values of options in the environment, and of options that hang together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk8s_airflow.kubernetes.pods import PodProps
from cdk8s_airflow.kubernetes.references import EnvValue
from cdk8s_airflow.parts.config_check import PREFIX, airflow_options, named_option
from cdk8s_airflow.parts.option_values import pair_problems, value_problem
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.options import option_value
from cdk8s_airflow.release.role_props import props_of_roles


def roles_with_env(props: AirflowProps) -> list[PodProps]:
    """The props of all roles that run Airflow."""
    return [each.pods for each in props_of_roles(props)]


def option_problems(props: AirflowProps) -> Iterator[str]:
    """The problems of literals in `env`, and of options that hang together."""
    yield from _literals("", props.env or {})
    for each in props_of_roles(props):
        yield from _literals(f"{each.owner}.", each.pods.env or {})
    yield from pair_problems(lambda section, option: option_value(props, section, option))


def _literals(owner: str, env: Mapping[str, EnvValue]) -> Iterator[str]:
    for name, value in env.items():
        if name.startswith(PREFIX) and isinstance(value, str):
            if problem := _literal_problem(f"{owner}env[{name!r}]", name, value):
                yield problem


def _literal_problem(where: str, name: str, value: str) -> str:
    """The problem of a literal of an environment variable `AIRFLOW__...`, or nothing."""
    section, option = named_option(name)
    facts = airflow_options()
    if option in facts["sections"].get(section, {}).get("sensitive", ()):
        if not value or option.endswith(("_kwargs", "_args")):
            return ""
        return (
            f"{where} is a secret, which has no place in the manifests; give SecretKey(name=..., "
            "key=...) instead"
        )
    text = value_problem(facts, section, option, value)
    return f"{where}={value!r}: {text}" if text else ""
