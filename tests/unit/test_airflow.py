from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cdk8s import ApiObject, App, Chart, JsonPatch

from cdk8s_airflow import (
    AdminUser,
    Airflow,
    AirflowChart,
    AirflowProps,
    ApiServerProps,
    CeleryExecutor,
    DagProcessorProps,
    DagsFolder,
    EmbeddedPostgresql,
    EmbeddedRabbitmq,
    EmbeddedRedis,
    ExternalMysql,
    ExternalPostgresql,
    ExternalRedis,
    Image,
    JobProps,
    SchedulerProps,
    SecretKey,
    Secrets,
    TriggererProps,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

REPOSITORY = Path(__file__).parents[2]
DAGS = DagsFolder(str(REPOSITORY / "dags"))
RESOURCES = {
    "requests": {"cpu": "1", "memory": "1Gi", "ephemeral-storage": "1Gi"},
    "limits": {"memory": "2Gi"},
}
KEY = SecretKey(name="mine", key="it")
EXTERNAL = {
    "SecretKey(name='mine'": "Secret/mine",
}


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        settings = AirflowProps(**{"dags": DAGS, **props})
        AirflowChart(app, "af1", namespace="airflow", props=settings)

    external = [item for text, item in EXTERNAL.items() if text in repr(props)]
    return synthesize(build, tmp_path, external=external)


def env_of(bundle: Bundle, component: str) -> dict[str, Any]:
    (pod,) = (pod for pod in bundle.pods if pod.component == component)
    env = pod.main_containers[0].get("env", [])
    return {item["name"]: item.get("value", item.get("valueFrom")) for item in env}


def components(bundle: Bundle) -> set[str]:
    return {pod.component for pod in bundle.pods}


def differing(one: Bundle, other: Bundle) -> set[str]:
    """The components whose pod templates differ."""

    def templates(bundle: Bundle) -> dict[str, Any]:
        return {pod.component: (pod.metadata, pod.spec) for pod in bundle.pods}

    ours, theirs = templates(one), templates(other)
    return {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)}


ROLES: dict[str, Callable[..., dict[str, Any]]] = {
    "api-server": lambda **props: {"api_server": ApiServerProps(**props)},
    "scheduler": lambda **props: {"scheduler": SchedulerProps(**props)},
    "dag-processor": lambda **props: {"dag_processor": DagProcessorProps(**props)},
    "triggerer": lambda **props: {"triggerer": TriggererProps(**props)},
    "worker": lambda **props: {"executor": CeleryExecutor(workers=[WorkerGroup(**props)])},
    "migrations": lambda **props: {"migrations": JobProps(**props)},
    "create-admin": lambda **props: {"admin": AdminUser(**props)},
}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_prop_of_one_role_changes_no_other(tmp_path: Path, role: str) -> None:
    changed = bundle_of(tmp_path, **ROLES[role](env={"A": "b"}, annotations={"a": "b"}))
    assert differing(bundle_of(tmp_path), changed) == {role}


@pytest.mark.parametrize(
    ("props", "pods"),
    [
        ({"config": {"celery": {"worker_prefetch_multiplier": 2}}}, {"worker"}),
        ({"config": {"fab": {"cookie_secure": True}}}, {"api-server", "create-admin"}),
        ({"config": {"triggerer": {"job_heartbeat_sec": 7}}}, {"triggerer"}),
        ({"secrets": Secrets(jwt_secret=KEY)}, {"api-server", "bootstrap", "scheduler"}),
        ({"secrets": Secrets(admin_password=KEY)}, {"bootstrap", "create-admin"}),
        ({"result_backend": ExternalRedis(host="r")}, {"scheduler", "worker"}),
    ],
)
def test_a_change_reaches_its_consumers_and_leaves_the_servers_alone(
    tmp_path: Path, props: dict[str, Any], pods: set[str]
) -> None:
    changed = differing(bundle_of(tmp_path), bundle_of(tmp_path, **props))
    assert changed == pods


def test_the_users_env_wins_over_config_and_the_roles_over_both(tmp_path: Path) -> None:
    option = "AIRFLOW__CORE__DEFAULT_TIMEZONE"
    bundle = bundle_of(
        tmp_path,
        config={"core": {"default_timezone": "UTC"}},
        env={option: "Europe/Berlin"},
        scheduler=SchedulerProps(env={option: "Asia/Tokyo"}),
    )
    assert env_of(bundle, "dag-processor")[option] == "Europe/Berlin"
    assert env_of(bundle, "scheduler")[option] == "Asia/Tokyo"


def test_workers_hold_the_four_things_they_need_and_no_more(tmp_path: Path) -> None:
    held = {
        value["secretKeyRef"]["name"]
        for value in env_of(bundle_of(tmp_path), "worker").values()
        if isinstance(value, dict)
    }
    assert held == {"af1-api-secret-key", "af1-redis"}


