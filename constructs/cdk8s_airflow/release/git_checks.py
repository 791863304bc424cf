"""Warnings about git-sync."""

from __future__ import annotations

from collections.abc import Iterator

from cdk8s_airflow.dags.git_sync import GitSyncDags
from cdk8s_airflow.props import AirflowProps

_KEY_FILE = "GITSYNC_GITHUB_APP_PRIVATE_KEY_FILE"


def unmounted_key(props: AirflowProps) -> Iterator[str]:
    """A warning, if git-sync is told of a key that nothing mounts."""
    dags = props.dags
    if isinstance(dags, GitSyncDags) and (path := (dags.env or {}).get(_KEY_FILE)):
        yield (
            f"GitSyncDags.env[{_KEY_FILE!r}] names {path!r}, a file that no container of git-sync "
            "has: give credentials=GitHubApp(private_key=SecretKey(...), application_id=..., "
            "installation_id=...), which mounts the key and sets the variables"
        )
