"""The checks of security refuse what is broken."""

from __future__ import annotations

import pytest
from bundle.breakage import DELETE, Break, assert_refused, parameters
from bundle.sample import CONTAINER_SECURITY, PROBE, container, good, thing

from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.testing.pod_security import check_restricted
from cdk8s_airflow.testing.security import (
    check_accounts,
    check_containers,
    check_disruption_budgets,
    check_labels,
    check_roles,
    image_problems,
)
from cdk8s_airflow.testing.synth import Check

API = "Deployment/af1-api-server"
JOB = "Job/af1-bootstrap-1a2b"
WORKER = "StatefulSet/af1-worker"
POD = "spec.template.spec"
MAIN = f"{POD}.containers[0]"
INIT = f"{POD}.initContainers[0]"
CONTEXT = f"{MAIN}.securityContext"
RBAC = "rbac.authorization.k8s.io/v1"
PROFILE = {"type": "Unconfined"}
LABEL = '"app.kubernetes.io/version"'

CASES: dict[Check, list[Break]] = {
    check_restricted: [
        Break(API, f"{POD}.hostNetwork", True, "hostNetwork is set"),
        Break(API, f"{POD}.hostPID", True, "hostPID is set"),
        Break(API, f"{POD}.hostIPC", True, "hostIPC is set"),
        Break(
            API,
            f"{POD}.volumes+",
            {"name": "h", "hostPath": {"path": "/"}},
            "volume h is of the forbidden type hostPath",
        ),
        Break(API, f"{POD}.volumes+", {"name": "n", "nfs": {}}, "n is of the forbidden type nfs"),
        Break(
            API,
            f"{POD}.securityContext.sysctls",
            [{"name": "kernel.msgmax", "value": "1"}],
            "sysctl kernel.msgmax is forbidden",
        ),
        Break(
            API,
            "spec.template.metadata.annotations",
            {"container.apparmor.security.beta.kubernetes.io/x": "unconfined"},
            "AppArmor annotation .* is 'unconfined'",
        ),
        Break(API, f"{CONTEXT}.appArmorProfile", PROFILE, "appArmorProfile is 'Unconfined'"),
        Break(API, f"{POD}.securityContext.seccompProfile", DELETE, "has no seccompProfile"),
        Break(API, f"{CONTEXT}.seccompProfile", PROFILE, "seccompProfile is 'Unconfined'"),
        Break(API, f"{POD}.securityContext.runAsNonRoot", DELETE, "runAsNonRoot is not true"),
        Break(API, f"{CONTEXT}.runAsNonRoot", False, "container api-server: runAsNonRoot is false"),
        Break(API, f"{POD}.securityContext.runAsUser", 0, "runAsUser is 0"),
        Break(API, f"{CONTEXT}.windowsOptions.hostProcess", True, "hostProcess is set"),
        Break(API, f"{CONTEXT}.seLinuxOptions.type", "spc_t", "seLinuxOptions are"),
        Break(API, f"{CONTEXT}.seLinuxOptions.user", "root", "seLinuxOptions are"),
        Break(API, f"{CONTEXT}.privileged", True, "is privileged"),
        Break(
            API, f"{CONTEXT}.allowPrivilegeEscalation", DELETE, "allowPrivilegeEscalation is not"
        ),
        Break(API, f"{CONTEXT}.procMount", "Unmasked", "procMount is 'Unmasked'"),
        Break(API, f"{CONTEXT}.capabilities", DELETE, "does not drop ALL capabilities"),
        Break(API, f"{CONTEXT}.capabilities.drop", ["NET_RAW"], "does not drop ALL"),
        Break(API, f"{CONTEXT}.capabilities.add+", "SYS_ADMIN", r"capabilities \['SYS_ADMIN'\]"),
        Break(API, f"{MAIN}.ports[0].hostPort", 8080, "uses hostPort 8080"),
        Break(API, f"{MAIN}.livenessProbe.httpGet.host", "1.1.1.1", "livenessProbe names a host"),
        Break(WORKER, f"{INIT}.securityContext", DELETE, "container wait: allowPrivilege"),
        Break(
            API,
            f"{POD}.ephemeralContainers+",
            {"name": "debug", "image": "busybox:1.37"},
            "container debug: does not drop ALL",
        ),
    ],
    check_containers: [
        Break(API, f"{CONTEXT}.readOnlyRootFilesystem", DELETE, "root file system is not read"),
        Break(WORKER, f"{INIT}.securityContext.readOnlyRootFilesystem", False, "wait: root file"),
        Break(API, f"{MAIN}.resources.requests.cpu", DELETE, "has no cpu in requests"),
        Break(API, f"{MAIN}.resources.requests.memory", DELETE, "has no memory in requests"),
        Break(WORKER, f"{INIT}.resources.limits", DELETE, "wait: has no memory in limits"),
        Break(API, f"{MAIN}.image", "apache/airflow", "has neither tag nor digest"),
        Break(API, f"{MAIN}.livenessProbe", DELETE, "has no livenessProbe"),
        Break(WORKER, f"{MAIN}.readinessProbe", DELETE, "has no readinessProbe"),
        Break(API, f"{POD}.containers+", container("extra"), "extra: has no livenessProbe"),
        Break(
            WORKER,
            f"{POD}.containers+",
            container("extra", livenessProbe=PROBE),
            "extra: has no readinessProbe",
        ),
    ],
    check_accounts: [
        Break(API, f"{POD}.serviceAccountName", DELETE, "runs as the default ServiceAccount"),
        Break(API, f"{POD}.serviceAccountName", "af1-worker", "af1-worker: is shared by"),
        Break(API, f"{POD}.serviceAccountName", "other", "af1-api-server: no pod runs as it"),
        Break(API, f"{POD}.automountServiceAccountToken", True, "is True, but no Role is bound"),
        Break(API, f"{POD}.automountServiceAccountToken", DELETE, "is None, but no Role is bound"),
        Break(API, f"{POD}.serviceAccountName", "shared", "ServiceAccount/af1-api-server: no pod"),
        Break(JOB, f"{POD}.automountServiceAccountToken", False, "is False, but a Role is bound"),
        Break(
            API,
            f"{POD}.volumes+",
            {"name": "t", "projected": {"sources": [{"serviceAccountToken": {"path": "t"}}]}},
            "projects a token for the Kubernetes API",
        ),
        Break(API, f"{POD}.enableServiceLinks", DELETE, "enableServiceLinks is not false"),
    ],
    check_roles: [
        Break("", "", thing(RBAC, "ClusterRole", "x"), "ClusterRole/af1-x: reaches beyond"),
        Break("Role/af1-bootstrap", "rules[0].verbs", ["*"], "has a wildcard in verbs"),
        Break("Role/af1-bootstrap", "rules[0].resources", ["pods/*"], "a wildcard in resources"),
        Break("Role/af1-bootstrap", "rules[0].apiGroups", ["*"], "has a wildcard in apiGroups"),
        Break("Role/af1-bootstrap", "rules[0].verbs", ["create", "get"], "may create, get Secrets"),
        Break("Role/af1-bootstrap", "rules[0].verbs", ["patch"], "may patch Secrets, not only"),
        Break("RoleBinding/af1-bootstrap", "roleRef.name", "other", "is bound to nobody"),
    ],
    check_disruption_budgets: [
        Break(WORKER, "spec.replicas", 2, "has 2 replicas and 0 PodDisruptionBudgets"),
        Break(
            "PodDisruptionBudget/af1-scheduler",
            "spec.minAvailable",
            2,
            "lets no pod of Deployment/af1-scheduler go",
        ),
        Break("PodDisruptionBudget/af1-scheduler", "spec.maxUnavailable", 0, "so no node drains"),
        Break(
            "PodDisruptionBudget/af1-scheduler",
            "spec.unhealthyPodEvictionPolicy",
            DELETE,
            "keeps pods that never become ready",
        ),
    ],
    check_labels: [
        Break(WORKER, f"metadata.labels.{LABEL}", DELETE, r"lacks the labels \['app.kube.*version"),
        Break(API, f"spec.template.metadata.labels.{LABEL}", DELETE, "pod: lacks the labels"),
        Break("Service/af1-api-server", f"metadata.labels.{LABEL}", "3.3.2", "runs no image"),
        Break(API, f"spec.template.metadata.labels.{LABEL}", "3.1.0", "its pods have another"),
        Break(API, 'metadata.labels."app.kubernetes.io/managed-by"', "Helm", "'Helm', not 'cdk8s"),
        Break(
            "StatefulSet/af1-postgresql",
            f"spec.volumeClaimTemplates[0].metadata.labels.{LABEL}",
            "3.3.2",
            "a claim template cannot change",
        ),
    ],
}


