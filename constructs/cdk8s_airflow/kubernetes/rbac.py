"""Rights on the Kubernetes API: a Role or ClusterRole, and who has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from constructs import Construct

from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.objects import KubernetesObject, Piece

_GROUP = "rbac.authorization.k8s.io"

Rules: TypeAlias = Sequence[Piece]
"""The `rules` of a Role."""


def rule(resources: Sequence[str], verbs: Sequence[str], *, group: str = "") -> Piece:
    """One rule: what may be done with resources of an API group; default: the core group."""
    return {"apiGroups": [group], "resources": list(resources), "verbs": list(verbs)}


def grant(
    scope: Construct,
    id: str,
    name: str,
    labels: Labels,
    *,
    rules: Rules,
    account: str,
    account_namespace: str | None,
    namespace: str | None = None,
    everywhere: bool = False,
) -> None:
    """Gives rights to a ServiceAccount.

    Args:
        scope: what they belong to.
        id: begins the ids of the two objects in the tree; may be empty.
        name: of the Role and of its binding.
        labels: of both.
        rules: the rights.
        account: name of the ServiceAccount.
        account_namespace: its namespace; None: that of the binding.
        namespace: where the rights hold; None: in the chart's.
        everywhere: they hold in all namespaces of the cluster.
    """
    cluster = "Cluster" if everywhere else ""
    subject = {"kind": "ServiceAccount", "name": account, "namespace": account_namespace}
    role = {"apiGroup": _GROUP, "kind": f"{cluster}Role", "name": name}
    bodies: dict[str, Piece] = {
        "Role": {"rules": rules},
        "RoleBinding": {"roleRef": role, "subjects": [subject]},
    }
    for kind, body in bodies.items():
        KubernetesObject(
            scope,
            f"{id}{kind}",
            api_version=f"{_GROUP}/v1",
            kind=f"{cluster}{kind}",
            name=name,
            namespace=namespace,
            labels=labels.all,
            body=body,
        )
