"""Roles and ClusterRoles with their bindings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from constructs import Construct

from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.objects import KubernetesObject, Manifest

_GROUP = "rbac.authorization.k8s.io"

Rules: TypeAlias = Sequence[Manifest]
"""The `rules` of a Role."""


def rule(resources: Sequence[str], verbs: Sequence[str], *, group: str = "") -> Manifest:
    """A rule: verbs on resources of an API group. Default: the core group."""
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
    all_namespaces: bool = False,
) -> None:
    """Adds a Role and its binding to a ServiceAccount.

    Args:
        scope: the construct that owns both.
        id: begins the ids of the two objects in the tree; may be empty.
        name: of the Role and of its binding.
        labels: of both.
        rules: `rules` of the Role.
        account: name of the ServiceAccount.
        account_namespace: its namespace; None: that of the binding.
        namespace: namespace of both; None: the chart's.
        all_namespaces: add a ClusterRole, for all namespaces.
    """
    cluster = "Cluster" if all_namespaces else ""
    subject = {"kind": "ServiceAccount", "name": account, "namespace": account_namespace}
    role = {"apiGroup": _GROUP, "kind": f"{cluster}Role", "name": name}
    bodies: dict[str, Manifest] = {
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
