"""Airflow connections and variables, and checks of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import ConfigMapKey, SecretKey
from cdk8s_airflow.parts.config_check import Config
from cdk8s_airflow.parts.peers import peers_in

_ID = re.compile(r"[A-Za-z0-9_.-]{1,200}")
_TYPE = re.compile(r"[a-z0-9][a-z0-9_-]*")
_BACKEND_OPTIONS = ("AIRFLOW__SECRETS__BACKEND", "AIRFLOW__WORKERS__SECRETS_BACKEND")
Where: TypeAlias = Literal["environment", "database"]
"""`environment`: only the pods that run users' code have it. `database`: Airflow's database has it,
and so the UI."""
Path: TypeAlias = tuple[str | int, ...]
"""Keys and indexes that lead to a value in nested JSON."""


@dataclass(frozen=True, kw_only=True)
class Connection(Props):
    """A connection of Airflow, by its parts. Credentials may hold any character."""

    conn_type: str
    """`conn_type` of the provider, for example `mysql` or `http`."""
    host: str | None = None
    """Host name, address or URL. Default: none."""
    port: int | None = None
    """Port. Default: none, so that the hook takes its own."""
    login: str | SecretKey | None = None
    """User, literal or from a Secret. Default: none."""
    password: SecretKey | None = None
    """Password, from a Secret. Default: none."""
    schema: str | None = None
    """The provider's schema, mostly the name of the database. Default: none."""
    extra: Mapping[str, object] | None = None
    """`extra` of the provider, as JSON values, with a `SecretKey` for each secret: `{"region_name":
    "eu-west-1", "aws_session_token": SecretKey(...)}`. Default: none."""
    description: str | None = None
    """What it is for, shown in the UI if it is in the database. Default: none."""
    where: Where | None = None
    """Where it is: in the `environment` of the pods that run users' code, or in Airflow's
    `database`. Default: that of `AirflowProps.reconcile`, or `environment`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        name = f"Connection(conn_type={self.conn_type!r})"
        if not _TYPE.fullmatch(self.conn_type):
            yield f"{name}: expected lower-case letters, digits, '_' and '-'"
        if self.port is not None and not 1 <= self.port <= 65535:
            yield f"{name}.port={self.port}: expected a port from 1 to 65535"
        for path, value in _leaves(self.form, ()):
            where = f"{name}.{'.'.join(map(str, path))}"
            if not isinstance(value, str | int | float | SecretKey | None):
                yield (
                    f"{where}: expected what JSON knows, or a SecretKey; got {type(value).__name__}"
                )

    @property
    def form(self) -> dict[str, object]:
        """The fields that are set, in Airflow's JSON form, with `SecretKey` objects in it."""
        names = (
            *("conn_type", "description", "host", "port", "login", "password", "schema", "extra"),
        )
        values = {name: getattr(self, name) for name in names}
        return {name: value for name, value in values.items() if value is not None}

    @property
    def whole_form(self) -> dict[str, object]:
        """All fields as the REST API has them, without credentials; `extra` is a mapping."""
        names = (
            *("conn_type", "description", "host", "port", "login", "password", "schema", "extra"),
        )
        return {name: without_secrets(getattr(self, name)) for name in names}

    @property
    def peers(self) -> tuple[Peer, ...]:
        """The server, if host and port, or a URL, are known; and those of URLs in `extra`."""
        urls = {str(path): value for path, value in _leaves(self.extra or {}, ())}
        own: tuple[Peer, ...] = ()
        if self.port is None:
            urls["host"] = self.host
        else:
            own = (Peer(host=_name(self.host), port=self.port),)
        return own + peers_in(urls)

    @property
    def secrets(self) -> Iterator[tuple[Path, SecretKey]]:
        """Path and key of each credential in `form`."""
        for path, value in _leaves(self.form, ()):
            if isinstance(value, SecretKey):
                yield path, value


VariableValue: TypeAlias = (
    str | int | float | bool | SecretKey | ConfigMapKey | Mapping[str, object] | Sequence[object]
)
"""Value of a variable; mappings and lists become JSON, for `deserialize_json=True`."""


def variable_text(value: object) -> str:
    """A literal variable as Airflow keeps it: mappings and lists are JSON."""
    return value if isinstance(value, str) else json.dumps(value)


def without_secrets(value: object) -> object:
    """A value with nothing in the place of each credential."""
    if isinstance(value, Mapping):
        return {str(key): without_secrets(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [without_secrets(item) for item in value]
    return None if isinstance(value, SecretKey) else value


def in_file(connections: Mapping[str, Connection | SecretKey]) -> dict[str, Connection]:
    """The connections with credentials in their fields, which go to a file."""
    return {
        id: connection
        for id, connection in connections.items()
        if isinstance(connection, Connection) and any(connection.secrets)
    }


def check_connections(
    connections: Mapping[str, Connection | SecretKey],
    variables: Mapping[str, VariableValue],
    *,
    config: Config,
    env_names: Iterable[str],
    stored: Iterable[str] = (),
) -> Iterator[str]:
    """The problems of connections and variables, one or two sentences each.

    Args:
        connections: all connections.
        variables: all variables.
        config: options of the user.
        env_names: names of all environment variables of the user.
        stored: ids of the connections that are in the database.
    """
    env = set(env_names)
    for option, prefix, ids in (
        ("connections", "AIRFLOW_CONN_", list(connections)),
        ("variables", "AIRFLOW_VAR_", list(variables)),
    ):
        for id in ids:
            if not _ID.fullmatch(id):
                yield (
                    f"{option}[{id!r}]: expected letters, digits, '_', '.' and '-', as it becomes "
                    "the name of an environment variable"
                )
            elif f"{prefix}{id.upper()}" in env:
                yield f"{option}[{id!r}] is env[{prefix + id.upper()!r}] too: leave one of them out"
        lower = [id.lower() for id in ids]
        for id in sorted({id for id in lower if lower.count(id) > 1}):
            yield f"{option} has {id!r} twice: Airflow does not tell upper from lower case in them"
    taken = [name for name in env if name.startswith(_BACKEND_OPTIONS)]
    taken += ["config"] * ("backend" in config.get("secrets", {}))
    taken += ["config"] * ("secrets_backend" in config.get("workers", {}))
    for id in in_file(connections).keys() - set(stored) if taken else ():
        yield (
            f"connections[{id!r}] has credentials among its parts, which Airflow reads through its "
            "one secrets backend, and yours takes that place: give the whole connection as a "
            "SecretKey (a URI, or JSON), or keep it in your backend"
        )


def _name(host: str | None) -> str:
    without_scheme = re.sub(r"^[a-z][a-z0-9+.-]*://", "", host or "")
    return re.split(r"[/?]", without_scheme, maxsplit=1)[0]


def _leaves(value: object, path: Path) -> Iterator[tuple[Path, object]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, (*path, str(key)))
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for number, item in enumerate(value):
            yield from _leaves(item, (*path, number))
    else:
        yield path, value
