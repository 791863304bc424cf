"""Airflow's local DAG bundle, for DAGs that are files in the pods."""

from __future__ import annotations

import json

from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.references import env_vars

DAGS_FOLDER = "/opt/airflow/dags"
"""Airflow's own folder for DAGs in the official image."""

_CLASS = "airflow.dag_processing.bundles.local.LocalDagBundle"


def local_bundle(folder: str, *, refresh_interval: int) -> PodParts:
    """Environment that makes `folder` the only DAG bundle, with Airflow's default name.

    Args:
        folder: where the DAGs are.
        refresh_interval: seconds between two scans for new and removed files.
    """
    bundle = {
        "name": "dags-folder",
        "classpath": _CLASS,
        "kwargs": {"path": folder, "refresh_interval": refresh_interval},
    }
    env = {
        "AIRFLOW__CORE__DAGS_FOLDER": folder,
        "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": json.dumps([bundle]),
    }
    return PodParts(env=env_vars(env))
