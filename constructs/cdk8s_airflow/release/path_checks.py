"""Paths that options and variables name, and that the pods of a role do not have."""

from __future__ import annotations

from collections.abc import Iterator

from cdk8s_airflow.dags.files import PLUGINS_OPTION
from cdk8s_airflow.dags.image import DagsInImage
from cdk8s_airflow.dags.local import DAGS_FOLDER
from cdk8s_airflow.kubernetes.objects import wire_mapping
from cdk8s_airflow.kubernetes.pod_defaults import PodDefaults
from cdk8s_airflow.parts.config import AirflowConfig
from cdk8s_airflow.parts.environment import Environment
from cdk8s_airflow.platform import Platform
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.options import option_value
from cdk8s_airflow.release.role_props import props_of_roles
from cdk8s_airflow.roles import RUNS_PLUGINS, Role


def plugin_problems(props: AirflowProps) -> list[str]:
    """A problem, if the folder of plugins is set twice."""
    value = option_value(props, "core", "plugins_folder")
    if props.plugins is None or value is None:
        return []
    name = type(props.plugins).__name__
    return [
        f"plugins={name}(...) and [core] plugins_folder = {value!r} both say where plugins are: "
        f"give one of them; {PLUGINS_OPTION} follows from plugins="
    ]


def paths_below_dags(platform: Platform, props: AirflowProps) -> Iterator[str]:
    """A problem for each path in the DAG source that a role is told of and does not have.

    Other paths may be in the image of the user, which nobody knows here.

    Args:
        platform: the release with all its parts.
        props: all settings.
    """
    if platform.find(DagsInImage):
        return
    absent = set() if platform.execution_api else {Role.EXECUTION_API}
    told = RUNS_PLUGINS - absent if _speaks_of_dags(platform) else ()
    named = [(role, name, path) for role in sorted(told) for name, path in _named(platform, role)]
    named += _named_by_roles(props)
    if not named:
        return
    pods = (*platform.all(PodDefaults), *(each.pods for each in props_of_roles(props)))
    own = {mount for each in pods for mount in _paths(each)}
    found: dict[tuple[str, str], list[Role]] = {}
    for role, name, path in named:
        mounts = {*own, *_paths(platform.pods), *_mounted(platform, role)}
        if role is Role.SCHEDULER and props.all_executors.local:  # it runs tasks
            mounts |= {*_mounted(platform, Role.WORKER)}
        if not any(_is_below(path, mount) for mount in mounts):
            found.setdefault((name, path), []).append(role)
    for (name, path), roles in found.items():
        way = (
            "give plugins=PluginsInDags('plugins'), with python_path=True for modules beside that "
            "folder, and every role that imports plugins gets the DAG source"
            if RUNS_PLUGINS.issuperset(roles)
            else "leave it out there, or have the files in the image"
        )
        yield (
            f"{name} names {path!r}, a path of the DAG source, which these pods do not have: "
            f"{', '.join(role.value for role in roles)}; {way}"
        )


def _speaks_of_dags(platform: Platform) -> bool:
    """Whether the user's options or variables name such a path; few do, and the rest costs time."""
    config, environment = platform.find(AirflowConfig), platform.find(Environment)
    options = [
        value for each in (config.config if config else {}).values() for value in each.values()
    ]
    variables = (environment.env if environment else {}).values()
    return any(isinstance(v, str) and DAGS_FOLDER in v for v in (*options, *variables))


def _named_by_roles(props: AirflowProps) -> Iterator[tuple[Role, str, str]]:
    """What the environment of a role alone says."""
    for owner, role, pods in props_of_roles(props):
        for name, value in (pods.env or {}).items():
            if isinstance(value, str) and DAGS_FOLDER in value:
                for path in value.split(":"):
                    if _is_below(path, DAGS_FOLDER):
                        yield role, f"{owner}.env[{name!r}]", path


def _named(platform: Platform, role: Role) -> Iterator[tuple[str, str]]:
    for entry in platform.parts(role).env:
        for path in (entry.value or "").split(":"):
            if _is_below(path, DAGS_FOLDER):
                yield entry.name, path


def _mounted(platform: Platform, role: Role) -> Iterator[str]:
    for mount in platform.parts(role).mounts:
        yield str(wire_mapping(mount)["mountPath"])


def _paths(pods: PodDefaults) -> Iterator[str]:
    for mount in pods.extra_volume_mounts or ():
        yield str(wire_mapping(mount)["mountPath"])


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder.rstrip('/')}/")
