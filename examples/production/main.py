"""A platform's production Airflow: everything at once that a small one can do without."""

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ApiServerProps,
    CeleryExecutor,
    ClaimTemplate,
    ConfigMapKey,
    Connection,
    DagProcessorProps,
    DatabaseCleanup,
    ExecutionApiProps,
    ExternalPostgresql,
    ExternalRedis,
    ExtraPackages,
    Flower,
    GitDags,
    GitToken,
    HpaAutoscaling,
    HttpRoute,
    Image,
    KedaAutoscaling,
    Kerberos,
    KubernetesExecutor,
    NamespaceLimits,
    NetworkPolicies,
    PgBouncer,
    PgBouncerExporter,
    PodDefaults,
    SecretKey,
    TriggererProps,
    WorkerGroup,
)

HOST = "db.example.com"
COMPANY_CA = ConfigMapKey(name="company-ca", key="ca.crt")
TOKEN = GitToken(token=SecretKey(name="git", key="token"))
GATEWAY = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "gateways"}}}

CELERY = CeleryExecutor(
    workers=[
        WorkerGroup(
            concurrency=16,
            autoscaling=KedaAutoscaling(min_replicas=2, max_replicas=20, through_pgbouncer=True),
            persistence=ClaimTemplate(size="10Gi"),
            termination_grace_seconds=3600,
        ),
        WorkerGroup(
            name="gpu",
            queues=["gpu"],
            concurrency=1,
            autoscaling=KedaAutoscaling(
                max_replicas=4, cooldown_period=600, through_pgbouncer=True
            ),
            termination_grace_seconds=6 * 3600,
            tolerations=[{"key": "gpu", "operator": "Exists", "effect": "NoSchedule"}],
            node_selector={"accelerator": "gpu"},
            runtime_class_name="nvidia",
        ),
    ]
)
TASK_PODS = KubernetesExecutor(
    resources={"requests": {"cpu": "1", "memory": "2Gi"}, "limits": {"memory": "4Gi"}}
)


def build(app: App) -> None:
    """Adds the release to the app."""
    props = AirflowProps(
        size="large",
        image=Image(
            repository="registry.example.com/data/airflow",
            tag="3.3.2-17",
            pull_secrets=("registry",),
        ),
        executors=[CELERY, TASK_PODS],
        dags=[
            GitDags(repository="https://git.example.com/team/sales.git", credentials=TOKEN),
            GitDags(repository="https://git.example.com/team/reports.git", credentials=TOKEN),
        ],
        database=ExternalPostgresql(
            host=HOST,
            password=SecretKey(name="airflow-database", key="password"),
            ca=COMPANY_CA,
        ),
        result_backend=ExternalPostgresql(
            host=HOST,
            database="airflow_results",
            user="airflow_results",
            password=SecretKey(name="airflow-results", key="password"),
            ca=COMPANY_CA,
        ),
        pgbouncer=PgBouncer(exporter=PgBouncerExporter()),
        broker=ExternalRedis(
            host="redis.example.com",
            tls=True,
            ca=COMPANY_CA,
            password=SecretKey(name="airflow-redis", key="password"),
        ),
        config={
            "core": {
                "default_timezone": "Europe/Berlin",
                "parallelism": 162,
                "default_pool_task_slot_count": 324,
            }
        },
        connections={
            "warehouse": Connection(
                conn_type="postgres",
                host="warehouse.example.com",
                login="airflow",
                password=SecretKey(name="warehouse", key="password"),
            )
        },
        variables={"limits": {"rows": 100_000}},
        extra_packages=ExtraPackages(
            requirements=["cowsay==6.1"], pip_config=SecretKey(name="pip", key="pip.conf")
        ),
        ca_bundle=COMPANY_CA,
        kerberos=Kerberos(
            principal="airflow@EXAMPLE.COM",
            keytab=SecretKey(name="kerberos", key="airflow.keytab"),
            config=ConfigMapKey(name="kerberos", key="krb5.conf"),
        ),
        exposure=HttpRoute(
            host="data.example.com",
            web_path="/airflow",
            flower_path="/airflow/flower",
            gateway="public",
            gateway_namespace="gateways",
        ),
        flower=Flower(),
        network_policies=NetworkPolicies(
            ingress_from=[GATEWAY], hosts={HOST: ["10.20.0.10/32", "fd00:20::10/128"]}
        ),
        ip_families=["IPv4", "IPv6"],
        user_ids="assigned",
        database_cleanup=DatabaseCleanup(
            keep_days=365, keep_days_of={"log": 730, "xcom": 30}, time_zone="Europe/Berlin"
        ),
        reload="reloader",
        api_server=ApiServerProps(autoscaling=HpaAutoscaling(min_replicas=2, max_replicas=6)),
        execution_api=ExecutionApiProps(
            autoscaling=HpaAutoscaling(min_replicas=2, max_replicas=10)
        ),
        dag_processor=DagProcessorProps(per_bundle=True),
        triggerer=TriggererProps(
            autoscaling=KedaAutoscaling(min_replicas=2, max_replicas=4, through_pgbouncer=True)
        ),
        pods=PodDefaults(
            labels={"team": "data"},
            priority_class_name="data",
            topology_spread=[
                {"topologyKey": "topology.kubernetes.io/zone"},
                {"topologyKey": "kubernetes.io/hostname"},
            ],
        ),
        namespace_limits=NamespaceLimits(
            quota={"requests.cpu": "200", "requests.memory": "800Gi", "pods": "400"},
            maximum={"memory": "64Gi"},
        ),
        extra_manifests=[
            {
                "apiVersion": "scheduling.k8s.io/v1",
                "kind": "PriorityClass",
                "metadata": {"name": "data"},
                "value": 1000,
                "description": "Airflow, before batch work",
            }
        ],
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
