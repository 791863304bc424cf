"""The Job that creates the first user."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components import api_server
from cdk8s_airflow.components.base import WAIT_SECONDS, AirflowComponent
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.jobs import JobProps
from cdk8s_airflow.kubernetes.key_numbers import FIRST
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.keys import Keys
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.platform import Platform, Role

_EMAIL = re.compile(r"[^@\s<>(),;:]+@[A-Za-z0-9]([-.A-Za-z0-9]*[A-Za-z0-9])?")


@dataclass(frozen=True, kw_only=True)
class AdminUser(JobProps, Part):
    """The first user, with the role Admin; an existing user is not changed.

    Its password is `Secrets.admin_password`. A generated one with another number than 1, see
    `Secrets.rotation`, becomes the password of an existing user too.
    """

    username: str = "admin"
    """Name to log in with. Default: `admin`."""
    email: str = "admin@example.com"
    """E-mail address, which Airflow requires to be unique. Default: `admin@example.com`."""
    first_name: str = "Airflow"
    """First name, shown in the UI. Default: `Airflow`."""
    last_name: str = "Admin"
    """Last name, shown in the UI. Default: `Admin`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        for option in ("username", "email", "first_name", "last_name"):
            text = getattr(self, option)
            if not text.strip():
                yield f"AdminUser({option}=''): expected some text"
            elif text.startswith("-") or "$(" in text or not text.isprintable():
                yield (
                    f"AdminUser({option}={text!r}) would be read as an option or a variable: "
                    "expected no '-' at its beginning, no '$(' and no line break"
                )
        if self.email.strip() and not _EMAIL.fullmatch(self.email):
            yield f"AdminUser(email={self.email!r}): expected an address such as 'me@example.com'"

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the Job that creates the user."""
        CreateAdmin(scope, Role.CREATE_ADMIN.value, platform=platform, props=self)


class CreateAdmin(AirflowComponent):
    """`airflow users create` as a Job.

    It imports Airflow while the API server starts, and then waits for it, since both would write
    the permissions of a new database at once.
    """

    def __init__(
        self, scope: Construct, id: str, *, platform: Platform, props: AdminUser | None = None
    ) -> None:
        """Adds the Job."""
        super().__init__(scope, id, platform=platform, role=Role.CREATE_ADMIN, props=props)
        props = props or AdminUser()
        names = (props.username, props.email, props.first_name, props.last_name)
        keys = platform.find(Keys)
        rotated = keys is not None and keys.secrets.numbers("admin-password")[0] != FIRST
        container = Container(
            name="create-admin",
            image=platform.image,
            command=run(
                "create_admin.py",
                api_server.url(platform, api_server.VERSION_PATH),
                WAIT_SECONDS,
                *names,
                *(["--reset-password"] if rotated else []),
            ),
            peers=[Peer(host=api_server.service_name(platform), port=api_server.port_of(platform))],
            resources=resources(cpu="100m", memory="256Mi", memory_limit="1Gi", storage="256Mi"),
        )
        template = self.template(
            container,
            props=props,
            wait=self.wait_for_migrations(),  # which need the processors before
            restart_policy="Never",
        )
        workloads.job(self, self.name, self.labels, spec=props.spec(template))
