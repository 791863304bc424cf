"""Security contexts that pass the Pod Security Standard `restricted`, with a read-only root."""

from __future__ import annotations

from collections.abc import Mapping


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
