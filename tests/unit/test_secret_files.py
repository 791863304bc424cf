"""Keys and credentials of Airflow in files: `Secrets(as_files=True)`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

import cdk8s_airflow
from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    DatabaseCleanup,
    EmbeddedRabbitmq,
    ExternalMysql,
    ExternalPostgresql,
    ExternalRedis,
    Flower,
    KubernetesExecutor,
    PgBouncer,
    RedisSentinel,
    SecretKey,
    Secrets,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.cli.cluster import access
from cdk8s_airflow.parts.secret_files import FOLDER, is_sensitive
from cdk8s_airflow.testing.synth import synthesize

PROGRAMS = Path(cdk8s_airflow.__file__).parent / "programs"
DAGS = DagsFolder(str(Path(__file__).parents[2] / "dags"))
MINE = [SecretKey(name="mine", key=key) for key in ("a", "b", "c", "d")]
SERVERS = {"postgresql", "rabbitmq", "redis"}
"""Whose images read their passwords from the environment."""
RELEASES: dict[str, dict[str, Any]] = {
    "the default": {},
    "everything": {
        "executors": [CeleryExecutor(), KubernetesExecutor()],
        "flower": Flower(),
        "pgbouncer": PgBouncer(),
        "database_cleanup": DatabaseCleanup(),
    },
    "results in the database": {"broker": EmbeddedRabbitmq()},
    "whole URLs": {"database": MINE[0], "broker": MINE[1], "result_backend": MINE[2]},
    "keys of one Secret": {
        "secrets": Secrets(as_files=True, fernet_key=MINE[0], jwt_secret=MINE[1]),
        "database": ExternalPostgresql(host="db.example.com", user=MINE[2], password=MINE[3]),
        "broker": ExternalRedis(host="cache.example.com", password=MINE[3]),
    },
    "Sentinel and MySQL": {
        "database": ExternalMysql(host="db.example.com", password=MINE[0]),
        "broker": RedisSentinel(
            hosts=["a.example.com"],
            master_name="m",
            password=MINE[1],
            sentinel_password=MINE[2],
        ),
    },
}


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    given = {"dags": DAGS, "secrets": Secrets(as_files=True), **props}

    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(**given))

    external = {"Secret/mine"} if "name='mine'" in repr(props) else set()
    return synthesize(build, tmp_path, external=external)


Keys = dict[tuple[str, str], set[tuple[str, str]]]
"""Component and container -> names and keys of Secrets."""


def keys_in_env(bundle: Bundle) -> Keys:
    """What is in the environment."""
    found: Keys = {}
    for pod in bundle.pods:
        for container in pod.containers:
            for entry in container.get("env") or []:
                if reference := (entry.get("valueFrom") or {}).get("secretKeyRef"):
                    key = (reference["name"], reference["key"])
                    found.setdefault((pod.component, container["name"]), set()).add(key)
    return found


def keys_in_files(bundle: Bundle) -> Keys:
    """What is in files."""
    found: Keys = {}
    for pod in bundle.pods:
        volumes = {each["name"]: each for each in pod.volumes}
        for container in pod.containers:
            for mount in container.get("volumeMounts") or []:
                if mount["mountPath"].startswith(FOLDER):
                    secret = volumes[mount["name"]]["secret"]
                    assert secret["defaultMode"] == 0o440, "for Airflow's group, nobody else"
                    (item,) = secret["items"]
                    key = (secret["secretName"], item["key"])
                    found.setdefault((pod.component, container["name"]), set()).add(key)
    return found


@pytest.mark.parametrize("name", RELEASES)
def test_no_credential_is_in_an_environment_and_each_container_has_the_same_as_files(
    tmp_path: Path, name: str
) -> None:
    props = RELEASES[name]
    inside = Secrets(**{**vars(props.get("secrets") or Secrets()), "as_files": False})
    before = keys_in_env(bundle_of(tmp_path, **{**props, "secrets": inside}))
    bundle = bundle_of(tmp_path, **props)
    assert {component for component, _ in keys_in_env(bundle)} <= SERVERS
    expected = {where: keys for where, keys in before.items() if where[0] not in SERVERS}
    assert expected, "nothing was compared"
    assert keys_in_files(bundle) == expected


def test_options_come_from_commands_and_everything_else_from_the_file_of_a_name(
    tmp_path: Path,
) -> None:
    bundle = bundle_of(tmp_path, env={"AIRFLOW__SENTRY__SENTRY_DSN": MINE[0], "TOKEN": MINE[1]})
    env = {e["name"]: e for e in bundle.container("Deployment", "af1-api-server")["env"]}
    fernet_key = f"{FOLDER}/af1-fernet-key/fernet-key/value"
    assert env["AIRFLOW__CORE__FERNET_KEY_CMD"]["value"] == f"cat {fernet_key}"
    assert env["AIRFLOW__SENTRY__SENTRY_DSN_CMD"]["value"] == f"cat {FOLDER}/mine/a/value"
    password = f"{FOLDER}/af1-postgresql/password/value"
    assert env["DATABASE_PASSWORD_FILE"]["value"] == password
    assert env["TOKEN"]["valueFrom"]["secretKeyRef"]["name"] == "mine", "a variable of the user's"
    assert is_sensitive("AIRFLOW__CELERY__BROKER_URL")
    assert not is_sensitive("AIRFLOW__CORE__PARALLELISM")


def run(program: str, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-IS", str(PROGRAMS / program), *arguments],
        env={"PATH": os.environ["PATH"], **env},
        capture_output=True,
        text=True,
        timeout=30,
    )


def test_a_url_takes_its_credentials_from_files(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("p@:/%é\n")
    done = run("url.py", "redis://:{A_PASSWORD}@h", A_PASSWORD_FILE=str(tmp_path / "password"))
    assert done.stdout == "redis://:p%40%3A%2F%25%C3%A9%0A@h", "as it is, as from a variable"
    (tmp_path / "url").write_text("postgresql://u:p@h/d")
    done = run("url.py", "--whole", "URL", "postgresql=a=1", URL_FILE=str(tmp_path / "url"))
    assert done.stdout == "postgresql://u:p@h/d?a=1"
    missing = run("url.py", "x{A}", A_FILE=str(tmp_path / "none"))
    assert missing.returncode == 1
    assert "No such file" in missing.stderr and "Traceback" not in missing.stderr
    assert "environment variable 'A' is not set" in run("url.py", "x{A}").stderr


@pytest.mark.parametrize(
    "command",
    ["cat {file}", "sh -c 'cat {file}'", f"{sys.executable} -IS {PROGRAMS}/url.py --whole URL"],
)
def test_our_programs_read_an_option_from_its_command(tmp_path: Path, command: str) -> None:
    file = tmp_path / "url"
    file.write_text("mysql+mysqldb://u:p@h/d")
    env = {"OPTION_CMD": command.format(file=file), "URL_FILE": str(file)}
    done = run("url.py", "--async", "OPTION", **env)
    assert done.stdout == "mysql+aiomysql://u:p@h/d", done.stderr


def test_connections_of_the_script_find_the_admins_password(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, flower=Flower())
    assert access.admin_secret(list(bundle.manifests)) == ("af1-admin-password", "admin-password")
    said = list(access.passwords(list(bundle.manifests), "airflow"))
    assert len(said) == 2
