"""Warnings about Python modules that options name, where no pod is seen to have them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from cdk8s_airflow.dags.plugins import PluginsFolder
from cdk8s_airflow.kubernetes.objects import wire_mapping
from cdk8s_airflow.kubernetes.pod_defaults import PodDefaults
from cdk8s_airflow.parts.config_check import variable
from cdk8s_airflow.parts.config_roles import readers
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.options import option_value
from cdk8s_airflow.release.role_props import RoleProps, props_of_roles
from cdk8s_airflow.roles import READS_DAG_FILES, RUNS_PLUGINS, Role

NAMES_A_MODULE = (
    ("core", "asset_manager_class"),
    ("core", "auth_manager"),
    ("core", "might_contain_dag_callable"),
    ("core", "xcom_backend"),
    ("database", "sql_alchemy_connect_args"),
    ("database", "sql_alchemy_session_maker"),
    ("email", "email_backend"),
    ("logging", "log_formatter_class"),
    ("logging", "logging_config_class"),
    ("logging", "secret_mask_adapter"),
    ("metrics", "statsd_custom_client_path"),
    ("secrets", "backend"),
    ("sentry", "before_send"),
    ("state_store", "backend"),
    ("workers", "secrets_backend"),
    ("workers", "state_store_backend"),
)
"""Options of Airflow that hold the name of something in a Python module."""
_NAME = re.compile(r"[A-Za-z_]\w*([.:][A-Za-z_]\w*)+")
_HOME = PurePosixPath("/opt/airflow")
_FOLDERS = (_HOME / "plugins", _HOME / "config")
"""Where Airflow lets Python look for modules, beside what is installed."""


def unseen_modules(props: AirflowProps) -> Iterator[str]:
    """A warning for each option with a module that its readers do not have, as far as is known.

    An image of the user's, packages to install, volumes and extensions may bring any module; and
    whoever reads DAG files may have those that lie beside them.

    Args:
        props: all settings.
    """
    if props.image or props.extra_packages or props.extensions:
        return
    roles = list(props_of_roles(props))
    of_roles = {name for each in roles for name in each.pods.env or {}}
    for section, option in NAMES_A_MODULE:
        missing: dict[tuple[str, str], list[RoleProps]] = {}
        value, name = option_value(props, section, option), variable(section, option)
        for each in roles if value or name in of_roles else ():
            own = (each.pods.env or {}).get(name)
            found = own or (value if each.role in readers(section, option) else None)
            if not isinstance(found, str) or not _NAME.fullmatch(found):
                continue
            place = f"{each.owner}.env[{name!r}]" if own else f"[{section}] {option}"
            if not _may_have(props, each, re.split("[.:]", found)[0]):
                missing.setdefault((place, found), []).append(each)
        for (place, found), without in missing.items():
            yield _text(place, found, without)


def _may_have(props: AirflowProps, each: RoleProps, module: str) -> bool:
    """Whether the pods of a role may have a module."""
    if module == "airflow" or module in sys.stdlib_module_names or each.pods.image:
        return True
    if each.role in READS_DAG_FILES or "PYTHONPATH" in _names(props, each):
        return True
    if each.role is Role.SCHEDULER and props.all_executors.local:  # it runs tasks
        return True
    if any(_brings(pods, module) for pods in (props.pods, props.airflow_pods, each.pods)):
        return True
    if each.role not in RUNS_PLUGINS:
        return False
    plugins = props.plugins
    if isinstance(plugins, PluginsFolder):
        tops = {PurePosixPath(path).parts[0].removesuffix(".py") for path in plugins.files}
        return module in tops
    return plugins is not None or option_value(props, "core", "plugins_folder") is not None


def _names(props: AirflowProps, each: RoleProps) -> Mapping[str, object]:
    return {**(props.env or {}), **(each.pods.env or {})}


def _brings(pods: PodDefaults, module: str) -> bool:
    """Whether a mount may bring a module: a folder any, a file its own."""
    for mount in map(wire_mapping, pods.extra_volume_mounts or ()):
        path = PurePosixPath(str(mount.get("mountPath", "")))
        if "site-packages" in path.parts:
            return True
        for folder in _FOLDERS:
            if path == folder or (folder in path.parents and path.suffix != ".py"):
                return True
            if folder in path.parents and path.stem == module:
                return True
    return False


def _text(place: str, name: str, roles: list[RoleProps]) -> str:
    module = re.split("[.:]", name)[0]
    reached = [each.role.value for each in roles if each.role in RUNS_PLUGINS]
    others = [each.role.value for each in roles if each.role not in RUNS_PLUGINS]
    ways = []
    if reached:
        ways.append(
            f"{', '.join(dict.fromkeys(reached))} would not start: give plugins=, by which all "
            "roles that import plugins have it (PluginsInDags(python_path=True) for modules beside "
            "the DAGs)"
        )
    if others:
        ways.append(
            f"{', '.join(dict.fromkeys(others))} have no plugins: give image= or extra_packages= "
            "that has it"
        )
    return (
        f"{place} is {name!r}, and as far as is known no image, package or folder here has a "
        f"module {module!r}; {'; '.join(ways)}"
    )
