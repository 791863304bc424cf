"""The Job that migrates the metadata database, once for each image."""

from __future__ import annotations

from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.base import WAIT_SECONDS, AirflowComponent
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.jobs import JobProps
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.access import unpooled
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.platform import Platform, Role


@dataclass(frozen=True)
class MigrationsJob(Part):
    """Adds the migrations Job, whose session lock needs a direct connection to the server."""

    props: JobProps
    """The user's settings for the pods."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the Job to the bundle."""
        Migrations(scope, Role.MIGRATIONS.value, platform=unpooled(platform), props=self.props)


class Migrations(AirflowComponent):
    """`airflow db migrate` as a Job.

    Pods that use the database wait until its schema is that of their image, not for the Job. A note
    that it leaves in the database spares the others to import Airflow for that.
    """

    def __init__(
        self, scope: Construct, id: str, *, platform: Platform, props: JobProps | None = None
    ) -> None:
        """Adds the Job."""
        super().__init__(scope, id, platform=platform, role=Role.MIGRATIONS, props=props)
        props = props or JobProps()
        container = Container(
            name="migrations",
            image=platform.image,
            args=run("migrate.py", WAIT_SECONDS, "airflow", "db", "migrate"),
            resources=resources(cpu="100m", memory="256Mi", memory_limit="1Gi", storage="256Mi"),
        )
        template = self.template(container, props=props, restart_policy="Never")
        workloads.job(self, self.name, self.labels, spec=props.spec(template))
