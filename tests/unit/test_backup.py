"""Backups: what is refused, what the pods get, and how a restore holds up the others."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cdk8s
import pytest
from bundle.test_props_are_live import OTHER_RECIPIENT, RECIPIENT
from without_node import manifests

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    Backup,
    BackupVolume,
    DagsFolder,
    ExternalMysql,
    ExternalPostgresql,
    Flower,
    Image,
    PgBouncer,
    Restore,
    S3Backups,
    SecretKey,
    Secrets,
    Verify,
    VolumeClaim,
)
from cdk8s_airflow.checks.bundle import Bundle, Pod
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
KEY = SecretKey(name="backup-key", key="identity")
BUCKET = S3Backups(bucket="backups")
PGP = "-----BEGIN PGP {0} KEY BLOCK-----\n\nmDME\n-----END PGP {0} KEY BLOCK-----\n"


def bundle_of(backup: Backup, **props: Any) -> Bundle:
    return Bundle(manifests(AirflowProps(**{"dags": DAGS, "backup": backup, **props})))


def pod_of(bundle: Bundle, component: str) -> Pod:
    (pod,) = (pod for pod in bundle.pods if pod.component == component)
    return pod


def told(pod: Pod) -> dict[str, Any]:
    """The settings of its program."""
    env = {entry["name"]: entry.get("value") for entry in pod.main_containers[0]["env"]}
    found: dict[str, Any] = json.loads(env["BACKUP"])
    return found


def backup(**given: Any) -> Backup:
    return Backup(**{"store": BUCKET, "encrypt_to": RECIPIENT, **given})


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "no key": (lambda: backup(encrypt_to=[]), r"is empty: give the public key of a pair whose"),
    "a typing error": (
        lambda: backup(encrypt_to=f"{RECIPIENT[:-1]}q"),
        r"Backup\(encrypt_to=\.\.\.\): its checksum is wrong: a character is missing, or is",
    ),
    "no key at all": (
        lambda: backup(encrypt_to=[RECIPIENT, "secret"]),
        r"encrypt_to=\.\.\.\), key 2: expected a key that begins with age1; expected a public key",
    ),
    "a private key": (
        lambda: backup(encrypt_to="AGE-SECRET-KEY-1QQQ"),
        r"it is a private key, which belongs into no manifest and no repository",
    ),
    "a private key of PGP": (
        lambda: backup(encrypt_to=PGP.format("PRIVATE")),
        r"Backup\.encrypt_to looks like a credential \(a private key\)",
    ),
    "half a key of PGP": (
        lambda: backup(encrypt_to=PGP.format("PUBLIC")[:50]),
        r"its last line, '-----END PGP PUBLIC KEY BLOCK-----', is missing",
    ),
    "a key of SSH": (
        lambda: backup(encrypt_to="ssh-ed25519 AAAA"),
        r"keys of SSH are not known here: make one by age-keygen",
    ),
    "a key that is too short": (
        lambda: backup(encrypt_to="age1qqqssxtcfw"),
        r"expected a key of 32 bytes, as age-keygen makes it|its checksum is wrong",
    ),
    "two kinds": (
        lambda: backup(encrypt_to=[RECIPIENT, PGP.format("PUBLIC")]),
        r"has keys of age and of PGP: a file is encrypted in one way, give one kind",
    ),
    "a schedule": (lambda: backup(schedule="daily"), r"Backup\(schedule='daily'\): expected the"),
    "nothing to keep": (
        lambda: backup(keep=0),
        r"Backup\(keep=0\): expected 1 or more, or None, which keeps all",
    ),
    "a bucket": (
        lambda: S3Backups(bucket="s3://backups"),
        r"S3Backups\(bucket='s3://backups'\): expected 3 to 222 lower-case letters",
    ),
    "half a key of S3": (
        lambda: S3Backups(bucket="backups", access_key="a"),
        r"S3Backups: access_key and secret_key belong together",
    ),
    "an endpoint": (
        lambda: S3Backups(bucket="backups", endpoint="minio:9000"),
        r"S3Backups\(endpoint='minio:9000'\): expected a URL such as",
    ),
    "a claim": (lambda: BackupVolume(claim="A"), r"BackupVolume\.claim"),
    "a folder": (
        lambda: BackupVolume(claim="backups", sub_path="/af1"),
        r"BackupVolume\(sub_path='/af1'\): expected a path below the root",
    ),
    "a volume that is read": (
        lambda: BackupVolume(
            claim=VolumeClaim(size="1Gi", access_mode="ReadOnlyMany", volume_name="nfs")
        ),
        r"no backup could be written: use 'ReadWriteOnce'",
    ),
    "when it is verified": (
        lambda: Verify(identity=KEY, schedule="weekly", max_age_hours=0),
        r"Verify\(schedule='weekly'\): expected.*\nVerify\(max_age_hours=0\): expected 1 or more",
    ),
    "how large it may be": (
        lambda: Verify(identity=KEY, scratch_size="large"),
        r"Verify\.scratch_size='large': expected a quantity",
    ),
    "what is restored": (
        lambda: Restore(identity=KEY, backup="yesterday"),
        r"Restore\(backup='yesterday'\): expected 'latest' or the name of a backup, without a",
    ),
    "whose it is": (
        lambda: Restore(identity=KEY, origin="af1"),
        r"Restore\(origin='af1'\): expected a namespace and a release, such as 'airflow\.af1'",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_work_is_refused(name: str) -> None:
    make, text = REFUSED[name]
    with pytest.raises(ValueError, match=text):
        make()


def test_a_restore_stops_by_itself_what_is_in_its_way() -> None:
    with pytest.raises(ValueError, match=r"a restore stops by itself what is in its way, and"):
        bundle_of(backup(restore=Restore(identity=KEY)), suspended=True)


@pytest.mark.parametrize(
    ("database", "image"),
    [
        (ExternalPostgresql(host="db"), "Image(repository='postgres', tag='17.6')"),
        (ExternalMysql(host="db"), "Image(repository='mariadb', tag='11.4')"),
    ],
)
def test_a_scratch_server_has_the_version_of_the_database(database: Any, image: str) -> None:
    text = "so the version of the scratch one is not known: give server_image="
    with pytest.raises(ValueError, match=text) as error:
        bundle_of(backup(verify=Verify(identity=KEY)), database=database)
    assert image in str(error.value)


def test_several_may_decrypt() -> None:
    bundle = bundle_of(backup(encrypt_to=[RECIPIENT, OTHER_RECIPIENT]))
    assert told(pod_of(bundle, "backup"))["encrypt_to"] == [RECIPIENT, OTHER_RECIPIENT]


def test_all_that_is_generated_is_in_a_backup_and_nothing_else() -> None:
    """As files: the pod has no right to read Secrets, and no token."""
    brought = Secrets(fernet_key=SecretKey(name="mine", key="fernet"))
    bundle = bundle_of(backup(), flower=Flower(), secrets=brought)
    pod = pod_of(bundle, "backup")
    (volume,) = (volume for volume in pod.volumes if volume["name"] == "secrets")
    found = {source["secret"]["name"] for source in volume["projected"]["sources"]}
    bootstrap = pod_of(bundle, "bootstrap").main_containers[0]["env"]
    made = json.loads(next(e["value"] for e in bootstrap if e["name"] == "GENERATE"))
    assert found == {item["secret"] for item in made}
    assert "mine" not in found
    assert "af1-flower-password" in found
    assert pod.spec["automountServiceAccountToken"] is False
    assert pod_of(bundle_of(backup()), "backup").spec["serviceAccountName"] == "af1-backup"


def test_the_client_has_the_servers_version_and_no_secret() -> None:
    """Its one volume is where it gets scripts; the program beside it has the password."""
    mine = Image(repository="postgres", tag="16.9")
    cases = {
        "postgres:17.6": backup(),
        "postgres:16.9": backup(client_image=mine),
    }
    for image, given in cases.items():
        pod = pod_of(bundle_of(given), "backup")
        (client,) = (c for c in pod.containers if c["name"] == "database-client")
        assert client["image"] == image
        assert "env" not in client
        assert [mount["name"] for mount in client["volumeMounts"]] == ["database-client"]
        assert client["restartPolicy"] == "Always"  # it ends with the program
    external = bundle_of(backup(), database=ExternalPostgresql(host="db"))
    (client,) = (c for c in pod_of(external, "backup").containers if c["name"] == "database-client")
    assert client["image"] == "apache/airflow:3.3.2"


def test_a_backup_and_a_restore_pass_pgbouncer() -> None:
    given = backup(restore=Restore(identity=KEY))
    bundle = bundle_of(given, pgbouncer=PgBouncer())
    for component in ("backup", "restore"):
        env = {
            e["name"]: e.get("value") for e in pod_of(bundle, component).main_containers[0]["env"]
        }
        assert "@af1-postgresql-server:5432/" in env["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD"]


def test_two_backups_do_not_overlap_and_one_that_hangs_ends() -> None:
    bundle = bundle_of(backup(verify=Verify(identity=KEY)))
    found = {item["metadata"]["name"]: item["spec"] for item in bundle.all("CronJob")}
    assert found.keys() == {"af1-backup", "af1-backup-verify"}
    for spec in found.values():
        assert spec["concurrencyPolicy"] == "Forbid"
        assert spec["jobTemplate"]["spec"]["activeDeadlineSeconds"] == 21600
        assert spec["jobTemplate"]["spec"]["backoffLimit"] == 2
    assert found["af1-backup"]["schedule"] == "15 1 * * *"
    assert found["af1-backup-verify"]["schedule"] == "45 4 * * 0"


def test_who_verifies_reaches_the_store_alone_and_writes_nothing_there() -> None:
    volume = BackupVolume(claim="backups", sub_path="af1")
    bundle = bundle_of(backup(store=volume, verify=Verify(identity=KEY)))
    pod = pod_of(bundle, "backup-verify")
    names = {entry["name"] for c in pod.containers for entry in c.get("env") or ()}
    assert not {name for name in names if name.startswith("DATABASE")}
    (mount,) = (m for m in pod.main_containers[0]["volumeMounts"] if m["name"] == "backups")
    assert (mount["readOnly"], mount["subPath"]) == (True, "af1")
    (policy,) = (
        p for p in bundle.all("NetworkPolicy") if p["metadata"]["name"] == "af1-backup-verify"
    )
    ports = {port["port"] for rule in policy["spec"]["egress"] for port in rule["ports"]}
    assert ports == {53}
    (scratch,) = (c for c in pod.containers if c["name"] == "scratch-database")
    assert scratch["securityContext"]["runAsUser"] == 999


@pytest.mark.parametrize(
    ("database", "scheme", "args"),
    [
        (None, "postgresql+psycopg2://airflow", ["postgres", "-c", "listen_addresses=127.0.0.1"]),
        (
            ExternalMysql(host="db"),
            "mysql+mysqldb://root",
            ["--bind-address=127.0.0.1", "--loose-mysqlx=OFF"],
        ),
    ],
)
def test_a_scratch_server_is_reached_from_its_pod_alone_and_only_once_it_is_set_up(
    database: ExternalMysql | None, scheme: str, args: list[str]
) -> None:
    """Its socket is answered by the server, too, that an entrypoint starts to set it up."""
    if database is None:
        bundle = bundle_of(backup(verify=Verify(identity=KEY)))
    else:
        image = Image(repository="mysql", tag="8.4")
        verify = Verify(identity=KEY, server_image=image)
        bundle = bundle_of(backup(verify=verify, client_image=image), database=database)
    pod = pod_of(bundle, "backup-verify")
    (scratch,) = (c for c in pod.containers if c["name"] == "scratch-database")
    assert scratch["args"][: len(args)] == args
    assert told(pod)["scratch"] == f"{scheme}@127.0.0.1/airflow"
    mounted = {c["name"]: {m["name"] for m in c["volumeMounts"]} for c in pod.containers}
    assert [name for name, found in mounted.items() if "scratch-socket" in found] == [
        "scratch-database"
    ]


def test_the_way_to_the_store_is_open_and_the_key_for_it_comes_from_a_secret() -> None:
    store = S3Backups(
        bucket="backups",
        prefix="team",
        endpoint="https://minio.example.com:9000",
        access_key="airflow",
        secret_key=KEY,
    )
    bundle = bundle_of(backup(store=store))
    pod = pod_of(bundle, "backup")
    env = {entry["name"]: entry for entry in pod.main_containers[0]["env"]}
    assert env["AWS_ACCESS_KEY_ID"]["value"] == "airflow"
    assert env["AWS_SECRET_ACCESS_KEY"]["valueFrom"]["secretKeyRef"]["name"] == KEY.name
    (policy,) = (p for p in bundle.all("NetworkPolicy") if p["metadata"]["name"] == "af1-backup")
    ports = {port["port"] for rule in policy["spec"]["egress"] for port in rule["ports"]}
    assert ports == {53, 5432, 9000}
    assert told(pod)["store"] == {
        "bucket": "backups",
        "prefix": "team",
        "endpoint": "https://minio.example.com:9000",
    }


def test_credentials_are_in_files_where_the_release_wants_them_so() -> None:
    store = S3Backups(bucket="backups", access_key=KEY, secret_key=SecretKey(name="s3", key="key"))
    bundle = bundle_of(backup(store=store), secrets=Secrets(as_files=True))
    env = pod_of(bundle, "backup").main_containers[0]["env"]
    assert not [entry["name"] for entry in env if "secretKeyRef" in entry.get("valueFrom", {})]
    names = {entry["name"] for entry in env}
    assert {"AWS_SECRET_ACCESS_KEY_FILE", "DATABASE_PASSWORD_FILE"} <= names


@pytest.mark.parametrize(
    ("secrets", "names"),
    [
        ("none", None),
        ("keys", {"admin-password", "api-secret-key", "fernet-key", "jwt-secret"}),
        (
            "all",
            {
                *("admin-password", "api-secret-key", "fernet-key", "jwt-secret"),
                *("postgresql", "redis"),
            },
        ),
    ],
)
def test_a_restore_may_set_these_secrets_and_no_others(
    secrets: Any, names: set[str] | None
) -> None:
    """It reads none. Passwords of servers stay, as those of the servers are new ones."""
    bundle = bundle_of(backup(restore=Restore(identity=KEY, secrets=secrets)))
    roles = [item for item in bundle.all("Role") if item["metadata"]["name"] == "af1-restore"]
    if names is None:
        assert not roles
        assert not pod_of(bundle, "restore").spec["automountServiceAccountToken"]
        return
    named, new = roles[0]["rules"]
    assert {name.removeprefix("af1-") for name in named["resourceNames"]} == names
    assert (named["verbs"], new["verbs"]) == (["patch"], ["create"])
    wanted = {name for name, _ in told(pod_of(bundle, "restore"))["wanted"]}
    assert wanted == set(named["resourceNames"])


def test_a_restore_stops_all_that_uses_the_database_and_leaves_the_servers() -> None:
    given = backup(verify=Verify(identity=KEY), restore=Restore(identity=KEY))
    bundle = bundle_of(given, pgbouncer=PgBouncer(), flower=Flower())
    workloads = [*bundle.all("Deployment"), *bundle.all("StatefulSet")]
    replicas = {item["metadata"]["name"]: item["spec"].get("replicas") for item in workloads}
    running = {name for name, number in replicas.items() if number}
    assert running == {"af1-postgresql", "af1-redis"}
    jobs = [*bundle.all("Job"), *bundle.all("CronJob")]
    at_work = {
        item["metadata"]["labels"]["app.kubernetes.io/component"]
        for item in jobs
        if not item["spec"].get("suspend")
    }
    assert at_work == {"bootstrap", "restore"}


def test_a_bundle_that_restores_passes_all_checks(tmp_path: Path) -> None:
    """Its Job sets Secrets, each by its name."""
    volume = BackupVolume(claim=VolumeClaim(size="1Gi", access_mode="ReadWriteOnce"))
    given = backup(store=volume, verify=Verify(identity=KEY), restore=Restore(identity=KEY))

    def build(app: cdk8s.App) -> None:
        props = AirflowProps(dags=DAGS, backup=given, pgbouncer=PgBouncer())
        AirflowChart(app, "af1", namespace="airflow", props=props)

    sidecars = {"Pod.initContainers[].restartPolicy"}
    synthesize(build, tmp_path, external={f"Secret/{KEY.name}"}, newer_fields=sidecars)


def test_a_suspended_release_takes_no_backup() -> None:
    bundle = bundle_of(backup(verify=Verify(identity=KEY)), suspended=True)
    assert {item["spec"].get("suspend") for item in bundle.all("CronJob")} == {True}


def test_another_backup_is_another_job() -> None:
    names = {
        item["metadata"]["name"]
        for name in ("latest", "airflow.af1.20260131T011500Z.tar.gz.age")
        for item in bundle_of(backup(restore=Restore(identity=KEY, backup=name))).all("Job")
        if "-restore-" in item["metadata"]["name"]
    }
    assert len(names) == 2
