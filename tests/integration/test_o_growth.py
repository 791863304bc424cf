"""What grows is cleaned: rows by the pod of the CronJob, logs by a container beside Airflow."""

from __future__ import annotations

import pytest
from integration.bundle import NAMESPACE, RELEASE, copy_dags, synthesize_props
from integration.conftest import RunningBundle, Scene, Stage
from integration.node.objects import Manifest

from cdk8s_airflow import AirflowProps, DatabaseCleanup, Logs

NEEDED = {"bootstrap", "database-cleanup", "migrations", "postgresql", "programs", "triggerer"}
FOLDER = "/opt/airflow/logs/dag_id=a/run_id=b"


@pytest.fixture(scope="module")
def manifests(tmp_path_factory: pytest.TempPathFactory) -> list[Manifest]:
    """The bundle."""
    props = AirflowProps(
        dags=copy_dags(tmp_path_factory.mktemp("dags") / "dags"),
        database_cleanup=DatabaseCleanup(batch_size=1000),
        logs=Logs(interval_minutes=1),
    )
    return synthesize_props(tmp_path_factory.mktemp("synth"), props)


@pytest.fixture(scope="module")
def bundle(stage: Stage, manifests: list[Manifest]) -> RunningBundle:
    """The database, migrated, and a triggerer; nothing on this node makes Jobs of a CronJob."""
    wanted = [item for item in manifests if component(item) in NEEDED and item["kind"] != "CronJob"]
    return stage.play("growth", lambda: Scene(wanted))


def component(manifest: Manifest) -> str:
    return str(manifest["metadata"]["labels"]["app.kubernetes.io/component"])


def run_of_the_cron_job(manifests: list[Manifest], name: str) -> Manifest:
    """What ``kubectl create job --from=cronjob/...`` makes."""
    (cron_job,) = [item for item in manifests if item["kind"] == "CronJob"]
    template = cron_job["spec"]["jobTemplate"]
    metadata = {**template["metadata"], "name": name, "namespace": NAMESPACE}
    return {"apiVersion": "batch/v1", "kind": "Job", "metadata": metadata, "spec": template["spec"]}


def sql(bundle: RunningBundle, query: str) -> str:
    postgresql = bundle.node.pod(f"{RELEASE}-postgresql")
    done = postgresql.exec("psql", "-U", "airflow", "-d", "airflow", "-tAc", query)
    assert done.exit_code == 0, done.output
    return done.output.strip()


def test_old_rows_are_deleted_and_young_ones_stay(
    bundle: RunningBundle, manifests: list[Manifest]
) -> None:
    ages = {"old": 91, "young": 89}
    for event, days in ages.items():
        values = f"now() - interval '{days} days', '{event}'"
        sql(bundle, f"insert into log (dttm, event) values ({values})")
    bundle.node.apply([run_of_the_cron_job(manifests, "clean")])
    bundle.node.wait_ready(180)
    assert sql(bundle, "select event from log where event in ('old', 'young')") == "young"
    archives = "select count(*) from pg_tables where tablename like '\\_airflow\\_deleted%'"
    assert sql(bundle, archives) == "0"
    told = bundle.node.pod("clean").log("database-cleanup")
    assert "--error-on-cleanup-failure" in told


def test_old_logs_are_deleted_and_young_ones_stay(bundle: RunningBundle) -> None:
    triggerer = bundle.node.pod(f"{RELEASE}-triggerer-0")
    script = (
        f"mkdir -p {FOLDER} && cd {FOLDER} && touch young && "
        "touch -d '16 days ago' old && touch -d '14 days ago' kept"
    )
    assert triggerer.exec("bash", "-c", script).exit_code == 0

    def names() -> list[str]:
        return triggerer.exec("ls", FOLDER).output.split()

    bundle.node.wait_for(lambda: "old" not in names(), 180, "the old log deleted")
    assert sorted(names()) == ["kept", "young"]
    groomer = triggerer.supervisors["log-groomer"]
    assert groomer.exit_codes == []
    assert "deleted 1 files and folders" in triggerer.log("log-groomer")


def test_the_groomer_ends_at_once_with_its_pod(bundle: RunningBundle) -> None:
    triggerer = bundle.node.pod(f"{RELEASE}-triggerer-0")
    groomer = triggerer.supervisors["log-groomer"]
    bundle.node.delete_pod(triggerer)
    assert (groomer.exit_codes, groomer.kills) == ([0], [])
