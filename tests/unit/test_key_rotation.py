"""Numbers of generated keys: new Secrets beside the old ones, in steps that lose nothing."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App
from key_table import DOCUMENT, generated, holders, table, with_table

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagsFolder,
    EmbeddedPostgresql,
    EmbeddedRabbitmq,
    EmbeddedRedis,
    PgBouncer,
    SecretKey,
    Secrets,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.parts.programs import sources
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
JOB = "rotate-fernet-key"


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    return synthesize(build, tmp_path)


def env_of(bundle: Bundle, component: str, container: int = 0) -> dict[str, Any]:
    """Variable -> its value, or the Secret that it comes from."""
    (pod,) = (pod for pod in bundle.pods if pod.component == component)
    entries = pod.spec["containers"][container].get("env", ())
    return {
        entry["name"]: entry.get("value") or entry["valueFrom"]["secretKeyRef"]["name"]
        for entry in entries
        if "value" in entry or "secretKeyRef" in entry["valueFrom"]
    }


def init_containers(bundle: Bundle, component: str) -> dict[str, Any]:
    (pod,) = (pod for pod in bundle.pods if pod.component == component)
    return {each["name"]: each for each in pod.spec.get("initContainers", ())}


def generated_secrets(bundle: Bundle) -> set[str]:
    wanted = json.loads(env_of(bundle, "bootstrap")["GENERATE"])
    return {item["secret"] for item in wanted}


def test_without_numbers_nothing_carries_one(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path)
    assert not [name for name in generated_secrets(bundle) if name[-1].isdigit()]
    assert JOB not in {pod.component for pod in bundle.pods}
    assert "AIRFLOW__API_AUTH__TRUSTED_JWKS_URL" not in env_of(bundle, "api-server")


@pytest.mark.parametrize(
    ("numbers", "known", "job"),
    [
        ([1, 2], "{FERNET_KEY_1},{FERNET_KEY_2}", False),
        ([2, 1], "{FERNET_KEY_2},{FERNET_KEY_1}", True),
        ([3, 2], "{FERNET_KEY_3},{FERNET_KEY_2}", True),
    ],
)
@pytest.mark.parametrize("as_files", [False, True])
def test_airflow_knows_the_fernet_keys_in_their_order(
    tmp_path: Path, numbers: list[int], known: str, job: bool, as_files: bool
) -> None:
    secrets = Secrets(rotation={"fernet-key": numbers}, as_files=as_files)
    bundle = bundle_of(tmp_path, secrets=secrets)
    for component in ("api-server", "scheduler", "triggerer", "dag-processor"):
        env = env_of(bundle, component)
        command = env["AIRFLOW__CORE__FERNET_KEY_CMD"]
        assert command == f"python -IS /opt/cdk8s-airflow/url.py --json '{known}'"
        assert ("FERNET_KEY_2_FILE" in env) is as_files
    assert (JOB in {pod.component for pod in bundle.pods}) is job
    names = {f"af1-fernet-key{'' if number == 1 else f'-{number}'}" for number in numbers}
    assert names <= generated_secrets(bundle)


def test_the_last_step_forgets_the_old_fernet_key(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, secrets=Secrets(rotation={"fernet-key": [2]}))
    env = env_of(bundle, "scheduler")
    assert env["AIRFLOW__CORE__FERNET_KEY"] == "af1-fernet-key-2"
    assert "af1-fernet-key" not in generated_secrets(bundle)
    assert JOB not in {pod.component for pod in bundle.pods}


def test_the_job_encrypts_by_a_direct_connection(tmp_path: Path) -> None:
    """One transaction over all rows would hold a connection of PgBouncer's pool."""
    secrets = Secrets(rotation={"fernet-key": [2, 1]})
    bundle = bundle_of(tmp_path, secrets=secrets, pgbouncer=PgBouncer())
    (pod,) = (pod for pod in bundle.pods if pod.component == JOB)
    assert pod.spec["containers"][0]["args"] == ["airflow", "rotate-fernet-key"]
    command = env_of(bundle, JOB)["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD"]
    assert "@af1-postgresql-server:5432" in command


@pytest.mark.parametrize(
    ("numbers", "secret", "kid", "known"),
    [
        ([1, 2], "af1-jwt-secret", None, {"TOKEN_KEY_1": "not-used", "TOKEN_KEY_2": "2"}),
        ([2, 1], "af1-jwt-secret-2", "2", {"TOKEN_KEY_1": "not-used", "TOKEN_KEY_2": "2"}),
        ([2], "af1-jwt-secret-2", "2", {}),
        ([2, 3], "af1-jwt-secret-2", "2", {"TOKEN_KEY_2": "2", "TOKEN_KEY_3": "3"}),
    ],
)
def test_a_token_of_each_known_key_is_valid(
    tmp_path: Path, numbers: list[int], secret: str, kid: str | None, known: dict[str, str]
) -> None:
    """Airflow names the first key `not-used`, as it was told no name."""
    bundle = bundle_of(tmp_path, secrets=Secrets(rotation={"jwt-secret": numbers}))
    for component in ("api-server", "scheduler"):
        env = env_of(bundle, component)
        assert env["AIRFLOW__API_AUTH__JWT_SECRET"] == secret
        assert env.get("AIRFLOW__API_AUTH__JWT_KID") == kid
    writes = "write-token-keys" in init_containers(bundle, "api-server")
    assert writes is bool(known)
    assert "write-token-keys" not in init_containers(bundle, "scheduler")
    if known:
        env = {
            e["name"]: e for e in init_containers(bundle, "api-server")["write-token-keys"]["env"]
        }
        assert json.loads(env["SIGNERS"]["value"]) == known


