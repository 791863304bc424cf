"""Checks of connections, variables, pools, users and roles, which only a whole release allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cdk8s_airflow.auth.fab import FabLogin, permission_problems
from cdk8s_airflow.auth.groups import GroupLogin
from cdk8s_airflow.components.declared_objects import TEST_OPTION
from cdk8s_airflow.parts.config_check import variable
from cdk8s_airflow.parts.connection import check_connections
from cdk8s_airflow.parts.connection_types import doubtful_types, misspelt_fields
from cdk8s_airflow.parts.declared import check_declared, unknown_roles
from cdk8s_airflow.parts.packages import ExtraPackages
from cdk8s_airflow.parts.runtime import FAB
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.log_checks import all_connections
from cdk8s_airflow.release.options import option_value


def object_problems(props: AirflowProps, env_names: Iterable[str]) -> Iterator[str]:
    """The problems of what is declared.

    Args:
        props: all settings.
        env_names: names of all variables that the user sets.
    """
    yield from check_connections(
        {**(props.connections or {}), **all_connections(props)},
        props.variables or {},
        config=props.config or {},
        env_names=env_names,
        stored=props.connections_in("database"),
    )
    yield from misspelt_fields(props.connections or {})
    yield from check_declared(
        props.pools or {},
        props.users or {},
        props.roles or {},
        admin=props.admin.username if props.admin else None,
    )
    for role, permissions in (props.roles or {}).items():
        for resource, actions in permissions.items():
            yield from permission_problems(f"roles[{role!r}]", resource, actions)
    settings = props.reconciler
    if settings is None:
        return
    yield from _auth_problems(props)
    if settings.test_connections and (given := option_value(props, *TEST_OPTION)) is not None:
        if str(given).lower() != "enabled":
            yield (
                f"reconcile={type(settings).__name__}(test_connections=True), and "
                f"{variable(*TEST_OPTION)} is {given!r}: leave one of them out"
            )


def _auth_problems(props: AirflowProps) -> Iterator[str]:
    """A problem, if there is no user database for the account, users and roles."""
    given = option_value(props, "core", "auth_manager")
    if props.auth.manager != FAB:
        what = f"with auth={type(props.auth).__name__}(...) there is none"
    elif given is not None and str(given) != FAB:
        what = f"{variable('core', 'auth_manager')} is {given!r}"
    else:
        return
    yield (
        "pools, users, roles and connections in the database need an account of Airflow's own "
        f"user database, that of FAB, and {what}: leave it out, or leave them out"
    )


def object_warnings(props: AirflowProps) -> Iterator[str]:
    """Warnings of what may be a mistake."""
    if props.image is None:
        extra = props.extra_packages
        packages = ExtraPackages.of(extra).wanted if extra else ()
        yield from doubtful_types(props.connections or {}, packages)
    yield from unknown_roles(props.users or {}, {*(props.roles or {}), *_custom_roles(props)})
    login = props.auth
    if props.users and isinstance(login, GroupLogin) and login.sync_roles and login.all_roles:
        yield (
            f"users= with auth={type(login).__name__}(roles=..., sync_roles=True): each login gives"
            " users the roles of their groups, and reconcile takes them back; leave out users, or "
            "set sync_roles=False"
        )


def _custom_roles(props: AirflowProps) -> set[str]:
    return set(props.auth.custom_roles or {}) if isinstance(props.auth, FabLogin) else set()
