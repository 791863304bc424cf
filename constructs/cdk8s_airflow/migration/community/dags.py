"""DAGs, logs and Ingress of the community's chart."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.bundles import put_git_bundles
from cdk8s_airflow.migration.community import ingress
from cdk8s_airflow.migration.community.ingress import FLOWER, WEB, table
from cdk8s_airflow.migration.conversion import Conversion, Rule, Table, Target, truth
from cdk8s_airflow.migration.official.git_sync import known_hosts
from cdk8s_airflow.migration.official.git_sync_env import seconds
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.resources import put_resources
from cdk8s_airflow.migration.rules import (
    below,
    carried,
    changed,
    is_empty,
    move,
    plain,
    reference,
    same_as,
)

_SYNC, _VOLUME, _LOGS = "dags.gitSync", "dags.persistence", "logs.persistence"


def claim(made: Conversion, section: str) -> Any:
    """A claim: an existing one by name, or one of the bundle."""
    if existing := made.get(f"{section}.existingClaim"):
        return existing
    new = {"kind": "VolumeClaim", "size": plain(made.get(f"{section}.size"))}
    if storage_class := made.get(f"{section}.storageClass"):
        new["storageClass"] = storage_class
    return new


def start(made: Conversion) -> None:
    """Writes DAGs, the store of logs and the exposure."""
    if made.on(f"{_SYNC}.enabled"):
        _git_sync(made)
    elif made.on(f"{_VOLUME}.enabled"):
        made.root.put("dags", {"kind": "DagsVolume", "claim": claim(made, _VOLUME)})
        if sub_path := made.get(f"{_VOLUME}.subPath"):
            made.root.put("dags.subPath", sub_path)
    elif not put_git_bundles(made):
        made.root.put("dags", {"kind": "DagsInImage", "path": plain(made.get("dags.path"))})
    if made.on(f"{_LOGS}.enabled"):
        store: dict[str, Any] = {"kind": "LogVolume", "claim": claim(made, _LOGS)}
        if sub_path := made.get(f"{_LOGS}.subPath"):
            store["subPath"] = sub_path
        made.root.put("logs.store", store)
    if made.on("ingress.enabled"):
        ingress.start(made)


def _git_sync(made: Conversion) -> None:
    revision = plain(made.get(f"{_SYNC}.revision"))
    ref = plain(made.get(f"{_SYNC}.branch")) if revision in ("", "HEAD") else revision
    sync = {
        "kind": "GitSyncDags",
        "repository": plain(made.get(f"{_SYNC}.repo")),
        "ref": ref,
        "submodules": plain(made.get(f"{_SYNC}.submodules")) != "off",
        "depth": int(made.get(f"{_SYNC}.depth")),
        "period": seconds(made.get(f"{_SYNC}.syncWait")),
    }
    made.root.put("dags", sync)
    if secret := made.get(f"{_SYNC}.httpSecret"):
        credentials = {
            "kind": "GitToken",
            "token": reference(secret, plain(made.get(f"{_SYNC}.httpSecretPasswordKey"))),
            "username": reference(secret, plain(made.get(f"{_SYNC}.httpSecretUsernameKey"))),
        }
        made.root.put("dags.credentials", credentials)
    elif secret := made.get(f"{_SYNC}.sshSecret"):
        credentials = {
            "kind": "GitSshKey",
            "key": reference(secret, plain(made.get(f"{_SYNC}.sshSecretKey"))),
            "knownHosts": known_hosts(made, made.get(f"{_SYNC}.sshKnownHosts")),
        }
        made.root.put("dags.credentials", credentials)


def _revision(target: Target, value: Any) -> Outcome:
    if plain(value) in ("", "HEAD"):
        return Outcome("carried", "dags.ref", "the newest commit of the branch")
    return Outcome("carried", "dags.ref")


def _branch(target: Target, value: Any) -> Outcome:
    if plain(target.data.get("ref")) == plain(value):
        return Outcome("carried", "dags.ref")
    return Outcome("carried", "dags.ref", "revision names the commit")


def _timeout(target: Target, value: Any) -> Outcome:
    return Outcome("carried", target.put("extraFlags", {"sync-timeout": f"{int(value)}s"}))


def _failures(target: Target, value: Any) -> Outcome:
    if not value:
        return Outcome("carried")
    return Outcome("carried", target.put("extraFlags", {"max-failures": plain(value)}))


def _submodules(target: Target, value: Any) -> Outcome:
    if plain(value) == "shallow":
        return Outcome("changed", "dags.submodules", "they are fetched recursively")
    return Outcome("carried", "dags.submodules")


_IMAGE = changed("the bundle's git-sync is version 4, with other flags", "dags.image")
_KEY = carried("", "dags.credentials")
GIT_SYNC: Table = below(
    _SYNC,
    {
        "repo": carried("", "dags.repository"),
        "repoSubPath": move("subdirectory"),
        "branch": _branch,
        "revision": _revision,
        "depth": carried("", "dags.depth"),
        "syncWait": carried("", "dags.period"),
        "syncTimeout": _timeout,
        "maxFailures": _failures,
        "submodules": _submodules,
        "resources": put_resources(),
        "httpSecret": _KEY,
        "httpSecretUsernameKey": _KEY,
        "httpSecretPasswordKey": _KEY,
        "sshSecret": _KEY,
        "sshSecretKey": _KEY,
        "sshKnownHosts": carried("a ConfigMap of the bundle", "dags.credentials.knownHosts"),
        **dict.fromkeys(("image.repository", "image.tag", "image.pullPolicy"), _IMAGE),
        "image.uid": same_as(65533, note="it runs as 65533", other=changed("it runs as 65533")),
        "image.gid": same_as(65533, note="it runs as 65533", other=changed("it runs as 65533")),
    },
)


def _of_volume(section: str, path: str, field: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        made = target.conversion
        if is_empty(value):
            return Outcome("carried")
        if not made.on(f"{section}.enabled"):
            return Outcome("dead", "", f"{section}.enabled is off")
        named = made.get(f"{section}.existingClaim")
        if named and field in ("size", "storageClass", "accessMode"):
            return Outcome("dead", "", "existingClaim names the volume")
        if field == "accessMode" and plain(value) != "ReadWriteMany":
            note = "whoever fills it has to write: ReadWriteMany"
            return Outcome("changed", f"{path}.accessMode", note)
        return Outcome("carried", path if field == "existingClaim" else f"{path}.{field}")

    return rule


def _volume(section: str, path: str) -> dict[str, Rule]:
    fields = ("existingClaim", "size", "storageClass", "accessMode", "subPath")
    return {f"{section}.{field}": _of_volume(section, path, field) for field in fields}


def _switch(path: str) -> Rule:
    return lambda target, value: Outcome("carried", path if truth(value) else "")


def _folder(own: str) -> Rule:
    moved = changed(f"the folder is {own}; the image's own DAGs may lie anywhere: dags.path")
    return same_as(own, note="the same folder", other=moved)


TABLE: Table = {
    f"{_SYNC}.enabled": _switch("dags"),
    f"{_VOLUME}.enabled": _switch("dags"),
    f"{_LOGS}.enabled": _switch("logs.store"),
    **_volume(_VOLUME, "dags.claim"),
    **_volume(_LOGS, "logs.store.claim"),
    "dags.path": _folder("/opt/airflow/dags"),
    "logs.path": _folder("/opt/airflow/logs"),
    "ingress.enabled": _switch("exposure"),
    "ingress.apiVersion": carried("networking.k8s.io/v1"),
    **table("ingress.web", WEB),
    **table("ingress.apiServer", WEB),
    **table("ingress.flower", FLOWER),
}