def test_the_file_of_token_keys_is_a_key_set(tmp_path: Path) -> None:
    for name in ("write_token_keys.py", "url.py"):
        (tmp_path / name).write_text(sources()[name])
    file, secret = tmp_path / "keys.json", tmp_path / "secret"
    secret.write_text("ein Schlüssel\n")
    env = {
        "SIGNERS": '{"A": "not-used", "B": "2"}',
        "A": "one",
        "B_FILE": str(secret),
    }
    program = [sys.executable, str(tmp_path / "write_token_keys.py"), str(file)]
    subprocess.run(program, env=env, check=True)
    assert file.stat().st_mode & 0o777 == 0o600
    keys = json.loads(file.read_text())["keys"]
    assert [(key["kid"], key["kty"], key["alg"]) for key in keys] == [
        ("not-used", "oct", "HS512"),
        ("2", "oct", "HS512"),
    ]
    found = [base64.urlsafe_b64decode(key["k"] + "==") for key in keys]
    assert found == [b"one", "ein Schlüssel\n".encode()]


def test_a_new_password_of_the_admin_is_set(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, secrets=Secrets(rotation={"admin-password": [2]}))
    (pod,) = (pod for pod in bundle.pods if pod.component == "create-admin")
    assert pod.spec["containers"][0]["command"][-1] == "--reset-password"
    assert env_of(bundle, "create-admin")["ADMIN_PASSWORD"] == "af1-admin-password-2"


@pytest.mark.parametrize(
    ("numbers", "user", "roles"),
    [
        ([1, 2], "airflow", ["airflow=DATABASE_ROLE_1", "airflow_2=DATABASE_ROLE_2"]),
        ([2, 1], "airflow_2", ["airflow_2=DATABASE_ROLE_2", "airflow=DATABASE_ROLE_1"]),
        ([2], "airflow_2", ["airflow_2=DATABASE_ROLE_2"]),
    ],
)
def test_a_new_password_of_postgresql_comes_with_a_role(
    tmp_path: Path, numbers: list[int], user: str, roles: list[str]
) -> None:
    """PostgreSQL knows one password for each."""
    bundle = bundle_of(tmp_path, database=EmbeddedPostgresql(rotation=numbers))
    command = env_of(bundle, "scheduler")["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD"]
    assert f"//{user}:{{DATABASE_PASSWORD}}@" in command
    maker = init_containers(bundle, "migrations")["database-roles"]
    assert maker["command"][-len(roles) :] == roles
    lowest = "af1-postgresql" if 1 in numbers else "af1-postgresql-2"
    assert env_of(bundle, "postgresql")["POSTGRES_PASSWORD"] == lowest


def test_a_running_pgbouncer_does_not_log_in_as_another_with_its_old_password(
    tmp_path: Path,
) -> None:
    """It reads the ConfigMap anew, but keeps its Secrets until it is replaced."""
    database = EmbeddedPostgresql(rotation=[2, 1])
    bundle = bundle_of(tmp_path, database=database, pgbouncer=PgBouncer())
    (pod,) = (pod for pod in bundle.pods if pod.component == "pgbouncer")
    assert "'af1-postgresql-2', 'items': [{'key': 'password', 'path': 'credentials/airflow" in str(
        pod.volumes
    )
    assert "user='airflow_2' password='{airflow.password-2}'" in str(bundle.manifests)


def test_a_new_password_of_pgbouncer_comes_with_a_user(tmp_path: Path) -> None:
    pooler = PgBouncer(rotation=[2, 1])
    bundle = bundle_of(tmp_path, pgbouncer=pooler, broker=EmbeddedRabbitmq())
    command = env_of(bundle, "scheduler")["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD"]
    assert "//airflow_2:{DATABASE_PASSWORD}@af1-pgbouncer:" in command
    command = env_of(bundle, "worker")["AIRFLOW__CELERY__RESULT_BACKEND_CMD"]
    assert "//results_2:" in command
    files = bundle.one("ConfigMap", "af1-pgbouncer")["data"]
    assert files["users.txt"].splitlines() == [
        '"airflow_2" "{airflow.client-2}"',
        '"airflow" "{airflow.client}"',
        '"results_2" "{results.client-2}"',
        '"results" "{results.client}"',
    ]
    assert "host airflow airflow_2,airflow 0.0.0.0/0 scram-sha-256" in files["hba.conf"]
    (pod,) = (pod for pod in bundle.pods if pod.component == "pgbouncer")
    (watch,) = (each for each in pod.containers if each["name"] == "watch-files")
    assert watch["startupProbe"]["exec"]["command"][-2:] == ["airflow_2", "airflow.client-2"]


