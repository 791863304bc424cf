"""All sources of DAGs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from cdk8s_airflow.dags.folder import DagsFolder
from cdk8s_airflow.dags.git import GitBundles, GitDags
from cdk8s_airflow.dags.git_sync import GitSyncDags
from cdk8s_airflow.dags.image import DagsInImage
from cdk8s_airflow.dags.volume import DagsVolume
from cdk8s_airflow.part import Part

DagSource: TypeAlias = DagsFolder | DagsInImage | DagsVolume | GitDags | GitSyncDags


def dags_part(dags: DagSource | Sequence[GitDags] | None) -> Part:
    """The part for a value of `AirflowProps.dags`: a source, a list of repositories, or None."""
    if isinstance(dags, Sequence):
        return GitBundles(repositories=dags)
    if isinstance(dags, GitDags):
        return GitBundles(repositories=[dags])
    return dags or DagsFolder("dags")
