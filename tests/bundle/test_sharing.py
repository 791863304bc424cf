"""Two releases in a namespace, and one name in two namespaces, share nothing."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from pathlib import Path

import cdk8s
import pytest

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagsFolder,
    ExternalPostgresql,
    ExternalRedis,
    KubernetesExecutor,
    SecretKey,
)
from cdk8s_airflow.checks.bundle import Bundle, Pod, namespace_of
from cdk8s_airflow.testing.synth import synthesize

ROOT = Path(__file__).resolve().parents[2]
URLS = re.compile(r"AIRFLOW__(CELERY__BROKER_URL|CELERY__RESULT_BACKEND|DATABASE__\w+_CONN)_CMD")
RELEASES = {("af1", "airflow"), ("af2", "airflow"), ("af1", "staging")}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    props = AirflowProps(dags=DagsFolder(str(ROOT / "dags")))

    def build(app: cdk8s.App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=props)
        AirflowChart(app, "af2", namespace="airflow", props=props)
        AirflowChart(app, "staging", namespace="staging", props=props, release="af1")

    return synthesize(build, tmp_path_factory.mktemp("sharing"))


def owner(pod: Pod) -> tuple[str, str]:
    return pod.release, pod.namespace


def test_each_queue_result_and_database_is_of_one_release(bundle: Bundle) -> None:
    """A short host name is looked up in the pod's own namespace."""
    users: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for pod in bundle.pods:
        for container in pod.containers:
            for entry in container.get("env") or []:
                if URLS.fullmatch(entry["name"]):
                    url = shlex.split(entry["value"])[-1]
                    address = url.rpartition("@")[2]
                    host = address.partition(":")[0]
                    assert host in {
                        f"{pod.release}-{name}-server" for name in ("redis", "postgresql")
                    }
                    users.setdefault((pod.namespace, address), set()).add(owner(pod))
    assert {len(each) for each in users.values()} == {1}
    # Broker, results and metadata of each release.
    assert len(users) == 3 * len(RELEASES)


def test_each_volume_claim_is_of_one_release(bundle: Bundle) -> None:
    claims = Counter(
        (namespace_of(workload), f"{template['metadata']['name']}-{workload['metadata']['name']}")
        for workload in bundle.all("StatefulSet")
        for template in workload["spec"].get("volumeClaimTemplates") or []
    )
    # PostgreSQL and Redis of each release.
    assert len(claims) == 2 * len(RELEASES)
    assert set(claims.values()) == {1}


def test_each_secret_and_config_map_is_read_by_one_release(bundle: Bundle) -> None:
    for pod in bundle.pods:
        text = str(pod.spec)
        found = re.findall(r"'(?:secretKeyRef|configMapKeyRef|configMap|secret)': ({[^}]*})", text)
        named = [
            name for each in found for name in re.findall(r"'(?:name|secretName)': '([^']*)'", each)
        ]
        assert all(name.startswith(f"{pod.release}-") for name in named), (str(pod), named)
    assert {owner(pod) for pod in bundle.pods} == RELEASES


def test_no_selector_reaches_the_pods_of_another(bundle: Bundle) -> None:
    for service in bundle.all("Service"):
        selector = service["spec"]["selector"]
        place = namespace_of(service)
        reached = {
            owner(pod)
            for pod in bundle.pods
            if pod.namespace == place and selector.items() <= pod.labels.items()
        }
        assert reached == {(service["metadata"]["labels"]["app.kubernetes.io/instance"], place)}


def test_two_releases_on_the_same_servers_have_databases_of_their_own(tmp_path: Path) -> None:
    def build(app: cdk8s.App, *numbers: int) -> None:
        for release, number in zip(("af1", "af2"), numbers, strict=True):
            props = AirflowProps(
                dags=DagsFolder(str(ROOT / "dags")),
                database=ExternalPostgresql(
                    host="db.example.com",
                    database=f"airflow_{number}",
                    password=SecretKey(name="db", key=release),
                ),
                broker=ExternalRedis(
                    host="redis.example.com", database=2 * number, result_database=2 * number + 1
                ),
            )
            AirflowChart(app, release, namespace="airflow", props=props)

    bundle = synthesize(lambda app: build(app, 0, 1), tmp_path, external={"Secret/db"})
    assert {owner(pod) for pod in bundle.pods} == {("af1", "airflow"), ("af2", "airflow")}
    with pytest.raises(RuntimeError, match="share the queue 'default'") as caught:
        synthesize(lambda app: build(app, 0, 0), tmp_path, external={"Secret/db"})
    assert "have one metadata database, db.example.com:5432/airflow_0" in str(caught.value)


def test_task_pods_are_of_one_release(tmp_path: Path) -> None:
    def build(app: cdk8s.App) -> None:
        for release in ("af1", "af2"):
            executor = KubernetesExecutor(namespaces=[f"{release}-tasks"], pod_launcher=True)
            props = AirflowProps(dags=DagsFolder(str(ROOT / "dags")), executor=executor)
            AirflowChart(app, release, namespace="airflow", props=props)

    bundle = synthesize(build, tmp_path)
    tasks = [pod for pod in bundle.pods if pod.component == "task"]
    assert {(pod.release, pod.namespace) for pod in tasks} == {
        ("af1", "af1-tasks"),
        ("af2", "af2-tasks"),
    }
    assert len({tuple(sorted(pod.labels.items())) for pod in tasks}) == 2
    for binding in bundle.all("RoleBinding"):
        owner = binding["metadata"]["labels"]["app.kubernetes.io/instance"]
        (subject,) = binding["subjects"]
        assert subject["name"].startswith(f"{owner}-")
        assert namespace_of(binding) in ("airflow", f"{owner}-tasks")
