"""All sources of DAGs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from cdk8s_airflow.dags.folder import DagsFolder
from cdk8s_airflow.dags.git import GitBundles, GitDags
from cdk8s_airflow.dags.git_sync import GitSyncDags
from cdk8s_airflow.dags.image import DagsInImage
from cdk8s_airflow.dags.volume import DagsVolume

DagSource: TypeAlias = DagsFolder | DagsInImage | DagsVolume | GitDags | GitSyncDags


def one_source(dags: DagSource | Sequence[GitDags] | None) -> DagSource | GitBundles:
    """What builds the DAGs, whatever was given: a list of repositories, or nothing, too."""
    if isinstance(dags, Sequence):
        return GitBundles(repositories=dags)
    return dags or DagsFolder("dags")
