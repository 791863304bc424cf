"""What kube-airflow promised or got wrong, where no other test says it; see docs/."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import cdk8s
import pytest

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    Flower,
    KubernetesObject,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle, Manifest, Pod, env_literals
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
AIRFLOW = {"api-server", "scheduler", "dag-processor", "triggerer", "worker", "flower"}
JOBS = {"migrations", "create-admin"}


def bundle_of(
    folder: Path, release: str = "af1", namespace: str = "airflow", **props: Any
) -> Bundle:
    def build(app: cdk8s.App) -> None:
        given = AirflowProps(dags=DAGS, flower=Flower(), **props)
        AirflowChart(app, release, namespace=namespace, props=given)

    return synthesize(build, folder)


@pytest.fixture(scope="module")
def default(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """The default bundle with Flower, as the old chart had it."""
    return bundle_of(tmp_path_factory.mktemp("default"))


def pods(bundle: Bundle) -> dict[str, Pod]:
    return {pod.component: pod for pod in bundle.pods}


def test_each_process_is_a_command_of_airflow_3(default: Bundle) -> None:
    commands = {
        name: pod.main_containers[0]["args"]
        for name, pod in pods(default).items()
        if name in AIRFLOW | JOBS and name != "create-admin"
    }
    assert commands["migrations"][:3] == ["python", "/opt/cdk8s-airflow/migrate.py", "600"]
    commands["migrations"] = commands["migrations"][3:]
    assert {name: args[:3] for name, args in commands.items()} == {
        "api-server": ["airflow", "api-server", "--port"],
        "scheduler": ["airflow", "scheduler", "--skip-serve-logs"],
        "dag-processor": ["airflow", "dag-processor"],
        "triggerer": ["airflow", "triggerer"],
        "worker": ["airflow", "celery", "worker"],
        "flower": ["airflow", "celery", "flower"],
        "migrations": ["airflow", "db", "migrate"],
    }


def test_all_who_use_the_database_wait_for_the_one_migration(default: Bundle) -> None:
    def waits(pod: Pod) -> set[str]:
        return {container["name"] for container in pod.init_containers}

    found = {name: waits(pod) for name, pod in pods(default).items()}
    for name in ("api-server", "scheduler", "dag-processor", "triggerer"):
        assert "wait-for-migrations" in found[name]
    assert found["migrations"] == {"wait-for-servers"}
    assert found["worker"] == {"wait-for-servers", "wait-for-api-server"}
    jobs = [manifest["metadata"]["name"] for manifest in default.all("Job")]
    texts = str([pod.containers for pod in default.pods])
    assert [name for name in jobs if name in texts] == [], "nobody waits for a Job"


def test_what_is_said_of_all_pods_reaches_every_kind_and_no_server(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, env={"TEAM": "data", "TZ": "Europe/Berlin"})

    def reached(name: str, value: str) -> set[str]:
        return {
            component
            for component, pod in pods(bundle).items()
            if any(env_literals(each).get(name) == value for each in pod.main_containers)
        }

    assert reached("TZ", "Europe/Berlin") == AIRFLOW | JOBS
    assert reached("TEAM", "data") == AIRFLOW | JOBS - {"migrations"}, "which read no such name"


def test_examples_are_off_until_they_are_asked_for_and_times_are_the_users(tmp_path: Path) -> None:
    config = {"core": {"load_examples": True, "default_timezone": "Europe/Berlin"}}
    bundle = bundle_of(tmp_path, config=config)
    for name in AIRFLOW - {"flower"}:
        env = env_literals(pods(bundle)[name].main_containers[0])
        assert env["AIRFLOW__CORE__LOAD_EXAMPLES"] == "True"
        assert env["AIRFLOW__CORE__DEFAULT_TIMEZONE"] == "Europe/Berlin"


def test_examples_are_off_by_default_and_the_time_is_utc(default: Bundle) -> None:
    for name in AIRFLOW - {"flower"}:
        env = env_literals(pods(default)[name].main_containers[0])
        assert env["AIRFLOW__CORE__LOAD_EXAMPLES"] == "False"
        assert "AIRFLOW__CORE__DEFAULT_TIMEZONE" not in env, "Airflow's own default is UTC"


@pytest.mark.parametrize("version", ["3.1.2-python3.12", "3.2.0rc1", "3.3.2-17.build.4"])
def test_a_version_with_a_suffix_has_every_component(
    tmp_path: Path, default: Bundle, version: str
) -> None:
    bundle = bundle_of(tmp_path, airflow_version=version)
    assert set(pods(bundle)) == set(pods(default))
    image = bundle.container("Deployment", "af1-scheduler")["image"]
    assert image == f"apache/airflow:{version}"


def test_the_longest_release_in_a_namespace_of_digits_is_sound(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, release="r" * 32, namespace="123")
    assert bundle.one("StatefulSet", f"{'r' * 32}-worker", "123")


def unchangeable(bundle: Bundle) -> dict[str, Manifest]:
    """What the cluster does not let change of Deployments, StatefulSets and Services."""
    found: dict[str, Manifest] = {}
    for manifest in bundle.manifests:
        spec = copy.deepcopy(manifest.get("spec") or {})
        if manifest["kind"] == "Deployment":
            found[f"Deployment/{manifest['metadata']['name']}"] = {"selector": spec["selector"]}
        elif manifest["kind"] == "StatefulSet":
            for key in ("replicas", "template", "updateStrategy", "revisionHistoryLimit"):
                spec.pop(key, None)
            found[f"StatefulSet/{manifest['metadata']['name']}"] = spec
        elif manifest["kind"] == "Service":
            found[f"Service/{manifest['metadata']['name']}"] = {"ip": spec.get("clusterIP")}
    return found


def test_an_upgrade_changes_nothing_that_the_cluster_keeps(tmp_path: Path, default: Bundle) -> None:
    older = bundle_of(tmp_path, airflow_version="3.1.8")
    assert unchangeable(older) == unchangeable(default)
    jobs = [{m["metadata"]["name"] for m in each.all("Job")} for each in (older, default)]
    assert not {name for name in jobs[0] & jobs[1] if "migrations" in name}


def test_a_rollout_takes_no_scheduler_away_and_gives_tasks_their_time(default: Bundle) -> None:
    for name in ("api-server", "scheduler"):
        strategy = default.one("Deployment", f"af1-{name}")["spec"]["strategy"]
        assert strategy["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}
    grace = {name: pod.spec["terminationGracePeriodSeconds"] for name, pod in pods(default).items()
             if pod.long_running}  # fmt: skip
    assert grace["worker"] == 600
    assert grace["scheduler"] == 60
    assert min(grace.values()) >= 30


def test_logs_are_served_from_stable_names_on_the_ports_of_airflow(default: Bundle) -> None:
    for component, port in (("worker", 8793), ("triggerer", 8794)):
        assert default.one("StatefulSet", f"af1-{component}")["spec"]["serviceName"] == (
            f"af1-{component}"
        )
        service = default.one("Service", f"af1-{component}")["spec"]
        assert service["clusterIP"] == "None"
        assert [each["port"] for each in service["ports"]] == [port]
    assert default.one("Service", "af1-api-server")["spec"]["ports"][0]["port"] == 8080
    assert default.one("Service", "af1-flower")["spec"]["ports"][0]["port"] == 5555


def test_the_default_images_are_official_and_pinned(default: Bundle) -> None:
    images = {container["image"] for pod in default.pods for container in pod.containers}
    assert images == {"apache/airflow:3.3.2", "postgres:17.6", "redis:7.2.11"}


def test_a_service_takes_another_type_by_a_patch(tmp_path: Path) -> None:
    def build(app: cdk8s.App) -> None:
        airflow = AirflowChart(app, "af1", namespace="a", props=AirflowProps(dags=DAGS)).airflow
        service = airflow.api_server.node.find_child("Service")
        assert isinstance(service, KubernetesObject)
        service.add_json_patch(cdk8s.JsonPatch.replace("/spec/type", "LoadBalancer"))

    spec = synthesize(build, tmp_path).one("Service", "af1-api-server")["spec"]
    assert spec["type"] == "LoadBalancer"


def test_another_number_of_workers_is_one_field_of_one_object(
    tmp_path: Path, default: Bundle
) -> None:
    workers = CeleryExecutor(workers=[WorkerGroup(replicas=5)])
    changed = [
        (old, new)
        for old, new in zip(
            default.manifests, bundle_of(tmp_path, executor=workers).manifests, strict=True
        )
        if old != new
    ]
    ((old, new),) = changed
    assert (old["kind"], old["metadata"]["name"]) == ("StatefulSet", "af1-worker")
    assert {**old["spec"], "replicas": 5} == new["spec"]
