"""The first admin."""

from __future__ import annotations

from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.api_server import wait_for_api_server
from cdk8s_airflow.components.base import AirflowComponent
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.pods import Container, PodProps, resources
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.platform import Platform, Role


@dataclass(frozen=True, kw_only=True)
class AdminUser(PodProps, Part):
    """The first user, with the role Admin; one that exists is left as it is.

    Its password is `Secrets.admin_password`.
    """

    username: str = "admin"
    """Name to log in with."""
    email: str = "admin@example.com"
    """E-mail address; Airflow wants one, and wants it unique."""
    first_name: str = "Airflow"
    """First name, shown in the UI."""
    last_name: str = "Admin"
    """Last name, shown in the UI."""

    def __post_init__(self) -> None:
        """Checks that nothing is empty.

        Raises:
            ValueError: for an empty value.
        """
        super().__post_init__()
        for option in ("username", "email", "first_name", "last_name"):
            if not getattr(self, option).strip():
                raise ValueError(f"AdminUser({option}=''): expected some text")

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the Job that makes the user to the bundle."""
        CreateAdmin(scope, Role.CREATE_ADMIN.value, platform=platform, props=self)


class CreateAdmin(AirflowComponent):
    """`airflow users create` as a Job.

    It waits for the API server, since both would write the permissions of a new database at once.
    """

    def __init__(
        self, scope: Construct, id: str, *, platform: Platform, props: AdminUser | None = None
    ) -> None:
        """Adds it to the tree."""
        super().__init__(scope, id, platform=platform, role=Role.CREATE_ADMIN)
        props = props or AdminUser()
        names = (props.username, props.email, props.first_name, props.last_name)
        container = Container(
            name="create-admin",
            image=platform.image,
            command=run("create_admin.py", *names),
            resources=resources(cpu="100m", memory="256Mi", memory_limit="1Gi"),
        )
        wait = wait_for_api_server(self, platform)
        template = self.template(container, props=props, wait=wait, restart_policy="OnFailure")
        workloads.job(self, self.name, self.labels, template=template)
