"""Releases of the official chart are taken over as its page says, with all that is in them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from integration.airflow_client import AirflowClient
from integration.bundle import NAMESPACE, RELEASE
from integration.conftest import START_SECONDS, RunningBundle, Scene, Stage, say, secret
from integration.node.kubelet import Kubelet
from integration.node.objects import Manifest
from integration.node.timeline import timeline
from integration.old_airflow import CONNECTION, DAG, DAG_ID, LOGIN, PASSWORD, USER, OldAirflow
from integration.servers import host, server
from integration.turns import turn

from cdk8s_airflow.migration.migrate import Migration, migrate
from cdk8s_airflow.migration.writing import write

OWNER, DATABASE_PASSWORD, DATABASE = "airflow", "old-database-password", "airflow"
FERNET_KEY = "b2xkLWZlcm5ldC1rZXktMzItYnl0ZXMtbG9uZy4uLi4="
FIRST = "bootstrap,postgresql,programs"
"""The components that the page applies first where the database moves."""
OUTSIDE = f"""
executor: LocalExecutor
airflowVersion: 2.11.0
defaultAirflowTag: 2.11.0
postgresql: {{enabled: false}}
data:
  metadataConnection:
    host: {host("database")}
    user: {OWNER}
    pass: {DATABASE_PASSWORD}
    db: {DATABASE}
    sslmode: disable
