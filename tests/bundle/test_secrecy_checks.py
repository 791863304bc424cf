"""The checks of secrecy refuse what is broken, and only that."""

from __future__ import annotations

import pytest
from bundle.breakage import Break, assert_refused, parameters
from bundle.sample import good, secret_env, thing

from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.testing.roles import ALLOWED, allowed_material, check_material
from cdk8s_airflow.testing.secrecy import (
    check_env_literals,
    check_no_secret_objects,
    check_texts,
    is_harmless,
    is_secret_name,
    text_problems,
)
from cdk8s_airflow.testing.synth import Check

API = "Deployment/af1-api-server"
WORKER = "StatefulSet/af1-worker"
POD = "spec.template.spec"
MAIN = f"{POD}.containers[0]"
INIT = f"{POD}.initContainers[0]"

# Not secrets: the digits of pi and of e, in base 64 and 16.
RANDOM_TEXT = "DJD9qoiFohwjC4DTExmKLgNwc0SkCTgiKZ8x0A"
RANDOM_HEX = "b7e151628aed2a6abf7158809cf4f3c762e7160f"

CASES: dict[Check, list[Break]] = {
    check_no_secret_objects: [
        Break("", "", thing("v1", "Secret", "x", data={"a": "eA=="}), "Secret/af1-x: carries data"),
        Break("", "", thing("v1", "Secret", "x", stringData={"a": "x"}), "carries data"),
    ],
    check_env_literals: [
        Break(
            API,
            f"{MAIN}.env+",
            {"name": "DATABASE_PASSWORD", "value": "airflow"},
            "env DATABASE_PASSWORD is a literal",
        ),
        Break(
            WORKER,
            f"{INIT}.env+",
            {"name": "AIRFLOW__API__SECRET_KEY", "value": "temporary_key"},
            "container wait: env AIRFLOW__API__SECRET_KEY is a literal",
        ),
    ],
    check_texts: [
        Break(
            API,
            f"{MAIN}.env+",
            {"name": "BROKER", "value": "redis://:hunter2@af1-redis:6379/0"},
            "a URL holds the password of ''",
        ),
        Break(API, f"{MAIN}.args+", "postgresql://u:p%40ss@h/d", "holds the password of 'u'"),
        Break(API, f"{MAIN}.args+", RANDOM_TEXT, r"args\[4\]: DJD9qo... looks like a random key"),
        Break(API, "metadata.annotations.x", RANDOM_HEX, "b7e151... looks like a random key"),
        Break(
            API,
            'spec.template.metadata.annotations."cdk8s-airflow/checksums"',
            RANDOM_HEX,
            "looks like a random key",
        ),
        Break("ConfigMap/af1-programs", "data.key", f"k = {RANDOM_TEXT}\n", "data.key: DJD9qo"),
        Break(
            "ConfigMap/af1-programs",
            "data.pem",
            "-----BEGIN RSA PRIVATE KEY-----",
            "holds a private key",
        ),
    ],
    check_material: [
        Break(
            WORKER,
            f"{MAIN}.env+",
            secret_env("SOME_NAME", "af1-fernet-key", "fernet-key"),
            "env SOME_NAME gives worker the fernet key",
        ),
        Break(
            WORKER,
            f"{INIT}.env+",
            secret_env("AIRFLOW__CORE__FERNET_KEY", "team", "f"),
            "container wait, env AIRFLOW__CORE__FERNET_KEY gives worker the fernet key",
        ),
        Break(
            WORKER,
            f"{MAIN}.env+",
            secret_env("AIRFLOW__API_AUTH__JWT_SECRET", "team", "jwt"),
            "gives worker the JWT key",
        ),
        Break(
            WORKER,
            f"{MAIN}.env+",
            {"name": "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD", "value": "cat /x"},
            "gives worker the metadata database",
        ),
        Break(
            WORKER,
            f"{MAIN}.envFrom+",
            {"secretRef": {"name": "af1-postgresql"}},
            "container worker gives worker the metadata database",
        ),
        Break(
            WORKER,
            f"{POD}.volumes+",
            {"name": "v", "secret": {"secretName": "af1-jwt-secret"}},
            "volume v gives worker the JWT key",
        ),
        Break(
            WORKER,
            f"{POD}.volumes+",
            {"name": "v", "projected": {"sources": [{"secret": {"name": "af1-admin"}}]}},
            "volume v gives worker the admin password",
        ),
        Break(
            "Deployment/af1-scheduler",
            f"{MAIN}.env+",
            secret_env("ADMIN_PASSWORD", "af1-admin", "password"),
            "gives scheduler the admin password",
        ),
        Break(
            "StatefulSet/af1-postgresql",
            f"{MAIN}.env+",
            secret_env("X", "af1-fernet-key", "fernet-key"),
            "gives postgresql the fernet key",
        ),
    ],
}


@pytest.mark.parametrize(("refusing", "broken"), parameters(CASES))
def test_a_check_refuses(refusing: Check, broken: Break) -> None:
    assert_refused(refusing, broken)


@pytest.mark.parametrize("component", ["worker", "worker-gpu", "something-new"])
def test_pods_with_user_code_hold_nothing_that_opens_the_release(component: str) -> None:
    forbidden = {"fernet key", "JWT key", "metadata database", "admin password"}
    assert not allowed_material(component) & forbidden


def test_only_api_server_and_scheduler_sign_task_tokens() -> None:
    signing = {component for component, material in ALLOWED.items() if "JWT key" in material}
    assert signing == {
        *("api-server", "execution-api", "scheduler"),
        "backup",  # which signs nothing: it encrypts the key before that leaves the pod
    }


def test_a_checksum_annotation_may_look_random() -> None:
    path = 'spec.template.metadata.annotations."cdk8s-airflow/checksum"'
    assert list(check_texts(Bundle(Break(API, path, RANDOM_HEX, "").apply(good())))) == []


@pytest.mark.parametrize("name", ["REDIS_PASSWORD", "AWS_SECRET_ACCESS_KEY", "GIT_TOKEN"])
def test_a_name_tells_a_secret(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "AIRFLOW__SECRETS__BACKEND",
        "MONKEY",
        "KEY_FILE",
        "AIRFLOW__API__SECRET_KEY_CMD",
        "GIT_CONFIG_KEY_0",
    ],
)
def test_a_name_tells_no_secret(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize("value", ["", "3600", "True", "/run/secrets/key", "$(TOKEN)", "{TOKEN}"])
def test_a_harmless_value_passes(value: str) -> None:
    assert is_harmless(value)


@pytest.mark.parametrize("value", ["airflow", "x$(TOKEN)", "1234567890", "{TOKEN}x"])
def test_another_value_does_not_pass(value: str) -> None:
    assert not is_harmless(value)


@pytest.mark.parametrize(
    "text",
    [
        "postgresql+psycopg2://airflow:{DATABASE_PASSWORD}@af1-postgresql-server:5432/airflow",
        "redis://:$(REDIS_PASSWORD)@af1-redis:6379/0",
        "/opt/airflow/some/rather/long/path/Of/A/file_name2.py",
        "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager",
        "https://user@example.com/a:b@c",
        "00000000-0000-0000-0000-000000000000",
    ],
)
def test_an_ordinary_text_passes(text: str) -> None:
    assert list(text_problems(text)) == []
