"""Airflow's keys: who holds which, and what is generated when the user brings none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal

from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.platform import GeneratedSecret, Role


@dataclass(frozen=True, kw_only=True)
class Secrets(Props):
    """Credentials that the user brings; what is left out is generated once in the cluster.

    A generated one is a Secret `{release}-{name}` that no apply or delete of the bundle touches.
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

    def __post_init__(self) -> None:
        """Checks that the keys are distinct.

        Raises:
            ValueError: when one key serves two purposes: who holds it for the one could do the
                other.
        """
        super().__post_init__()
        purposes: dict[SecretKey, str] = {}
        for field in fields(self):
            key = getattr(self, field.name)
            if key in purposes:
                raise ValueError(
                    f"Secrets: {purposes[key]} and {field.name} are one key, {key!r}: give each "
                    "its own, as not all pods hold both"
                )
            if key is not None:
                purposes[key] = field.name


@dataclass(frozen=True)
class _Key:
    variable: str
    kind: Literal["fernet", "key", "password"]
    roles: frozenset[Role]


# Tasks reach Airflow through the execution API with a token of their own, so a worker needs only
# the key that signs requests for its logs.
_KEYS: Mapping[str, _Key] = {
    "fernet-key": _Key(
        "AIRFLOW__CORE__FERNET_KEY",
        "fernet",
        frozenset(
            {
                Role.API_SERVER,
                Role.EXECUTION_API,
                Role.SCHEDULER,
                Role.DAG_PROCESSOR,
                Role.TRIGGERER,
            }
        ),
    ),
    "api-secret-key": _Key(
        "AIRFLOW__API__SECRET_KEY",
        "key",
        frozenset({Role.API_SERVER, Role.TRIGGERER, Role.WORKER}),
    ),
    "jwt-secret": _Key(
        "AIRFLOW__API_AUTH__JWT_SECRET",
        "key",
        frozenset({Role.API_SERVER, Role.EXECUTION_API, Role.SCHEDULER}),
    ),
    "admin-password": _Key("ADMIN_PASSWORD", "password", frozenset({Role.CREATE_ADMIN})),
    "flower-password": _Key("FLOWER_PASSWORD", "password", frozenset({Role.FLOWER})),
}


@dataclass(frozen=True, kw_only=True)
class Keys:
    """Contributor: the keys, each in the roles that need it and in no other."""

    release: str
    secrets: Secrets
    absent: frozenset[Role] = frozenset()
    """Roles that need no key, as the release has no such pod."""

    def secret(self, name: str) -> SecretKey:
        """Where a key lives, for example `fernet-key`."""
        brought: SecretKey | None = getattr(self.secrets, name.replace("-", "_"))
        return brought or SecretKey(name=f"{self.release}-{name}", key=name)

    @property
    def generated(self) -> Sequence[GeneratedSecret]:
        """What the bootstrap Job has to make."""
        return [
            GeneratedSecret(secret=self.secret(name), kind=key.kind)
            for name, key in self._keys.items()
            if getattr(self.secrets, name.replace("-", "_")) is None
        ]

    def parts(self, role: Role) -> PodParts:
        """The keys of a role, each as an environment variable."""
        return PodParts(
            env=tuple(
                self.secret(name).env(key.variable)
                for name, key in self._keys.items()
                if role in key.roles
            )
        )

    @property
    def _keys(self) -> Mapping[str, _Key]:
        return {name: key for name, key in _KEYS.items() if not key.roles <= self.absent}
