"""Settings of pods, which both charts spell alike: placement, containers, probes, security."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.commands import replaced
from cdk8s_airflow.migration.conversion import Rule, Table, Target, truth
from cdk8s_airflow.migration.environment import put_env
from cdk8s_airflow.migration.placement import placement
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.resources import put_containers, put_resources, put_volumes
from cdk8s_airflow.migration.rules import (
    below,
    carried,
    changed,
    dropped,
    is_empty,
    move,
    patched,
    text_map,
)

_EVICT = "cluster-autoscaler.kubernetes.io/safe-to-evict"
_CONTAINER = {
    "allowPrivilegeEscalation": False,
    "privileged": False,
    "readOnlyRootFilesystem": True,
    "runAsNonRoot": True,
    "runAsUser": 50000,
    "runAsGroup": 0,
}
"""What every container of the bundle has, or what follows from its pod."""
_POD = {"runAsNonRoot": True, "runAsUser": 50000, "runAsGroup": 0, "fsGroup": 0}


def extras() -> dict[str, Rule]:
    """Containers, volumes and variables of the user's."""
    return {
        "extraContainers": put_containers("extraContainers"),
        "extraInitContainers": put_containers("extraInitContainers"),
        "extraVolumes": put_volumes("extraVolumes"),
        "extraVolumeMounts": move("extraVolumeMounts"),
    }


def common() -> dict[str, Rule]:
    """What every kind of pod of the official chart has."""
    return {
        **placement(),
        **extras(),
        "resources": put_resources(),
        "labels": text_map("labels"),
        "podAnnotations": text_map("annotations"),
        "annotations": workload_annotations,
        "env": put_env,
        "command": replaced,
        "args": replaced,
        "containerLifecycleHooks": move("lifecycle"),
        "terminationGracePeriodSeconds": move("terminationGraceSeconds"),
        "safeToEvict": safe_to_evict,
        "securityContext": pod_security,
        "securityContexts.pod": pod_security,
        "securityContexts.container": container_security,
        **below("serviceAccount", ACCOUNT),
        "waitForMigrations.enabled": waits,
        "waitForMigrations.env": dropped(
            "the wait has the environment of its pod; patch the init container for more"
        ),
        "waitForMigrations.securityContexts.container": container_security,
        "configMapAnnotations": changed("use annotations=, which all objects have, or a patch"),
    }


def waits(target: Target, value: Any) -> Outcome:
    """Whether pods wait for the migrations."""
    if truth(value):
        return Outcome("carried", "", "pods always wait for the migrations")
    return Outcome(
        "changed", "", "pods always wait: without it they fail until the schema is there"
    )


def workload_annotations(target: Target, value: Any) -> Outcome:
    """Annotations of the workload itself, not of its pods."""
    if is_empty(value) or not target.kind:
        return Outcome("carried")
    return Outcome("carried", target.patch(target.kind, {"metadata": {"annotations": value}}))


def safe_to_evict(target: Target, value: Any) -> Outcome:
    """The annotation of the cluster autoscaler."""
    if value is None:
        return Outcome("carried")
    return Outcome(
        "carried", target.put("annotations", {_EVICT: "true" if truth(value) else "false"})
    )


def pod_security(target: Target, value: Any) -> Outcome:
    """The pod's security context: what it has anyway is left out."""
    given = {key: item for key, item in (value or {}).items() if _POD.get(key) != item}
    if given.get("runAsUser") == 0:
        note = "root is refused: give an image with a user of its own, or see docs/security.md"
        return Outcome("changed", "", note)
    if not given:
        return Outcome("carried", "", "pods have this anyway")
    return Outcome("carried", target.put("securityContext", given))


def container_security(target: Target, value: Any) -> Outcome:
    """A container's security context: it is hardened, and anything else is a patch."""
    more = {key: item for key, item in (value or {}).items() if _CONTAINER.get(key) != item}
    capabilities = dict(more.pop("capabilities", None) or {})
    drop = [str(each).upper() for each in capabilities.pop("drop", None) or []]
    more.pop("seccompProfile", None)
    if more or capabilities or drop not in ([], ["ALL"]):
        names = ", ".join([*more, *(["capabilities"] if capabilities or drop else [])])
        note = f"containers are hardened (restricted): {names} needs a patch of the container"
        return Outcome("changed", "", note)
    return Outcome("carried", "", "containers have this anyway")


