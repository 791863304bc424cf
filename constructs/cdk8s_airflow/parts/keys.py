"""Airflow's keys and passwords: the roles that get them, and what is generated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal

from cdk8s_airflow.kubernetes.key_numbers import FIRST, number_problems, numbered
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts import known_tokens
from cdk8s_airflow.parts.secret_files import kept_secret
from cdk8s_airflow.platform import GeneratedSecret, Platform, Role
from cdk8s_airflow.roles import ROLES, Key, holding
from cdk8s_airflow.services.urls import command_env


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
    objects_password: SecretKey | None = None
    """Password of the account by which connections, variables, pools, users and roles are made what
    the code says. Default: generated."""
    rotation: Mapping[Key, Sequence[int]] | None = None
    """Numbers of the generated keys that are known, by their name, the one in use first:
    `{"fernet-key": [2, 1]}`. A new number is a new Secret, `{release}-fernet-key-2`; the old one
    stays in the cluster. `fernet-key` and `jwt-secret` may have several numbers, so that nothing
    fails meanwhile: [1], then [1, 2], [2, 1] and [2], each applied to all pods before the next. The
    Job `rotate-fernet-key` encrypts anew with the first, once that is the highest. The others have
    one number. Default: [1] each."""
    as_files: bool = False
    """Whether Airflow reads its keys and the credentials of its servers from mounted files, so that
    they are in no process's environment, which `kubectl describe`, crash reports and child
    processes show. Default: False, environment variables."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        for name in self.rotation or {}:
            yield from self._rotation_problems(name)
        purposes: dict[SecretKey, str] = {}
        for field in fields(self):
            key = getattr(self, field.name)
            if not isinstance(key, SecretKey):
                continue
            if key in purposes:
                yield (
                    f"Secrets: {purposes[key]} and {field.name} are one key, {key!r}: give each "
                    "its own, as not all pods hold both"
                )
            purposes[key] = field.name

    def numbers(self, name: Key) -> Sequence[int]:
        """The numbers of a key, the one in use first."""
        return (self.rotation or {}).get(name, (FIRST,))

    def brought(self, name: Key) -> SecretKey | None:
        """The user's own key; None: it is generated."""
        found: SecretKey | None = getattr(self, name.replace("-", "_"))
        return found

    def _rotation_problems(self, name: Key) -> list[str]:
        option, numbers = f"Secrets(rotation=...)[{name!r}]", self.numbers(name)
        if self.brought(name):
            return [
                f"{option}: {name.replace('-', '_')}= is a key of yours, so nothing is generated: "
                "change its Secret, or leave the numbers out"
            ]
        if len(numbers) > 1 and name not in SEVERAL:
            return [
                f"{option}={list(numbers)!r}: Airflow can know one of these at a time: give one "
                f"number; several may be of {' and '.join(sorted(SEVERAL))}"
            ]
        return number_problems(option, numbers)


SEVERAL: frozenset[Key] = frozenset({"fernet-key", "jwt-secret"})
"""The keys of which Airflow can know several."""
_KEYS: Mapping[Key, tuple[str, Literal["fernet", "key", "password"]]] = {
    "fernet-key": ("AIRFLOW__CORE__FERNET_KEY", "fernet"),
    "api-secret-key": ("AIRFLOW__API__SECRET_KEY", "key"),
    "jwt-secret": ("AIRFLOW__API_AUTH__JWT_SECRET", "key"),
    "admin-password": ("ADMIN_PASSWORD", "password"),
    "flower-password": ("FLOWER_PASSWORD", "password"),
    "objects-password": ("OBJECTS_PASSWORD", "password"),
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
            GeneratedSecret(secret=secret, kind=kind)
            for name, (_, kind) in _KEYS.items()
            if self.secrets.brought(name) is None and not holding(name) <= self.absent
            for secret in self._secrets(name, platform).values()
        ]

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program that lets API servers know several keys of tokens."""
        return known_tokens.programs(self.secrets.numbers("jwt-secret"))

    def validate(self, platform: Platform) -> Iterable[str]:
        """The problems of several keys of tokens in this version of Airflow."""
        return known_tokens.problems(self.secrets.numbers("jwt-secret"), platform)

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The keys of a role, each as an environment variable or a file."""
        held = [] if role in self.absent else ROLES[role].holds
        parts = NOTHING
        for name, (variable, _) in _KEYS.items():
            if name in held:
                parts += self._key(name, variable, platform)
        parts = kept_secret(parts, platform)
        if "jwt-secret" in held:
            parts += known_tokens.parts(role, self._secrets("jwt-secret", platform), platform)
        return parts

    def _key(self, name: Key, variable: str, platform: Platform) -> PodParts:
        first, *others = self._secrets(name, platform).items()
        if not others or name != "fernet-key":
            return PodParts(env=(first[1].env(variable),))
        # Airflow encrypts with the first of a list, and tries all to decrypt.
        known = {f"FERNET_KEY_{number}": secret for number, secret in (first, *others)}
        template = ",".join(f"{{{each}}}" for each in known)
        return PodParts(env=command_env(variable, template, known, json=True))

    def _secrets(self, name: Key, platform: Platform) -> Mapping[int, SecretKey]:
        """Number -> Secret of a key."""
        if brought := self.secrets.brought(name):
            return {FIRST: brought}
        return {
            number: SecretKey(name=numbered(f"{platform.release}-{name}", number), key=name)
            for number in self.secrets.numbers(name)
        }
