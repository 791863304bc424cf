"""The props of objects in Airflow, and the part of a release that makes those of its database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from constructs import Construct

from cdk8s_airflow.components.reconciler import (
    ACCOUNT_PROGRAM,
    PROGRAM,
    Drift,
    ObjectsAccount,
    Reconcile,
    ReconcileJob,
    Reconciler,
)
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import ConfigMapKey, SecretKey, env_vars
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.connection import Connection, VariableValue, variable_text
from cdk8s_airflow.parts.declaration import LARGEST, Declaration
from cdk8s_airflow.parts.declared import Permissions, Pool, User, password_secret, role_form
from cdk8s_airflow.parts.programs import packaged
from cdk8s_airflow.platform import GeneratedSecret, Platform, Role
from cdk8s_airflow.roles import RUNS_USER_CODE

_RESOURCES = ("Connections", "Variables", "Pools")
_FAB_RESOURCES = ("Users", "Roles")
TEST_OPTION = ("core", "test_connection")


@dataclass(frozen=True, kw_only=True)
class ObjectsProps(Props):
    """Connections, variables, pools, users and roles as code. docs/objects.md leads through."""

    connections: Mapping[str, Connection | SecretKey] | None = None
    """Connections by id, for tasks, triggers and DAG files: by their parts, or a `SecretKey` of a
    whole URI. In the `environment` of the pods, so the UI does not list them, unless
    `Connection.where` or `reconcile` says `database`. Default: none."""
    variables: Mapping[str, VariableValue] | None = None
    """Airflow variables by key, for tasks, triggers and DAG files: literals, `SecretKey`,
    `ConfigMapKey`, or mappings and lists, which become JSON. In the `environment`, unless
    `reconcile` says `database`. Default: none."""
    pools: Mapping[str, Pool] | None = None
    """Pools by name. One that leaves the code is removed; those of people stay. Default: none."""
    users: Mapping[str, User] | None = None
    """Users by name, beside `admin`. One that leaves the code is deleted or disabled; those of
    people stay. `{}`: there are none any more. Default: None, users are not managed."""
    roles: Mapping[str, Permissions] | None = None
    """Roles by name, each with its permissions: `{"analyst": {"DAGs": ["can_read"]}}`. What a role
    has by the `access_control` of DAGs stays. `{}`: there are none any more. Default: None, roles
    are not managed."""
    reconcile: Reconcile | Drift | None = None
    """How Airflow's database gets what is declared: a `ReconcileJob` for each change, or a
    `ReconcileController` that compares all the time; `enforce` and `report` are short for a Job
    with that `drift`. Keep it as long as objects are to be removed. Default: a Job, if anything is
    for the database."""

    @property
    def reconciler(self) -> Reconcile | None:
        """The Job or controller that the release has."""
        if isinstance(self.reconcile, str):
            return ReconcileJob(drift=self.reconcile)
        if self.reconcile is not None:
            return self.reconcile
        stored = any(
            isinstance(each, Connection) and each.where == "database"
            for each in (self.connections or {}).values()
        )
        managed = (self.pools, self.users, self.roles)
        return ReconcileJob() if stored or any(each is not None for each in managed) else None

    def connections_in(self, where: str) -> dict[str, Connection | SecretKey]:
        """The connections that are in the `environment`, or in the `database`."""
        default = self._default_place
        return {
            id: each
            for id, each in (self.connections or {}).items()
            if ((each.where if isinstance(each, Connection) else None) or default) == where
        }

    def variables_in(self, where: str) -> dict[str, VariableValue]:
        """The variables that are in the `environment`, or in the `database`."""
        return dict(self.variables or {}) if self._default_place == where else {}

    @property
    def _default_place(self) -> str:
        settings = self.reconciler
        return settings.where if settings else "environment"


@dataclass(frozen=True, kw_only=True)
class DeclaredObjects(Part):
    """What is declared for Airflow's database, and the pods that make it so."""

    settings: Reconcile
    """How it is made."""
    connections: Mapping[str, Connection | SecretKey] = field(default_factory=dict)
    variables: Mapping[str, VariableValue] = field(default_factory=dict)
    pools: Mapping[str, Pool] = field(default_factory=dict)
    users: Mapping[str, User] | None = None
    """None: users are not managed."""
    roles: Mapping[str, Permissions] | None = None
    """None: roles are not managed."""
    _declared: dict[str, Declaration] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def validate(self, platform: Platform) -> Iterator[str]:
        """A problem, if it is more than a ConfigMap takes."""
        size = len(self.declaration(platform.release).text.encode())
        if size > LARGEST:
            yield (
                f"connections, variables, pools, users and roles have {size} bytes as JSON, and a "
                f"ConfigMap takes {LARGEST}: declare fewer, or give large values as SecretKey or "
                "ConfigMapKey"
            )

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The programs of both pods."""
        return packaged(PROGRAM, ACCOUNT_PROGRAM)

    def generated(self, platform: Platform) -> Sequence[GeneratedSecret]:
        """The first passwords of users that have none."""
        return [
            GeneratedSecret(secret=password_secret(platform.release, name), kind="password")
            for name, user in (self.users or {}).items()
            if user.password is None
        ]

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The way to the servers of connections, for who uses or tests them."""
        tests = role is Role.API_SERVER and self.settings.test_connections
        if not (tests or role in RUNS_USER_CODE):
            return NOTHING
        known = [each for each in self.connections.values() if isinstance(each, Connection)]
        option = "__".join(("AIRFLOW", *TEST_OPTION)).upper()
        env = env_vars({option: "Enabled"}) if tests else ()
        return PodParts(env=env, peers=tuple(peer for each in known for peer in each.peers))

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the account and the pod that uses it."""
        managed = self.users is not None or self.roles is not None
        ObjectsAccount(
            scope,
            Role.OBJECTS_ACCOUNT.value,
            platform=platform,
            allowed=(*_RESOURCES, *(_FAB_RESOURCES if managed else ())),
        )
        Reconciler(
            scope,
            Role.OBJECTS.value,
            platform=platform,
            props=self.settings,
            declaration=self.declaration(platform.release),
        )

    def declaration(self, release: str) -> Declaration:
        """What is declared, for the program."""
        if release not in self._declared:
            self._declared[release] = self._declaration(release)
        return self._declared[release]

    def _declaration(self, release: str) -> Declaration:
        objects: dict[str, dict[str, object]] = {"connections": {}, "variables": {}, "pools": {}}
        values: dict[tuple[str | int, ...], SecretKey | ConfigMapKey] = {}
        for id, connection in self.connections.items():
            if isinstance(connection, SecretKey):
                objects["connections"][id] = None
                values[("connections", id)] = connection
                continue
            objects["connections"][id] = {"connection_id": id, **connection.whole_form}
            for path, key in connection.secrets:
                place = ("connections", id, *path)
                values[place] = key
        for id, value in self.variables.items():
            known = not isinstance(value, SecretKey | ConfigMapKey)
            text = variable_text(value) if known else None
            objects["variables"][id] = {"key": id, "value": text, "description": None}
            if isinstance(value, SecretKey | ConfigMapKey):
                values[("variables", id, "value")] = value
        for name, pool in self.pools.items():
            objects["pools"][name] = {"name": name, **pool.form}
        if self.roles is not None:
            objects["roles"] = {
                name: {"name": name, **role_form(given)} for name, given in self.roles.items()
            }
        if self.users is not None:
            objects["users"] = {
                name: {"username": name, **user.form} for name, user in self.users.items()
            }
            for name, user in self.users.items():
                secret = user.password or password_secret(release, name)
                values[("users", name, "password")] = secret
        return Declaration(objects=objects, values=values)


def declared_objects(props: ObjectsProps) -> DeclaredObjects | None:
    """The part of a release that makes what is declared for the database, if anything is."""
    settings = props.reconciler
    if settings is None:
        return None
    return DeclaredObjects(
        settings=settings,
        connections=props.connections_in("database"),
        variables=props.variables_in("database"),
        pools=props.pools or {},
        users=props.users,
        roles=props.roles,
    )