@pytest.mark.parametrize(("refusing", "broken"), parameters(CASES))
def test_a_check_refuses(refusing: Check, broken: Break) -> None:
    assert_refused(refusing, broken)


def test_a_token_for_others_is_declared() -> None:
    manifests = good()
    Break(API, f"{POD}.automountServiceAccountToken", True, "").apply(manifests)
    assert list(check_accounts(Bundle(manifests, tokens=frozenset({"af1-api-server"})))) == []
    (problem,) = check_accounts(Bundle(good(), tokens=frozenset({"af1-worker"})))
    assert problem == "ServiceAccount/af1-worker is declared to have a token, but no pod has one"


def test_several_may_share_an_account_that_is_nobody_s_own() -> None:
    manifests = good()
    for workload in (API, WORKER):
        Break(workload, f"{POD}.serviceAccountName", "shared", "").apply(manifests)
    kept = [m for m in manifests if m["metadata"]["name"] not in ("af1-api-server", "af1-worker")]
    kept += [m for m in manifests if m not in kept and m["kind"] != "ServiceAccount"]
    assert list(check_accounts(Bundle(kept))) == []


def test_a_namespace_has_no_label_by_which_a_release_is_deleted() -> None:
    labels = {"app.kubernetes.io/instance": "af1", "team": "data"}
    metadata = {"name": "airflow", "labels": labels}
    namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": metadata}
    (problem,) = check_labels(Bundle([namespace]))
    assert "would go with a release, as it has its labels ['app.kubernetes.io/instance']" in problem


