"""Credentials of Airflow in files in place of its environment."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.objects import wire
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.references import EnvVar, SecretKey, env_var
from cdk8s_airflow.kubernetes.structs import k8s
from cdk8s_airflow.parts.config_check import airflow_options, variable
from cdk8s_airflow.platform import Platform

FOLDER = "/opt/cdk8s-airflow-secrets"
"""Has a file `<Secret>/<key>/value` for each credential, in memory."""
_GROUP_MAY_READ = 0o440


def kept_secret(parts: PodParts, platform: Platform) -> PodParts:
    """The parts with their credentials in files, if the release wants them so.

    An option of Airflow becomes its `_CMD` that prints the file, any other variable `<name>_FILE`,
    which our programs read.

    Args:
        parts: of a pod; its variables from Secrets are credentials of Airflow.
        platform: the release.
    """
    return in_files(parts) if platform.secrets_as_files else parts


def in_files(parts: PodParts) -> PodParts:
    """The parts with their variables from Secrets in files, and the volumes of these."""
    env: list[k8s.EnvVar | EnvVar] = []
    files = PodParts()
    for entry in parts.env:
        key = _key(entry)
        if key is None:
            env.append(entry)
            continue
        volume = f"secret-{content_hash([key.name, key.key])}"
        folder = f"{FOLDER}/{key.name}/{key.key}"
        env.append(_pointer(entry.name, f"{folder}/value"))
        files += PodParts(
            volumes=(key.volume(volume, "value", mode=_GROUP_MAY_READ),),
            mounts=({"name": volume, "mountPath": folder, "readOnly": True},),
        )
    without = PodParts(**{**vars(parts), "env": tuple(env)})
    return without + files


def only_named(template: Mapping[str, object]) -> Mapping[str, object]:
    """A pod template whose containers have only those files that their environment names.

    Args:
        template: in wire form; containers that wait for servers get the mounts of the main one.
    """
    pod: Any = template["spec"]
    for container in (*(pod.get("initContainers") or ()), *pod["containers"]):
        values = {word for e in container.get("env") or () for word in str(e.get("value")).split()}
        kept = [
            mount
            for mount in container.get("volumeMounts") or ()
            if not mount["mountPath"].startswith(f"{FOLDER}/")
            or f"{mount['mountPath']}/value" in values
        ]
        if kept != container.get("volumeMounts", kept):
            container["volumeMounts"] = kept
    return template


def is_sensitive(name: str) -> bool:
    """Whether a variable is an option of Airflow that may come from a command."""
    return name in _sensitive()


@cache
def _sensitive() -> frozenset[str]:
    return frozenset(
        variable(section, option)
        for section, facts in airflow_options()["sections"].items()
        for option in facts.get("sensitive", ())
    )


def _pointer(name: str, path: str) -> EnvVar:
    if is_sensitive(name):
        return env_var(f"{name}_CMD", f"cat {path}")
    return env_var(f"{name}_FILE", path)


def _key(entry: k8s.EnvVar | EnvVar) -> SecretKey | None:
    form: Any = wire(entry)
    reference = form.get("valueFrom", {}).get("secretKeyRef")
    return SecretKey(name=reference["name"], key=reference["key"]) if reference else None