def account_create(target: Target, value: Any) -> Outcome:
    """Who makes the ServiceAccount."""
    name = target.old("serviceAccount.name")
    if truth(value):
        if name:
            target.put("serviceAccount.create", True)
            return Outcome("carried", target.below("serviceAccount.create"))
        return Outcome("carried", "", "each role has a ServiceAccount of its own")
    if name:
        return Outcome("carried", target.below("serviceAccount.name"), "an account of yours")
    target.put("serviceAccount.name", "default")
    return Outcome("carried", target.below("serviceAccount.name"), "the namespace's own account")


def account_name(target: Target, value: Any) -> Outcome:
    """The name of the ServiceAccount; the chart makes it unless told otherwise."""
    if is_empty(value):
        return Outcome("carried")
    target.put("serviceAccount.name", str(value))
    if truth(target.old("serviceAccount.create")):
        target.put("serviceAccount.create", True)
    return Outcome("carried", target.below("serviceAccount.name"))


def account_annotations(target: Target, value: Any) -> Outcome:
    """Annotations of the account, if the bundle makes it."""
    if is_empty(value):
        return Outcome("carried")
    if not truth(target.old("serviceAccount.create")):
        return Outcome("dead", "", "the account is yours, and the chart does not annotate it")
    old, new = _RENAMED.get(target.source, ""), target.component
    if target.container == "base":
        old, new = "worker", "task"
    if old and not target.old("serviceAccount.name"):
        made = target.conversion
        made.step(
            f"The ServiceAccount `{made.name(new)}` has the annotations of `{made.name(old)}`: "
            "name it in trust policies of clouds (IRSA, Workload Identity), which know the old one."
        )
    return Outcome("carried", target.put("serviceAccount.annotations", value))


def account_token(target: Target, value: Any) -> Outcome:
    """Whether pods have a token."""
    if not truth(value):
        return Outcome("carried", "", "no token unless the pod calls the API")
    return Outcome("carried", target.put("serviceAccount.token", True))


_RENAMED = {"webserver": "webserver"}
"""Section of the chart -> its ServiceAccount, where that has another name here."""
_TOKEN_VOLUME = carried("pods that call the API of Kubernetes have a token, others none")
ACCOUNT: Table = {
    "create": account_create,
    "name": account_name,
    "annotations": account_annotations,
    "automountServiceAccountToken": account_token,
    "serviceAccountTokenVolume.enabled": _TOKEN_VOLUME,
    "serviceAccountTokenVolume.mountPath": _TOKEN_VOLUME,
    "serviceAccountTokenVolume.volumeName": _TOKEN_VOLUME,
    "serviceAccountTokenVolume.expirationSeconds": changed("the kubelet renews tokens hourly"),
    "serviceAccountTokenVolume.audience": changed("tokens are for the API of the cluster alone"),
}


def probe(name: str) -> dict[str, Rule]:
    """The fields of a probe.

    Args:
        name: `livenessProbe`, `readinessProbe` or `startupProbe`.
    """

    def command(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried", "", "the bundle's own probe")
        return Outcome("carried", target.put(f"{name}.exec", {"command": value}))

    def enabled(target: Target, value: Any) -> Outcome:
        if truth(value):
            return Outcome("carried", "", "pods have this probe")
        return Outcome("changed", "", "pods keep this probe; remove it by a patch")

    def scheme(target: Target, value: Any) -> Outcome:
        if str(value).upper() == "HTTP":
            return Outcome("carried", "", "probes speak HTTP")
        return Outcome("dropped", "", "TLS ends at the ingress: the pods speak HTTP")

    numbers = ("failureThreshold", "initialDelaySeconds", "periodSeconds", "timeoutSeconds")
    return {
        **{f"{name}.{field}": move(f"{name}.{field}") for field in numbers},
        f"{name}.command": command,
        f"{name}.enabled": enabled,
        f"{name}.scheme": scheme,
    }


def labelled(kind: str) -> Rule:
    """Labels of the workload alone, by a patch."""
    return patched(kind, lambda value: {"metadata": {"labels": value}})
