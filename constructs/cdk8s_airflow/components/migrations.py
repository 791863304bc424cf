"""The migrations of the metadata database: once for each image, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.base import WAIT_SECONDS, AirflowComponent
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.pods import Container, PodProps, resources
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.access import DatabaseAccess
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.platform import Platform, Role


@dataclass(frozen=True)
class MigrationsJob(Part):
    """The migrations, which hold a lock of their session, and so go past PgBouncer."""

    props: PodProps
    """What the user says of the pod."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the Job to the bundle."""
        access = platform.find(DatabaseAccess)
        platform = access.straight(platform) if access else platform
        Migrations(scope, Role.MIGRATIONS.value, platform=platform, props=self.props)


class Migrations(AirflowComponent):
    """`airflow db migrate` as a Job.

    Everything that uses the database waits until its schema fits; nothing waits for the Job.
    """

    def __init__(
        self, scope: Construct, id: str, *, platform: Platform, props: PodProps | None = None
    ) -> None:
        """Adds it to the tree."""
        super().__init__(scope, id, platform=platform, role=Role.MIGRATIONS)
        container = Container(
            name="migrations",
            image=platform.image,
            args=("airflow", "db", "migrate"),
            resources=resources(cpu="100m", memory="256Mi", memory_limit="1Gi"),
        )
        program = run("wait_for_database.py", WAIT_SECONDS)
        wait = self.wait("wait-for-database", program, role=Role.MIGRATIONS)
        template = self.template(
            container, props=props or PodProps(), wait=wait, restart_policy="OnFailure"
        )
        workloads.job(self, self.name, self.labels, template=template)
