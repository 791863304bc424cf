"""Backups: history and keys are lost and come back; what is no whole backup of ours is refused."""

from __future__ import annotations

import itertools
import json
import signal
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from integration.bundle import NAMESPACE, copy_dags, synthesize_props
from integration.conftest import RunningBundle, Scene, Stage, secret
from integration.node.controllers import JobController
from integration.node.objects import Manifest
from integration.test_v_rotation import DECRYPT, apply

from cdk8s_airflow import (
    AirflowProps,
    Backup,
    BackupVolume,
    DagsFolder,
    PgBouncer,
    Restore,
    SecretKey,
    Verify,
    VolumeClaim,
)

SECRETS = ("admin-password", "api-secret-key", "fernet-key", "jwt-secret")
PASSWORD = "pass-7f3a"
IDENTITY = SecretKey(name="backup-key", key="identity")
NUMBERS = itertools.count(1)
COUNTS = "select (select count(*) from dag_run), (select count(*) from task_instance)"


class Release:
    """A release with backups on a volume."""

    def __init__(self, folders: Any) -> None:
        self._folders = folders
        self._dags: DagsFolder = copy_dags(Path(folders.mktemp("backup")) / "dags")
        made = subprocess.run(["age-keygen"], check=True, capture_output=True, text=True)
        self.identity = made.stdout
        show = subprocess.run(
            ["age-keygen", "-y"], input=made.stdout, check=True, capture_output=True, text=True
        )
        self.recipient = show.stdout.strip()

    def manifests(self, restore: Restore | None = None) -> list[Manifest]:
        """The bundle.

        Args:
            restore: What is restored.
        """
        backup = Backup(
            store=BackupVolume(claim=VolumeClaim(size="1Gi", access_mode="ReadWriteOnce")),
            encrypt_to=self.recipient,
            keep=2,
            backoff_limit=0,
            verify=Verify(identity=IDENTITY, backoff_limit=0),
            restore=restore,
        )
        props = AirflowProps(dags=self._dags, backup=backup, pgbouncer=PgBouncer())
        return synthesize_props(self._folders.mktemp("synth"), props)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release."""
    return Release(tmp_path_factory)


@pytest.fixture(scope="module")
def bundle(stage: Stage, release: Release) -> RunningBundle:
    """The release, and the Secret with the private key."""
    before = [secret(IDENTITY.name, {IDENTITY.key: release.identity})]
    return stage.play("backup", lambda: Scene(release.manifests(), before))


@pytest.fixture(scope="module")
def first(bundle: RunningBundle) -> str:
    """The name of a backup with a run and an encrypted connection."""
    airflow = bundle.client()
    airflow.log_in()
    body = {"connection_id": "kept", "conn_type": "generic", "password": PASSWORD}
    assert airflow.request("POST", "/api/v2/connections", body)[0] == 201
    airflow.run_to_end("again", 300)
    log = run(bundle, "backup")
    assert "DONE: " in log, log
    return names(bundle)[-1]


def job_of(bundle: RunningBundle, component: str, name: str) -> Manifest:
    """What ``kubectl create job --from=cronjob/...`` makes."""
    found = bundle.node.store.all("CronJob", NAMESPACE)
    (cron_job,) = (m for m in found if m["metadata"]["name"] == bundle.name(component))
    template = cron_job["spec"]["jobTemplate"]
    metadata = {**template["metadata"], "name": name, "namespace": NAMESPACE}
    return {"apiVersion": "batch/v1", "kind": "Job", "metadata": metadata, "spec": template["spec"]}


def run(bundle: RunningBundle, component: str, *, fails: bool = False) -> str:
    """Runs a CronJob once; the log of its program."""
    name = f"{component}-{next(NUMBERS)}"
    bundle.node.apply([job_of(bundle, component, name)])
    return ended(bundle, name, component, fails=fails)


def ended(bundle: RunningBundle, name: str, container: str, *, fails: bool = False) -> str:
    """The log of a Job once it has ended as it should; it is gone then."""
    job = bundle.node.controller(name)
    assert isinstance(job, JobController)
    bundle.node.wait_for(lambda: job.state != "Active", 300, f"{name} has ended")
    log = job.pods[-1].log(container)
    assert job.state == ("Failed" if fails else "Complete"), log
    bundle.node.delete(name)
    return log


def restored(bundle: RunningBundle, manifests: Sequence[Manifest], *, fails: bool = False) -> str:
    """Applies a bundle that restores; the log of its Job once it has ended."""
    (job,) = (m for m in manifests if m["kind"] == "Job" and "-restore-" in m["metadata"]["name"])
    bundle.node.apply(manifests)
    return ended(bundle, job["metadata"]["name"], "restore", fails=fails)


def folder(bundle: RunningBundle) -> Path:
    """The volume with the backups."""
    return bundle.node.folder / "claims" / NAMESPACE / bundle.name("backup")


def names(bundle: RunningBundle) -> list[str]:
    """What is on it, hidden files too."""
    return sorted(path.name for path in folder(bundle).iterdir() if path.is_file())


def sql(bundle: RunningBundle, query: str, database: str = "airflow") -> str:
    postgresql = bundle.node.pod(bundle.name("postgresql"))
    done = postgresql.exec("psql", "-U", "airflow", "-d", database, "-tAc", query)
    assert done.exit_code == 0, done.output
    return done.output.strip()


def test_a_backup_can_be_read_without_us(
    bundle: RunningBundle, release: Release, first: str, tmp_path: Path
) -> None:
    """By age, tar and psql alone; its manifest tells what is in it."""
    assert first.startswith(f"{NAMESPACE}.af1.20")
    key = tmp_path / "key"
    key.write_text(release.identity)
    plain = subprocess.run(
        ["age", "--decrypt", "--identity", str(key), str(folder(bundle) / first)],
        check=True, capture_output=True,
    ).stdout  # fmt: skip
    subprocess.run(["tar", "-xz", "-C", str(tmp_path)], input=plain, check=True)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["airflow"] == "3.3.2"
    assert manifest["rows"]["connection"] == 1
    assert manifest["rows"]["dag_run"] >= 1
    assert manifest["server"].startswith("1")
    assert manifest["client"].startswith("pg_dump")
    for each in SECRETS:
        kept = (tmp_path / "secrets" / bundle.name(each) / each).read_text()
        assert kept == bundle.node.secret(bundle.name(each), NAMESPACE)[each]
    dump = b"".join(path.read_bytes() for path in sorted((tmp_path / "database").iterdir()))
    assert b"COPY public.dag_run " in dump
    assert PASSWORD.encode() not in dump


def test_a_backup_restores_in_a_scratch_database(bundle: RunningBundle, first: str) -> None:
    log = run(bundle, "backup-verify")
    assert f"DONE: {first} is whole" in log
    assert "1 encrypted values decrypt with its Fernet key" in log


def test_a_tampered_backup_is_found(bundle: RunningBundle, first: str) -> None:
    path = folder(bundle) / first
    whole = path.read_bytes()
    middle = len(whole) // 2
    try:
        path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        log = run(bundle, "backup-verify", fails=True)
        assert "FAILED: it cannot be decrypted: it is damaged" in log
    finally:
        path.write_bytes(whole)


def test_a_database_that_is_not_empty_is_refused(
    bundle: RunningBundle, release: Release, first: str
) -> None:
    before = sql(bundle, COUNTS)
    sql(bundle, "insert into log (dttm, event) values (now(), 'since')")
    refused = release.manifests(Restore(identity=IDENTITY, backup=first, backoff_limit=0))
    log = restored(bundle, refused, fails=True)
    assert "REFUSED: the database is not empty, nothing was touched" in log, log
    assert sql(bundle, COUNTS) == before
    assert not bundle.node.pods(bundle.name("scheduler"))
    assert not bundle.node.pods(bundle.name("pgbouncer"))


def test_a_cut_or_foreign_backup_is_refused_before_anything_is_touched(
    bundle: RunningBundle, release: Release, first: str
) -> None:
    """Although the database may be replaced."""
    before = sql(bundle, COUNTS)
    whole = (folder(bundle) / first).read_bytes()
    encrypted = subprocess.run(
        ["age", "--encrypt", "--recipient", release.recipient],
        input=b"no backup", check=True, capture_output=True,
    ).stdout  # fmt: skip
    cases = {
        "20200101T000000Z": (whole[:-1000], "its end is missing"),
        "20200102T000000Z": (encrypted, "it is no backup, or is damaged"),
        "20200103T000000Z": (b"age-encryption.org/v1\nnothing", "its header is damaged"),
    }
    for time, (content, text) in cases.items():
        name = f"{NAMESPACE}.af1.{time}.tar.gz.age"
        (folder(bundle) / name).write_bytes(content)
        (folder(bundle) / name).chmod(0o644)
        wanted = Restore(identity=IDENTITY, backup=name, replace=True, backoff_limit=0)
        log = restored(bundle, release.manifests(wanted), fails=True)
        assert text in log, log
        (folder(bundle) / name).unlink()
    other = f"{NAMESPACE}.other.20200101T000000Z.tar.gz.age"
    (folder(bundle) / other).write_bytes(whole)
    (folder(bundle) / other).chmod(0o644)
    wanted = Restore(
        identity=IDENTITY, backup=other, origin="airflow.other", replace=True, backoff_limit=0
    )
    log = restored(bundle, release.manifests(wanted), fails=True)
    assert "REFUSED: the backup is of airflow.af1, not of airflow.other" in log
    (folder(bundle) / other).unlink()
    assert sql(bundle, COUNTS) == before


def test_a_lost_database_and_lost_keys_come_back(
    bundle: RunningBundle, release: Release, first: str
) -> None:
    """The database is empty, one key is gone, and others are new, as after a new start."""
    before = sql(bundle, COUNTS)
    sql(bundle, "drop database airflow with (force)", "postgres")
    sql(bundle, "create database airflow", "postgres")
    store = bundle.node.store
    password = bundle.admin_password
    store.drop("Secret", NAMESPACE, bundle.name("fernet-key"))
    others = {each: "new" for each in SECRETS if each != "fernet-key"}
    bundle.node.apply(secret(bundle.name(each), {each: text}) for each, text in others.items())
    log = restored(bundle, release.manifests(Restore(identity=IDENTITY, backup=first)))
    assert "all tables have the rows that the manifest tells" in log
    assert "1 of 1 encrypted values decrypt with its Fernet key" in log
    assert "Secret af1-fernet-key: created" in log
    assert "Secret af1-admin-password: set" in log
    assert bundle.admin_password == password
    apply(bundle, release.manifests())
    assert sql(bundle, COUNTS) == before
    scheduler = bundle.node.pods(bundle.name("scheduler"))[0]
    found = scheduler.exec("python", "-c", DECRYPT, timeout=120)
    assert f"password {PASSWORD}" in found.output
    airflow = bundle.client()
    runs = airflow.get("dags/again/dagRuns")["dag_runs"]
    assert [each["state"] for each in runs][:1] == ["success"]
    assert airflow.run_to_end("again", 300)


def test_old_backups_go_once_there_is_a_new_one(bundle: RunningBundle, first: str) -> None:
    """The volume has what a pod left half that died a week ago, too."""
    half = folder(bundle) / f".{first}.partial"
    half.write_bytes(b"half")
    subprocess.run(["touch", "-d", "7 days ago", str(half)], check=True)
    for _ in range(2):
        log = run(bundle, "backup")
    assert f"deleted {first}, as keep=2" in log
    found = names(bundle)
    assert len(found) == 2
    assert first not in found


@pytest.fixture
def huge(bundle: RunningBundle, first: str) -> Iterator[None]:
    """A table that takes long enough to be caught in the middle."""
    rows = "select repeat(md5(i::text), 400) from generate_series(1, 60000) as i"
    sql(bundle, f"create table huge as {rows}")
    yield
    bundle.node.wait_ready(600)
    sql(bundle, "drop table huge")


def begun(bundle: RunningBundle, name: str) -> list[str]:
    """Starts a backup, and halts its client half-way; the names of its files by then."""
    bundle.node.apply([job_of(bundle, "backup", name)])

    def partial() -> list[str]:
        return [each for each in names(bundle) if each.endswith(".partial")]

    bundle.node.wait_for(lambda: bool(partial()), 120, "a backup under way")
    signal_client(bundle, name, signal.SIGSTOP)
    return partial()


def signal_client(bundle: RunningBundle, name: str, number: signal.Signals) -> None:
    """Sends a signal to all processes of the database's client of a backup."""
    client = bundle.node.pod(name).supervisors["database-client"].container
    assert client is not None
    client.signal_all(number)


def test_a_backup_that_fails_leaves_nothing_and_deletes_nothing(
    bundle: RunningBundle, huge: None
) -> None:
    """The database goes away while it is dumped."""
    before = names(bundle)
    begun(bundle, "fails")
    bundle.node.delete_pod(bundle.node.pods(bundle.name("postgresql"))[0], 0)
    signal_client(bundle, "fails", signal.SIGCONT)
    log = ended(bundle, "fails", "backup", fails=True)
    *_, last = log.splitlines()
    assert "FAILED: the database's client ended with 1: pg_dump: error: " in last, log
    assert names(bundle) == before


def test_a_pod_that_dies_leaves_no_backup(bundle: RunningBundle, huge: None) -> None:
    """What it leaves has no name of a backup, and a verification does not see it."""
    before = names(bundle)
    half = begun(bundle, "dies")
    bundle.node.pod("dies").lose()
    bundle.node.delete("dies")
    assert set(names(bundle)) - set(before) == set(half)
    assert all(name.startswith(".") for name in half)
    log = run(bundle, "backup-verify")
    assert f"DONE: {before[-1]} is whole" in log
