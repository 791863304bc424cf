"""The migrations of the metadata database: once for each image, in one place."""

from __future__ import annotations

from constructs import Construct

from cdk8s_airflow.components.base import WAIT_SECONDS, AirflowComponent
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.pods import Container, PodProps, resources
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.platform import Platform, Role


class Migrations(AirflowComponent):
    """`airflow db migrate` as a Job.

    Everything that uses the database waits until its schema fits; nothing waits for the Job. A note
    that it leaves in the database spares the others to import Airflow for that.
    """

    def __init__(
        self, scope: Construct, id: str, *, platform: Platform, props: PodProps | None = None
    ) -> None:
        """Adds it to the tree."""
        super().__init__(scope, id, platform=platform, role=Role.MIGRATIONS)
        container = Container(
            name="migrations",
            image=platform.image,
            args=run("migrate.py", WAIT_SECONDS, "airflow", "db", "migrate"),
            resources=resources(cpu="100m", memory="256Mi", memory_limit="1Gi"),
        )
        template = self.template(container, props=props or PodProps(), restart_policy="OnFailure")
        workloads.job(self, self.name, self.labels, template=template)