@pytest.mark.parametrize(
    ("image", "problem"),
    [
        ("apache/airflow:latest", "is pinned to nothing: latest"),
        ("registry.example.com:5000/airflow", "has neither tag nor digest"),
        ("airflow:a b", "has an illegal tag"),
        ("airflow@sha256:12", "has an illegal digest"),
    ],
)
def test_an_image_that_may_change_is_refused(image: str, problem: str) -> None:
    assert problem in "".join(image_problems(image))


@pytest.mark.parametrize(
    "image",
    [
        "postgres:17.6",
        "registry.example.com:5000/team/airflow:3.3.2-python3.12",
        "apache/airflow@sha256:" + "0a" * 32,
    ],
)
def test_a_pinned_image_passes(image: str) -> None:
    assert list(image_problems(image)) == []


def test_a_context_on_every_container_does_without_the_pod_s() -> None:
    manifests = good()
    more = {"runAsNonRoot": True, "seccompProfile": {"type": "Localhost"}}
    Break(API, f"{POD}.securityContext", {}, "").apply(manifests)
    for path in (CONTEXT, f"{INIT}.securityContext"):
        Break(API, path, {**CONTAINER_SECURITY, **more}, "").apply(manifests)
    assert list(check_restricted(Bundle(manifests))) == []
