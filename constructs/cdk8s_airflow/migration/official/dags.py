"""Where DAGs come from: git-sync, a volume, bundles, the image."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.bundles import bundle_list, put_git_bundles
from cdk8s_airflow.migration.conversion import Conversion, Table, Target, truth
from cdk8s_airflow.migration.official.dags_volume import SYNC_SECTION, VOLUME_SECTION, claim
from cdk8s_airflow.migration.official.git_sync import git_sync
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import (
    is_empty,
)


def start(made: Conversion) -> None:
    """Writes the source of the DAGs."""
    if made.on(f"{SYNC_SECTION}.enabled"):
        git_sync(made)
    elif made.on(f"{VOLUME_SECTION}.enabled"):
        made.root.put("dags", {"kind": "DagsVolume", "claim": claim(made)})
        if sub_path := made.get(f"{VOLUME_SECTION}.subPath"):
            made.root.put("dags.subPath", sub_path)
    elif not put_git_bundles(made):
        path = made.get("dags.mountPath") or "/opt/airflow/dags"
        made.root.put("dags", {"kind": "DagsInImage", "path": path})


def _mount_path(target: Target, value: Any) -> Outcome:
    if is_empty(value) or (target.conversion.out.get("dags") or {}).get("kind") == "DagsInImage":
        return Outcome("carried", "dags.path")
    note = "DAGs are at Airflow's own folder, /opt/airflow/dags; tasks ask dag.folder, not a path"
    return Outcome("changed", "dags", note)


def _switch(target: Target, value: Any) -> Outcome:
    return Outcome("carried", "dags", "" if truth(value) else "DAGs come from elsewhere")


TABLE: Table = {
    f"{SYNC_SECTION}.enabled": _switch,
    f"{VOLUME_SECTION}.enabled": _switch,
    "dags.mountPath": _mount_path,
    "dagProcessor.dagBundleConfigList": bundle_list,
}
