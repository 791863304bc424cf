"""Each check refuses a bundle that is broken in its own way, and lets the good one pass."""

from __future__ import annotations

import re

import pytest
from bundle.addresses import check_addresses
from bundle.breakage import DELETE, Break
from bundle.containers import (
    check_autoscaled,
    check_claims,
    check_env,
    check_names_in_pods,
    check_probes,
    check_volumes,
)
from bundle.model import Bundle
from bundle.names import (
    check_config_maps,
    check_metadata,
    check_names,
    check_namespaces,
    check_unique,
    check_values,
)
from bundle.references import check_references
from bundle.sample import container, good, selector, template, thing, workload
from bundle.selectors import (
    check_own_selectors,
    check_peers,
    check_ports,
    check_stateful_services,
)
from bundle.synthesize import Check, check

API = "Deployment/af1-api-server"
POD = "spec.template.spec"
MAIN = f"{POD}.containers[0]"
WORKER = "StatefulSet/af1-worker"
RBAC = "rbac.authorization.k8s.io/v1"
MEMORY_VOLUME = {"name": "tmp", "emptyDir": {}}

CASES: dict[Check, list[Break]] = {
    check_unique: [
        Break("", "", thing("v1", "Service", "worker", spec={}), "Service/af1-worker: is there 2"),
    ],
    check_namespaces: [
        Break("", "", thing("v1", "Namespace", "x"), "Namespace/af1-x: is cluster-scoped"),
        Break(WORKER, "metadata.namespace", DELETE, "StatefulSet/af1-worker: has no namespace"),
    ],
    check_names: [
        Break(WORKER, "metadata.name", "af1-" + "w" * 49, "53 characters, 52 fit a StatefulSet"),
        Break("Service/af1-worker", "metadata.name", "1-worker", "'1-worker' is no legal name of"),
        Break(API, "metadata.name", "af1.api", "'af1.api' is no legal name of a Deployment"),
        Break("ConfigMap/af1-programs", "metadata.name", "a_b", "'a_b' is no legal name of a Conf"),
        Break(WORKER, "metadata.namespace", "Airflow", "'Airflow' is no legal namespace"),
        Break(API, f"{MAIN}.name", "api_server", "'api_server' is no legal name in containers"),
        Break(API, f"{POD}.volumes[0].name", "a.b", "'a.b' is no legal name in volumes"),
        Break(API, f"{MAIN}.ports[0].name", "a-name-too-long-for-a-port", "no legal port name"),
        Break(API, f"{MAIN}.ports[0].containerPort", -1, "-1 is no port"),
    ],
    check_metadata: [
        Break(WORKER, 'metadata.labels."a b"', "x", "'a b' is no legal label"),
        Break(WORKER, "metadata.labels.x", "y" * 64, "label x has the value .*not text of <= 63"),
        Break(WORKER, "metadata.labels.x", 3, "label x has the value 3"),
        Break(API, "spec.template.metadata.labels.x", "3.3+1", "pod: label x has the illegal"),
        Break(API, "metadata.annotations.x", 3, "annotation 'x': 3 is not legal"),
    ],
    check_values: [
        Break(API, f"{MAIN}.lifecycle", None, "containers\\[0\\].lifecycle is null"),
        Break("ConfigMap/af1-programs", "data.key", None, "data.key is null"),
        Break(API, "metadata.labels.x", "undefined-deployment", "holds the text 'undefined'"),
        Break(API, f"{MAIN}.args+", "--host=None", "holds the text 'None'"),
        Break(API, f"{MAIN}.imagePullPolicy", "Sometimes", "'Sometimes', not one of"),
        Break("Service/af1-worker", "spec.type", "Bogus", "spec.type is 'Bogus', not one of"),
    ],
    check_config_maps: [
        Break("ConfigMap/af1-programs", "data.n", 3, "n is 3, not text"),
        Break("ConfigMap/af1-programs", 'data."a/b.py"', "", "'a/b.py' is no legal key"),
        Break("ConfigMap/af1-programs", "data.big", "x" * 1048576, "more than 1048576"),
        Break("ConfigMap/af1-programs", "data", {}, "is empty"),
    ],
    check_references: [
        Break(API, f"{POD}.serviceAccountName", "no", "ServiceAccount/no, which does not exist"),
        Break(API, f"{POD}.volumes[0].configMap.name", "no", "ConfigMap/no, which does not"),
        Break(
            API,
            f"{POD}.volumes[0].configMap.items",
            [{"key": "no.py", "path": "no.py"}],
            "wants key 'no.py' of ConfigMap/af1-programs, which has \\['url.py'\\]",
        ),
        Break(
            API, f"{POD}.volumes+", {"name": "s", "secret": {"secretName": "no"}}, "Secret/no, wh"
        ),
        Break(
            API,
            f"{POD}.volumes+",
            {"name": "s", "projected": {"sources": [{"configMap": {"name": "no"}}]}},
            "volume s refers to ConfigMap/no",
        ),
        Break(API, f"{MAIN}.env[2].valueFrom.secretKeyRef.name", "af1-sql", "Secret/af1-sql, wh"),
        Break(API, f"{MAIN}.env[2].valueFrom.secretKeyRef.key", "pw", "wants key 'pw' of Secret"),
        Break(API, f"{MAIN}.envFrom+", {"configMapRef": {"name": "no"}}, "envFrom refers to Conf"),
        Break(API, f"{POD}.imagePullSecrets+", {"name": "pull"}, "Secret/pull, which does not"),
        Break(API, f"{POD}.priorityClassName", "high", "PriorityClass/high, which does not exist"),
        Break(
            "Deployment/af1-scheduler",
            f"{POD}.volumes[0].persistentVolumeClaim.claimName",
            "no",
            "PersistentVolumeClaim/no, which does not exist",
        ),
        Break(WORKER, "spec.serviceName", "af1-workers", "serviceName refers to Service/af1-work"),
        Break("RoleBinding/af1-bootstrap", "roleRef.name", "no", "roleRef refers to Role/no"),
        Break("RoleBinding/af1-bootstrap", "subjects[0].name", "no", "subjects refers to Service"),
        Break("RoleBinding/af1-bootstrap", "subjects[0].namespace", "x", "subjects refers to Serv"),
        Break(
            "HorizontalPodAutoscaler/af1-api-server",
            "spec.scaleTargetRef.name",
            "no",
            "scaleTargetRef refers to Deployment/no",
        ),
        Break(
            "Ingress/af1-api-server",
            "spec.rules[0].http.paths[0].backend.service.name",
            "no",
            "backend refers to Service/no",
        ),
        Break("Ingress/af1-api-server", "spec.tls+", {"secretName": "t"}, "tls refers to Secret/t"),
        Break(
            "",
            "",
            thing("keda.sh/v1alpha1", "ScaledObject", "x", spec={"scaleTargetRef": {"name": "no"}}),
            "scaleTargetRef refers to Deployment/no",
        ),
    ],
    check_own_selectors: [
        Break(
            "Service/af1-worker",
            "spec.selector",
            {"app.kubernetes.io/component": "worker"},
            r"selector has keys \['app.kubernetes.io/component'\]",
        ),
        Break("Service/af1-worker", "spec.selector", selector("workers"), "matches no pod"),
        Break(
            "PodDisruptionBudget/af1-scheduler",
            "spec.selector",
            {"matchLabels": {"app.kubernetes.io/name": "airflow"}},
            "matches several components: .*Deployment/af1-api-server, Deployment/af1-scheduler",
        ),
        Break("NetworkPolicy/af1-api-server", "spec.podSelector", {}, "matches several components"),
        Break(
            WORKER, "spec.selector.matchLabels", selector("scheduler"), "does not match its own po"
        ),
        Break(
            "",
            "",
            workload("Deployment", "worker", template("worker", container("worker")), replicas=1),
            "StatefulSet/af1-worker: selector matches the pods of Deployment/af1-worker",
        ),
        Break(
            "Service/af1-worker",
            'metadata.labels."app.kubernetes.io/instance"',
            "af2",
            "of release af2, selects pods of StatefulSet/af1-worker",
        ),
    ],
    check_peers: [
        Break(
            "NetworkPolicy/af1-api-server",
            "spec.ingress[0].from[0].podSelector.matchLabels",
            selector("workers"),
            "ingress: a selector matches no pod",
        ),
        Break(
            API,
            f"{POD}.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution",
            [{"labelSelector": {"matchLabels": {"app.kubernetes.io/name": "airflow"}}}],
            "podAntiAffinity matches .*, not its own component only",
        ),
        Break(
            "Deployment/af1-scheduler",
            f"{POD}.topologySpreadConstraints[0].labelSelector.matchLabels",
            selector("worker"),
            "topologySpreadConstraints matches StatefulSet/af1-worker, not its own",
        ),
        Break(
            API,
            f"{POD}.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution",
            [{"podAffinityTerm": {"labelSelector": {"matchLabels": selector("redis")}}}],
            "podAffinity: a selector matches no pod",
        ),
    ],
    check_stateful_services: [
        Break("Service/af1-worker", "spec.clusterIP", DELETE, "af1-worker is no headless Service"),
        Break(
            "Service/af1-worker",
            "spec.publishNotReadyAddresses",
            False,
            "does not publish addresses that are not ready",
        ),
        Break("Service/af1-worker", "spec.selector", selector("redis"), "does not select its pods"),
    ],
    check_ports: [
        Break("Service/af1-worker", "spec.ports[0].targetPort", "log", "port log is not open in"),
        Break("Service/af1-worker", "spec.ports[0].port", 80, "is headless, so 80 means not 8793"),
        Break(API, f"{MAIN}.ports[0].protocol", "UDP", "port web is not open in Deployment"),
        Break(
            "NetworkPolicy/af1-api-server",
            "spec.ingress[0].ports[0].port",
            8081,
            "port 8081 is not open in Deployment/af1-api-server",
        ),
        Break("Ingress/af1-api-server", "spec.rules[0].host", DELETE, "a rule has no host"),
        Break(
            "Ingress/af1-api-server",
            "spec.rules[0].http.paths[0].backend.service.port",
            {"number": 80},
            "Service af1-api-server has no port",
        ),
    ],
    check_addresses: [
        Break(
            WORKER,
            f"{MAIN}.env[0].value",
            "http://af1-api-servers:8080/execution/",
            "EXECUTION_API_SERVER_URL: af1-api-servers: no such Service",
        ),
        Break(WORKER, f"{MAIN}.env[0].value", "http://af1-api-server:80/", "has no port 80, only"),
        Break(
            WORKER,
            f"{MAIN}.env[0].value",
            "http://af1-api-server.other.svc:8080/",
            "is no address of Service/af1-api-server in namespace 'airflow'",
        ),
        Break(
            WORKER,
            f"{MAIN}.env[0].value",
            "http://af1-api-server-0.af1-api-server:8080/",
            "only a headless Service has names of pods",
        ),
        Break(WORKER, f"{MAIN}.args", ["--broker", "af1-redis:6379"], "args: af1-redis: no such"),
        Break(
            "ConfigMap/af1-programs",
            "data.x",
            "url = redis://:{PASSWORD}@af1-redis/0",
            "ConfigMap/af1-programs: x: af1-redis: no such Service",
        ),
    ],
    check_volumes: [
        Break(API, f"{MAIN}.volumeMounts[0].name", "dags", "mounts 'dags', which is no volume"),
        Break(API, f"{POD}.volumes+", MEMORY_VOLUME, "volume 'tmp' is mounted nowhere"),
        Break("StatefulSet/af1-postgresql", f"{MAIN}.volumeMounts", [], "volume 'data' is mounted"),
        Break(
            API,
            f"{MAIN}.volumeMounts+",
            {"name": "programs", "mountPath": "/opt/cdk8s-airflow/"},
            "mount path '/opt/cdk8s-airflow' is there 2 times",
        ),
        Break(
            API,
            f"{MAIN}.volumeMounts+",
            {"name": "programs", "mountPath": "/opt/cdk8s-airflow/more"},
            "lies in the read-only volume at /opt/cdk8s-airflow",
        ),
        Break(API, f"{MAIN}.volumeMounts[0].mountPath", "opt", "mount path 'opt' is not absolute"),
        Break(API, f"{POD}.volumes+", {"name": "programs", "emptyDir": {}}, "'programs' is there"),
    ],
    check_names_in_pods: [
        Break(WORKER, f"{POD}.initContainers[0].name", "worker", "container 'worker' is there 2"),
        Break(API, f"{MAIN}.ports+", {"name": "web", "containerPort": 81}, "port name 'web' is th"),
        Break(API, f"{MAIN}.ports+", {"containerPort": 8080}, "port '8080/TCP' is there 2 times"),
    ],
    check_env: [
        Break(API, f"{MAIN}.env+", {"name": "PORT", "value": "1"}, "env 'PORT' is there 2 times"),
        Break(API, f"{MAIN}.env+", {"name": "A-B", "value": "1"}, "env name 'A-B' is no shell"),
        Break(
            API,
            f"{MAIN}.env[0].value",
            "$(DATABASE_PASSWORD)",
            r"env PORT: \$\(DATABASE_PASSWORD\) is not defined before it",
        ),
        Break(API, f"{MAIN}.args+", "$(NOWHERE)", r"command: \$\(NOWHERE\) is not defined"),
    ],
    check_probes: [
        Break(API, f"{MAIN}.readinessProbe.httpGet.port", "http", "readinessProbe calls port http"),
        Break(API, f"{MAIN}.livenessProbe", {"tcpSocket": {"port": 1}}, "livenessProbe calls po"),
        Break(
            API,
            f"{MAIN}.lifecycle.preStop",
            {"httpGet": {"port": 1, "path": "/"}},
            "preStop calls port 1, which it does not open",
        ),
    ],
    check_claims: [
        Break(
            "PersistentVolumeClaim/af1-scheduler",
            "spec.accessModes",
            ["ReadWriteOnce"],
            "is ReadWriteOnce, but shared by Deployment/af1-scheduler",
        ),
        Break("PersistentVolumeClaim/af1-scheduler", "metadata.name", "x", "no pod uses it"),
    ],
    check_autoscaled: [
        Break(API, "spec.replicas", 2, "has replicas, which HorizontalPodAutoscaler/af1-api-serv"),
        Break(
            "",
            "",
            thing(
                "keda.sh/v1alpha1",
                "ScaledObject",
                "x",
                spec={"scaleTargetRef": {"name": "af1-api-server"}},
            ),
            "target 'airflow Deployment/af1-api-server' is there 2 times",
        ),
    ],
}


