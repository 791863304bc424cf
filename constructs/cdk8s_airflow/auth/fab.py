"""What all logins by FAB have in common, the default auth manager of the library."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from cdk8s_airflow.auth.login import READS_LOGIN, Login
from cdk8s_airflow.auth.webserver_config import Code, source
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts, total
from cdk8s_airflow.kubernetes.references import SecretKey, env_vars
from cdk8s_airflow.parts.config_check import variable
from cdk8s_airflow.parts.programs import importable, packaged, program_path
from cdk8s_airflow.parts.runtime import FAB
from cdk8s_airflow.parts.secret_files import kept_secret
from cdk8s_airflow.platform import Platform, Role

FILE = "webserver_config.py"
BUILT_IN_ROLES = ("Admin", "Op", "User", "Viewer", "Public")
"""The roles that FAB has from the start, from the mightiest to the one without any permission."""
_ACTIONS = ("can_create", "can_delete", "can_edit", "can_read", "menu_access")
_RESOURCES = (
    *("Admin", "Asset Aliases", "Assets", "Audit Logs", "Backfills", "Browse", "Cluster Activity"),
    *("Configurations", "Connections", "DAG Code", "DAG Dependencies", "DAG Runs", "DAG Versions"),
    *("DAG Warnings", "DAGs", "Docs", "Documentation", "HITL Detail", "ImportError", "Jobs"),
    *("My Password", "My Profile", "Passwords", "Plugins", "Pools", "Providers", "Roles"),
    *("SLA Misses", "Task Instances", "Task Logs", "Task Reschedules", "Triggers", "Users"),
    *("Variables", "Website", "XComs"),
)
_MODULE = "cdk8s_airflow_login"
_OFFICIAL = "apache/airflow"
_ENDS_SESSIONS = (3, 3, 2)
"""The first Airflow that was released after version 3.9 of the FAB provider, or beside it."""

Permissions = Mapping[str, Sequence[str]]
"""Resource of FAB -> actions on it, as in `access_control` of a DAG."""


@dataclass(frozen=True, kw_only=True)
class FabLogin(Login):
    """The base of the logins by FAB."""

    custom_roles: Mapping[str, Permissions] | None = None
    """Roles beside `Admin`, `Op`, `User`, `Viewer` and `Public`: name -> resource -> actions, for
    example `{"auditors": {"Audit Logs": ["can_read", "menu_access"]}}`. At each start of the API
    server they get these permissions and lose others, but for those of single DAGs, which
    `access_control` of the DAGs gives. A role that leaves the list stays. Default: none."""
    login_banner: str | None = None
    """A text above the login form, such as the terms of use. Default: none."""
    session_minutes: int | None = None
    """Minutes without a request after which a user is logged out, `[fab] session_lifetime_minutes`;
    an open page makes requests. Default: 43200 (30 days), Airflow's own."""
    session_max_minutes: int | None = None
    """Minutes after which a user has to log in again, whatever he does, `[fab]
    session_max_lifetime_minutes`; needs version 3.9 of the FAB provider, which the official images
    before 3.3.2 do not have: an error with these. Default: no limit."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from self.problems()

    def problems(self) -> Iterator[str]:
        """The problems of its fields, a sentence each."""
        owner = type(self).__name__
        for option in ("session_minutes", "session_max_minutes"):
            minutes = getattr(self, option)
            if minutes is not None and minutes < 1:
                yield f"{owner}({option}={minutes}): expected 1 or more minutes"
        if self.login_banner is not None and not self.login_banner.strip():
            yield f"{owner}(login_banner=''): expected some text; for none leave it out"
        for role, permissions in (self.custom_roles or {}).items():
            where = f"{owner}.custom_roles[{role!r}]"
            if role in BUILT_IN_ROLES:
                yield f"{where}: Airflow makes this role itself; choose another name"
            if not 0 < len(role.strip()) <= 64:
                yield f"{where}: expected a name of 1 to 64 characters"
            for resource, actions in permissions.items():
                yield from permission_problems(where, resource, actions)

    def validate(self, platform: Platform) -> Iterator[str]:
        """A problem, if sessions would have no end for all that is said here."""
        yield from super().validate(platform)
        image, minutes = platform.image, self.session_max_minutes
        numbers = tuple(map(int, re.findall(r"\d+", platform.airflow_version)[:3]))
        if minutes is not None and image.repository == _OFFICIAL and numbers < _ENDS_SESSIONS:
            yield (
                f"{type(self).__name__}(session_max_minutes={minutes}): {_OFFICIAL}:{image.tag} "
                "has no FAB provider of version 3.9 or newer, and would not end sessions: take a "
                "newer airflow_version, or an image= of yours with that provider, or leave it out"
            )

    @property
    def manager(self) -> str:
        """FAB's auth manager."""
        return FAB

    @property
    def options(self) -> Mapping[tuple[str, str], str]:
        """The options in FAB's section that have fields here, where these are set."""
        found = {
            ("fab", "session_lifetime_minutes"): "session_minutes",
            ("fab", "session_max_lifetime_minutes"): "session_max_minutes",
        }
        kept = {option: name for option, name in found.items() if getattr(self, name) is not None}
        return {**kept, ("fab", "config_file"): "WebserverConfig"} if self.has_file else kept

    def settings(self, platform: Platform) -> Mapping[str, object]:
        """The settings of webserver_config.py that the way to log in needs: name -> value."""
        return {}

    @property
    def classes(self) -> tuple[str, str]:
        """Module and name of the security manager, which is a program of the package."""
        return _MODULE, "Login"

    @property
    def secrets(self) -> Mapping[str, SecretKey]:
        """The secrets that webserver_config.py reads: variable -> key."""
        return {}

    @property
    def has_file(self) -> bool:
        """Whether FAB's defaults do not do."""
        return bool(self.custom_roles or self.login_banner)

    def all_settings(self, platform: Platform) -> Mapping[str, object]:
        """All settings of webserver_config.py in this release."""
        module, name = self.classes
        found = {"SECURITY_MANAGER_CLASS": Code(f"{module}.{name}"), **self.settings(platform)}
        if self.login_banner is not None:
            found["LOGIN_BANNER"] = self.login_banner
        if self.custom_roles:
            found["CUSTOM_ROLES"] = {
                role: {resource: list(actions) for resource, actions in permissions.items()}
                for role, permissions in self.custom_roles.items()
            }
        return found

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """webserver_config.py, and the modules that it imports."""
        if not self.has_file:
            return {}
        module, _ = self.classes
        title = f"The login of the release {platform.release}, auth={type(self).__name__}(...)."
        text = source(title, module, self.all_settings(platform))
        return {FILE: text, **packaged(f"{module}.py")}

    def login_parts(self, role: Role, platform: Platform) -> PodParts:
        """The file and what it needs, in pods that read it."""
        if role not in READS_LOGIN:
            return NOTHING
        env = {
            variable("fab", "session_lifetime_minutes"): self.session_minutes,
            variable("fab", "session_max_lifetime_minutes"): self.session_max_minutes,
        }
        set_here = {name: str(value) for name, value in env.items() if value is not None}
        parts = PodParts(env=env_vars(set_here))
        if not self.has_file:
            return parts
        module, _ = self.classes
        secrets = PodParts(env=env_vars(self.secrets))
        return (
            parts
            + PodParts(env=env_vars({variable("fab", "config_file"): program_path(FILE)}))
            + total(importable(name) for name in packaged(f"{module}.py"))
            + kept_secret(secrets, platform)
        )


def permission_problems(where: str, resource: str, actions: Sequence[str]) -> Iterator[str]:
    """The problems of the permissions of a role on one resource.

    Args:
        where: how messages name the role.
        resource: its name in FAB.
        actions: what the role may do with it.
    """
    close = get_close_matches(resource, _RESOURCES, n=1, cutoff=0.75)
    if resource not in _RESOURCES and close:  # plugins have resources of their own
        yield f"{where}: no resource {resource!r} in Airflow; did you mean {close[0]!r}?"
    for action in actions:
        if action not in _ACTIONS:
            yield f"{where}[{resource!r}]: no action {action!r}; expected {', '.join(_ACTIONS)}"
