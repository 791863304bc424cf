"""Airflow 3.1, then 3.2, then 3.3, on one database: migrations run, history stays, tasks run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import copy_dags, synthesize_props
from integration.conftest import START_SECONDS, RunningBundle, Scene, Stage
from integration.node.objects import Manifest

from cdk8s_airflow import AirflowProps

VERSIONS = ("3.1.8", "3.2.2", AirflowProps().airflow_version)
DAG = "changing_first"
SECONDS = 120
"""A task is under way that long while the next version is applied."""


class Upgrades:
    """A bundle whose `airflow_version` rises."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self._stage, self._folder = stage, folder
        self._dags = copy_dags(folder / "dags")
        self.ended: dict[str, str] = {}
        """Version -> a run that ended with it."""
        self.under_way: dict[str, str] = {}
        """Version -> a run of ``slow`` that began with it, and went on with the next."""
        self.before: dict[str, list[Manifest]] = {}
        """Version -> its manifests."""
        first = self._synthesize(VERSIONS[0])
        self.bundle: RunningBundle = stage.play("3.1", lambda: Scene(first))

    @property
    def airflow(self) -> AirflowClient:
        """A client of the version that runs."""
        return self.bundle.client()

    def raise_to(self, version: str) -> None:
        """Applies the bundle of the next version while tasks are under way."""
        manifests = self._synthesize(version)
        node = self._stage.node
        node.apply(manifests)
        node.wait_ready(START_SECONDS)
        wanted = {m["metadata"]["name"] for m in manifests}
        for job in node.jobs():
            if job.workload["metadata"]["name"] not in wanted:
                node.delete(job.workload["metadata"]["name"])
        self.bundle = RunningBundle(node, Scene(manifests), 0)

    def _synthesize(self, version: str) -> list[Manifest]:
        folder = self._folder / version
        folder.mkdir()
        props = AirflowProps(airflow_version=version, dags=self._dags)
        self.before[version] = synthesize_props(folder, props)
        return self.before[version]


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Upgrades]:
    """All versions, one after the other; the last one runs."""
    upgrades = Upgrades(stage, tmp_path_factory.mktemp("upgrades"))
    for version, following in zip(VERSIONS, (*VERSIONS[1:], ""), strict=True):
        airflow = upgrades.airflow
        upgrades.ended[version] = airflow.run_to_end(DAG)
        if following:
            run = airflow.trigger("slow", {"seconds": SECONDS})
            airflow.wait_for_tasks("slow", run, "running", 2, 180)
            upgrades.under_way[version] = run
            upgrades.raise_to(following)
            upgrades.airflow.wait_for_run("slow", run, 300)
    yield upgrades
    stage.clear()


def test_the_migrations_of_each_version_ran(bundle: Upgrades) -> None:
    """The Job is another one each time, since its content is; the last has ended well."""
    names = {
        manifest["metadata"]["name"]
        for manifests in bundle.before.values()
        for manifest in manifests
        if manifest["kind"] == "Job" and "-migrations-" in manifest["metadata"]["name"]
    }
    assert len(names) == len(VERSIONS)
    assert {job.state for job in bundle.bundle.node.jobs()} == {"Complete"}
    answer = bundle.airflow.get("version")
    assert answer["version"] == VERSIONS[-1]


def test_the_history_of_each_version_stays(bundle: Upgrades) -> None:
    states = {run: bundle.airflow.state(DAG, run) for run in bundle.ended.values()}
    assert len(states) == len(VERSIONS)
    assert set(states.values()) == {"success"}


@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_tasks_under_way_are_not_lost(bundle: Upgrades, version: str) -> None:
    """A task goes on in a worker of the old version, with an execution API of the new one."""
    tasks = bundle.airflow.tasks("slow", bundle.under_way[version])
    found = {name: (task["state"], task["try_number"]) for name, task in tasks.items()}
    assert found == dict.fromkeys(("in_shell", "in_python", "after"), ("success", 1))
