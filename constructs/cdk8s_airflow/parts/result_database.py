"""A database for Celery's results, with a role that can read nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.objects import wire_mapping
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.access import DatabaseAccess
from cdk8s_airflow.parts.programs import PROGRAM_MOUNTS, run
from cdk8s_airflow.parts.secret_files import kept_secret
from cdk8s_airflow.platform import GeneratedSecret, Platform, Role


@dataclass(frozen=True, kw_only=True)
class ResultDatabase(Part):
    """An init container of the migrations Job that creates the database and its role.

    It runs with every new Job, not only on an empty volume, so an existing release gets the
    database when its broker changes.
    """

    name: str
    """Name of the database and of the role."""
    password: SecretKey
    """Password of the role."""

    def generated(self, platform: Platform) -> Sequence[GeneratedSecret]:
        """The password of the role."""
        return [GeneratedSecret(secret=self.password, kind="password")]

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The init container, in the migrations Job alone."""
        if role is not Role.MIGRATIONS:
            return NOTHING
        container = Container(
            name="result-database",
            image=platform.image,
            command=run("result_database.py", self.name),
            resources=resources(cpu="50m", memory="128Mi", memory_limit="256Mi"),
        )
        own = PodParts(env=(self.password.env("RESULT_BACKEND_PASSWORD"),))
        own = kept_secret(own, platform) + PodParts(mounts=tuple(PROGRAM_MOUNTS))
        access = platform.find(DatabaseAccess)
        parts = own + access.parts(role, platform) if access else own
        init_containers = (wire_mapping(container.wire(parts)),)
        return PodParts(init_containers=init_containers, volumes=own.volumes)
