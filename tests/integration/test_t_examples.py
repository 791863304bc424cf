"""Every example is started as it is committed, until all is ready and its DAGs have run.

Those whose wiring no other test has are started by ``make integration-long``, all of them with
``--examples``, which is ``make integration-examples``.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import workloads
from integration.conftest import Stage, keep_logs, say
from integration.example_cluster import Cluster, scaled
from integration.example_needs import FOLDER
from integration.example_scenes import EXAMPLES, Example, manifests
from integration.node.bounds import exceeded
from integration.node.objects import Manifest
from integration.node.pod import Pod
from integration.node.timeline import timeline

SECOND = "duplicate key value violates unique constraint"
START_SECONDS = 900
RUN_SECONDS = 300
CREATE_ADMIN = (
    *("airflow", "users", "create", "--role", "Admin", "--username", "admin"),
    *("--email", "admin@example.com", "--firstname", "A", "--lastname", "B", "--password"),
)

CASES = [
    pytest.param(name, marks=[] if example.suite else pytest.mark.examples)
    for name, example in EXAMPLES.items()
]


def test_every_folder_of_examples_is_started_here() -> None:
    assert set(EXAMPLES) == {path.name for path in FOLDER.iterdir() if path.is_dir()}


@pytest.fixture
def cluster(name: str, stage: Stage, tmp_path: Path) -> Iterator[Cluster]:
    """The node and the hosts for an example; whatever ran there before has ended."""
    stage.clear()
    cluster = Cluster(tmp_path, EXAMPLES[name].namespace)
    yield cluster
    keep_logs(cluster.node)
    cluster.close()


@pytest.mark.parametrize("name", CASES)
def test_an_example_starts_and_its_dags_run(name: str, cluster: Cluster) -> None:
    example = EXAMPLES[name]
    begin = cluster.start([*example.needs(cluster), *bundle(name)], START_SECONDS)
    say(f"| {name} | {date.today()} | ready after {time.monotonic() - begin:.0f} s")
    for line in timeline(cluster.node.pods(), begin):
        say(f"  {line}")
    for release, dags in example.runs.items():
        airflow = client(cluster, example, release)
        for dag in dags:
            tasks = airflow.tasks(dag, airflow.run_to_end(dag, RUN_SECONDS))
            ends = {task: (end["state"], end["try_number"]) for task, end in tasks.items()}
            assert ends
            assert ends == dict.fromkeys(tasks, ("success", 1))
        assert airflow.get("importErrors")["import_errors"] == []
        example.then(cluster, airflow)
    restarted = [pod for pod in cluster.node.pods() if pod.restarts and not has_raced(pod)]
    assert {pod.name: pod.restarts for pod in restarted} == {}
    assert cluster.node.all_ready()
    living = [pod for pod in cluster.node.pods() if pod.phase in ("Pending", "Running")]
    assert exceeded(cluster.node.store, living) == []
    say(f"| {name} | {date.today()} | its DAGs ran to their end, and nothing was restarted")


def has_raced(pod: Pod) -> bool:
    """Whether it is one of several processes that started together on an empty database.

    Each DAG processor writes the names of all bundles there, each API server all permissions, and
    Airflow ends where another was first.
    """
    name = next((name for name in ("api-server", "dag-processor") if name in pod.name), None)
    return name is not None and pod.restarts == 1 and SECOND in pod.log(name)


def bundle(name: str) -> list[Manifest]:
    """What is applied: the committed manifests, but for what the example's table says."""
    found = scaled(manifests(name))
    for workload, change in EXAMPLES[name].changes.items():
        (manifest,) = (m for m in workloads(found) if m["metadata"]["name"] == workload)
        change(manifest)
    return [EXAMPLES[name].admit(manifest) for manifest in found]


def client(cluster: Cluster, example: Example, release: str) -> AirflowClient:
    """A client that logs in as the admin; where the example has none, one is made by hand."""
    node, name = cluster.node, f"{release}-api-server"
    namespace = example.namespaces.get(release, example.namespace)
    if example.admin is None:
        password = "made-by-hand"
        made = node.pods(name)[0].exec(*CREATE_ADMIN, password, timeout=120)
        assert made.exit_code == 0, made.output
    else:
        secret = example.admin or f"{release}-admin-password"
        (password,) = node.secret(secret, namespace).values()
    service = node.store.get("Service", namespace, name)
    assert service is not None
    address = str(service["spec"]["clusterIP"])
    return AirflowClient(address, 8080, "admin", password, example.prefix)