def test_a_release_without_generated_secrets_has_no_bootstrap(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        database=ExternalPostgresql(host="db.example.com"),
        broker=ExternalRedis(host="cache.example.com"),
        secrets=Secrets(
            fernet_key=SecretKey(name="mine", key="fernet_key"),
            api_secret_key=SecretKey(name="mine", key="api_secret_key"),
            jwt_secret=SecretKey(name="mine", key="jwt_secret"),
            admin_password=SecretKey(name="mine", key="admin_password"),
        ),
    )
    assert "bootstrap" not in components(bundle)


def test_whole_urls_come_from_secrets(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, database=KEY, broker=KEY, result_backend=KEY)
    reference = {"secretKeyRef": {"name": "mine", "key": "it"}}
    scheduler = env_of(bundle, "scheduler")
    assert scheduler["DATABASE_WHOLE_URL"] == reference
    assert scheduler["AIRFLOW__CELERY__BROKER_URL"] == reference
    assert scheduler["RESULT_BACKEND_WHOLE_URL"] == reference
    for option in ("DATABASE__SQL_ALCHEMY_CONN", "CELERY__RESULT_BACKEND"):
        assert f"AIRFLOW__{option}" not in scheduler
        assert " --whole " in scheduler[f"AIRFLOW__{option}_CMD"]
    assert not components(bundle) & {"postgresql", "redis"}


def test_worker_groups_are_separate_sets_of_objects(tmp_path: Path) -> None:
    groups = [WorkerGroup(), WorkerGroup(name="gpu", queues=["gpu", "big"], replicas=0)]
    bundle = bundle_of(tmp_path, executor=CeleryExecutor(workers=groups))
    gpu = bundle.one("StatefulSet", "af1-worker-gpu")
    args = gpu["spec"]["template"]["spec"]["containers"][0]["args"]
    assert args[args.index("--queues") + 1] == "gpu,big"
    assert gpu["spec"]["serviceName"] == "af1-worker-gpu"
    assert gpu["spec"]["replicas"] == 0


def test_the_memory_of_a_worker_follows_its_concurrency(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, executor=CeleryExecutor(workers=[WorkerGroup(concurrency=16)]))
    worker = bundle.one("StatefulSet", "af1-worker")["spec"]["template"]["spec"]["containers"][0]
    assert worker["resources"]["requests"]["memory"] == "1792Mi"
    assert worker["args"][-3:] == ["--concurrency", "16", "--without-mingle"]


def test_outputs_are_attributes(tmp_path: Path) -> None:
    chart = AirflowChart(App(outdir=str(tmp_path)), "af1", props=AirflowProps(dags=DAGS))
    airflow = chart.airflow
    assert airflow.api_server.service_name == "af1-api-server"
    assert airflow.worker_groups["default"].service_name == "af1-worker"
    assert airflow.triggerer.service_name == "af1-triggerer"


def test_a_patch_of_a_component_reaches_its_workload(tmp_path: Path) -> None:
    def build(app: App) -> None:
        airflow = AirflowChart(app, "af1", namespace="a", props=AirflowProps(dags=DAGS)).airflow
        for component in (airflow.api_server, airflow.scheduler, airflow.worker_groups["default"]):
            patch = JsonPatch.add(
                "/spec/template/spec/hostAliases", [{"ip": "192.0.2.1", "hostnames": ["db"]}]
            )
            ApiObject.of(component).add_json_patch(patch)

    bundle = synthesize(build, tmp_path)
    patched = {pod.component for pod in bundle.pods if "hostAliases" in pod.spec}
    assert patched == {"api-server", "scheduler", "worker"}


def test_airflow_fits_into_a_chart_of_ones_own(tmp_path: Path) -> None:
    def build(app: App) -> None:
        Airflow(Chart(app, "mine", namespace="data"), "af1", AirflowProps(dags=DAGS))

    assert synthesize(build, tmp_path).one("Deployment", "af1-scheduler")


def test_one_release_name_serves_in_two_namespaces(tmp_path: Path) -> None:
    def build(app: App) -> None:
        props = AirflowProps(dags=DAGS)
        AirflowChart(app, "one", release="af1", namespace="a", props=props)
        AirflowChart(app, "two", release="af1", namespace="b", props=props)

    assert len(synthesize(build, tmp_path).files) == 2


