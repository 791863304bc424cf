"""The checks of the object graph refuse what is broken."""

from __future__ import annotations

import pytest
from bundle.breakage import DELETE, Break, assert_refused, parameters, renamed
from bundle.sample import container, good, selector, template, thing, workload

from cdk8s_airflow.checks.bundle import Bundle, Manifest
from cdk8s_airflow.checks.references import check_references
from cdk8s_airflow.checks.selectors import (
    check_own_selectors,
    check_peers,
    check_ports,
    check_stateful_services,
)
from cdk8s_airflow.testing.addresses import check_addresses
from cdk8s_airflow.testing.synth import Check, check

API = "Deployment/af1-api-server"
WORKER = "StatefulSet/af1-worker"
POD = "spec.template.spec"
MAIN = f"{POD}.containers[0]"
WEB_PATH = {
    "path": "/",
    "pathType": "Prefix",
    "backend": {"service": {"name": "af1-api-server", "port": {"name": "web"}}},
}


def scaled(host: str, port: int) -> Manifest:
    """A ScaledObject that asks a database."""
    trigger = {"type": "postgresql", "metadata": {"host": host, "port": str(port)}}
    target = {"kind": "StatefulSet", "name": "af1-worker"}
    spec = {"scaleTargetRef": target, "triggers": [trigger]}
    return thing("keda.sh/v1alpha1", "ScaledObject", "worker", spec=spec)


CASES: dict[Check, list[Break]] = {
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
        Break(API, f"{MAIN}.env[3].valueFrom.secretKeyRef.name", "af1-sql", "Secret/af1-sql, wh"),
        Break(API, f"{MAIN}.env[3].valueFrom.secretKeyRef.key", "pw", "wants key 'pw' of Secret"),
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
        Break(
            "Ingress/af1-api-server",
            "spec.rules+",
            {"http": {"paths": [WEB_PATH]}},
            "a rule has no host beside others that have one",
        ),
        Break(
            "Ingress/af1-api-server",
            "spec.rules[0].http.paths[0].backend.service.port",
            {"number": 80},
            "Service af1-api-server has no port",
        ),
    ],
    check_addresses: [
        Break("", "", scaled("af1-postgresql", 5432), "is no name for other namespaces"),
        Break("", "", scaled("af1-postgresql.airflow.svc", 6432), "has no port 6432, only"),
        Break("", "", scaled("af1-postgresql.airflow.local", 5432), "is no address of Service/"),
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
}


@pytest.mark.parametrize(("refusing", "broken"), parameters(CASES))
def test_a_check_refuses(refusing: Check, broken: Break) -> None:
    assert_refused(refusing, broken)


def test_a_declared_object_may_be_missing() -> None:
    manifests = Break(API, f"{MAIN}.envFrom+", {"secretRef": {"name": "team"}}, "").apply(good())
    assert list(check_references(Bundle(manifests))) != []
    assert list(check_references(Bundle(manifests, external=frozenset({"Secret/team"})))) == []


def test_a_subject_is_in_the_namespace_of_its_binding_unless_it_says_so() -> None:
    binding = "RoleBinding/af1-bootstrap"
    manifests = Break(binding, "subjects[0].namespace", DELETE, "").apply(good())
    check(Bundle(manifests))


def test_a_declaration_that_nothing_uses_is_refused() -> None:
    bundle = Bundle(good(), external=frozenset({"Secret/team"}))
    assert list(check_references(bundle)) == [
        "Secret/team is declared external, but nothing refers to it"
    ]


def test_selectors_of_two_releases_do_not_meet() -> None:
    check(Bundle([*good(), *renamed(good(), "af1", "af2")]))


def test_a_selector_without_the_release_meets_the_other_release() -> None:
    manifests = [*good(), *renamed(good(), "af1", "af2")]
    keys = {"app.kubernetes.io/name": "airflow", "app.kubernetes.io/component": "worker"}
    manifests = Break("Service/af1-worker", "spec.selector", keys, "").apply(manifests)
    problems = "\n".join(check_own_selectors(Bundle(manifests)))
    assert (
        "selector matches several components: StatefulSet/af1-worker, StatefulSet/af2" in problems
    )
