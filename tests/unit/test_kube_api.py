"""What tests know of the API server: the defaults it fills in, and what it forgets."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from integration.node.objects import ObjectStore

from cdk8s_airflow.kubernetes import quantities
from cdk8s_airflow.testing.kube_api.changes import changes
from cdk8s_airflow.testing.kube_api.defaults import DEFAULTS, KINDS
from cdk8s_airflow.testing.kube_api.empties import POINTERS, VALUES
from cdk8s_airflow.testing.kube_api.quantities import canonical
from cdk8s_airflow.testing.kube_api.stored import stored
from cdk8s_airflow.testing.kube_api.types import Type, type_of

CONTAINER = {
    "name": "main",
    "image": "x:1",
    "imagePullPolicy": "IfNotPresent",
    "resources": {},
    "terminationMessagePath": "/dev/termination-log",
    "terminationMessagePolicy": "File",
}
POD = {
    "containers": [CONTAINER],
    "dnsPolicy": "ClusterFirst",
    "restartPolicy": "Always",
    "schedulerName": "default-scheduler",
    "securityContext": {},
    "terminationGracePeriodSeconds": 30,
}
LABELS = {"matchLabels": {"a": "b"}}
SENT = {"spec": {"containers": [{"name": "main", "image": "x:1"}]}}


def back(api_version: str, kind: str, **body: Any) -> dict[str, Any]:
    """What comes back of an object, less its head."""
    head = {"apiVersion": api_version, "kind": kind, "metadata": {"name": "x"}}
    found = stored({**head, **body})
    assert {name: found.pop(name) for name in head} == head
    return found


def spec(api_version: str, kind: str, **fields: Any) -> Any:
    return back(api_version, kind, spec=fields)["spec"]


def pod(**fields: Any) -> Any:
    """What comes back of the pods of a Deployment."""
    template = {"spec": {**SENT["spec"], **fields}}
    return spec("apps/v1", "Deployment", selector=LABELS, template=template)["template"]["spec"]


def container(**fields: Any) -> Any:
    """What comes back of a container, less what is filled in anyway."""
    (found,) = pod(containers=[{"name": "main", "image": "x:1", **fields}])["containers"]
    return {name: item for name, item in found.items() if name not in CONTAINER}


def test_a_deployment_comes_back_with_its_defaults() -> None:
    assert spec("apps/v1", "Deployment", selector=LABELS, template=SENT) == {
        "progressDeadlineSeconds": 600,
        "replicas": 1,
        "revisionHistoryLimit": 10,
        "selector": LABELS,
        "strategy": {
            "type": "RollingUpdate",
            "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"},
        },
        "template": {"spec": POD},
    }


def test_what_is_said_stays() -> None:
    said = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1}}
    found = spec("apps/v1", "Deployment", replicas=0, selector=LABELS, strategy=said, template=SENT)
    assert (found["replicas"], found["strategy"]) == (0, said)
    recreate = {"type": "Recreate"}
    found = spec("apps/v1", "Deployment", selector=LABELS, strategy=recreate, template=SENT)
    assert found["strategy"] == recreate


def test_claim_templates_come_back_as_whole_claims() -> None:
    claim = {
        "metadata": {"name": "data"},
        "spec": {
            "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "1024Mi"}},
            "storageClassName": "",
        },
    }
    assert spec(
        "apps/v1", "StatefulSet", selector=LABELS, template=SENT, volumeClaimTemplates=[claim]
    ) == {
        "persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Retain", "whenScaled": "Retain"},
        "podManagementPolicy": "OrderedReady",
        "replicas": 1,
        "revisionHistoryLimit": 10,
        "selector": LABELS,
        "template": {"spec": POD},
        "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 0}},
        "volumeClaimTemplates": [
            {
                "apiVersion": "v1",
                "kind": "PersistentVolumeClaim",
                "metadata": {"name": "data"},
                "spec": {
                    "accessModes": ["ReadWriteOnce"],
                    "resources": {"requests": {"storage": "1Gi"}},
                    "storageClassName": "",
                    "volumeMode": "Filesystem",
                },
                "status": {"phase": "Pending"},
            }
        ],
    }


def test_a_job_is_filled_in_and_the_template_of_a_cron_job_is_not() -> None:
    job = {
        "backoffLimit": 6,
        "completionMode": "NonIndexed",
        "completions": 1,
        "manualSelector": False,
        "parallelism": 1,
        "podReplacementPolicy": "TerminatingOrFailed",
        "suspend": False,
        "template": {"spec": {**POD, "restartPolicy": "Never"}},
    }
    template = {"spec": {**SENT["spec"], "restartPolicy": "Never"}}
    assert spec("batch/v1", "Job", template=template) == job
    assert spec(
        "batch/v1", "CronJob", schedule="@daily", jobTemplate={"spec": {"template": template}}
    ) == {
        "concurrencyPolicy": "Allow",
        "failedJobsHistoryLimit": 1,
        "jobTemplate": {"spec": {"template": job["template"]}},
        "schedule": "@daily",
        "successfulJobsHistoryLimit": 3,
        "suspend": False,
    }


def test_a_service_comes_back_with_its_defaults() -> None:
    common = {"sessionAffinity": "None", "type": "ClusterIP", "internalTrafficPolicy": "Cluster"}
    ports = [{"port": 80, "protocol": "TCP", "targetPort": 80}]
    assert spec("v1", "Service", ports=[{"port": 80}]) == {**common, "ports": ports}
    headless = {"clusterIP": "None", "clusterIPs": ["None"]}
    assert spec("v1", "Service", clusterIP="None", ports=[{"port": 80}]) == {
        **common,
        **headless,
        "ports": ports,
    }


@pytest.mark.parametrize(
    ("sent", "comes_back"),
    [
        ({"spec": {"podSelector": {}, "ingress": [], "egress": []}}, {"policyTypes": ["Ingress"]}),
        (
            {"spec": {"podSelector": {"matchLabels": {}}, "policyTypes": [], "egress": [{}]}},
            {"policyTypes": ["Ingress", "Egress"], "egress": [{}]},
        ),
        (
            {"spec": {"podSelector": {}, "ingress": [{"from": [], "ports": [{"port": 22}]}]}},
            {
                "policyTypes": ["Ingress"],
                "ingress": [{"ports": [{"port": 22, "protocol": "TCP"}]}],
            },
        ),
    ],
)
def test_network_policies_lose_empty_lists(sent: Any, comes_back: Any) -> None:
    found = back("networking.k8s.io/v1", "NetworkPolicy", **sent)["spec"]
    assert found == {"podSelector": {}, **comes_back}


def test_containers_come_back_with_their_defaults() -> None:
    field, resource = {"fieldPath": "metadata.name"}, {"resource": "limits.cpu"}
    assert container(
        env=[
            {"name": "A", "value": ""},
            {"name": "B", "valueFrom": {"fieldRef": field}},
            {"name": "C", "valueFrom": {"resourceFieldRef": resource}},
        ],
        envFrom=[],
        livenessProbe={"httpGet": {"port": 80}, "timeoutSeconds": 0},
        ports=[{"containerPort": 80, "hostPort": 0}],
        securityContext={"runAsUser": 0, "privileged": False},
        stdin=False,
        volumeMounts=[{"name": "x", "mountPath": "/x", "readOnly": False, "subPath": ""}],
    ) == {
        "env": [
            {"name": "A"},
            {"name": "B", "valueFrom": {"fieldRef": {"apiVersion": "v1", **field}}},
            {"name": "C", "valueFrom": {"resourceFieldRef": {"divisor": "0", **resource}}},
        ],
        "livenessProbe": {
            "failureThreshold": 3,
            "httpGet": {"path": "/", "port": 80, "scheme": "HTTP"},
            "periodSeconds": 10,
            "successThreshold": 1,
            "timeoutSeconds": 1,
        },
        "ports": [{"containerPort": 80, "protocol": "TCP"}],
        "securityContext": {"runAsUser": 0, "privileged": False},
        "volumeMounts": [{"name": "x", "mountPath": "/x"}],
    }


@pytest.mark.parametrize(
    ("image", "policy"),
    [
        ("x", "Always"),
        ("x:latest", "Always"),
        ("host:5000/x", "Always"),
        ("host:5000/x:1", "IfNotPresent"),
        ("x@sha256:abc", "IfNotPresent"),
    ],
)
def test_a_tag_decides_when_an_image_is_pulled(image: str, policy: str) -> None:
    (found,) = pod(containers=[{"name": "main", "image": image}])["containers"]
    assert found["imagePullPolicy"] == policy


def test_volumes_come_back_with_their_modes() -> None:
    token = {"sources": [{"serviceAccountToken": {"path": "token"}}]}
    volumes = [
        {"name": "a"},
        {"name": "b", "emptyDir": {}},
        {"name": "c", "emptyDir": {"sizeLimit": "1024Ki"}},
        {"name": "d", "configMap": {"name": "x", "items": []}},
        {"name": "e", "secret": {"secretName": "x", "defaultMode": 0o440}},
        {"name": "f", "projected": token},
    ]
    assert pod(volumes=volumes)["volumes"] == [
        {"name": "a", "emptyDir": {}},
        {"name": "b", "emptyDir": {}},
        {"name": "c", "emptyDir": {"sizeLimit": "1Mi"}},
        {"name": "d", "configMap": {"name": "x", "defaultMode": 420}},
        {"name": "e", "secret": {"secretName": "x", "defaultMode": 288}},
        {
            "name": "f",
            "projected": {
                "defaultMode": 420,
                "sources": [{"serviceAccountToken": {"path": "token", "expirationSeconds": 3600}}],
            },
        },
    ]


def test_the_maximum_of_a_limit_range_is_its_default_too() -> None:
    limit = {"type": "Container", "max": {"memory": "64Gi"}, "defaultRequest": {"cpu": "0.1"}}
    assert spec("v1", "LimitRange", limits=[limit])["limits"] == [
        {
            "type": "Container",
            "max": {"memory": "64Gi"},
            "default": {"memory": "64Gi"},
            "defaultRequest": {"cpu": "100m", "memory": "64Gi"},
        }
    ]
    whole = {"type": "Pod", "max": {"memory": "64Gi"}}
    assert spec("v1", "LimitRange", limits=[whole])["limits"] == [whole]


def test_the_text_of_a_secret_comes_back_as_data() -> None:
    found = back("v1", "Secret", stringData={"a": "b"}, data={"c": "ZA=="})
    assert found == {"data": {"a": "Yg==", "c": "ZA=="}, "type": "Opaque"}


def test_one_direction_of_an_autoscaler_fills_in_the_other() -> None:
    target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "x"}
    said = {"scaleDown": {"stabilizationWindowSeconds": 0}}
    found = spec(
        "autoscaling/v2",
        "HorizontalPodAutoscaler",
        scaleTargetRef=target,
        maxReplicas=2,
        behavior=said,
    )
    assert found["minReplicas"] == 1
    assert found["behavior"] == {
        "scaleDown": {
            "policies": [{"periodSeconds": 15, "type": "Percent", "value": 100}],
            "selectPolicy": "Max",
            "stabilizationWindowSeconds": 0,
        },
        "scaleUp": {
            "policies": [
                {"periodSeconds": 15, "type": "Pods", "value": 4},
                {"periodSeconds": 15, "type": "Percent", "value": 100},
            ],
            "selectPolicy": "Max",
            "stabilizationWindowSeconds": 0,
        },
    }


def test_custom_resources_keep_what_is_empty() -> None:
    rule = {"backendRefs": [{"name": "x", "port": 80}], "filters": []}
    found = spec("gateway.networking.k8s.io/v1", "HTTPRoute", rules=[rule], hostnames=[])
    assert found == {
        "hostnames": [],
        "rules": [
            {
                "backendRefs": [
                    {"group": "", "kind": "Service", "name": "x", "port": 80, "weight": 1}
                ],
                "filters": [],
                "matches": [{"path": {"type": "PathPrefix", "value": "/"}}],
            }
        ],
    }


@pytest.mark.parametrize(("rules", "generation"), [({"ingress": []}, 2), ({}, 1)])
def test_an_empty_list_of_a_network_policy_is_a_change_at_each_apply(
    rules: dict[str, Any], generation: int
) -> None:
    policy = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "x"},
        "spec": {"podSelector": {}, "policyTypes": ["Ingress"], **rules},
    }
    store = ObjectStore()
    for _ in range(2):
        _, found = store.put(policy)
    assert found["metadata"] == {"name": "x", "generation": generation}
    assert found["spec"] == {"podSelector": {}, "policyTypes": ["Ingress"]}


def test_what_came_back_once_comes_back_unchanged() -> None:
    sent = {
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "metadata": {"name": "x"},
        "spec": {
            "selector": LABELS,
            "template": copy.deepcopy(SENT),
            "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {}}],
        },
    }
    before = copy.deepcopy(sent)
    assert list(changes(sent)) != []
    once = stored(sent)
    assert stored(once) == once
    assert list(changes(once)) == []
    assert sent == before


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_a_type(kind: str) -> None:
    assert type_of(*kind.split()).field("metadata").merging == "granular"


@pytest.mark.parametrize("table", [DEFAULTS, POINTERS, VALUES], ids=["defaults", "kept", "gone"])
def test_the_tables_name_types_and_fields_that_there_are(table: Any) -> None:
    known: dict[str, Type] = {}

    def walk(kind: Type) -> None:
        if known.setdefault(kind.name, kind) is not kind:
            return
        for name in kind.schema.get("properties", {}):
            walk(kind.field(name))
        if "items" in kind.schema:
            walk(kind.item)

    for kind in KINDS:
        walk(type_of(*kind.split()))
    assert table.keys() - known.keys() == set()
    for name, fields in table.items():
        named = fields.split() if isinstance(fields, str) else () if callable(fields) else fields
        for field in named:
            known[name].field(field)


QUANTITIES = {
    "1024Mi": "1Gi",
    "1536Mi": "1536Mi",
    "1.5Gi": "1536Mi",
    "1000Ki": "1000Ki",
    "0.5Ki": "512",
    "0.1Gi": "107374182400m",
    "0.5": "500m",
    "1000m": "1",
    "1.5": "1500m",
    "1000": "1k",
    "1500": "1500",
    "1048576": "1048576",
    "1e3": "1e3",
    "25e-1": "2500e-3",
    "100n": "100n",
    "1.0000000001": "1000000001n",
    "0Mi": "0",
    "8Ei": "8Ei",
}
"""A quantity -> as the API server gives it back."""


@pytest.mark.parametrize(("sent", "comes_back"), QUANTITIES.items())
def test_quantities_come_back_in_one_spelling(sent: str, comes_back: str) -> None:
    assert canonical(sent) == comes_back
    assert quantities.canonical(sent) == comes_back
    assert canonical(comes_back) == comes_back


@pytest.mark.parametrize("text", ["", "lots", "1 Gi", "1GiB", "."])
def test_other_words_are_no_quantity(text: str) -> None:
    for spell in (canonical, quantities.canonical):
        with pytest.raises(ValueError, match="is no quantity"):
            spell(text)
