"""Security contexts that pass the Pod Security Standard `restricted`, with a read-only root."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk8s_airflow.kubernetes.objects import wire_mapping


def pod_security_context(
    *, user: int | None, group: int | None, fs_group: int | None
) -> Mapping[str, object]:
    """The pod's security context.

    Args:
        user: the uid that all containers run as, not 0; None: the cluster assigns one.
        group: their primary gid; None: that of the cluster or the image.
        fs_group: the gid that owns the volumes; None: the cluster assigns one.
    """
    return {
        "runAsNonRoot": True,
        "runAsUser": user,
        "runAsGroup": group,
        "fsGroup": fs_group,
        # A large volume is not walked again at each start.
        "fsGroupChangePolicy": "OnRootMismatch",
        "seccompProfile": {"type": "RuntimeDefault"},
    }


CONTAINER_SECURITY_CONTEXT: Mapping[str, object] = {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "readOnlyRootFilesystem": True,
}
"""Every container's security context."""


def security_context_problems(option: str, value: object) -> Iterator[str]:
    """Root in a pod's security context where root is not allowed: the kubelet would refuse it.

    Args:
        option: name of the option in messages.
        value: a struct, a mapping or None.
    """
    given = wire_mapping(value or {})
    if given.get("runAsUser") == 0 and given.get("runAsNonRoot", True):
        yield (
            f"{option} has runAsUser: 0, and the kubelet starts no such container, as pods of a "
            "release are runAsNonRoot: give the uid of the image's user, or say runAsNonRoot: "
            "false too, which Pod Security `baseline` allows and `restricted` does not"
        )
