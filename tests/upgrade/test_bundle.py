"""The bundle of the last version runs, and today's is applied on top while tasks are under way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from integration.airflow_client import AirflowClient
from integration.bundle import NAMESPACE, RELEASE, synthesize, workloads
from integration.conftest import START_SECONDS, RunningBundle, Scene, Stage
from integration.node.kubelet import Kubelet
from integration.node.objects import Manifest

LAST = Path(__file__).parent / "last" / "af1.k8s.yaml"
SECONDS = 240
"""A task is under way that long: longer than it takes to replace all but the workers."""
AROUND = ("postgresql", "redis", "api-server", "scheduler")
"""What is replaced around it."""
ROLLED = ("Deployment", "StatefulSet")
STAYS = {"PersistentVolumeClaim", "Secret"}
"""What a bundle makes in the cluster: the claims of its servers, its generated Secrets."""


@dataclass(frozen=True)
class Upgraded:
    """The bundle of today, where that of the last version was."""

    node: Kubelet
    bundle: RunningBundle
    airflow: AirflowClient
    ended: str
    """A run of the DAG ``changing_first`` that ended before."""
    long: str
    """One of ``slow`` whose tasks ran while all pods were replaced."""
    many: str
    """One of ``steady`` whose tasks began and ended meanwhile."""
    meanwhile: list[tuple[str, int]]
    """The tasks of ``slow`` once everything around them was of today."""
    secrets: dict[str, dict[str, str]]
    """What was generated before."""


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Upgraded]:
    """The last version's bundle with DAGs of the tests, then today's on top."""
    today = synthesize(tmp_path_factory.mktemp("synth"))
    running = stage.play("last version", lambda: Scene(with_dags_of(today)))
    node, airflow = running.node, running.client()
    ended = airflow.run_to_end("changing_first")
    secrets = generated(node)
    long = airflow.trigger("slow", {"seconds": SECONDS})
    airflow.wait_for_tasks("slow", long, "running", 2, 120)
    many = airflow.trigger("steady")
    airflow.wait_for_tasks("steady", many, "running", 1, 120)
    node.apply(today)
    around = [node.controller(f"{RELEASE}-{name}") for name in AROUND]
    node.wait_for(lambda: all(each.done for each in around), START_SECONDS, "all but the workers")
    meanwhile = tries(airflow, "slow", long)
    node.wait_ready(START_SECONDS)
    prune(node, today)
    now = RunningBundle(node, Scene(today), 0)
    yield Upgraded(node, now, airflow, ended, long, many, meanwhile, secrets)
    stage.clear()


def with_dags_of(today: Sequence[Manifest]) -> list[Manifest]:
    """The manifests of the last version, with the DAGs that today's have: they are the user's."""
    (dags,) = (m for m in today if m["metadata"]["name"] == f"{RELEASE}-dags")
    last = list(yaml.load_all(LAST.read_text(), yaml.CSafeLoader))
    (place,) = (m for m in last if m["metadata"]["name"] == f"{RELEASE}-dags")
    place["data"] = dags["data"]
    return last


def generated(node: Kubelet) -> dict[str, dict[str, str]]:
    """The Secrets of the release by name."""
    found = node.store.all("Secret", NAMESPACE)
    return {m["metadata"]["name"]: node.secret(m["metadata"]["name"], NAMESPACE) for m in found}


def prune(node: Kubelet, today: Sequence[Manifest]) -> None:
    """Deletes what the bundle dropped, by the labels of the release, as ``make deploy`` does."""
    wanted = {(m["kind"], m["metadata"]["name"]) for m in today}
    for (kind, namespace, name), manifest in node.store.everything().items():
        labels = manifest["metadata"].get("labels", {})
        ours = labels.get("app.kubernetes.io/instance") == RELEASE
        if ours and kind not in STAYS and (kind, name) not in wanted:
            node.delete(name)
            node.store.drop(kind, namespace, name)


def tries(airflow: AirflowClient, dag: str, run: str) -> list[tuple[str, int]]:
    """State and number of the try of each task of a run."""
    found = airflow.get(f"dags/{dag}/dagRuns/{run}/taskInstances")["task_instances"]
    return [(task["state"], task["try_number"]) for task in found]


def test_no_task_is_lost(bundle: Upgraded) -> None:
    """Neither one that ran all the time, nor one that began or ended while a server was away."""
    assert bundle.meanwhile.count(("running", 1)) == 2
    for dag, run, count in (("slow", bundle.long, 3), ("steady", bundle.many, 20)):
        bundle.airflow.wait_for_run(dag, run, 300)
        assert tries(bundle.airflow, dag, run) == [("success", 1)] * count, dag


def test_the_history_and_the_keys_stay(bundle: Upgraded) -> None:
    assert bundle.airflow.state("changing_first", bundle.ended) == "success"
    assert generated(bundle.node).items() >= bundle.secrets.items()


def test_dags_run_after_it(bundle: Upgraded) -> None:
    assert set(bundle.airflow.run("changing_first").values()) == {"success"}


def test_every_pod_is_of_today(bundle: Upgraded) -> None:
    """Nothing of the last version still runs, and each Job of today has done its work."""
    names = {m["metadata"]["name"] for m in workloads(bundle.bundle.manifests, *ROLLED)}
    assert len(names) > 6
    for name in names:
        controller = bundle.node.controller(name)
        assert [controller.is_old(pod) for pod in controller.pods] == [False] * controller.replicas
    assert {job.state for job in bundle.node.jobs()} == {"Complete"}


def test_no_orphan_is_left(bundle: Upgraded) -> None:
    """All that is there is of today's bundle, or was made by it and holds data."""
    wanted = {(m["kind"], m["metadata"]["name"]) for m in bundle.bundle.manifests}
    there = {(kind, name) for kind, _, name in bundle.node.store.everything()}
    left = {each for each in there - wanted if each[0] not in STAYS}
    assert left == {("ConfigMap", "kube-root-ca.crt")}
