"""Bundles far from the default are as sound as it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cdk8s
import pytest
from syrupy.assertion import SnapshotAssertion

from cdk8s_airflow import (
    AdminUser,
    AirflowChart,
    AirflowProps,
    ApiServerProps,
    CeleryExecutor,
    ClaimTemplate,
    ConfigMapKey,
    Connection,
    DagProcessorProps,
    DagsFolder,
    DatabaseCleanup,
    EmbeddedPostgresql,
    EmbeddedRabbitmq,
    EmbeddedRedis,
    ExternalMysql,
    ExternalPostgresql,
    ExternalRabbitmq,
    ExternalRedis,
    ExtraPackages,
    Flower,
    GitSyncDags,
    HpaAutoscaling,
    Image,
    Ingress,
    JobProps,
    KedaAutoscaling,
    Kerberos,
    KubernetesExecutor,
    LocalExecutor,
    Logs,
    MetricMapping,
    NetworkPolicies,
    OpenTelemetry,
    OtelCollector,
    OtlpExporter,
    PgBouncer,
    PgBouncerExporter,
    PostgresqlExporter,
    RedisExporter,
    RedisSentinel,
    Registry,
    SchedulerProps,
    SecretKey,
    Secrets,
    ServiceMonitor,
    StatsdExporter,
    TriggererProps,
    WorkerGroup,
)
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
TEAM = SecretKey(name="team", key="password")
RESOURCES = {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"memory": "2Gi"}}
OF_OTHERS = {**RESOURCES, "requests": {**RESOURCES["requests"], "ephemeral-storage": "64Mi"}}
PROBE = {"exec": {"command": ["true"]}}
SIDECAR = {
    "name": "sidecar",
    "image": "busybox:1.37",
    "resources": OF_OTHERS,
    "livenessProbe": PROBE,
    "readinessProbe": PROBE,
}
POD: dict[str, Any] = {
    "resources": RESOURCES,
    "env": {"FROM_SECRET": TEAM, "PLAIN": "text"},
    "labels": {"team": "data"},
    "annotations": {"example.com/owner": "data"},
    "node_selector": {"kubernetes.io/arch": "amd64"},
    "tolerations": [{"key": "dedicated", "operator": "Exists"}],
    "affinity": {"nodeAffinity": {}},
    "extra_init_containers": [{"name": "prepare", "image": "busybox:1.37", "resources": OF_OTHERS}],
    "extra_volumes": [{"name": "cache", "emptyDir": {"sizeLimit": "1Gi"}}],
    "extra_volume_mounts": [{"name": "cache", "mountPath": "/cache"}],
}
SERVED: dict[str, Any] = {**POD, "extra_containers": [SIDECAR]}

EVERYTHING = AirflowProps(
    airflow_version="3.2.1",
    image=Image(
        repository="registry.example.com:5000/team/airflow",
        digest="sha256:" + "0123456789abcdef" * 4,
        pull_policy="Always",
        pull_secrets=("registry",),
    ),
    executor=CeleryExecutor(
        workers=[
            WorkerGroup(**SERVED, queues=["default", "small"], replicas=3, concurrency=4),
            WorkerGroup(name="gpu", queues=["gpu"], replicas=1, termination_grace_seconds=3600),
        ]
    ),
    dags=DAGS,
    database=EmbeddedPostgresql(
        storage="50Gi", storage_class="fast", max_connections=500, resources=RESOURCES
    ),
    broker=EmbeddedRedis(storage="5Gi", storage_class="fast", resources=RESOURCES),
    extra_packages=ExtraPackages(requirements=["cowsay==6.1"], upgradable=["click"]),
    ca_bundle=ConfigMapKey(name="site", key="ca.crt"),
    kerberos=Kerberos(
        principal="airflow/_HOST@EXAMPLE.COM",
        keytab=TEAM,
        config="[libdefaults]\ndefault_realm = EXAMPLE.COM\n",
        roles=["worker", "triggerer", "dag-processor"],
    ),
    config={"core": {"parallelism": 64}, "scheduler": {"max_tis_per_query": 32}},
    env={"REGION": ConfigMapKey(name="site", key="region"), "TZ": "Europe/Berlin"},
    admin=AdminUser(**POD, username="root", email="root@example.com"),
    api_server=ApiServerProps(**SERVED, replicas=2),
    scheduler=SchedulerProps(**SERVED, replicas=2),
    dag_processor=DagProcessorProps(**SERVED, replicas=2),
    triggerer=TriggererProps(**SERVED, replicas=2),
    migrations=JobProps(**POD),
    database_cleanup=DatabaseCleanup(**POD),
    flower=Flower(**SERVED),
    ingress=Ingress(
        host="data.example.com",
        web_path="/airflow",
        flower_path="/airflow/flower",
        class_name="nginx",
        tls=True,
    ),
)
BROUGHT = Secrets(
    fernet_key=SecretKey(name="keys", key="fernet"),
    api_secret_key=SecretKey(name="keys", key="api"),
    jwt_secret=SecretKey(name="keys", key="jwt"),
    admin_password=SecretKey(name="keys", key="admin"),
)

CLOSED = NetworkPolicies(
    user_egress=(),
    ingress_from=[{"namespaceSelector": {"matchLabels": {"team": "edge"}}}],
    hosts={"redis.example.com": ["10.1.0.0/16", "fd00:1::/64"]},
    dns_ports=[53, 5353],
)

VARIANTS: dict[str, tuple[AirflowProps, set[str]]] = {
    "everything": (EVERYTHING, {"Secret/team", "Secret/registry", "ConfigMap/site"}),
    "external-by-parts": (
        AirflowProps(
            dags=DAGS,
            database=ExternalPostgresql(
                host="db.example.com",
                port=6432,
                database="meta",
                user=SecretKey(name="db", key="user"),
                password=SecretKey(name="db", key="password"),
                parameters={"sslmode": "require"},
            ),
            broker=ExternalRedis(
                host="redis.example.com",
                user="airflow",
                password=SecretKey(name="broker", key="password"),
                tls=True,
            ),
            result_backend=ExternalPostgresql(
                host="db.example.com", user="results", password=TEAM, database="results"
            ),
        ),
        {"Secret/db", "Secret/broker", "Secret/team"},
    ),
    "external-by-url": (
        AirflowProps(
            dags=DAGS,
            database=SecretKey(name="urls", key="database"),
            broker=SecretKey(name="urls", key="broker"),
            result_backend=SecretKey(name="urls", key="results"),
        ),
        {"Secret/urls"},
    ),
    "own-keys-and-no-bootstrap": (
        AirflowProps(
            dags=DAGS,
            secrets=BROUGHT,
            database=ExternalPostgresql(host="db.example.com", password=TEAM),
            broker=ExternalRedis(host="redis.example.com", password=TEAM),
        ),
        {"Secret/keys", "Secret/team"},
    ),
    "rabbitmq-and-a-result-database-of-its-own": (
        AirflowProps(dags=DAGS, broker=EmbeddedRabbitmq(storage_class="fast")),
        set(),
    ),
    "external-rabbitmq-by-tls-and-two-redis": (
        AirflowProps(
            dags=DAGS,
            broker=ExternalRabbitmq(
                host="rabbit.example.com", password=TEAM, tls=True, ca=SecretKey(name="ca", key="a")
            ),
            result_backend=ExternalRedis(
                host="redis.example.com", tls=True, ca=ConfigMapKey(name="ca", key="b")
            ),
        ),
        {"Secret/team", "Secret/ca", "ConfigMap/ca"},
    ),
    "sentinel-and-mysql": (
        AirflowProps(
            dags=DAGS,
            database=ExternalMysql(host="db.example.com", password=TEAM, mariadb=True),
            broker=RedisSentinel(
                hosts=["a.example.com", "b.example.com"],
                master_name="airflow",
                password=TEAM,
                sentinel_password=SecretKey(name="sentinel", key="password"),
            ),
        ),
        {"Secret/team", "Secret/sentinel"},
    ),
    "kubernetes-executor": (
        AirflowProps(
            dags=DAGS,
            executor=KubernetesExecutor(**POD, image=EVERYTHING.image, pod_launcher=True),
            connections={"web": Connection(conn_type="http", host="h", password=TEAM)},
        ),
        {"Secret/team", "Secret/registry"},
    ),
    "kubernetes-executor-in-namespaces": (
        AirflowProps(
            dags=GitSyncDags(repository="https://git.example.com/team/dags.git"),
            executor=KubernetesExecutor(namespaces=["tasks", "more-tasks"], job_launcher=True),
            extra_packages=["pandas"],
        ),
        set(),
    ),
    "kubernetes-executor-in-the-cluster": (
        AirflowProps(
            dags=DAGS,
            database=SecretKey(name="urls", key="database"),
            executor=KubernetesExecutor(cluster_wide=True),
        ),
        {"Secret/urls"},
    ),
    "local-executor": (
        AirflowProps(
            dags=GitSyncDags(repository="https://git.example.com/team/dags.git"),
            executor=LocalExecutor(pod_launcher=True, job_launcher=True),
            connections={"web": Connection(conn_type="http", host="h", password=TEAM)},
            scheduler=SchedulerProps(replicas=2),
        ),
        {"Secret/team"},
    ),
    "all-executors": (
        AirflowProps(
            dags=DAGS,
            executors=[
                LocalExecutor(parallelism=4),
                CeleryExecutor(workers=[WorkerGroup(pod_launcher=True, job_launcher=True)]),
                KubernetesExecutor(alias="pods", namespaces=["airflow", "tasks"]),
            ],
            flower=Flower(),
            triggerer=TriggererProps(pod_launcher=True),
        ),
        set(),
    ),
    "pgbouncer": (AirflowProps(dags=DAGS, pgbouncer=PgBouncer()), set()),
    "pgbouncer-for-results-too-of-one-pod": (
        AirflowProps(
            dags=DAGS,
            broker=EmbeddedRabbitmq(),
            pgbouncer=PgBouncer(**SERVED, replicas=1, exporter=PgBouncerExporter()),
        ),
        {"Secret/team"},
    ),
    "pgbouncer-by-tls-before-external-servers": (
        AirflowProps(
            dags=DAGS,
            database=ExternalPostgresql(
                host="db.example.com",
                user=SecretKey(name="db", key="user"),
                password=SecretKey(name="db", key="password"),
                ca=SecretKey(name="ca", key="server"),
                client_certificate="db-client",
                parameters={"connect_timeout": "7"},
            ),
            result_backend=ExternalPostgresql(
                host="results.example.com",
                user="results",
                password=TEAM,
                ca=SecretKey(name="ca", key="server"),
                client_certificate="db-client",
            ),
            pgbouncer=PgBouncer(
                image=Image(repository="registry/pgbouncer", tag="1", pull_secrets=("registry",)),
                tls="pgbouncer-tls",
                ca=ConfigMapKey(name="ca", key="clients"),
                password=SecretKey(name="pooled", key="a"),
                results_password=SecretKey(name="pooled", key="b"),
            ),
        ),
        {
            *("Secret/db", "Secret/team", "Secret/pgbouncer-tls", "Secret/ca", "ConfigMap/ca"),
            *("Secret/pooled", "Secret/registry", "Secret/db-client"),
        },
    ),
    "logs-left-to-others-and-a-clean-database-behind-pgbouncer": (
        AirflowProps(
            dags=DAGS,
            executor=LocalExecutor(),
            logs=Logs(retention_days=None),
            database_cleanup=DatabaseCleanup(tables=["log"]),
            pgbouncer=PgBouncer(),
        ),
        set(),
    ),
    "metrics": (
        AirflowProps(
            dags=DAGS,
            executors=[
                CeleryExecutor(),
                KubernetesExecutor(namespaces=["airflow", "tasks"]),
            ],
            metrics=StatsdExporter(
                unknown="drop",
                extra_mappings=[
                    MetricMapping(
                        match="airflow.orders.*.loaded",
                        name="orders_loaded_total",
                        labels={"country": "$1"},
                    )
                ],
                service_monitor=ServiceMonitor(labels={"release": "prometheus"}),
                scraped_from=[{"namespaceSelector": {"matchLabels": {"team": "metrics"}}}],
            ),
        ),
        set(),
    ),
    "exporters-of-servers-with-credentials-of-their-own": (
        AirflowProps(
            dags=DAGS,
            database=ExternalPostgresql(
                host=SecretKey(name="db", key="host"),
                user=SecretKey(name="db", key="user"),
                ca=SecretKey(name="ca", key="server"),
                client_certificate="db-client",
                exporter=PostgresqlExporter(service_monitor=ServiceMonitor()),
            ),
            broker=ExternalRedis(
                host="redis.example.com",
                port=6380,
                tls=True,
                ca=ConfigMapKey(name="ca", key="redis"),
                exporter=RedisExporter(user="monitor", password=TEAM),
            ),
        ),
        {"Secret/db", "Secret/ca", "ConfigMap/ca", "Secret/db-client", "Secret/team"},
    ),
    "exporters-of-embedded-servers-after-a-rotation": (
        AirflowProps(
            dags=DAGS,
            database=EmbeddedPostgresql(rotation=[2, 1], exporter=PostgresqlExporter()),
            broker=EmbeddedRedis(rotation=[2, 1], exporter=RedisExporter(password=TEAM)),
            pgbouncer=PgBouncer(exporter=PgBouncerExporter()),
            user_ids="assigned",
            secrets=Secrets(as_files=True),
        ),
        {"Secret/team"},
    ),
    "opentelemetry-to-a-server": (
        AirflowProps(
            dags=DAGS,
            executors=[CeleryExecutor(), KubernetesExecutor()],
            metrics=OpenTelemetry(
                endpoint="https://otlp.example.com:4317",
                protocol="grpc",
                headers={"api-key": TEAM},
                ca=ConfigMapKey(name="ca", key="otlp"),
                client_certificate="otlp-client",
            ),
        ),
        {"Secret/team", "ConfigMap/ca", "Secret/otlp-client"},
    ),
    "opentelemetry-by-a-collector": (
        AirflowProps(
            dags=DAGS,
            executors=[CeleryExecutor(), KubernetesExecutor(namespaces=["airflow", "tasks"])],
            ip_families=["IPv6"],
            images=Registry(prefix="registry.example.com/mirror"),
            user_ids="assigned",
            metrics=OpenTelemetry(
                collector=OtelCollector(
                    exporters=[
                        OtlpExporter(
                            endpoint="https://otlp.example.com",
                            headers={"api-key": TEAM},
                            client_certificate="otlp-client",
                        ),
                        OtlpExporter(endpoint="http://tempo:4317", protocol="grpc"),
                    ],
                    prometheus=True,
                    service_monitor=ServiceMonitor(),
                    tls="otel-tls",
                    ca=SecretKey(name="ca", key="otel"),
                )
            ),
        ),
        {"Secret/team", "Secret/otlp-client", "Secret/otel-tls", "Secret/ca"},
    ),
    "metrics-by-ipv6-and-from-a-mirror": (
        AirflowProps(
            dags=DAGS,
            ip_families=["IPv6"],
            images=Registry(prefix="registry.example.com/mirror"),
            user_ids="assigned",
            metrics=StatsdExporter(),
        ),
        set(),
    ),
    "no-admin-and-no-password": (
        AirflowProps(dags=DAGS, admin=None, broker=ExternalRedis(host="redis.example.com")),
        set(),
    ),
    "autoscaled": (
        AirflowProps(
            dags=DAGS,
            executor=CeleryExecutor(
                workers=[
                    WorkerGroup(autoscaling=KedaAutoscaling(), persistence=ClaimTemplate()),
                    WorkerGroup(
                        name="gpu",
                        queues=["gpu", "it's"],
                        autoscaling=KedaAutoscaling(
                            min_replicas=1,
                            max_replicas=4,
                            connection=SecretKey(name="keda", key="connection"),
                            behavior={"scaleDown": {"stabilizationWindowSeconds": 60}},
                        ),
                    ),
                    WorkerGroup(name="cpu", queues=["cpu"], autoscaling=HpaAutoscaling()),
                ]
            ),
            api_server=ApiServerProps(autoscaling=HpaAutoscaling(memory_utilization=90)),
            dag_processor=DagProcessorProps(autoscaling=HpaAutoscaling(max_replicas=3)),
            triggerer=TriggererProps(autoscaling=KedaAutoscaling(min_replicas=1)),
        ),
        {"Secret/keda"},
    ),
    "no-network-policies": (AirflowProps(dags=DAGS, network_policies=None), set()),
    "closed-networks": (
        AirflowProps(
            dags=DAGS,
            broker=ExternalRedis(host="redis.example.com"),
            ingress=Ingress(host="data.example.com"),
            flower=Flower(),
            config={"metrics": {"statsd_host": "statsd.example.com", "statsd_port": 9125}},
            connections={"db": Connection(conn_type="mysql", host="a.example.com", port=3306)},
            network_policies=CLOSED,
        ),
        set(),
    ),
    "open-networks": (
        AirflowProps(
            dags=DAGS, network_policies=NetworkPolicies(user_egress=["dag-processor", "triggerer"])
        ),
        set(),
    ),
    "prefix-without-ingress": (
        AirflowProps(
            dags=DAGS,
            base_url="https://data.example.com/airflow",
            flower=Flower(username=None, url_prefix="/airflow/flower"),
        ),
        set(),
    ),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_variant_is_sound(variant: str, tmp_path: Path) -> None:
    props, external = VARIANTS[variant]

    def build(app: cdk8s.App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=props)

    bundle = synthesize(build, tmp_path, external=external)
    wanted = variant not in {"own-keys-and-no-bootstrap"}
    assert bool(bundle.find("Role", "af1-bootstrap")) is wanted


def test_a_worker_group_of_its_own(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    workers = [WorkerGroup(), WorkerGroup(name="gpu", queues=["gpu"], replicas=2)]
    props = AirflowProps(dags=DAGS, executor=CeleryExecutor(workers=workers))

    def build(app: cdk8s.App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=props)

    bundle = synthesize(build, tmp_path)
    group = [m for m in bundle.manifests if m["metadata"]["name"] == "af1-worker-gpu"]
    assert {m["kind"] for m in group} == {
        "NetworkPolicy",
        "PodDisruptionBudget",
        "Service",
        "ServiceAccount",
        "StatefulSet",
    }
    args = bundle.container("StatefulSet", "af1-worker-gpu")["args"]
    assert args[args.index("--queues") + 1] == "gpu"
    assert group == snapshot
