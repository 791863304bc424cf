"""The Services of the release itself: labels, annotations, type and port."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ApiServerProps,
    CeleryExecutor,
    DagsFolder,
    EmbeddedPostgresql,
    EmbeddedRabbitmq,
    EmbeddedRedis,
    ExecutionApiProps,
    ExposedService,
    Flower,
    HeadlessServiceProps,
    HttpRoute,
    Ingress,
    KedaAutoscaling,
    LocalExecutor,
    NetworkPolicies,
    PgBouncer,
    PgBouncerExporter,
    SchedulerProps,
    ServiceProps,
    TriggererProps,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle, Manifest, env_literals
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).parents[2] / "dags"))
MARKED = ServiceProps(labels={"team": "data"}, annotations={"mesh.example.com/mode": "tcp"})
HEADLESS = HeadlessServiceProps(labels=MARKED.labels, annotations=MARKED.annotations)
BALANCED = ServiceProps(
    type="LoadBalancer",
    port=443,
    node_port=30443,
    load_balancer_class="example.com/internal",
    source_ranges=["10.0.0.0/8"],
    local_traffic=True,
)


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    return synthesize(build, tmp_path)


def spec(bundle: Bundle, kind: str, name: str) -> Manifest:
    found: Manifest = bundle.one(kind, name)["spec"]
    return found


def ports_of(bundle: Bundle, name: str) -> list[tuple[int, object]]:
    return [(each["port"], each["targetPort"]) for each in spec(bundle, "Service", name)["ports"]]


def policy(bundle: Bundle, component: str) -> str:
    return str(spec(bundle, "NetworkPolicy", f"af1-{component}"))


def test_every_service_has_labels_and_annotations_of_the_user_s(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        api_server=ApiServerProps(service=MARKED),
        execution_api=ExecutionApiProps(service=MARKED),
        executor=CeleryExecutor(workers=[WorkerGroup(service=HEADLESS)]),
        triggerer=TriggererProps(service=HEADLESS),
        flower=Flower(service=MARKED),
        database=EmbeddedPostgresql(service=MARKED),
        broker=EmbeddedRedis(service=MARKED),
        pgbouncer=PgBouncer(service=MARKED),
    )
    marked = {
        service["metadata"]["name"]
        for service in bundle.all("Service")
        if service["metadata"]["labels"].get("team") == "data"
        and service["metadata"].get("annotations") == MARKED.annotations
    }
    # The headless Services of servers serve the StatefulSet alone.
    others = {service["metadata"]["name"] for service in bundle.all("Service")} - marked
    assert others == {"af1-postgresql", "af1-redis"}
    # Selectors know nothing of them.
    assert all("team" not in service["spec"]["selector"] for service in bundle.all("Service"))


def test_the_service_of_a_scheduler_that_runs_tasks_has_them_too(tmp_path: Path) -> None:
    scheduler = SchedulerProps(service=HEADLESS)
    bundle = bundle_of(tmp_path, executor=LocalExecutor(), scheduler=scheduler)
    assert bundle.one("Service", "af1-scheduler")["metadata"]["labels"]["team"] == "data"


def test_a_rabbitmq_has_a_service_of_the_user_s(tmp_path: Path) -> None:
    broker = EmbeddedRabbitmq(service=replace(MARKED, port=15672))
    bundle = bundle_of(tmp_path, broker=broker)
    assert ports_of(bundle, "af1-rabbitmq-server") == [(15672, "amqp")]
    assert "af1-rabbitmq-server:15672" in str(bundle.one("StatefulSet", "af1-worker"))
    assert "'port': 5672" in policy(bundle, "worker")


def test_a_load_balancer_has_its_class_ranges_and_ports(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, api_server=ApiServerProps(service=BALANCED))
    found = spec(bundle, "Service", "af1-api-server")
    assert found["type"] == "LoadBalancer"
    assert found["loadBalancerClass"] == "example.com/internal"
    assert found["loadBalancerSourceRanges"] == ["10.0.0.0/8"]
    assert found["externalTrafficPolicy"] == "Local"
    (port,) = found["ports"]
    assert (port["port"], port["targetPort"], port["nodePort"]) == (443, "http", 30443)


def test_pods_go_on_to_listen_on_their_port_and_clients_follow_the_service(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, api_server=ApiServerProps(service=ServiceProps(port=80)))
    container = bundle.container("Deployment", "af1-api-server")
    assert container["ports"][0]["containerPort"] == 8080
    assert "8080" in container["args"]
    assert container["readinessProbe"]["httpGet"]["port"] == "http"
    worker = env_literals(bundle.container("StatefulSet", "af1-worker"))
    url = worker["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"]
    assert url == "http://af1-api-server:80/execution/"
    waits = str(spec(bundle, "StatefulSet", "af1-worker")["template"]["spec"]["initContainers"])
    assert "http://af1-api-server:80/api/v2/version" in waits
    (job,) = (job for job in bundle.all("Job") if "create-admin" in job["metadata"]["name"])
    assert "http://af1-api-server:80/" in str(job)
    # A policy sees the connection behind the Service, at the pod.
    for component in ("worker", "create-admin"):
        assert "'port': 8080" in policy(bundle, component)
        assert "'port': 80," not in policy(bundle, component)
    assert "'port': 8080" in policy(bundle, "api-server")


def test_the_port_of_the_execution_api_is_its_own(tmp_path: Path) -> None:
    props = ExecutionApiProps(service=ServiceProps(port=9091))
    bundle = bundle_of(tmp_path, execution_api=props)
    assert ports_of(bundle, "af1-execution-api") == [(9091, "http")]
    assert ports_of(bundle, "af1-api-server") == [(8080, "http")]
    worker = env_literals(bundle.container("StatefulSet", "af1-worker"))
    url = worker["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"]
    assert url == "http://af1-execution-api:9091/execution/"
    assert "'port': 9091" not in policy(bundle, "worker")


@pytest.mark.parametrize(
    "exposure",
    [
        Ingress(host="data.example.com", flower_path="/flower"),
        HttpRoute(host="data.example.com", flower_path="/flower", gateway="public"),
    ],
)
def test_what_leads_users_follows_the_ports(tmp_path: Path, exposure: Any) -> None:
    # That a backend is a port of the Service is a check of every bundle.
    service = ServiceProps(port=80)
    bundle = bundle_of(
        tmp_path,
        exposure=exposure,
        api_server=ApiServerProps(service=service),
        flower=Flower(service=service),
    )
    assert ports_of(bundle, "af1-flower") == [(80, "flower")]
    if bundle.all("HTTPRoute"):
        for name in ("af1-api-server", "af1-flower"):
            rule = spec(bundle, "HTTPRoute", name)["rules"][-1]
            assert rule["backendRefs"][0]["port"] == 80


def test_clients_of_servers_follow_their_ports(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        database=EmbeddedPostgresql(service=ServiceProps(port=15432)),
        broker=EmbeddedRedis(service=ServiceProps(port=16379)),
    )
    assert ports_of(bundle, "af1-postgresql-server") == [(15432, "postgresql")]
    # A headless Service has the ports of its pods.
    assert ports_of(bundle, "af1-postgresql") == [(5432, "postgresql")]
    scheduler = str(spec(bundle, "Deployment", "af1-scheduler"))
    assert "@af1-postgresql-server:15432/" in scheduler
    assert "'af1-postgresql-server:15432', 'af1-redis-server:16379'" in scheduler
    assert "'port': 5432" in policy(bundle, "scheduler")
    assert "'port': 6379" in policy(bundle, "scheduler")
    assert "'port': 15432" not in policy(bundle, "postgresql")


def test_pgbouncer_and_its_clients_have_one_port(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, pgbouncer=PgBouncer(service=ServiceProps(port=5432)))
    assert ports_of(bundle, "af1-pgbouncer") == [(5432, "pgbouncer")]
    assert "@af1-pgbouncer:5432/" in str(spec(bundle, "Deployment", "af1-scheduler"))
    assert "listen_port = 6432" in str(bundle.one("ConfigMap", "af1-pgbouncer"))
    assert "'port': 6432" in policy(bundle, "scheduler")


@pytest.mark.parametrize("kind", ["NodePort", "LoadBalancer"])
@pytest.mark.parametrize(
    ("component", "port", "props"),
    [
        ("api-server", 8080, lambda it: {"api_server": ApiServerProps(service=it)}),
        ("execution-api", 8080, lambda it: {"execution_api": ExecutionApiProps(service=it)}),
        ("flower", 5555, lambda it: {"flower": Flower(service=it)}),
        ("postgresql", 5432, lambda it: {"database": EmbeddedPostgresql(service=it)}),
        ("pgbouncer", 6432, lambda it: {"pgbouncer": PgBouncer(service=it)}),
    ],
)
def test_a_published_service_is_open_to_whom_the_policies_let_in(
    tmp_path: Path, kind: Any, component: str, port: int, props: Any
) -> None:
    published = ServiceProps(type=kind)
    everyone = {"ports": [{"port": port, "protocol": "TCP"}]}
    rules = spec(bundle_of(tmp_path, **props(published)), "NetworkPolicy", f"af1-{component}").get(
        "ingress", []
    )
    assert everyone in rules
    office = [{"ipBlock": {"cidr": "10.0.0.0/8"}}]
    policies = NetworkPolicies(ingress_from=office)
    bundle = bundle_of(tmp_path, **props(published), network_policies=policies)
    rules = spec(bundle, "NetworkPolicy", f"af1-{component}")["ingress"]
    assert {"from": office, **everyone} in rules
    closed = bundle_of(tmp_path, **props(ServiceProps()))
    assert everyone not in spec(closed, "NetworkPolicy", f"af1-{component}").get("ingress", [])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ServiceProps(port=0), r"ServiceProps.port=0: expected a port from 1 to 65535"),
        (lambda: ServiceProps(port=70000), r"ServiceProps.port=70000: expected a port from 1"),
        (
            lambda: ServiceProps(type="NodePort", node_port=8080),
            r"node_port=8080: expected a port from 30000 to 32767.*set by a Patch",
        ),
        (
            lambda: ExposedService(type="NodePort", node_port=8080),
            r"ExposedService.node_port=8080: expected a port from 30000 to 32767",
        ),
        (
            lambda: ServiceProps(node_port=30080),
            r"node_port does nothing with type='ClusterIP': leave it out, or use type='NodePort'",
        ),
        (
            lambda: ServiceProps(type="NodePort", source_ranges=["10.0.0.0/8"]),
            r"source_ranges does nothing with type='NodePort'",
        ),
        (
            lambda: ServiceProps(type="LoadBalancer", source_ranges=["10.0.0.1/8"]),
            r"ServiceProps.source_ranges has '10.0.0.1/8': expected a network",
        ),
        (
            lambda: ServiceProps(labels={"app.kubernetes.io/name": "x"}),
            r"labels of app.kubernetes.io/ tell whose an object is",
        ),
        (lambda: ServiceProps(labels={"team": "a b"}), r"ServiceProps.labels.*no value of a label"),
        (lambda: ServiceProps(annotations={"a b": "c"}), r"ServiceProps.annotations.*'a b'"),
        (
            lambda: AirflowProps(dags=DAGS, scheduler=SchedulerProps(service=HEADLESS)),
            r"SchedulerProps\(service=...\): a scheduler has a Service only if tasks run in it",
        ),
        (
            lambda: AirflowProps(
                dags=DAGS, flower=Flower(username=None, service=ServiceProps(type="NodePort"))
            ),
            r"Flower\(username=None\) with a Service that is published would let everyone",
        ),
        (
            lambda: AirflowProps(
                dags=DAGS,
                api_server=ApiServerProps(service=ServiceProps(type="NodePort", node_port=30080)),
                exposure=ExposedService(type="NodePort", node_port=30080),
            ),
            r"node_port=30080 is that of api_server and ExposedService.node_port: a cluster gives",
        ),
        (
            lambda: PgBouncer(service=ServiceProps(port=9127), exporter=PgBouncerExporter()),
            r"service=ServiceProps\(port=9127\)\) is the port of its metrics",
        ),
    ],
)
def test_what_a_cluster_would_refuse_is_refused(make: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        resolve(make(), "af1")


def test_a_headless_service_has_the_ports_of_its_pods() -> None:
    with pytest.raises(TypeError, match="HeadlessServiceProps has no prop 'port'"):
        HeadlessServiceProps(port=80)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"WorkerGroup\(service=...\): expected HeadlessService"):
        WorkerGroup(service=ServiceProps(port=80))  # type: ignore[arg-type]


def test_keda_reaches_the_port_of_the_service_at_the_pod(tmp_path: Path) -> None:
    # That the policy of the server lets KEDA in at the pod's port is a check of every bundle.
    bundle = bundle_of(
        tmp_path,
        executor=CeleryExecutor(workers=[WorkerGroup(autoscaling=KedaAutoscaling())]),
        database=EmbeddedPostgresql(service=ServiceProps(port=15432)),
    )
    (trigger,) = spec(bundle, "ScaledObject", "af1-worker")["triggers"]
    assert trigger["metadata"]["port"] == "15432"
