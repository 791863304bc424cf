"""Which options of the auth manager are the user's."""

from __future__ import annotations

from collections.abc import Iterable

from cdk8s_airflow.parts.config import Config
from cdk8s_airflow.parts.config_check import variable
from cdk8s_airflow.props import AirflowProps

_OPTIONS = frozenset(
    {
        "auth_manager",
        "simple_auth_manager_all_admins",
        "simple_auth_manager_passwords_file",
        "simple_auth_manager_users",
    }
)
"""Of `[core]`."""


def without_auth_manager(props: AirflowProps, env_names: Iterable[str]) -> tuple[Config, list[str]]:
    """Options and variables that have to be checked; those of the auth manager only with an admin.

    The admin is made with the commands of the library's auth manager; `admin=None` needs none.

    Args:
        props: all settings.
        env_names: names of all variables that the user sets.
    """
    config = props.config or {}
    if props.admin is not None or "core" not in config:
        known: Config = config
    else:
        core = {option: v for option, v in config["core"].items() if option not in _OPTIONS}
        known = {**config, "core": core}
    free = set() if props.admin else {variable("core", option) for option in _OPTIONS}
    return known, [name for name in env_names if name not in free]