def test_two_releases_of_one_id_are_refused(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    AirflowChart(app, "af1", props=AirflowProps(dags=DAGS))
    with pytest.raises(ValueError, match=r"release='af1' exists twice: give each AirflowChart"):
        AirflowChart(app, "af1", props=AirflowProps(dags=DAGS))


def test_two_releases_of_one_name_in_one_namespace_are_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    app = App(outdir=str(tmp_path / "dist"))
    for id in ("one", "two"):
        AirflowChart(app, id, release="af1", namespace="a", props=AirflowProps(dags=DAGS))
    with pytest.raises(
        RuntimeError, match="2 objects are Deployment 'af1-scheduler' in namespace 'a'"
    ):
        app.synth()
    assert not list((tmp_path / "dist").glob("*.yaml"))


@pytest.mark.parametrize(
    ("release", "namespace", "message"),
    [
        ("Af1", "airflow", "release='Af1' is not a valid name"),
        ("a" * 33, "airflow", r"is too long: '.*-dag-processor' has 47 characters, at most 46"),
        ("af1", "Air_flow", "namespace='Air_flow' is not a valid name"),
        ("af1", "n" * 64, r"namespace='n+' has 64 characters, at most 63 fit"),
    ],
)
def test_an_invalid_name_is_refused(
    tmp_path: Path, release: str, namespace: str, message: str
) -> None:
    app = App(outdir=str(tmp_path))
    with pytest.raises(ValueError, match=message):
        AirflowChart(app, release, namespace=namespace, props=AirflowProps(dags=DAGS))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: SchedulerProps(replicas=-1), r"SchedulerProps\(replicas=-1\): expected 0 or more"),
        (lambda: WorkerGroup(concurrency=0), r"'default'\).concurrency=0: .* set replicas=0"),
        (lambda: WorkerGroup(name="GPU"), r"WorkerGroup\.name='GPU' is not a valid name"),
        (lambda: WorkerGroup(queues=[]), r"queues is empty: name at least one queue"),
        (lambda: WorkerGroup(queues=["a,b"]), r"queues has 'a,b': expected a name without spaces"),
        (lambda: WorkerGroup(termination_grace_seconds=0), r"grace_seconds=0: expected 1 or more"),
        (lambda: CeleryExecutor(workers=[]), r"workers is empty: nothing would run tasks"),
        (
            lambda: CeleryExecutor(workers=[WorkerGroup(), WorkerGroup()]),
            r"has two groups named 'default'",
        ),
        (
            lambda: Secrets(jwt_secret=KEY, fernet_key=KEY),
            r"fernet_key and jwt_secret are one key, SecretKey\(name='mine', key='it'\): give each",
        ),
        (lambda: AdminUser(email=" "), r"AdminUser\(email=''\): expected some text"),
        (lambda: AirflowProps(airflow_version="2.11.0"), r"'2\.11\.0' is too old: expected 3\.1"),
        (lambda: AirflowProps(airflow_version="3.0.6"), r"'3\.0\.6' is too old"),
        (lambda: AirflowProps(airflow_version="new"), r"='new': expected a version such as"),
        (
            lambda: AirflowProps(broker=KEY, database=KEY),
            r"result_backend is not set: a broker URL from a Secret .* give an ExternalPostgresql",
        ),
        (
            lambda: AirflowProps(broker=EmbeddedRabbitmq(), database=ExternalMysql(host="db")),
            r"result_backend is not set: RabbitMQ does not say where Celery's results go",
        ),
    ],
)
def test_a_setting_out_of_range_is_refused(wrong: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        found = wrong()
        resolve(found if isinstance(found, AirflowProps) else AirflowProps(), "af1")


def test_an_unknown_prop_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(TypeError, match=r"AirflowProps has no prop 'executr'; did you mean 'exec"):
        resolve(AirflowProps(executr=CeleryExecutor()), "af1")  # type: ignore[call-arg]


def test_props_that_are_a_mapping_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"props is a dict: expected AirflowProps\(\.\.\.\)"):
        AirflowChart(App(outdir=str(tmp_path)), "af1", props={"a": 1})  # type: ignore[arg-type]


def test_a_prop_of_another_type_is_refused() -> None:
    with pytest.raises(TypeError, match=r"AirflowProps\(database=\.\.\.\): expected Embedded"):
        resolve(AirflowProps(database="postgres"), "af1")  # type: ignore[arg-type]


def test_all_wrong_options_are_told_at_once() -> None:
    config: dict[str, dict[str, str | int]] = {
        "core": {"paralelism": 1, "executor": "X"},
        "cores": {"a": "b"},
    }
    with pytest.raises(ValueError) as refusal:
        resolve(AirflowProps(config=config), "af1")
    text = str(refusal.value)
    assert "parallelism" in text
    assert "executor=" in text
    assert "cores" in text


def test_the_embedded_servers_take_size_class_and_image(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        database=EmbeddedPostgresql(
            storage="20Gi",
            storage_class="fast",
            max_connections=300,
            image=Image(repository="registry.example.com/postgres", tag="16.4"),
            resources=RESOURCES,
        ),
        broker=EmbeddedRedis(storage="2Gi", storage_class="fast"),
    )
    database = bundle.one("StatefulSet", "af1-postgresql")["spec"]
    (claim,) = database["volumeClaimTemplates"]
    assert claim["spec"]["storageClassName"] == "fast"
    assert claim["spec"]["resources"]["requests"]["storage"] == "20Gi"
    (container,) = database["template"]["spec"]["containers"]
    assert container["image"] == "registry.example.com/postgres:16.4"
    assert container["args"][-1] == "max_connections=300"
    assert container["resources"] == RESOURCES
    labels = database["template"]["metadata"]["labels"]
    assert labels["app.kubernetes.io/version"] == "16.4"
    redis = bundle.one("StatefulSet", "af1-redis")["spec"]["volumeClaimTemplates"][0]["spec"]
    assert redis["resources"]["requests"]["storage"] == "2Gi"
