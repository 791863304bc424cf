"""The roles of the embedded PostgreSQL, one for each number of its password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.key_numbers import FIRST
from cdk8s_airflow.kubernetes.objects import wire_mapping
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.programs import PROGRAM_MOUNTS, packaged, run
from cdk8s_airflow.parts.secret_files import kept_secret
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import MIGRATES
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql
from cdk8s_airflow.services.server import user_name

_PROGRAM = "database_roles.py"
_WAIT_SECONDS = "540"
"""The Job itself may wait for ten minutes."""


@dataclass(frozen=True, kw_only=True)
class DatabaseRoles(Part):
    """An init container of the migrations Job that makes the roles.

    PostgreSQL knows one password for each role. So a new password comes with a new role, and the
    pods of before log in with theirs until they are replaced.
    """

    server: EmbeddedPostgresql
    """The server."""

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program that makes them, if there are others than the first."""
        return packaged(_PROGRAM) if self._needed else {}

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The init container, in the Jobs that migrate."""
        if role not in MIGRATES or not self._needed:
            return NOTHING
        login = self.server.login(platform.release)
        passwords = self.server.database_passwords(platform.release)
        names = {number: f"DATABASE_ROLE_{number}" for number in passwords}
        roles = [f"{user_name(str(login.database), n)}={name}" for n, name in names.items()]
        place = (str(login.host), str(login.port), str(login.database))
        container = Container(
            name="database-roles",
            image=platform.image,
            command=run(_PROGRAM, _WAIT_SECONDS, *place, *roles),
            resources=resources(cpu="50m", memory="128Mi", memory_limit="256Mi"),
        )
        own = PodParts(env=tuple(passwords[number].env(name) for number, name in names.items()))
        own = kept_secret(own, platform)
        parts = own + PodParts(mounts=tuple(PROGRAM_MOUNTS))
        return PodParts(
            init_containers=(wire_mapping(container.wire(parts)),),
            volumes=own.volumes,
        )

    @property
    def _needed(self) -> bool:
        return tuple(self.server.rotation) != (FIRST,)
