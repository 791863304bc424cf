"""RBAC rules that let tasks launch pods and Jobs."""

from __future__ import annotations

from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.rbac import Rules, grant, rule

_OWN = ("create", "delete", "get", "list", "patch", "watch")
# Logs, the sidecar that hands over XComs, and events that tell why a pod does not start.
_FOLLOW: Rules = (
    rule(["pods/log"], ["get"]),
    rule(["pods/exec"], ["create", "get"]),
    rule(["events"], ["list", "watch"]),
)
PODS: Rules = (rule(["pods"], _OWN), *_FOLLOW)
"""What KubernetesPodOperator needs."""
JOBS: Rules = (
    rule(["jobs"], _OWN, group="batch"),
    rule(["jobs/status"], ["get"], group="batch"),
)
"""What KubernetesJobOperator needs beside `WATCHED`."""
WATCHED: Rules = (rule(["pods"], ["get", "list", "watch"]), *_FOLLOW)
"""What KubernetesJobOperator needs of the pods of its Jobs."""


@dataclass(frozen=True, kw_only=True)
class PodLauncher(Props):
    """Whether these pods may launch others. Only then do they get a token for the Kubernetes API.

    The Role is for the pods' own namespace; for other namespaces bind a Role of yours to their
    ServiceAccount.
    """

    pod_launcher: bool = False
    """May launch pods, for `KubernetesPodOperator`. A DAG can then start any image, with any Secret
    of the namespace mounted. Default: no."""
    job_launcher: bool = False
    """May launch Jobs, for `KubernetesJobOperator`; a Job can start any image too. Default: no."""

    @property
    def launcher_parts(self) -> PodParts:
        """The token for the Kubernetes API, if these pods may launch others."""
        return PodParts(api_token=self.pod_launcher or self.job_launcher)

    def grant(
        self,
        scope: Construct,
        name: str,
        labels: Labels,
        *,
        account: str,
        id: str = "Launcher",
        account_namespace: str | None,
        namespace: str | None = None,
    ) -> None:
        """Adds the Role and its RoleBinding, if these pods may launch others."""
        pods = PODS if self.pod_launcher else WATCHED if self.job_launcher else ()
        jobs = JOBS if self.job_launcher else ()
        if pods or jobs:
            grant(
                scope,
                id,
                f"{name}-launcher",
                labels,
                rules=[*pods, *jobs],
                account=account,
                account_namespace=account_namespace,
                namespace=namespace,
            )
