"""Autoscalers: what they count, what they hold, and what they take over."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cdk8s
import pytest
from airflow_crds.sh import keda

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ApiServerProps,
    CeleryExecutor,
    CeleryWorkers,
    DagProcessorProps,
    DagsFolder,
    ExternalMysql,
    ExternalPostgresql,
    HpaAutoscaling,
    Image,
    KedaAutoscaling,
    KubernetesExecutor,
    LocalExecutor,
    PgBouncer,
    Platform,
    SecretKey,
    TriggererProps,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.components.keda import TaskQuery, TriggerQuery
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).parents[2] / "dags"))
KEDA = KedaAutoscaling()
PASSWORD = SecretKey(name="db", key="password")
USER = SecretKey(name="db", key="user")
BEHAVIOR = {"scaleDown": {"stabilizationWindowSeconds": 60}}


def with_group(group: WorkerGroup, **props: Any) -> AirflowProps:
    executor = CeleryExecutor(workers=[group])
    return AirflowProps(**{"dags": DAGS, "executor": executor, **props})


def bundle_of(tmp_path: Path, props: AirflowProps) -> Bundle:
    def build(app: cdk8s.App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=props)

    external = {"Secret/db"} if "SecretKey(name='db'" in repr(props) else set()
    return synthesize(build, tmp_path, external=external)


def trigger_of(bundle: Bundle, name: str = "af1-worker") -> dict[str, Any]:
    (trigger,) = bundle.one("ScaledObject", name)["spec"]["triggers"]
    return dict(trigger)


def secrets_of(bundle: Bundle, name: str = "af1-worker") -> dict[str, tuple[str, str]]:
    references = bundle.one("TriggerAuthentication", name)["spec"]["secretTargetRef"]
    return {item["parameter"]: (item["name"], item["key"]) for item in references}


def test_keda_scales_a_group_by_its_own_tasks(tmp_path: Path) -> None:
    group = WorkerGroup(name="gpu", queues=["default", "gpu"], concurrency=4, autoscaling=KEDA)
    bundle = bundle_of(tmp_path, with_group(group))
    spec = bundle.one("ScaledObject", "af1-worker-gpu")["spec"]
    assert spec["scaleTargetRef"]["name"] == "af1-worker-gpu"
    assert (spec["minReplicaCount"], spec["maxReplicaCount"]) == (0, 10)
    assert (spec["pollingInterval"], spec["cooldownPeriod"]) == (5, 30)
    metadata = trigger_of(bundle, "af1-worker-gpu")["metadata"]
    assert "queue IN ('default', 'gpu')" in metadata["query"]
    assert metadata["targetQueryValue"] == "4"
    assert "replicas" not in bundle.one("StatefulSet", "af1-worker-gpu")["spec"]
    assert bundle.one("PodDisruptionBudget", "af1-worker-gpu")


def test_keda_asks_postgresql_straight_behind_pgbouncer_too(tmp_path: Path) -> None:
    props = with_group(
        WorkerGroup(autoscaling=KEDA),
        triggerer=TriggererProps(autoscaling=KEDA),
        pgbouncer=PgBouncer(),
    )
    bundle = bundle_of(tmp_path, props)
    for name in ("af1-worker", "af1-triggerer"):
        assert trigger_of(bundle, name)["metadata"]["host"] == "af1-postgresql-server.airflow.svc"


@pytest.mark.parametrize(
    ("scaler", "server"),
    [
        (KedaAutoscaling(namespace="scaling"), "postgresql"),
        (KedaAutoscaling(namespace="scaling", through_pgbouncer=True), "pgbouncer"),
    ],
    ids=["straight", "through PgBouncer"],
)
def test_only_keda_in_its_own_namespace_is_let_in(
    scaler: KedaAutoscaling, server: str, tmp_path: Path
) -> None:
    props = with_group(WorkerGroup(autoscaling=scaler), pgbouncer=PgBouncer())
    bundle = bundle_of(tmp_path, props)
    operator = {
        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "scaling"}},
        "podSelector": {"matchLabels": {"app": "keda-operator"}},
    }
    let_in = {
        policy["metadata"]["name"]
        for policy in bundle.all("NetworkPolicy")
        for rule in policy["spec"].get("ingress") or []
        if operator in (rule.get("from") or [])
    }
    assert let_in == {f"af1-{server}"}


def test_keda_may_ask_through_pgbouncer(tmp_path: Path) -> None:
    scaler = KedaAutoscaling(through_pgbouncer=True)
    props = with_group(WorkerGroup(autoscaling=scaler), pgbouncer=PgBouncer())
    bundle = bundle_of(tmp_path, props)
    metadata = trigger_of(bundle)["metadata"]
    assert {key: value for key, value in metadata.items() if "uery" not in key} == {
        "host": "af1-pgbouncer.airflow.svc",
        "port": "6432",
        "dbName": "airflow",
        "userName": "airflow",
        "sslmode": "disable",
    }
    (_, key) = secrets_of(bundle)["password"]
    assert secrets_of(bundle)["password"][0].startswith("af1-pgbouncer")
    assert key == "password"


def test_a_pgbouncer_that_is_not_there_is_refused() -> None:
    scaler = KedaAutoscaling(through_pgbouncer=True)
    with pytest.raises(ValueError, match=r"'af1-worker': there is no PgBouncer in the release"):
        AirflowChart(
            cdk8s.App(),
            "af1",
            namespace="airflow",
            props=with_group(WorkerGroup(autoscaling=scaler)),
        )


def test_keda_finds_the_database_from_its_own_namespace(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, with_group(WorkerGroup(autoscaling=KEDA)))
    metadata = trigger_of(bundle)["metadata"]
    assert {key: value for key, value in metadata.items() if "uery" not in key} == {
        "host": "af1-postgresql-server.airflow.svc",
        "port": "5432",
        "dbName": "airflow",
        "userName": "airflow",
        "sslmode": "prefer",
    }
    assert secrets_of(bundle) == {"password": ("af1-postgresql", "password")}


DATABASES: dict[str, tuple[Any, KedaAutoscaling, dict[str, str], dict[str, tuple[str, str]]]] = {
    "user from a secret, and TLS": (
        ExternalPostgresql(
            host="db", user=USER, password=PASSWORD, parameters={"sslmode": "require"}
        ),
        KEDA,
        {"host": "db.airflow.svc", "port": "5432", "dbName": "airflow", "sslmode": "require"},
        {"userName": ("db", "user"), "password": ("db", "password")},
    ),
    "an address": (
        ExternalPostgresql(host="fd00::1", password=PASSWORD),
        KEDA,
        {"host": "fd00::1", "port": "5432", "dbName": "airflow", "userName": "airflow"}
        | {"sslmode": "prefer"},
        {"password": ("db", "password")},
    ),
    "mysql": (
        ExternalMysql(host="db.example.com", password=PASSWORD),
        KEDA,
        {"host": "db.example.com", "port": "3306", "dbName": "airflow", "username": "airflow"},
        {"password": ("db", "password")},
    ),
    "a connection of its own": (
        SecretKey(name="db", key="url"),
        KedaAutoscaling(connection=SecretKey(name="db", key="keda")),
        {},
        {"connection": ("db", "keda")},
    ),
    "a connection of its own to mysql": (
        ExternalMysql(host="db.example.com", password=PASSWORD),
        KedaAutoscaling(connection=SecretKey(name="db", key="keda")),
        {},
        {"connectionString": ("db", "keda")},
    ),
}


@pytest.mark.parametrize("case", DATABASES)
def test_keda_reads_credentials_from_their_secrets(case: str, tmp_path: Path) -> None:
    database, scaler, address, secrets = DATABASES[case]
    bundle = bundle_of(tmp_path, with_group(WorkerGroup(autoscaling=scaler), database=database))
    trigger = trigger_of(bundle)
    mysql = isinstance(database, ExternalMysql)
    assert trigger["type"] == ("mysql" if mysql else "postgresql")
    metadata = dict(trigger["metadata"])
    assert metadata.pop("queryValue" if mysql else "targetQueryValue") == "8"
    assert metadata.pop("query").startswith("SELECT COUNT(*) FROM task_instance WHERE")
    assert metadata == address
    assert secrets_of(bundle) == secrets


@pytest.mark.parametrize(
    ("database", "message"),
    [
        (
            ExternalPostgresql(host="a.b", ca=PASSWORD),
            r"with ca=; give KedaAutoscaling\(con",
        ),
        (
            ExternalPostgresql(host="a.b", ca=PASSWORD, client_certificate="db"),
            "with ca= and client_certificate=; give",
        ),
        (
            ExternalPostgresql(
                host="a.b", parameters={"sslmode": "verify-ca", "sslrootcert": "/x"}
            ),
            r"with parameters=\{'sslrootcert': '/x'\}; give",
        ),
        (ExternalMysql(host="a.b", ca=PASSWORD), "and of MySQL no TLS, .* with ca=; give"),
        (
            ExternalMysql(host="a.b", parameters={"ssl_mode": "REQUIRED"}),
            r"with parameters=\{'ssl_mode': 'REQUIRED'\}; give",
        ),
    ],
)
def test_a_database_that_keda_could_not_verify_is_refused_with_the_remedy(
    database: ExternalPostgresql | ExternalMysql, message: str, tmp_path: Path
) -> None:
    group = WorkerGroup(autoscaling=KEDA)
    with pytest.raises(ValueError, match=message):
        bundle_of(tmp_path, with_group(group, database=database))


def test_behind_pgbouncer_keda_needs_no_authority(tmp_path: Path) -> None:
    database = ExternalPostgresql(host="a.b", password=PASSWORD, ca=PASSWORD)
    given = {"database": database, "pgbouncer": PgBouncer()}
    with pytest.raises(ValueError, match=r"give it through_pgbouncer=True, or give Keda"):
        bundle_of(tmp_path, with_group(WorkerGroup(autoscaling=KEDA), **given))
    group = WorkerGroup(autoscaling=KedaAutoscaling(through_pgbouncer=True))
    metadata = trigger_of(bundle_of(tmp_path, with_group(group, **given)))["metadata"]
    assert (metadata["host"], metadata["sslmode"]) == ("af1-pgbouncer.airflow.svc", "disable")


def test_keda_trusts_the_authorities_of_the_system_too(tmp_path: Path) -> None:
    database = ExternalPostgresql(host="a.b", parameters={"sslrootcert": "system"})
    props = with_group(WorkerGroup(autoscaling=KEDA), database=database)
    assert trigger_of(bundle_of(tmp_path, props))["metadata"]["sslmode"] == "verify-full"


def test_a_server_that_knows_its_clients_otherwise_needs_no_authentication(tmp_path: Path) -> None:
    props = with_group(
        WorkerGroup(autoscaling=KEDA), database=ExternalPostgresql(host="db.example.com")
    )
    bundle = bundle_of(tmp_path, props)
    assert "authenticationRef" not in trigger_of(bundle)
    assert not bundle.all("TriggerAuthentication")


@pytest.mark.parametrize(
    ("executors", "chosen"),
    [
        ([KubernetesExecutor(), CeleryExecutor()], "AND executor IN ('CeleryExecutor', "),
        ([CeleryExecutor(), KubernetesExecutor()], "AND (executor IS NULL OR executor IN ("),
        ([CeleryExecutor(alias="pool"), LocalExecutor()], "executor IN ('pool', 'CeleryExecutor'"),
    ],
    ids=["not the default", "the default", "an alias"],
)
def test_tasks_of_other_executors_do_not_count(
    executors: list[Any], chosen: str, tmp_path: Path
) -> None:
    groups = [WorkerGroup(autoscaling=KEDA)]
    all_of_them = [
        replace(each, workers=groups) if isinstance(each, CeleryExecutor) else each
        for each in executors
    ]
    bundle = bundle_of(tmp_path, AirflowProps(dags=DAGS, executors=all_of_them))
    assert chosen in trigger_of(bundle)["metadata"]["query"]


def test_keda_scales_the_triggerer_by_all_triggers(tmp_path: Path) -> None:
    triggerer = TriggererProps(autoscaling=KedaAutoscaling(min_replicas=1), capacity=50)
    bundle = bundle_of(tmp_path, AirflowProps(dags=DAGS, triggerer=triggerer))
    metadata = trigger_of(bundle, "af1-triggerer")["metadata"]
    assert (metadata["query"], metadata["targetQueryValue"]) == (
        "SELECT COUNT(*) FROM trigger",
        "50",
    )
    args = bundle.container("StatefulSet", "af1-triggerer")["args"]
    assert args == ["airflow", "triggerer", "--capacity", "50"]
    assert "replicas" not in bundle.one("StatefulSet", "af1-triggerer")["spec"]
    assert TriggerQuery().query("mysql") == "SELECT COUNT(*) FROM `trigger`"


def test_our_objects_are_those_that_the_bindings_make(tmp_path: Path) -> None:
    scaler = KedaAutoscaling(behavior=BEHAVIOR)
    bundle = bundle_of(tmp_path, with_group(WorkerGroup(autoscaling=scaler)))
    ours = bundle.one("ScaledObject", "af1-worker")
    app = cdk8s.App(outdir=str(tmp_path / "binding"))
    chart = cdk8s.Chart(app, "binding", namespace="airflow")
    trigger = trigger_of(bundle)
    down = keda.ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfigBehaviorScaleDown(
        stabilization_window_seconds=60
    )
    behavior = keda.ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfigBehavior(scale_down=down)
    keda.ScaledObject(
        chart,
        "x",
        metadata=cdk8s.ApiObjectMetadata(name="af1-worker", labels=ours["metadata"]["labels"]),
        spec=keda.ScaledObjectSpec(
            scale_target_ref=keda.ScaledObjectSpecScaleTargetRef(
                api_version="apps/v1", kind="StatefulSet", name="af1-worker"
            ),
            min_replica_count=0,
            max_replica_count=10,
            polling_interval=5,
            cooldown_period=30,
            advanced=keda.ScaledObjectSpecAdvanced(
                horizontal_pod_autoscaler_config=(
                    keda.ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfig(behavior=behavior)
                )
            ),
            triggers=[
                keda.ScaledObjectSpecTriggers(
                    type="postgresql",
                    metadata=trigger["metadata"],
                    authentication_ref=keda.ScaledObjectSpecTriggersAuthenticationRef(
                        name="af1-worker"
                    ),
                )
            ],
        ),
    )
    keda.TriggerAuthentication(
        chart,
        "y",
        metadata=cdk8s.ApiObjectMetadata(name="af1-worker", labels=ours["metadata"]["labels"]),
        spec=keda.TriggerAuthenticationSpec(
            secret_target_ref=[
                keda.TriggerAuthenticationSpecSecretTargetRef(
                    parameter="password", name="af1-postgresql", key="password"
                )
            ]
        ),
    )
    assert chart.to_json() == [ours, bundle.one("TriggerAuthentication", "af1-worker")]


ROWS = [
    ("running", "default", None),
    ("queued", "default", "CeleryExecutor"),
    ("queued", "it's", None),
    ("queued", "default", "KubernetesExecutor"),
    ("queued", "other", None),
    ("scheduled", "default", None),
    ("deferred", "default", None),
    ("success", "default", None),
]


@pytest.mark.parametrize(
    ("queues", "executors", "count"),
    [
        (["default"], (None, "CeleryExecutor"), 2),
        (["default"], ("CeleryExecutor",), 1),
        (["default", "it's"], (None, "CeleryExecutor"), 3),
        (["nobody's"], (None, "CeleryExecutor"), 0),
    ],
)
def test_only_the_work_of_a_group_is_counted(
    queues: list[str], executors: tuple[str | None, ...], count: int
) -> None:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE task_instance (state, queue, executor)")
    database.executemany("INSERT INTO task_instance VALUES (?, ?, ?)", ROWS)
    query = TaskQuery(queues=queues, executors=executors).query("postgresql")
    assert database.execute(query).fetchone() == (count,)


def test_mysql_takes_a_backslash_for_an_escape() -> None:
    tasks = TaskQuery(queues=["a\\'b"], executors=(None, "CeleryExecutor"))
    assert r"'a\''b'" in tasks.query("postgresql")
    assert r"'a\\''b'" in tasks.query("mysql")


HPA = HpaAutoscaling(min_replicas=2, max_replicas=6, memory_utilization=90, behavior=BEHAVIOR)
LOADED: dict[str, tuple[str, Callable[[], AirflowProps]]] = {
    "api-server": (
        "Deployment",
        lambda: AirflowProps(dags=DAGS, api_server=ApiServerProps(autoscaling=HPA)),
    ),
    "dag-processor": (
        "Deployment",
        lambda: AirflowProps(dags=DAGS, dag_processor=DagProcessorProps(autoscaling=HPA)),
    ),
    "worker": ("StatefulSet", lambda: with_group(WorkerGroup(autoscaling=HPA))),
}


@pytest.mark.parametrize("component", LOADED)
def test_load_scales_a_component(component: str, tmp_path: Path) -> None:
    kind, props = LOADED[component]
    name = f"af1-{component}"
    bundle = bundle_of(tmp_path, props())
    spec = bundle.one("HorizontalPodAutoscaler", name)["spec"]
    assert spec["scaleTargetRef"] == {"apiVersion": "apps/v1", "kind": kind, "name": name}
    assert (spec["minReplicas"], spec["maxReplicas"], spec["behavior"]) == (2, 6, BEHAVIOR)
    measured = [metric["containerResource"] for metric in spec["metrics"]]
    assert [(m["name"], m["container"], m["target"]["averageUtilization"]) for m in measured] == [
        ("cpu", component, 80),
        ("memory", component, 90),
    ]
    assert "replicas" not in bundle.one(kind, name)["spec"]
    assert bundle.one("PodDisruptionBudget", name)


REQUESTS = {"requests": {"memory": "1Gi"}, "limits": {"memory": "1Gi"}}


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (
            lambda: KedaAutoscaling(min_replicas=-1),
            r"KedaAutoscaling.min_replicas=-1: expected 0 or more",
        ),
        (
            lambda: KedaAutoscaling(min_replicas=3, max_replicas=2),
            r"KedaAutoscaling.max_replicas=2: expected 3 or more, as many as min_replicas=3",
        ),
        (
            lambda: KedaAutoscaling(max_replicas=0),
            r"KedaAutoscaling.max_replicas=0: expected 1 or more",
        ),
        (
            lambda: KedaAutoscaling(polling_interval=0, cooldown_period=-1),
            r"polling_interval=0: expected 1 or more seconds\n.*cooldown_period=-1: expected 0",
        ),
        (
            lambda: KedaAutoscaling(through_pgbouncer=True, connection=PASSWORD),
            r"connection says already where it leads; give one of them",
        ),
        (
            lambda: KedaAutoscaling(namespace="Keda"),
            r"KedaAutoscaling.namespace='Keda' is not a valid name",
        ),
        (
            lambda: HpaAutoscaling(min_replicas=0),
            r"HpaAutoscaling.min_replicas=0: expected 1 or more",
        ),
        (
            lambda: HpaAutoscaling(cpu_utilization=0),
            r"HpaAutoscaling.cpu_utilization=0: expected 1 or more percent",
        ),
        (
            lambda: HpaAutoscaling(cpu_utilization=None),
            r"has nothing to look at: give memory_utilization=",
        ),
        (
            lambda: WorkerGroup(name="gpu", replicas=2, autoscaling=KEDA),
            r"WorkerGroup\(name='gpu'\)\(replicas=2\) with autoscaling=: .* leave replicas out",
        ),
        (
            lambda: ApiServerProps(resources=REQUESTS, autoscaling=HpaAutoscaling()),
            r"ApiServerProps.resources requests no cpu, .*cpu_utilization=80.*: add a request",
        ),
        (lambda: TriggererProps(capacity=0), r"TriggererProps\(capacity=0\): expected 1 or more"),
    ],
)
def test_what_cannot_be_is_refused(make: Callable[[], object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        make()


def test_a_limit_is_a_request_too() -> None:
    limits = {"limits": {"cpu": "1", "memory": "1Gi"}}
    assert ApiServerProps(resources=limits, autoscaling=HPA).fixed_replicas is None


def test_a_database_behind_a_url_is_refused() -> None:
    props = with_group(WorkerGroup(autoscaling=KEDA), database=SecretKey(name="db", key="url"))
    with pytest.raises(ValueError, match=r"of 'af1-worker': database= is not known by its parts"):
        AirflowChart(cdk8s.App(), "af1", namespace="airflow", props=props)


def test_a_release_without_namespace_is_refused() -> None:
    props = with_group(WorkerGroup(autoscaling=KEDA))
    with pytest.raises(ValueError, match=r"'af1-postgresql-server'; give AirflowChart a name"):
        AirflowChart(cdk8s.App(), "af1", props=props)


def test_a_capacity_in_the_configuration_is_refused() -> None:
    with pytest.raises(ValueError, match=r"use triggerer=TriggererProps\(capacity=\.\.\.\)"):
        resolve(AirflowProps(dags=DAGS, config={"triggerer": {"capacity": 5}}), "af1")


def test_workers_of_their_own_can_be_scaled_by_load(tmp_path: Path) -> None:
    app = cdk8s.App(outdir=str(tmp_path))
    chart = cdk8s.Chart(app, "own")
    platform = Platform(
        release="af1",
        airflow_version="3.3.2",
        image=Image(repository="apache/airflow", tag="3.3.2"),
    )
    CeleryWorkers(chart, "worker", platform=platform, props=WorkerGroup(autoscaling=HPA))
    kinds = {manifest["kind"] for manifest in chart.to_json()}
    assert {"HorizontalPodAutoscaler", "StatefulSet"} <= kinds
