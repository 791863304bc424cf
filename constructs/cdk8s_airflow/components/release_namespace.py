"""The release's namespace as an object of the bundle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from constructs import Construct

from cdk8s_airflow.kubernetes.labelled import AnnotationMap, LabelMap
from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform

PodSecurity: TypeAlias = Literal["restricted", "baseline", "privileged"]
_ADMISSION = "pod-security.kubernetes.io"
KEPT: Mapping[str, str] = {
    "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
    "kustomize.toolkit.fluxcd.io/prune": "disabled",
}
"""A namespace takes its volumes and Secrets with it, so no tool deletes it with the release."""


@dataclass(frozen=True, kw_only=True)
class Namespace(Props, Part):
    """The namespace, first in the bundle, with the labels of Pod Security Admission.

    It has no labels of the release: it outlives the release, and may hold several. Set it in one
    release of a namespace only. See
    https://kubernetes.io/docs/concepts/security/pod-security-admission/.
    """

    pod_security: PodSecurity | None = "restricted"
    """Pod Security Standard that the cluster enforces in it, audits and warns of:
    `pod-security.kubernetes.io/enforce` and its kin. None: no such label, the cluster's default
    applies. Default: `restricted`, which all pods of a release meet."""
    labels: LabelMap | None = None
    """More labels, for example `{"istio-injection": "enabled"}`; they override the others.
    Default: none."""
    annotations: AnnotationMap | None = None
    """More annotations; they override those by which Argo CD and Flux keep it when the release
    goes. Default: none."""

    def validate(self, platform: Platform) -> Iterator[str]:
        """A problem, if the release names no namespace."""
        if platform.namespace is None:
            yield (
                "create_namespace=Namespace(...) has no name: give namespace='airflow' to "
                "AirflowChart, NAMESPACE=airflow to make, or `namespace: airflow` in a values file"
            )

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the object."""
        level = self.pod_security
        modes = ("enforce", "audit", "warn")
        standard = {f"{_ADMISSION}/{mode}": level for mode in modes} if level else {}
        KubernetesObject(
            scope,
            "namespace-object",
            api_version="v1",
            kind="Namespace",
            name=str(platform.namespace),
            labels={**standard, **(self.labels or {})},
            annotations={**KEPT, **(self.annotations or {})},
        )
