"""The check of what comes back from the API server refuses what a second apply would change."""

from __future__ import annotations

import pytest
from bundle.breakage import DELETE, Break, assert_refused, parameters
from bundle.sample import selector, thing

from cdk8s_airflow.testing.stored import check_stored
from cdk8s_airflow.testing.synth import Check

API = "Deployment/af1-api-server"
POLICY = "NetworkPolicy/af1-scheduler"
SERVER = "StatefulSet/af1-postgresql"
POD = "spec.template.spec"
MAIN = f"{POD}.containers[0]"
CLAIM = "spec.volumeClaimTemplates[0]"
NAMESPACE = {"name": "X", "valueFrom": {"fieldRef": {"fieldPath": "metadata.namespace"}}}
ROUTE = {"parentRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "x"}]}
BACKEND = {"name": "af1-api-server", "port": 8080}

CASES: dict[Check, list[Break]] = {
    check_stored: [
        Break(POLICY, "spec.ingress", [], r"spec.ingress: the API server drops \[\]: leave it out"),
        Break(POLICY, "spec.egress", [], r"spec.egress: the API server drops \[\]"),
        Break(
            POLICY,
            "spec.egress+",
            {"ports": [{"port": 22}]},
            r"spec.egress\[1\].ports\[0\]: the API server fills in protocol: 'TCP', write it, too",
        ),
        Break(SERVER, f"{CLAIM}.apiVersion", DELETE, "the API server fills in apiVersion: 'v1'"),
        Break(SERVER, f"{CLAIM}.kind", DELETE, "fills in kind: 'PersistentVolumeClaim'"),
        Break(SERVER, f"{CLAIM}.spec.volumeMode", DELETE, "fills in volumeMode: 'Filesystem'"),
        Break(SERVER, f"{CLAIM}.status", DELETE, "fills in status: {'phase': 'Pending'}"),
        Break(
            SERVER,
            f"{CLAIM}.spec.resources.requests.storage",
            "8192Mi",
            "storage: '8192Mi' comes back as '8Gi', write it so",
        ),
        Break(
            API, f"{MAIN}.resources.limits.memory", "1024Mi", "memory: '1024Mi' comes back as '1Gi'"
        ),
        Break(API, f"{MAIN}.resources.limits.cpu", "0.5", "cpu: '0.5' comes back as '500m'"),
        Break(API, f"{MAIN}.resources.limits.cpu", 1, "cpu: 1 comes back as '1'"),
        Break(API, f"{MAIN}.resources.limits.cpu", "all", "'all' is no quantity"),
        Break(API, f"{MAIN}.env+", {"name": "X", "value": ""}, r"value: the API server drops ''"),
        Break(API, f"{MAIN}.env+", {"name": "PORT"}, "env: PORT is there 2 times"),
        Break(API, f"{MAIN}.env+", NAMESPACE, "fieldRef: the API server fills in apiVersion: 'v1'"),
        Break(API, f"{MAIN}.envFrom", [], r"envFrom: the API server drops \[\]"),
        Break(API, f"{MAIN}.volumeMounts[0].readOnly", False, "readOnly: .* drops False"),
        Break(API, f"{MAIN}.livenessProbe.timeoutSeconds", 0, "0 comes back as 1"),
        Break(API, f"{MAIN}.livenessProbe.initialDelaySeconds", 0, "drops 0"),
        Break(API, f"{POD}.imagePullSecrets", [], "imagePullSecrets: the API server drops"),
        Break(API, f"{POD}.hostNetwork", False, "hostNetwork: the API server drops False"),
        Break(API, "spec.template.metadata.annotations", {}, "annotations: the API server drops"),
        Break(API, "metadata.labels.x", None, "labels.x: the API server drops None"),
        Break(
            "PersistentVolumeClaim/af1-scheduler",
            "spec.resources.requests.storage",
            "1.5Gi",
            "'1.5Gi' comes back as '1536Mi'",
        ),
        Break("Service/af1-worker", "spec.publishNotReadyAddresses", False, "the API server drops"),
        Break(
            "",
            "",
            thing(
                "gateway.networking.k8s.io/v1",
                "HTTPRoute",
                "x",
                spec={**ROUTE, "rules": [{"backendRefs": [BACKEND]}]},
            ),
            r"rules\[0\].backendRefs\[0\]: the API server fills in weight: 1, write it, too",
        ),
        Break(
            "",
            "",
            thing("v1", "LimitRange", "x", spec={"limits": [{"type": "Container", "max": {}}]}),
            r"limits\[0\].max: the API server drops {}",
        ),
        Break("", "", thing("v1", "Secret", "x", stringData={"a": "b"}), "stringData: .* drops"),
        Break(
            "",
            "",
            thing("apps/v1", "DaemonSet", "x", spec={"selector": selector("x")}),
            "apps/v1 DaemonSet: say in testing/kube_api/defaults.py what the API server fills in",
        ),
        Break(
            API,
            f"{POD}.securityContext.windowsOptions.hostProcess",
            False,
            "hostProcess: say in testing/kube_api/empties.py whether False comes back",
        ),
    ]
}


@pytest.mark.parametrize(("check", "broken"), parameters(CASES))
def test_a_broken_bundle_is_refused(check: Check, broken: Break) -> None:
    assert_refused(check, broken)
