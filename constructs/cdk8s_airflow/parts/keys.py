"""Airflow's keys and passwords: the roles that get them, and what is generated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal

from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.secret_files import kept_secret
from cdk8s_airflow.platform import GeneratedSecret, Platform, Role
from cdk8s_airflow.roles import ROLES, Key, holding


@dataclass(frozen=True, kw_only=True)
class Secrets(Props):
    """Keys and passwords from your own Secrets; the others are generated in the cluster.

    A generated one is a Secret `{release}-{name}`, which no apply or delete of the bundle changes.
    """

    fernet_key: SecretKey | None = None
    """`[core] fernet_key`: encrypts connections and variables in the database. A URL-safe base64
    of 32 bytes; several, separated by commas, to rotate. Default: generated."""
    api_secret_key: SecretKey | None = None
    """`[api] secret_key`: signs sessions and requests for logs, 64 random bytes or more.
    Default: generated."""
    jwt_secret: SecretKey | None = None
    """`[api_auth] jwt_secret`: signs the tokens of users and tasks, 64 random bytes or more.
    Default: generated."""
    admin_password: SecretKey | None = None
    """Password of the first admin. Default: generated."""
    flower_password: SecretKey | None = None
    """Password of Flower's user, of printable ASCII characters. Default: generated."""
    as_files: bool = False
    """Whether Airflow reads its keys and the credentials of its servers from mounted files, so that
    they are in no process's environment, which `kubectl describe`, crash reports and child
    processes show. Default: False, environment variables."""

    def __post_init__(self) -> None:
        """Checks that the keys are distinct.

        Raises:
            ValueError: when two fields have the same key, because different roles hold them.
        """
        super().__post_init__()
        purposes: dict[SecretKey, str] = {}
        for field in fields(self):
            key = getattr(self, field.name)
            if not isinstance(key, SecretKey):
                continue
            if key in purposes:
                raise ValueError(
                    f"Secrets: {purposes[key]} and {field.name} are one key, {key!r}: give each "
                    "its own, as not all pods hold both"
                )
            purposes[key] = field.name


_KEYS: Mapping[Key, tuple[str, Literal["fernet", "key", "password"]]] = {
    "fernet-key": ("AIRFLOW__CORE__FERNET_KEY", "fernet"),
    "api-secret-key": ("AIRFLOW__API__SECRET_KEY", "key"),
    "jwt-secret": ("AIRFLOW__API_AUTH__JWT_SECRET", "key"),
    "admin-password": ("ADMIN_PASSWORD", "password"),
    "flower-password": ("FLOWER_PASSWORD", "password"),
}
"""Key -> its environment variable, and how it is generated; `ROLES` says which roles hold it."""


@dataclass(frozen=True, kw_only=True)
class Keys(Part):
    """The keys, each for the roles that need it only."""

    secrets: Secrets
    """The keys that the user brings."""
    absent: frozenset[Role] = frozenset()
    """Roles that get no key, because the release has no such pod or login."""

    def generated(self, platform: Platform) -> Sequence[GeneratedSecret]:
        """The keys that the user does not bring and some pod needs."""
        return [
            GeneratedSecret(secret=self._secret(name, platform), kind=kind)
            for name, (_, kind) in _KEYS.items()
            if self._brought(name) is None and not holding(name) <= self.absent
        ]

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The keys of a role, each as an environment variable or a file."""
        held = [] if role in self.absent else ROLES[role].holds
        env = tuple(
            self._secret(name, platform).env(variable)
            for name, (variable, _) in _KEYS.items()
            if name in held
        )
        return kept_secret(PodParts(env=env), platform)

    def _brought(self, name: Key) -> SecretKey | None:
        brought: SecretKey | None = getattr(self.secrets, name.replace("-", "_"))
        return brought

    def _secret(self, name: Key, platform: Platform) -> SecretKey:
        return self._brought(name) or SecretKey(name=f"{platform.release}-{name}", key=name)
