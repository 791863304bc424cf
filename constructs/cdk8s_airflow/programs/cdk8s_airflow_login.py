"""FAB's security manager with roles as code and a banner; webserver_config.py names it."""

import logging
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from airflow.providers.fab.auth_manager.security_manager.override import (
    FabAirflowSecurityManagerOverride,
)
from flask import current_app, flash, g, request

log = logging.getLogger(__name__)

OF_DAGS = ("DAG:", "DAG Run:")
"""What the names of resources begin with that `access_control` of single DAGs gives."""
WEBSITE = ("can_read", "Website")
"""What FAB gives to every role, without which no page opens."""


def secret(name: str) -> str:
    """A secret: an environment variable, or the content of the file that `<name>_FILE` names."""
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text() if file else os.environ[name]


class Login(FabAirflowSecurityManagerOverride):  # type: ignore[misc]
    """Gives roles by CUSTOM_ROLES and AUTH_ROLES_MAPPING, and shows LOGIN_BANNER."""

    def __init__(self, appbuilder: Any) -> None:
        """Makes the manager, and the banner part of the login page."""
        super().__init__(appbuilder)
        if banner := current_app.config.get("LOGIN_BANNER"):
            current_app.before_request(lambda: self._show(banner))

    def sync_roles(self) -> None:
        """Makes roles what the code says, beside those of Airflow."""
        super().sync_roles()
        for name, permissions in current_app.config.get("CUSTOM_ROLES", {}).items():
            self._sync_role(name, permissions)

    def roles_of(self, names: Iterable[str]) -> list[Any]:
        """The roles of these names; without any, the default role, if there is one."""
        wanted = dict.fromkeys(names) or dict.fromkeys(filter(None, [self.default_role]))
        found = {name: self.find_role(name) for name in wanted}
        for name in (name for name, role in found.items() if role is None):
            log.error("Nobody gets the role %r of the login's settings: there is none", name)
        return [role for role in found.values() if role is not None]

    @property
    def default_role(self) -> str | None:
        """The role of users whose groups have none."""
        role: str | None = current_app.config.get("AUTH_USER_REGISTRATION_ROLE")
        return role

    def with_a_role(self, user: Any) -> Any:
        """The user, or None if he has no role and so may not come in."""
        if user is None or self.get_user_roles(user):
            return user
        log.warning("%r may not come in: no role for any of the user's groups", user.username)
        return None

    def _sync_role(self, name: str, permissions: Mapping[str, Iterable[str]]) -> None:
        role = self.add_role(name)
        wanted = {(each, resource) for resource, found in permissions.items() for each in found}
        wanted.add(WEBSITE)
        for permission in list(role.permissions):
            found = (permission.action.name, permission.resource.name)
            if found not in wanted and not found[1].startswith(OF_DAGS):
                self.remove_permission_from_role(role, permission)
        for action, resource in sorted(wanted):
            self.add_permission_to_role(role, self.create_permission(action, resource))

    def _show(self, banner: str) -> None:
        page = f"{self.auth_view.endpoint}.login" if self.auth_view else None
        shown = request.endpoint == page and request.method == "GET" and not request.view_args
        if shown and not getattr(g.get("user"), "is_authenticated", False):
            flash(banner, "info")
