"""Whether the migrations of a release may run code of the user."""

from __future__ import annotations

import re

from cdk8s_airflow.parts.config_check import variable
from cdk8s_airflow.parts.config_roles import readers_of_variable
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.options import option_value
from cdk8s_airflow.roles import Role

_OFFICIAL = re.compile(r"(.*/)?apache/airflow")
_COMMAND = re.compile("AIRFLOW__.+_CMD")


def migrations_run_own_code(props: AirflowProps) -> bool:
    """Whether it cannot be ruled out, so that they get every variable of `env`.

    An image of the user, or a volume, may hold `airflow_local_settings`, packages may hold
    policies; a secrets backend, the command of an option (`_CMD`) and what makes a token for the
    database read what they like.
    """
    images = [image for image in (props.image, props.migrations.image) if image is not None]
    mounts = (
        pods.extra_volume_mounts for pods in (props.pods, props.airflow_pods, props.migrations)
    )
    commands = [name for name in props.env or {} if _COMMAND.fullmatch(name)]
    commands += [
        variable(section, option)
        for section, options in (props.config or {}).items()
        for option in options
        if option.endswith("_cmd")
    ]
    return (
        any(not _OFFICIAL.fullmatch(image.repository) for image in images)
        or any(mounts)
        or any(Role.MIGRATIONS in readers_of_variable(name) for name in commands)
        or any(patch.kind in (None, "Job") for patch in props.patches or ())
        or bool(props.extra_packages or props.extensions)
        or bool(option_value(props, "secrets", "backend"))
        or bool(getattr(props.database, "token", None))
    )
