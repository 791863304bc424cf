"""Values files of many releases: what they have of servers that all share, and their folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from cdk8s_airflow.fleet.release import FleetRelease
from cdk8s_airflow.fleet.servers import SharedServers
from cdk8s_airflow.kubernetes.nearest import nearest
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.values.check import of_object
from cdk8s_airflow.values.tree import FLEET, Entry, Problem, read_files
from cdk8s_airflow.values.types import camel

_SERVERS = ("database", "broker", "result_backend")


def shared_servers(tree: Entry, problems: list[Problem]) -> SharedServers | None:
    """What `fleet:` says; None without it."""
    entry = tree.value.get(FLEET)
    if entry is None:
        return None
    said = {} if entry.value is None else entry.value
    if not isinstance(said, dict):
        problems.append(Problem(entry.mark, "fleet: expected `key: value` lines, or {}"))
        return None
    known = {camel(each.name): each.name for each in fields(SharedServers)}
    for key, value in said.items():
        if key not in known:
            problems.append(Problem(value.mark, f"fleet.{key}: unknown key{nearest(key, known)}"))
    given = {known[key]: value.plain for key, value in said.items() if key in known}
    try:
        return SharedServers(**given)
    except (TypeError, ValueError) as error:
        problems += of_object(tree, [FLEET], str(error))
        return None


def on_shared_servers(
    props: AirflowProps,
    servers: SharedServers,
    row: FleetRelease,
    own: Mapping[str, Entry],
) -> AirflowProps:
    """The props of a release, with its places on the servers that it does not name itself.

    Args:
        props: all settings.
        servers: how releases are told apart.
        row: its names.
        own: what the file says of it alone.

    Raises:
        ValueError: a name cannot be one on a server.
    """
    overrides = {name: getattr(props, name) for name in _SERVERS if camel(name) in own}
    return servers.applied(
        props,
        FleetRelease(
            name=row.name, namespace=row.namespace, release=row.release, overrides=overrides
        ),
    )


def is_fleet(files: Sequence[Path]) -> bool:
    """Whether values files have `fleet:`, so that each release has a folder."""
    return FLEET in read_files(files)[0].value
