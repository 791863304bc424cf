"""The Job that encrypts the metadata anew with a new Fernet key."""

from __future__ import annotations

from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.base import AirflowComponent
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.jobs import JobProps
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.access import unpooled
from cdk8s_airflow.parts.keys import Keys
from cdk8s_airflow.platform import Platform, Role


@dataclass(frozen=True)
class FernetRotation(Part):
    """Adds the Job, while the new Fernet key is the one in use and an old one is still known."""

    props: JobProps
    """The user's settings for the pods: those of the migrations."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the Job, with a direct connection to the server like the migrations."""
        keys = platform.find(Keys)
        first, *others = keys.secrets.numbers("fernet-key") if keys else [0]
        if others and first > max(others):
            platform = unpooled(platform)
            name = Role.ROTATE_FERNET_KEY.value
            FernetRotator(scope, name, platform=platform, props=self.props)


class FernetRotator(AirflowComponent):
    """`airflow rotate-fernet-key` as a Job.

    In one transaction it decrypts connections, variables and triggers with whichever key fits, and
    encrypts them with the first. To run it again changes nothing.
    """

    def __init__(self, scope: Construct, id: str, *, platform: Platform, props: JobProps) -> None:
        """Adds the Job."""
        super().__init__(scope, id, platform=platform, role=Role.ROTATE_FERNET_KEY, props=props)
        container = Container(
            name=Role.ROTATE_FERNET_KEY.value,
            image=platform.image,
            args=("airflow", "rotate-fernet-key"),
            resources=resources(cpu="100m", memory="256Mi", memory_limit="1Gi", storage="256Mi"),
        )
        template = self.template(
            container, props=props, wait=self.wait_for_migrations(), restart_policy="Never"
        )
        workloads.job(self, self.name, self.labels, spec=props.spec(template))
