"""Checks of a secrets backend beside connections in code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk8s_airflow.parts.connection import in_file
from cdk8s_airflow.props import AirflowProps


def hidden_backends(props: AirflowProps, env_names: Sequence[str]) -> Iterator[str]:
    """A problem, if Python would not find the class that asks the backend and a file.

    Args:
        props: all settings.
        env_names: names of all variables that the user sets, for any role.
    """
    written = in_file(props.connections or {})
    if props.secrets_backend and written and "PYTHONPATH" in env_names:
        id = next(iter(written))
        yield (
            f"env has PYTHONPATH, which would hide the class by which secrets_backend= and "
            f"connections[{id!r}] are both asked: put modules of your own into the image or beside "
            f"the DAGs, or keep {id!r} in the backend"
        )