def test_the_good_bundle_passes_every_check() -> None:
    check(Bundle(good()))


@pytest.mark.parametrize(
    ("refusing", "broken"),
    [
        pytest.param(each, broken, id=f"{each.__name__}-{broken}")
        for each, cases in CASES.items()
        for broken in cases
    ],
)
def test_a_check_refuses(refusing: Check, broken: Break) -> None:
    bundle = Bundle(broken.apply(good()))
    findings = list(refusing(bundle))
    assert any(re.search(broken.message, finding) for finding in findings), findings


def test_a_declared_object_may_be_missing() -> None:
    manifests = Break(API, f"{MAIN}.envFrom+", {"secretRef": {"name": "team"}}, "").apply(good())
    assert list(check_references(Bundle(manifests))) != []
    assert list(check_references(Bundle(manifests, external=frozenset({"Secret/team"})))) == []


def test_a_declaration_that_nothing_uses_is_refused() -> None:
    bundle = Bundle(good(), external=frozenset({"Secret/team"}))
    assert list(check_references(bundle)) == [
        "Secret/team is declared external, but nothing refers to it"
    ]


def test_selectors_of_two_releases_do_not_meet() -> None:
    second = [Break("", "", m, "").value for m in good()]
    renamed = [_renamed(m, "af1", "af2") for m in second]
    check(Bundle([*good(), *renamed]))


def test_a_selector_without_the_release_meets_the_other_release() -> None:
    manifests = [*good(), *(_renamed(m, "af1", "af2") for m in good())]
    keys = {"app.kubernetes.io/name": "airflow", "app.kubernetes.io/component": "worker"}
    manifests = Break("Service/af1-worker", "spec.selector", keys, "").apply(manifests)
    findings = "\n".join(check_own_selectors(Bundle(manifests)))
    assert (
        "selector matches several components: StatefulSet/af1-worker, StatefulSet/af2" in findings
    )


def _renamed(value: object, old: str, new: str) -> object:
    if isinstance(value, dict):
        return {key: _renamed(item, old, new) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, old, new) for item in value]
    return value.replace(old, new) if isinstance(value, str) else value
