"""Backups of a MariaDB in a bucket with a private CA, encrypted to a key of PGP."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from integration.bundle import NAMESPACE, copy_dags, synthesize_props
from integration.conftest import NASTY_PASSWORD, RunningBundle, Scene, Stage, secret
from integration.node.objects import Manifest
from integration.servers import Authority, certificate, host, server
from integration.test_x_backup import restored, run

from cdk8s_airflow import (
    AirflowProps,
    Backup,
    DagsFolder,
    ExternalMysql,
    Image,
    LocalExecutor,
    Restore,
    S3Backups,
    SecretKey,
    Verify,
)

IMAGE = Image(repository="registry.example.com/airflow-with-stores", tag="3.3.2")
KEY = SecretKey(name="backup-key", key="identity")
NEEDED = {"backup", "backup-verify", "bootstrap", "migrations", "programs", "restore"}
MARIADB = (
    *("mariadb", "--socket=/run/mysqld/mysqld.sock", "--user=air flow"),
    *(f"--password={NASTY_PASSWORD}", "meta", "-Ne"),
)


class Release:
    """A release on a MariaDB, of which only the Jobs run."""

    def __init__(self, folders: Any) -> None:
        self._folders = folders
        self._dags: DagsFolder = copy_dags(Path(folders.mktemp("mysql")) / "dags")
        home = str(folders.mktemp("gnupg"))
        Path(home).chmod(0o700)
        gpg = ["gpg", "--batch", "--quiet", "--homedir", home]
        made = ["--passphrase", "", "--quick-gen-key", "b@example.com", "default", "default"]
        subprocess.run([*gpg, *made, "never"], check=True, capture_output=True)
        self.public, self.private = (
            subprocess.run(
                [*gpg, "--armor", each], check=True, capture_output=True, text=True
            ).stdout
            for each in ("--export", "--export-secret-keys")
        )
        subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], check=False)

    def manifests(self, restore: Restore | None = None) -> list[Manifest]:
        """The Jobs of the bundle."""
        props = AirflowProps(
            image=IMAGE,
            dags=self._dags,
            executor=LocalExecutor(),
            database=ExternalMysql(
                host=host("mariadb"),
                database="meta",
                user="air flow",
                password=SecretKey(name="mariadb", key="password"),
                ca=SecretKey(name="server-ca", key="ca.crt"),
                mariadb=True,
            ),
            ca_bundle=SecretKey(name="store-ca", key="ca.crt"),
            backup=Backup(
                store=S3Backups(
                    bucket="backups",
                    prefix="team/af1",
                    region="us-east-1",
                    endpoint=f"https://{host('s3')}:9000",
                    access_key=SecretKey(name="s3", key="access-key"),
                    secret_key=SecretKey(name="s3", key="secret-key"),
                ),
                encrypt_to=self.public,
                keep=1,
                backoff_limit=0,
                verify=Verify(
                    identity=KEY,
                    server_image=Image(repository="mariadb", tag="10.11"),
                    backoff_limit=0,
                ),
                restore=restore,
            ),
        )
        found = synthesize_props(self._folders.mktemp("synth"), props)
        label = "app.kubernetes.io/component"
        return [each for each in found if each["metadata"]["labels"][label] in NEEDED]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release."""
    return Release(tmp_path_factory)


