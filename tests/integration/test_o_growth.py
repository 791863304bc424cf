"""What grows is cleaned: rows by the pod of the CronJob, logs by a container beside Airflow."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta, timezone
from threading import Thread

import pytest
from integration.bundle import NAMESPACE, RELEASE, copy_dags, synthesize_props
from integration.conftest import RunningBundle, Scene, Stage
from integration.node.objects import Manifest

from cdk8s_airflow import AirflowProps, DatabaseCleanup, Logs, PgBouncer
from cdk8s_airflow.components.database_cleanup import GOES_WITH, TABLES

NEEDED = {
    *("bootstrap", "database-cleanup", "migrations", "pgbouncer", "postgresql", "programs"),
    "triggerer",
}
LOCK = int.from_bytes(
    hashlib.sha256(b"cdk8s-airflow-database-cleanup").digest()[:8], "big", signed=True
)
FOLDER = "/opt/airflow/logs/dag_id=a/run_id=b"


def synthesized(folders: pytest.TempPathFactory, dry_run: bool = False) -> list[Manifest]:
    props = AirflowProps(
        dags=copy_dags(folders.mktemp("dags") / "dags"),
        database_cleanup=DatabaseCleanup(
            batch_size=1000,
            keep_days_of={"import_error": 10},
            drop_archives_after_days=30,
            dry_run=dry_run,
        ),
        pgbouncer=PgBouncer(),
        logs=Logs(interval_minutes=1),
    )
    return synthesize_props(folders.mktemp("synth"), props)


@pytest.fixture(scope="module")
def manifests(tmp_path_factory: pytest.TempPathFactory) -> list[Manifest]:
    """The bundle."""
    return synthesized(tmp_path_factory)


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


def rows(bundle: RunningBundle) -> set[str]:
    """The events and import errors of the test, and the tables with copies."""
    return {
        *sql(bundle, "select event from log where event in ('old', 'young')").splitlines(),
        *sql(bundle, "select filename from import_error").splitlines(),
        *sql(
            bundle, "select tablename from pg_tables where tablename like '\\_airflow\\_deleted%'"
        ).splitlines(),
    }


def archive(days: int) -> str:
    made = datetime.now(timezone.utc) - timedelta(days=days)
    return f"_airflow_deleted__log__{made:%Y%m%d%H%M%S}"


def test_the_tables_are_those_of_airflow(bundle: RunningBundle) -> None:
    script = (
        "import json\nfrom airflow.utils.db_cleanup import config_dict as known\n"
        "print('\\n' + json.dumps({k: v.dependent_tables for k, v in known.items()}))"
    )
    done = bundle.node.pod(f"{RELEASE}-triggerer-0").exec("python", "-c", script)
    found = json.loads(done.output.splitlines()[-1])
    assert set(found) == TABLES
    assert {name: tuple(with_it) for name, with_it in found.items() if with_it} == GOES_WITH


def test_old_rows_are_deleted_and_young_ones_stay(
    bundle: RunningBundle, manifests: list[Manifest], tmp_path_factory: pytest.TempPathFactory
) -> None:
    for event, days in {"old": 91, "young": 89}.items():
        values = f"now() - interval '{days} days', '{event}'"
        sql(bundle, f"insert into log (dttm, event) values ({values})")
    for file, days in {"old.py": 11, "young.py": 9}.items():
        values = f"now() - interval '{days} days', '{file}'"
        sql(bundle, f"insert into import_error (timestamp, filename) values ({values})")
    old, young = archive(31), archive(29)
    for name in (old, young):
        sql(bundle, f"create table {name} (a int)")
    everything = {"old", "young", "old.py", "young.py", old, young}
    node = bundle.node

    node.apply([run_of_the_cron_job(synthesized(tmp_path_factory, dry_run=True), "dry")])
    node.wait_ready(180)
    assert rows(bundle) == everything
    assert f"would drop {old}" in node.pod("dry").log("database-cleanup")

    # Another one holds the lock, as a Job does that somebody makes while the CronJob's runs.
    postgresql, other = node.pod(f"{RELEASE}-postgresql"), f"select pg_advisory_lock({LOCK})"
    hold = ("psql", "-U", "airflow", "-d", "airflow", "-c", f"{other}, pg_sleep(600)")
    Thread(target=postgresql.exec, args=hold, kwargs={"timeout": 600}, daemon=True).start()
    holder = (
        "select pid from pg_stat_activity "
        "where query like '%pg_sleep(600)%' and pid <> pg_backend_pid()"
    )
    held = f"select count(*) from pg_locks where locktype = 'advisory' and pid in ({holder})"
    node.wait_for(lambda: sql(bundle, held) == "1", 60, "the lock")
    node.apply([run_of_the_cron_job(manifests, "clean")])
    waits = "another one runs: waiting"
    node.wait_for(lambda: waits in log_of(bundle, "clean"), 180, "the second one waits")
    assert rows(bundle) == everything
    sql(bundle, f"select pg_terminate_backend(pid) from ({holder}) as other")
    node.wait_ready(180)
    assert rows(bundle) == {"young", "young.py", young}
    assert "--error-on-cleanup-failure" in log_of(bundle, "clean")
    # Waiting is no failed try.
    assert len(node.controller("clean").pods) == 1


def log_of(bundle: RunningBundle, job: str) -> str:
    pods = list(bundle.node.controller(job).pods)
    return "".join(pod.log("database-cleanup") for pod in pods)


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
