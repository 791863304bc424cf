"""Airflow's SimpleAuthManager: users in the configuration, for a look at Airflow and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from cdk8s_airflow.auth.login import Login
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.pods import Container, empty_dir, resources
from cdk8s_airflow.kubernetes.references import SecretKey, env_vars
from cdk8s_airflow.parts.config_check import variable
from cdk8s_airflow.platform import Platform, Role

SIMPLE = "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager"
SimpleRole: TypeAlias = Literal["viewer", "user", "op", "admin"]
_FOLDER = "/opt/cdk8s-airflow-login/passwords"
_BROUGHT = "/opt/cdk8s-airflow-login/brought"
_FILE = "passwords.json"
_NAME = re.compile(r"[^\s:,|$]+")


@dataclass(frozen=True, kw_only=True)
class SimpleAuth(Login):
    """A list of users, or none and everyone is admin: a toy, refused where others may come.

    Airflow keeps the passwords in clear text in a file. Without `passwords` each pod makes them up
    and prints them to the log of the API server.
    """

    users: Mapping[str, SimpleRole] | None = None
    """Name -> role. Default: one `admin`."""
    passwords: SecretKey | None = None
    """JSON in a Secret, name -> password. Default: made up at each start."""
    all_admins: bool = False
    """No login: everyone is admin. Default: False."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        for name in self.users or {}:
            if not _NAME.fullmatch(name):
                yield (
                    f"SimpleAuth.users has {name!r}: expected a name without spaces, ':', ',', '|' "
                    "and '$'"
                )
        if self.users is not None and not self.users:
            yield "SimpleAuth(users={}): nobody could log in; name one, or leave it out"
        if self.all_admins and (self.users or self.passwords):
            yield "SimpleAuth(all_admins=True) asks nobody for a name: leave out users"

    @property
    def manager(self) -> str:
        """SimpleAuthManager."""
        return SIMPLE

    @property
    def options(self) -> Mapping[tuple[str, str], str]:
        """The options that have fields here."""
        return {
            ("core", "simple_auth_manager_all_admins"): "all_admins",
            ("core", "simple_auth_manager_passwords_file"): "passwords",
            ("core", "simple_auth_manager_users"): "users",
        }

    def login_parts(self, role: Role, platform: Platform) -> PodParts:
        """Its options and the file of passwords, which Airflow writes to, in the API server."""
        if role is not Role.API_SERVER:
            return NOTHING
        if self.all_admins:
            name = variable("core", "simple_auth_manager_all_admins")
            return PodParts(env=env_vars({name: "True"}))
        users = self.users or {"admin": "admin"}
        listed = ",".join(f"{name}:{role}" for name, role in users.items())
        env = {
            variable("core", "simple_auth_manager_users"): listed,
            variable("core", "simple_auth_manager_passwords_file"): f"{_FOLDER}/{_FILE}",
        }
        parts = PodParts(env=env_vars(env)) + empty_dir("passwords", _FOLDER, "1Mi", memory=True)
        if self.passwords is None:
            return parts
        container = Container(
            name="copy-passwords",
            image=platform.image,
            command=("install", "-m", "u=rw", f"{_BROUGHT}/{_FILE}", f"{_FOLDER}/{_FILE}"),
            mounts=(
                {"name": "passwords-brought", "mountPath": _BROUGHT, "readOnly": True},
                {"name": "passwords", "mountPath": _FOLDER},
            ),
            resources=resources(cpu="10m", memory="16Mi", memory_limit="32Mi"),
        )
        return parts + PodParts(
            volumes=(self.passwords.volume("passwords-brought", _FILE, mode=0o440),),
            init_containers=(container.wire(),),
        )
