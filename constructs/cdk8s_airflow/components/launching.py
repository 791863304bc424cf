"""The right to launch pods and Jobs, for tasks whose operators do so."""

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
class Launching(Props):
    """Whether these pods may launch others; then, and only then, they get a token.

    The rights hold in the pods' own namespace; for others bind a Role of yours to their
    ServiceAccount.
    """

    pod_launcher: bool = False
    """May launch pods, for `KubernetesPodOperator`. Default: no; such a right lets a DAG start any
    image, with any Secret of the namespace mounted."""
    job_launcher: bool = False
    """May launch Jobs, for `KubernetesJobOperator`. Default: no, likewise."""

    @property
    def launching(self) -> PodParts:
        """The token, if there is something to do with it."""
        return PodParts(api_token=self.pod_launcher or self.job_launcher)

    def grant(
        self,
        scope: Construct,
        account: str,
        labels: Labels,
        *,
        id: str = "Launcher",
        account_namespace: str | None,
        namespace: str | None = None,
    ) -> None:
        """Adds the rights of a ServiceAccount in a namespace, if there are any."""
        pods = PODS if self.pod_launcher else WATCHED if self.job_launcher else ()
        jobs = JOBS if self.job_launcher else ()
        if pods or jobs:
            grant(
                scope,
                id,
                f"{account}-launcher",
                labels,
                rules=[*pods, *jobs],
                account=account,
                account_namespace=account_namespace,
                namespace=namespace,
            )
