"""Roles of users whom another server knows: they follow from groups there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from cdk8s_airflow.auth.fab import BUILT_IN_ROLES, FabLogin
from cdk8s_airflow.platform import Platform

GroupRoles: TypeAlias = Mapping[str, str | Sequence[str]]
"""Group -> role, or several."""


@dataclass(frozen=True, kw_only=True)
class GroupLogin(FabLogin):
    """The base of logins whose users are elsewhere; Airflow makes an account at the first one."""

    roles: GroupRoles | None = None
    """Group -> role of Airflow, or several: `{"data-engineers": "Op", "admins": "Admin"}`. Who is
    in several groups has the roles of all. Default: none."""
    default_role: str | None = None
    """Role of users who are in none of the groups of `roles`, such as `Viewer`. Default: none;
    they may not come in."""
    sync_roles: bool = True
    """Whether roles follow the groups at each login, so that what was given in the UI is taken
    back; False: at the first login alone. Default: True."""
    register: bool = True
    """Whether the first login makes an account; False: only users whom an admin has entered in the
    UI may come in. Default: True."""

    def problems(self) -> Iterator[str]:
        """The problems of its fields, a sentence each."""
        yield from super().problems()
        owner = type(self).__name__
        yield from group_problems(f"{owner}.roles", self.roles)
        if self.default_role is not None:
            yield from _role_problems(f"{owner}.default_role", self.default_role)

    def validate(self, platform: Platform) -> Iterator[str]:
        """A problem, if nobody could come in."""
        yield from super().validate(platform)
        if not (self.all_roles or self.default_role) and (self.register or self.sync_roles):
            yield (
                f"auth={type(self).__name__}(...) gives no role to anybody, so nobody could come "
                "in: give roles={'group': 'Op', ...}, or default_role='Viewer' for everyone who "
                "can log in"
            )

    @property
    def has_file(self) -> bool:
        """FAB learns of the other server by the file."""
        return True

    @property
    def all_roles(self) -> Mapping[str, Sequence[str]]:
        """Group -> its roles, of all who know groups."""
        return role_lists(self.roles)

    @property
    def group_settings(self) -> Mapping[str, object]:
        """The settings of FAB for accounts and roles."""
        return {
            "AUTH_USER_REGISTRATION": self.register,
            "AUTH_USER_REGISTRATION_ROLE": self.default_role,
            "AUTH_ROLES_SYNC_AT_LOGIN": self.sync_roles,
            "AUTH_ROLES_MAPPING": dict(self.all_roles),
        }


def role_lists(roles: GroupRoles | None) -> dict[str, Sequence[str]]:
    """Group -> list of its roles."""
    return {
        group: [found] if isinstance(found, str) else list(found)
        for group, found in (roles or {}).items()
    }


def group_problems(where: str, roles: GroupRoles | None) -> Iterator[str]:
    """The problems of a mapping of groups to roles.

    Args:
        where: how messages name it.
        roles: group -> roles.
    """
    for group, found in role_lists(roles).items():
        if not group.strip():
            yield f"{where} has a group without a name: name it"
        if not found:
            yield f"{where}[{group!r}]: expected a role or several; to give none leave it out"
        for role in found:
            yield from _role_problems(f"{where}[{group!r}]", role)


def _role_problems(where: str, role: str) -> Iterator[str]:
    meant = next((name for name in BUILT_IN_ROLES if name.casefold() == role.casefold()), role)
    if meant != role:
        yield f"{where}={role!r}: Airflow calls this role {meant!r}"
    if not role.strip():
        yield f"{where}='': expected the name of a role, such as 'Viewer'"