@pytest.fixture(scope="module")
def bundle(
    stage: Stage, release: Release, tmp_path_factory: pytest.TempPathFactory
) -> RunningBundle:
    """Its Jobs, the database and the bucket."""

    def prepare() -> Scene:
        files = certificate(tmp_path_factory.mktemp("sql"), host("mariadb"))
        authority = Authority(Path(tmp_path_factory.mktemp("authority")))
        issued = authority.issue(host("s3"))
        tls = {name: text for name, text in issued.items() if name != "ca.crt"}
        store = server(
            "s3", "minio/minio:latest", 9000,
            ("server", "--address", ":9000", "--certs-dir", "/etc/server", "/data"),
            env={
                "MINIO_ROOT_USER": "airflow",
                "MINIO_ROOT_PASSWORD": NASTY_PASSWORD,
                "MINIO_BUCKET": "backups",
            },
            files=tls, folders=("/data", "/tmp"), user=1000,
        )  # fmt: skip
        before = [
            *store,
            *mariadb(files),
            secret("s3", {"access-key": "airflow", "secret-key": NASTY_PASSWORD}),
            secret("mariadb", {"password": NASTY_PASSWORD}),
            secret("server-ca", {"ca.crt": files["ca.crt"]}),
            secret("store-ca", {"ca.crt": authority.certificate}),
            secret(KEY.name, {KEY.key: release.private}),
        ]
        return Scene(release.manifests(), before)

    return stage.play("backup of mysql", prepare)


def mariadb(files: Any) -> list[Manifest]:
    command = (
        "mariadbd", "--character-set-server=utf8mb4", "--skip-name-resolve",
        "--require-secure-transport=ON", "--ssl-cert=/etc/server/tls.crt",
        "--ssl-key=/etc/server/tls.key",
    )  # fmt: skip
    env = {
        "MARIADB_RANDOM_ROOT_PASSWORD": "1",
        "MARIADB_USER": "air flow",
        "MARIADB_PASSWORD": NASTY_PASSWORD,
        "MARIADB_DATABASE": "meta",
    }
    folders = ("/var/lib/mysql", "/run/mysqld", "/tmp")
    return server("mariadb", "mariadb:10.11", 3306, command, env=env, folders=folders, files=files)


def sql(bundle: RunningBundle, statement: str) -> str:
    done = bundle.node.pod("mariadb").exec(*MARIADB, statement)
    assert done.exit_code == 0, done.output
    return done.output.strip()


ROWS = "select val from variable where `key` = 'text'"


@pytest.fixture(scope="module")
def log(bundle: RunningBundle) -> str:
    """That of a backup, of a database with a value that looks like a row of the dump."""
    text = "a\\nINSERT INTO `dag_run` VALUES (1); é"
    sql(bundle, f"insert into variable (`key`, val, is_encrypted) values ('text', '{text}', 0)")
    return run(bundle, "backup")


def test_a_backup_is_verified_in_a_scratch_mariadb(bundle: RunningBundle, log: str) -> None:
    assert "DONE: airflow.af1." in log
    assert ".tar.gz.gpg has " in log
    assert "DONE: " in run(bundle, "backup-verify")


def test_a_backup_goes_to_a_bucket_and_comes_back(
    bundle: RunningBundle, release: Release, log: str
) -> None:
    """Past a database that is not empty, into one that is; and the key is another by then."""
    before = sql(bundle, ROWS)
    assert "INSERT INTO" in before
    key = bundle.node.secret(bundle.name("fernet-key"), NAMESPACE)
    sql(bundle, "insert into variable (`key`, val, is_encrypted) values ('since', 'x', 0)")
    log = restored(bundle, release.manifests(Restore(identity=KEY, backoff_limit=0)), fails=True)
    assert "REFUSED: the database is not empty, nothing was touched" in log
    bundle.node.apply([secret(bundle.name("fernet-key"), {"fernet-key": "another"})])
    wanted = Restore(identity=KEY, replace=True, backoff_limit=0)
    log = restored(bundle, release.manifests(wanted))
    assert "all tables have the rows that the manifest tells" in log
    assert sql(bundle, ROWS) == before
    assert sql(bundle, "select count(*) from variable") == "1"
    assert bundle.node.secret(bundle.name("fernet-key"), NAMESPACE) == key


def test_one_is_kept(bundle: RunningBundle, release: Release, log: str) -> None:
    bundle.node.apply(item for item in release.manifests() if item["kind"] == "CronJob")
    log = run(bundle, "backup")
    assert ", as keep=1" in log
    assert "1 backups are kept" in log
