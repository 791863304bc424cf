"""A database for Celery's results beside the metadata, whose role can read nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.objects import wire_mapping
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.platform import Contributor, GeneratedSecret, Role


@dataclass(frozen=True, kw_only=True)
class ResultDatabase:
    """Contributor: an init container of the migrations Job that makes the database and its role.

    It runs with every new Job, not when the server is set up, so that a release which changes its
    broker gets the database in the volume that it has.
    """

    name: str
    """Name of the database and of the role."""
    password: SecretKey
    """Password of the role."""
    image: Image
    """The image of Airflow."""
    access: Sequence[Contributor]
    """What brings the programs and the URL of the metadata database."""

    @property
    def generated(self) -> Sequence[GeneratedSecret]:
        """The password."""
        return [GeneratedSecret(secret=self.password, kind="password")]

    def parts(self, role: Role) -> PodParts:
        """The init container, in the migrations Job alone."""
        if role is not Role.MIGRATIONS:
            return NOTHING
        container = Container(
            name="result-database",
            image=self.image,
            command=run("result_database.py", self.name),
            resources=resources(cpu="50m", memory="128Mi", memory_limit="256Mi"),
        )
        own = PodParts(env=(self.password.env("RESULT_BACKEND_PASSWORD"),))
        parts = sum((item.parts(role) for item in self.access), start=own)
        return PodParts(init_containers=(wire_mapping(container.wire(parts)),))
