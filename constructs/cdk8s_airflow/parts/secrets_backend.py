"""A secrets backend of Airflow: where connections and variables are kept outside of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from cdk8s_airflow.dags.files import PluginsInDags
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import EnvVar, SecretKey, env_vars, literal
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.config import AirflowConfig
from cdk8s_airflow.parts.connections import Connections, FileBackend
from cdk8s_airflow.parts.environment import Environment
from cdk8s_airflow.parts.packages import ExtraPackages
from cdk8s_airflow.parts.programs import PROGRAM_MOUNTS, packaged
from cdk8s_airflow.parts.secret_files import kept_secret
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import RUNS_USER_CODE
from cdk8s_airflow.services.urls import command_env

ASKS_BACKENDS = RUNS_USER_CODE | {Role.API_SERVER, Role.EXECUTION_API, Role.SCHEDULER}
"""Roles that ask for connections and variables: tasks, triggers and DAG files, whoever opens the
store of their logs, and the servers that tasks ask for what they do not find."""
_BACKEND = "AIRFLOW__SECRETS__BACKEND"
_OPTIONS = (("secrets", "backend"), ("workers", "secrets_backend"))
_FOLDER = "/opt/cdk8s-airflow-backends"
_CHAIN, _BACKENDS = "cdk8s_airflow_secrets", "backends"
PREFIXES = ("connections_prefix", "variables_prefix", "config_prefix")
"""What the providers of clouds call the beginnings of names."""


@dataclass(frozen=True, kw_only=True)
class SecretsBackend(Props, Part):
    """The base of the backends: fields are the arguments of the provider's class."""

    @property
    def backend(self) -> str:
        """The provider's class, `[secrets] backend`."""
        raise NotImplementedError

    @property
    def arguments(self) -> dict[str, object]:
        """What it is given, `[secrets] backend_kwargs`, with a `SecretKey` for each secret.

        What is the provider's default is left out.
        """
        found = {field.name: (getattr(self, field.name), field.default) for field in fields(self)}
        return {name: value for name, (value, default) in found.items() if value != default}

    @property
    def needs(self) -> PodParts:
        """Files that the arguments name, and the servers that it asks."""
        raise NotImplementedError

    def validate(self, platform: Platform) -> Iterable[str]:
        """A problem, if another option names a backend, as Airflow has one."""
        config, environment = platform.find(AirflowConfig), platform.find(Environment)
        for section, option in _OPTIONS:
            variable = f"AIRFLOW__{section}__{option}".upper()
            for place, names in (
                (f"config[{section!r}]", (config.config.get(section, {}) if config else {})),
                ("env", environment.env if environment else {}),
            ):
                key = variable if place == "env" else option
                taken = [name for name in names if name.startswith(key)]
                for name in taken:
                    yield (
                        f"secrets_backend={type(self).__name__}(...) and {place}[{name!r}] both "
                        "say where connections and variables are kept: give one of them"
                    )

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The class that asks the file of `connections=` too, if there is one."""
        return packaged(f"{_CHAIN}.py") if self._has_file(platform) else {}

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The options, with their credentials and files, for the roles that ask."""
        if role not in ASKS_BACKENDS:
            return NOTHING
        backend, arguments = self.backend, self.arguments
        more = NOTHING
        file = self._file(role, platform)
        if file:
            backends = [[file.backend, file.arguments], [backend, arguments]]
            backend, arguments = f"{_CHAIN}.InOrder", {_BACKENDS: backends}
            more = _in_order(role, platform)
        env = env_vars({_BACKEND: backend}) + _as_environment(arguments)
        return kept_secret(PodParts(env=env), platform) + self.needs + more

    def _file(self, role: Role, platform: Platform) -> FileBackend | None:
        found = platform.find(Connections)
        return found.file_backend(role) if found else None

    def _has_file(self, platform: Platform) -> bool:
        return any(self._file(role, platform) for role in ASKS_BACKENDS)


def _in_order(role: Role, platform: Platform) -> PodParts:
    """The class that asks several, where Python finds it before Airflow reads its options."""
    file = {"mountPath": f"{_FOLDER}/{_CHAIN}.py", "subPath": f"{_CHAIN}.py", "readOnly": True}
    others = [platform.find(kind) for kind in (ExtraPackages, PluginsInDags)]
    known = [
        str(each.value)
        for other in others
        if other
        for each in other.parts(role, platform).env
        if each.name == "PYTHONPATH"
    ]
    path = ":".join([*known[:1], _FOLDER])
    return PodParts(env=env_vars({"PYTHONPATH": path}), mounts=({**PROGRAM_MOUNTS[0], **file},))


def path_problems(
    backend: SecretsBackend, names: Iterable[str], allowed: str = "_.+=@/-"
) -> list[str]:
    """The problems of the beginnings of names in a store, and of nothing to ask it for.

    Args:
        backend: checked.
        names: its fields.
        allowed: what the store takes in a name beside letters and digits.
    """
    kind, problems = type(backend).__name__, []
    given = {name: getattr(backend, name) for name in names}
    for name, value in given.items():
        for text in [value] if isinstance(value, str | None) else value:
            if not all(c in allowed or (c.isascii() and c.isalnum()) for c in text or ""):
                problems.append(
                    f"{kind}({name}={text!r}): expected what the store takes in a name, letters, "
                    f"digits and {allowed}"
                )
    asked = {name: value for name, value in given.items() if name != "sep"}
    if all(value in (None, [], ()) for value in asked.values()):
        problems.append(
            f"{kind} is asked for nothing, as {', '.join(asked)} are None: leave "
            "secrets_backend= out"
        )
    return problems


def _as_environment(arguments: Mapping[str, object]) -> tuple[EnvVar, ...]:
    option = f"{_BACKEND}_KWARGS"
    credentials: dict[str, SecretKey] = {}
    text = _json(arguments, ("SECRETS_BACKEND",), credentials)
    if credentials:
        return command_env(option, text, credentials, json=True)
    return env_vars({option: literal(json.dumps(arguments))})


def _json(value: object, path: tuple[str, ...], credentials: dict[str, SecretKey]) -> str:
    """JSON with `{NAME}` for each credential, and no other text in braces."""
    if isinstance(value, SecretKey):
        name = re.sub(r"\W", "_", "_".join(path)).upper()
        credentials[name] = value
        return f'"{{{name}}}"'
    if isinstance(value, Mapping):
        items = [
            f"{_json(key, path, {})}: "
            f"{_json(item, path if key == _BACKENDS else (*path, key), credentials)}"
            for key, item in value.items()
        ]
        return "{" + ", ".join(items) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        items = [_json(item, path, credentials) for item in value]
        return "[" + ", ".join(items) + "]"
    return json.dumps(value).replace("{", "\\u007b")