def test_a_password_of_the_user_for_pgbouncer_has_no_number() -> None:
    with pytest.raises(ValueError, match=r"PgBouncer\(rotation=\[2\]\) is for generated passwords"):
        PgBouncer(rotation=[2], password=SecretKey(name="pooler", key="password"))


def test_results_have_a_role_of_the_same_number(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path, database=EmbeddedPostgresql(rotation=[2]), broker=EmbeddedRabbitmq()
    )
    command = env_of(bundle, "worker")["AIRFLOW__CELERY__RESULT_BACKEND_CMD"]
    assert "//airflow_results_2:" in command
    maker = init_containers(bundle, "migrations")["result-database"]
    assert maker["command"][-1] == "airflow_results_2=RESULT_BACKEND_PASSWORD_2"
    assert "RESULT_BACKEND_PASSWORD" not in {entry["name"] for entry in maker["env"]}


def test_redis_knows_both_passwords_and_restarts_for_no_other_order(tmp_path: Path) -> None:
    specs = []
    for numbers in ([1, 2], [2, 1]):
        bundle = bundle_of(tmp_path, broker=EmbeddedRedis(rotation=numbers))
        specs += [pod.spec for pod in bundle.pods if pod.component == "redis"]
    assert specs[0] == specs[1]
    script = specs[0]["containers"][0]["command"][-1]
    assert '">$(quoted "$REDIS_PASSWORD_1")" ">$(quoted "$REDIS_PASSWORD_2")"' in script


@pytest.mark.parametrize(
    ("numbers", "without"),
    [([1, 2], []), ([2, 1], []), ([2], ["airflow"]), ([3], ["airflow", "airflow_2"])],
)
def test_rabbitmq_has_a_user_for_each_password(
    tmp_path: Path, numbers: list[int], without: list[str]
) -> None:
    bundle = bundle_of(tmp_path, broker=EmbeddedRabbitmq(rotation=numbers))
    (pod,) = (pod for pod in bundle.pods if pod.component == "rabbitmq")
    script = pod.spec["containers"][0]["command"][-1]
    text = script.split("<<END\n")[-1].split("\nEND")[0]
    for number in numbers:
        text = text.replace(f'$(quoted "$PASSWORD_{number}")', f"password {number}")
    users = {user["name"]: user for user in json.loads(text)["users"]}
    assert [name for name, user in users.items() if user.get("password_hash") == ""] == without
    assert {user["password"] for user in users.values() if "password" in user} == {
        f"password {number}" for number in numbers
    }


def resolved(**props: Any) -> None:
    resolve(AirflowProps(dags=DAGS, **props), "af1")


@pytest.mark.parametrize(
    ("rotation", "message"),
    [
        ({"fernet-key": []}, r"\['fernet-key'\]=\[\]: expected different numbers from 1 on"),
        ({"jwt-secret": [1, 1]}, r"\['jwt-secret'\]=\[1, 1\]: expected different numbers"),
        ({"fernet-key": [0]}, r"\[0\]: expected different numbers from 1 on"),
        ({"api-secret-key": [2, 1]}, "Airflow can know one of these at a time: give one number"),
        ({"fernet": [2]}, "fernet"),
    ],
)
def test_numbers_that_mean_nothing_are_refused(rotation: Any, message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        Secrets(rotation=rotation)


def test_a_key_of_the_user_has_no_number() -> None:
    key = SecretKey(name="keys", key="fernet")
    with pytest.raises(ValueError, match="fernet_key= is a key of yours, so nothing is generated"):
        Secrets(rotation={"fernet-key": [2]}, fernet_key=key)


def test_numbers_of_a_server_are_checked() -> None:
    with pytest.raises(ValueError, match=r"EmbeddedRedis\(rotation\)=\[2, 2\]: expected different"):
        EmbeddedRedis(rotation=[2, 2])


def test_an_airflow_that_names_no_key_can_know_one_alone() -> None:
    secrets = Secrets(rotation={"jwt-secret": [1, 2]})
    with pytest.raises(
        ValueError, match=r"Airflow 3.2.1 does not name the key .* suspended='tasks'"
    ):
        resolved(secrets=secrets, airflow_version="3.2.1")
    resolved(secrets=Secrets(rotation={"jwt-secret": [2]}), airflow_version="3.2.1")


def test_an_option_that_says_otherwise_is_refused() -> None:
    config = {"api_auth": {"trusted_jwks_url": "https://login.example.com/keys"}}
    with pytest.raises(ValueError, match=r"\[api_auth\] trusted_jwks_url, which says otherwise"):
        resolved(secrets=Secrets(rotation={"jwt-secret": [1, 2]}), config=config)


def test_the_table_of_keys_in_the_docs_is_current() -> None:
    """`make security-table` writes it; a generated Secret without a row there is an error."""
    text = DOCUMENT.read_text()
    assert with_table(text) == text
    assert table() in text
    assert set(generated()) <= set(holders())
