"""The volume with DAGs."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import Conversion, Rule, Table, Target
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import (
    below,
    dropped,
    is_empty,
    plain,
)

SYNC_SECTION = "dags.gitSync"


VOLUME_SECTION = "dags.persistence"


def claim(made: Conversion) -> Any:
    """The claim of the volume: an existing one by name, or one of the bundle."""
    if existing := made.get(f"{VOLUME_SECTION}.existingClaim"):
        return existing
    new = {"kind": "VolumeClaim", "size": plain(made.get(f"{VOLUME_SECTION}.size"))}
    if storage_class := made.get(f"{VOLUME_SECTION}.storageClassName"):
        new["storageClass"] = storage_class
    return new


def _volume_key(to: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        made = target.conversion
        if (
            to != "existingClaim"
            and made.get(f"{VOLUME_SECTION}.existingClaim")
            and to != "subPath"
        ):
            return Outcome("dead", "", "existingClaim names the volume")
        path = "dags.volume" if made.on(f"{SYNC_SECTION}.enabled") else "dags.claim"
        if to == "subPath":
            if made.on(f"{SYNC_SECTION}.enabled"):
                return Outcome("dropped", "", "git-sync writes to the root of its volume")
            return Outcome("carried", "dags.subPath")
        return Outcome("carried", path if to == "existingClaim" else f"{path}.{to}")

    return rule


def _access_mode(target: Target, value: Any) -> Outcome:
    if target.conversion.get(f"{VOLUME_SECTION}.existingClaim"):
        return Outcome("dead", "", "existingClaim names the volume")
    if plain(value) == "ReadWriteMany":
        return Outcome("carried", "dags.claim.accessMode")
    note = "pods on several nodes mount it: ReadWriteMany, so give a storage class that has it"
    return Outcome("changed", "dags.claim.accessMode", note)


VOLUME: Table = below(
    VOLUME_SECTION,
    {
        "existingClaim": _volume_key("existingClaim"),
        "size": _volume_key("size"),
        "storageClassName": _volume_key("storageClass"),
        "subPath": _volume_key("subPath"),
        "accessMode": _access_mode,
        "annotations": dropped("make the claim yourself, and give its name: dags.claim"),
    },
)
