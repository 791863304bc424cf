"""A database for Celery's results, with a role that can read nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.key_numbers import FIRST
from cdk8s_airflow.kubernetes.objects import wire_mapping
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.access import DatabaseAccess
from cdk8s_airflow.parts.programs import PROGRAM_MOUNTS, run
from cdk8s_airflow.parts.secret_files import kept_secret
from cdk8s_airflow.platform import GeneratedSecret, Platform, Role
from cdk8s_airflow.roles import MIGRATES
from cdk8s_airflow.services.server import user_name


@dataclass(frozen=True, kw_only=True)
class ResultDatabase(Part):
    """An init container of the migrations Job that creates the database and its role.

    It runs with every new Job, not only on an empty volume, so an existing release gets the
    database when its broker changes.
    """

    name: str
    """Name of the database and of the role."""
    passwords: Mapping[int, SecretKey]
    """Number -> password; other numbers than the first have a role of their own, `{name}_2`, which
    does all as the role `name`."""

    def generated(self, platform: Platform) -> Sequence[GeneratedSecret]:
        """The passwords of the roles."""
        return [GeneratedSecret(secret=key, kind="password") for key in self.passwords.values()]

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The init container, in the Jobs that migrate."""
        if role not in MIGRATES:
            return NOTHING
        password = "RESULT_BACKEND_PASSWORD"
        others = {f"{password}_{n}": n for n in sorted(self.passwords) if n != FIRST}
        roles = [f"{user_name(self.name, number)}={name}" for name, number in others.items()]
        container = Container(
            name="result-database",
            image=platform.image,
            command=run("result_database.py", self.name, *roles),
            resources=resources(cpu="50m", memory="128Mi", memory_limit="256Mi"),
        )
        env = tuple(self.passwords[number].env(name) for name, number in others.items())
        if FIRST in self.passwords:
            env = (self.passwords[FIRST].env(password), *env)
        own = PodParts(env=env)
        own = kept_secret(own, platform) + PodParts(mounts=tuple(PROGRAM_MOUNTS))
        access = platform.find(DatabaseAccess)
        parts = own + access.parts(role, platform) if access else own
        init_containers = (wire_mapping(container.wire(parts)),)
        return PodParts(init_containers=init_containers, volumes=own.volumes)
