"""Pools, users and roles as data, and checks of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.nearest import nearest
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import SecretKey

ACCOUNT = "cdk8s-airflow-objects"
"""Name of the user, and of its role, by which objects are made; the code cannot declare it."""
DEFAULT_POOL = "default_pool"
OWN_ROLES = ("Admin", "Op", "Public", "User", "Viewer")
"""Roles that Airflow makes and keeps as they are."""
_EMAIL = re.compile(r"[^@\s<>(),;:]+@[A-Za-z0-9]([-.A-Za-z0-9]*[A-Za-z0-9])?")
_POOL_LENGTH, _ROLE_LENGTH, _USER_LENGTH = 256, 64, 512

Permissions: TypeAlias = Mapping[str, Sequence[str]]
"""Resource -> actions, in the words of Airflow's permissions: `{"DAGs": ["can_read"]}`."""


@dataclass(frozen=True, kw_only=True)
class Pool(Props):
    """A pool of Airflow, which limits how many of its tasks run at a time."""

    slots: int
    """Slots; -1 is no limit."""
    description: str | None = None
    """What it is for, shown in the UI. Default: none."""
    include_deferred: bool = False
    """Whether deferred tasks keep their slots. Default: False, Airflow's own."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.slots < -1:
            yield f"Pool(slots={self.slots}): expected 0 or more, or -1 for no limit"

    @property
    def form(self) -> dict[str, object]:
        """Its fields as the REST API takes them."""
        return {
            "slots": self.slots,
            "description": self.description,
            "include_deferred": self.include_deferred,
        }


@dataclass(frozen=True, kw_only=True)
class User(Props):
    """A user of Airflow's own user database; the key in `users` is the name to log in with."""

    email: str
    """E-mail address; no two users have the same."""
    first_name: str
    """First name, shown in the UI."""
    last_name: str
    """Last name, shown in the UI."""
    roles: Sequence[str] = ("Viewer",)
    """Roles: Airflow's own (`Admin`, `Op`, `User`, `Viewer`, `Public`), those of
    `AirflowProps.roles`, or roles that people have made. Default: `Viewer`."""
    password: SecretKey | None = None
    """The first password; what the user changes later stays. Default: generated in the cluster,
    once, as the Secret `{release}-user-{name}`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        for option in ("first_name", "last_name"):
            if not getattr(self, option).strip():
                yield f"User({option}=''): expected some text"
        if not _EMAIL.fullmatch(self.email):
            yield f"User(email={self.email!r}): expected an address such as 'me@example.com'"
        if not self.roles:
            yield (
                "User(roles=()): a user without roles sees nothing: name one, for example 'Viewer'"
            )

    @property
    def form(self) -> dict[str, object]:
        """Its fields as the REST API takes them, without the password."""
        return {
            "email": self.email,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "roles": [{"name": name} for name in self.roles],
        }


def role_form(permissions: Permissions) -> dict[str, object]:
    """The permissions of a role as the REST API takes them."""
    return {
        "actions": [
            {"action": {"name": action}, "resource": {"name": resource}}
            for resource, actions in permissions.items()
            for action in actions
        ]
    }


def password_secret(release: str, username: str) -> SecretKey:
    """The Secret with the generated first password of a user."""
    plain = re.sub(r"[^a-z0-9]+", "-", username.lower()).strip("-")[:100]
    unique = plain if plain == username else f"{plain}-{content_hash(username)}".lstrip("-")
    return SecretKey(name=f"{release}-user-{unique}", key="password")


def check_declared(
    pools: Mapping[str, Pool],
    users: Mapping[str, User],
    roles: Mapping[str, Permissions],
    *,
    admin: str | None,
) -> Iterator[str]:
    """The problems of pools, users and roles, one or two sentences each.

    Args:
        pools: name -> pool.
        users: name -> user.
        roles: name -> permissions.
        admin: name of the first user, if the release makes one.
    """
    for option, names, longest in (
        ("pools", pools, _POOL_LENGTH),
        ("users", users, _USER_LENGTH),
        ("roles", roles, _ROLE_LENGTH),
    ):
        for name in names:
            if not name.strip() or not name.isprintable() or len(name) > longest:
                yield f"{option}[{name!r}]: expected a name of 1 to {longest} printable characters"
    if DEFAULT_POOL in pools and pools[DEFAULT_POOL].description is not None:
        yield (
            f"pools[{DEFAULT_POOL!r}].description: Airflow keeps that of its own pool; leave it out"
        )
    if admin in users:
        yield (
            f"users[{admin!r}] is the first user, admin=AdminUser(username={admin!r}), too: leave "
            "one of them out, admin=None for no first user"
        )
    for option, names, account in (("users", users, ACCOUNT), ("roles", roles, ACCOUNT)):
        if account in names:
            yield f"{option}[{account!r}] is the account that makes the others: take another name"
    for name in roles:
        if name in OWN_ROLES:
            yield (
                f"roles[{name!r}] is Airflow's own, which it resets at each start: take another "
                "name, and give users both roles"
            )
        for resource, actions in roles[name].items():
            if not actions:
                yield (
                    f"roles[{name!r}][{resource!r}] allows nothing: name an action, or leave it out"
                )
    yield from _repeated_addresses(users)


def _repeated_addresses(users: Mapping[str, User]) -> Iterator[str]:
    known: dict[str, str] = {}
    for name, user in users.items():
        if user.email in known:
            yield (
                f"users[{name!r}].email={user.email!r} is that of {known[user.email]!r} too: each "
                "user needs an address of its own"
            )
        known[user.email] = name


def unknown_roles(users: Mapping[str, User], roles: Iterable[str]) -> Iterator[str]:
    """Warnings of roles of users that neither Airflow nor the code makes."""
    known = {*OWN_ROLES, *roles}
    for name, user in users.items():
        for role in user.roles:
            if role not in known:
                yield (
                    f"users[{name!r}].roles has {role!r}, which is neither Airflow's own nor in "
                    f"roles=, so it has to exist before{nearest(role, known)}"
                )
