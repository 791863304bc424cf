"""Airflow connections and variables as configuration."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.pods import Container, empty_dir_volume, resources
from cdk8s_airflow.kubernetes.references import (
    ConfigMapKey,
    EnvValue,
    EnvVar,
    SecretKey,
    env_vars,
    literal,
)
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.connection import (
    Connection,
    Path,
    VariableValue,
    in_file,
    variable_text,
    without_secrets,
)
from cdk8s_airflow.parts.programs import PROGRAM_MOUNTS, packaged, run
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import RUNS_USER_CODE

_PROGRAM = "write_connections.py"
_BACKEND = "airflow.secrets.local_filesystem.LocalFilesystemBackend"
_FOLDER = "/opt/cdk8s-airflow-connections"
_FILE = f"{_FOLDER}/connections.json"
_NAME = "connections"
_LOGS = frozenset({Role.API_SERVER, Role.SCHEDULER})
"""Roles that open the store of task logs beside those that run users' code."""
READS_OR_WRITES_LOGS = RUNS_USER_CODE | _LOGS
"""Roles that read the logs of tasks and triggers, or write them."""


@dataclass(frozen=True, kw_only=True)
class FileBackend:
    """Airflow's backend that reads the file."""

    backend: str = _BACKEND
    """Its class."""
    arguments: Mapping[str, object] = field(
        default_factory=lambda: {"connections_file_path": _FILE}
    )
    """What it is given."""


@dataclass(frozen=True, kw_only=True)
class Connections(Part):
    """Connections and variables, for the roles that run users' code.

    A connection without credentials, or in one Secret, is an environment variable. Kubernetes
    cannot quote a Secret inside a text, so an init container writes connections with credentials in
    their fields to a file in memory; only it has them in its environment. Airflow's file backend
    reads that file.
    """

    connections: Mapping[str, Connection | SecretKey] = field(default_factory=dict)
    variables: Mapping[str, VariableValue] = field(default_factory=dict)
    log_connection: str = ""
    """Id of the connection to the store of task logs, `[logging] remote_log_conn_id`: whoever reads
    or writes logs needs it. Default: none."""
    alone: bool = True
    """Whether there is no other secrets backend, which then asks for the file too."""

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program that writes the file, if one is needed."""
        return packaged(_PROGRAM) if in_file(self.connections) else {}

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """Environment variables, and the file if one is needed."""
        if role not in RUNS_USER_CODE:
            return self._for_logs.parts(Role.WORKER, platform) if role in _LOGS else NOTHING
        known = [each for each in self.connections.values() if isinstance(each, Connection)]
        peers = tuple(peer for connection in known for peer in connection.peers)
        env = env_vars({f"AIRFLOW_VAR_{k.upper()}": _value(v) for k, v in self.variables.items()})
        for id, connection in self.connections.items():
            if isinstance(connection, SecretKey):
                env += (connection.env(_variable(id)),)
            elif not any(connection.secrets):
                env += env_vars({_variable(id): literal(json.dumps(connection.form))})
        return PodParts(env=env, peers=peers) + self._file(platform)

    def file_backend(self, role: Role) -> FileBackend | None:
        """The backend that reads the file in the pods of a role; None: they have no file."""
        given = self if role in RUNS_USER_CODE else self._for_logs if role in _LOGS else None
        return FileBackend() if given and in_file(given.connections) else None

    @property
    def _for_logs(self) -> Connections:
        """The connection to the store of task logs alone."""
        kept = {k: v for k, v in self.connections.items() if k == self.log_connection}
        return Connections(connections=kept, alone=self.alone)

    def _file(self, platform: Platform) -> PodParts:
        written = in_file(self.connections)
        if not written:
            return NOTHING
        env, content = _composed(written)
        mount = {"name": _NAME, "mountPath": _FOLDER}
        container = Container(
            name="write-connections",
            image=platform.image,
            command=run(_PROGRAM, _FILE),
            resources=resources(cpu="50m", memory="32Mi", memory_limit="64Mi"),
        )
        file = FileBackend()
        backend = {
            "AIRFLOW__SECRETS__BACKEND": file.backend,
            "AIRFLOW__SECRETS__BACKEND_KWARGS": json.dumps(dict(file.arguments)),
        }
        inside = PodParts(
            env=(*env, *env_vars({"CONNECTIONS": literal(json.dumps(content))})),
            mounts=(*PROGRAM_MOUNTS, mount),
        )
        return PodParts(
            env=env_vars(backend) if self.alone else (),
            volumes=(empty_dir_volume(_NAME, "16Mi", memory=True),),
            mounts=({**mount, "readOnly": True},),
            init_containers=(container.wire(inside),),
        )


def _variable(id: str) -> str:
    return f"AIRFLOW_CONN_{id.upper()}"


def _value(value: VariableValue) -> EnvValue:
    if isinstance(value, SecretKey | ConfigMapKey):
        return value
    return literal(variable_text(value))


def _composed(
    connections: Mapping[str, Connection],
) -> tuple[tuple[EnvVar, ...], dict[str, object]]:
    """The credentials as environment, and the input of write_connections.py."""
    names: dict[SecretKey, str] = {}
    paths: dict[str, list[Path]] = {}
    for id, connection in connections.items():
        for path, key in connection.secrets:
            if key not in names:
                name = re.sub(r"\W", "_", "_".join(map(str, ("connection", id, *path)))).upper()
                while name in paths:
                    name += "_"
                names[key] = name
                paths[name] = []
            paths[names[key]].append((id, *path))
    forms = {id: without_secrets(connection.form) for id, connection in connections.items()}
    env = tuple(key.env(name) for key, name in names.items())
    return env, {"connections": forms, "credentials": paths}