dags: {{persistence: {{enabled: true}}}}
logs: {{persistence: {{enabled: true}}}}
"""
"""Of Airflow 2, with a database that is not of the chart."""
SUB_CHART = """
executor: LocalExecutor
airflowVersion: 3.1.7
dags: {persistence: {enabled: true}}
logs: {persistence: {enabled: true}}
"""
"""Of Airflow 3, with the PostgreSQL of the sub-chart."""
RELEASES = {"2.11": OUTSIDE, "3.1": SUB_CHART}
NEW_KEYS = ("api-secret-key", "jwt-secret")
"""What the chart generates for Airflow 3 only."""


@dataclass
class Takeover:
    """A new bundle in the place of an old release."""

    old: OldAirflow
    bundle: RunningBundle
    dump: Path
    """What the old database held."""

    @property
    def node(self) -> Kubelet:
        """The node, for reports of failed tests too."""
        return self.bundle.node

    @property
    def moved(self) -> bool:
        """Whether the database is in another server now."""
        return self.old.version == "3.1"


def client_program(program: str, url: str, *arguments: str) -> None:
    """Runs a client program of PostgreSQL; its last argument is the URL of a database."""
    done = subprocess.run(
        [program, *arguments, url.replace("+psycopg2", "")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def fill_claim(node: Kubelet, name: str, source: Path, user: int = 50000) -> list[Manifest]:
    """A claim of the old release and what its volume holds."""
    folder = node.folder / "claims" / NAMESPACE / name
    shutil.copytree(source, folder)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, 0)
    metadata = {"name": name, "namespace": NAMESPACE, "labels": {"release": RELEASE}}
    spec = {"accessModes": ["ReadWriteMany"], "resources": {"requests": {"storage": "1Gi"}}}
    return [
        {
            "apiVersion": "v1",
            "kind": "PersistentVolumeClaim",
            "metadata": metadata,
            "spec": spec,
        }
    ]


def synthesize(made: Migration, folder: Path) -> list[Manifest]:
    """What the files of the migration yield, by their own main.py."""
    for key in ("airflowVersion", "image"):  # the newest at once
        made.values.pop(key, None)
    write(made, folder)
    subprocess.run([sys.executable, "main.py"], cwd=folder, check=True)
    (file,) = (folder / "dist").glob("*.yaml")
    return [each for each in yaml.safe_load_all(file.read_text()) if each]


def left_by_the_chart(node: Kubelet, version: str, old: OldAirflow, folder: Path) -> list[Manifest]:
    """What stays when the workloads of the old release are deleted."""
    dags = folder / "dags"
    dags.mkdir()
    (dags / f"{DAG_ID}.py").write_text(DAG)
    keys = {"fernet-key": FERNET_KEY}
    if version == "3.1":
        keys |= {key: f"the old {key} of at least thirty-two letters" for key in NEW_KEYS}
    found = [secret(f"{RELEASE}-{key}", {key: value}) for key, value in keys.items()]
    found += fill_claim(node, f"{RELEASE}-dags", dags)
    found += fill_claim(node, f"{RELEASE}-logs", old.home / "logs")
    if version == "3.1":  # the layout of Bitnami's image
        bitnami = folder / "bitnami"
        (bitnami / "data").mkdir(parents=True)
        (bitnami / "data" / "PG_VERSION").write_text("16\n")
        (bitnami / "data").chmod(0o700)
        found += fill_claim(node, f"data-{RELEASE}-postgresql-0", bitnami, user=1001)
    return found


@pytest.fixture(scope="module", params=list(RELEASES))
def cluster(
    request: pytest.FixtureRequest, stage: Stage, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Takeover]:
    """The database of an old release and what else it leaves, then the bundle on top of it."""
    version = request.param
    env = {"POSTGRES_USER": OWNER, "POSTGRES_PASSWORD": DATABASE_PASSWORD,
           "POSTGRES_DB": DATABASE, "PGDATA": "/data/pgdata"}  # fmt: skip
    folders = ("/data", "/var/run/postgresql", "/tmp")
    database = server("database", "postgres:17.6", 5432, ("postgres",), env=env, folders=folders)
    stage.play(f"database of {version}", lambda: Scene(database))
    node = stage.node
    address = node.pod("database-0").ip
    url = f"postgresql+psycopg2://{OWNER}:{DATABASE_PASSWORD}@{address}:5432/{DATABASE}"
    old = OldAirflow(version, url, FERNET_KEY, tmp_path_factory.mktemp("old"))
    old.fill()
    dump = tmp_path_factory.mktemp("dump") / "airflow.dump"
    client_program("pg_dump", url, "--format=custom", f"--file={dump}")
    made = migrate(RELEASES[version], family="official", release=RELEASE, adopt=True)
    manifests = synthesize(made, tmp_path_factory.mktemp("synth"))
    node.apply(left_by_the_chart(node, version, old, tmp_path_factory.mktemp("left")))
    values = {("af1-database", "password"): DATABASE_PASSWORD}
    node.apply(
        [
            secret(each.name, {key: values[each.name, key] for key in each.keys})
            for each in made.report.secrets
        ]
    )
    start = time.monotonic()
    with turn():
        if version == "3.1":
            move_database(node, manifests, dump)
        node.apply(manifests)
        node.wait_ready(START_SECONDS)
    for line in timeline(node.pods(), start):
        say(f"  {line}")
    bundle = RunningBundle(node, Scene(manifests), time.monotonic() - start)
    yield Takeover(old, bundle, dump)
    stage.clear()


def move_database(node: Kubelet, manifests: list[Manifest], dump: Path) -> None:
    """Starts the new server alone and restores into it, as the page says."""
    label = "app.kubernetes.io/component"
    first = [
        each
        for each in manifests
        if each["metadata"].get("labels", {}).get(label) in FIRST.split(",")
    ]
    node.apply(first)
    name = f"{RELEASE}-postgresql-0"
    node.wait_ready(START_SECONDS)
    volume = node.folder / "claims" / NAMESPACE / f"data-{name}"
    shutil.copy(dump, volume / "airflow.dump")  # kubectl exec -i gives it to the program
    (volume / "airflow.dump").chmod(0o644)
    restored = node.pod(name).exec(
        *("pg_restore", "-U", "airflow", "-d", "airflow", "--no-owner"),
        "/var/lib/postgresql/data/airflow.dump",
    )
    assert restored.exit_code == 0, restored.output
    assert (volume / "data" / "PG_VERSION").read_text() == "16\n", "the old data are beside"


@pytest.fixture(scope="module")
def airflow(cluster: Takeover) -> AirflowClient:
    """A client that logs in as a user of the old release."""
    return client(cluster, USER, PASSWORD)


def client(cluster: Takeover, user: str, password: str) -> AirflowClient:
    """A client by the name that the UI has always had."""
    name = "api-server" if cluster.moved else "webserver"
    service = cluster.node.store.get("Service", NAMESPACE, f"{RELEASE}-{name}")
    assert service is not None
    made = AirflowClient(str(service["spec"]["clusterIP"]), 8080, user, password)
    made.log_in()
    return made


def test_history_is_there_with_its_logs(airflow: AirflowClient) -> None:
    (run,) = airflow.get(f"dags/{DAG_ID}/dagRuns")["dag_runs"]
    assert run["state"] == "success"
    tasks = airflow.tasks(DAG_ID, run["dag_run_id"])
    assert {name: task["state"] for name, task in tasks.items()} == {
        "one": "success",
        "two": "success",
    }
    number = tasks["two"]["try_number"]
    assert "two after 1" in airflow.log(DAG_ID, run["dag_run_id"], "two", number)


def test_the_first_user_of_the_chart_has_the_password_that_it_had(cluster: Takeover) -> None:
    client(cluster, "admin", "admin")


def test_connections_decrypt_and_variables_are_there(
    cluster: Takeover, airflow: AirflowClient
) -> None:
    (scheduler,) = cluster.node.pods(f"{RELEASE}-scheduler")
    shown = scheduler.exec("airflow", "connections", "get", CONNECTION, "--output", "json")
    assert shown.exit_code == 0, shown.output
    (connection,) = json.loads(_json(shown.output))
    assert connection["password"] == LOGIN
    assert airflow.get("variables/stage")["value"] == "old"


def test_the_dag_runs_on(airflow: AirflowClient) -> None:
    assert set(airflow.run(DAG_ID).values()) == {"success"}
    assert len(airflow.get(f"dags/{DAG_ID}/dagRuns")["dag_runs"]) == 2


def test_the_way_back(cluster: Takeover) -> None:
    """Last: the bundle's pods go, and the old Airflow reads what it left, from the dump or not."""
    node, old = cluster.node, cluster.old
    for manifest in cluster.bundle.manifests:
        if manifest["kind"] in ("Deployment", "Job", "StatefulSet"):
            node.delete(manifest["metadata"]["name"])
    node.wait_for(lambda: not node.pods(RELEASE), 120, "the pods are gone")
    if not cluster.moved:
        empty = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        client_program("psql", old.url, "--set=ON_ERROR_STOP=1", f"--command={empty}")
        plain = old.url.replace("+psycopg2", "")
        client_program("pg_restore", str(cluster.dump), "--no-owner", f"--dbname={plain}")
    assert old.states() == ["success"]
    shown = json.loads(_json(old.run("connections", "get", CONNECTION, "--output", "json")))
    assert shown[0]["password"] == LOGIN


def _json(text: str) -> str:
    return text[text.index("[") :]
