"""Airflow's SimpleAuthManager with the passwords of a Secret: real users, real roles."""

from __future__ import annotations

import json

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import HERE, RELEASE, synthesize_props
from integration.conftest import NASTY_PASSWORD, RunningBundle, Scene, Stage, secret

from cdk8s_airflow import (
    AirflowProps,
    DagsFolder,
    LocalExecutor,
    SecretKey,
    SimpleAuth,
    TriggererProps,
)

PASSWORDS = {"ann": NASTY_PASSWORD, "bob": "bob's password"}


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """A release with two users."""

    def prepare() -> Scene:
        props = AirflowProps(
            dags=DagsFolder(str(HERE / "access")),
            executor=LocalExecutor(),
            triggerer=TriggererProps(replicas=0),
            auth=SimpleAuth(
                users={"ann": "admin", "bob": "viewer"},
                passwords=SecretKey(name="people", key="passwords.json"),
            ),
        )
        brought = [secret("people", {"passwords.json": json.dumps(PASSWORDS)})]
        return Scene(synthesize_props(tmp_path_factory.mktemp("synth"), props), brought)

    return stage.play("simple", prepare)


def client(bundle: RunningBundle, name: str) -> AirflowClient:
    service = bundle.node.store.get("Service", "airflow", bundle.name("api-server"))
    assert service is not None
    address = str(service["spec"]["clusterIP"])
    return AirflowClient(address, 8080, name, PASSWORDS[name])


def test_users_have_the_passwords_of_the_secret_and_their_roles(bundle: RunningBundle) -> None:
    ann, bob = client(bundle, "ann"), client(bundle, "bob")
    ann.wait(lambda: len(ann.get("dags")["dags"]) == 3, 120, "the DAGs are parsed")
    ann.trigger("common")
    assert len(bob.get("dags")["dags"]) == 3
    assert bob.request("PATCH", "/api/v2/dags/common", {"is_paused": True})[0] == 403
    body = {"username": "ann", "password": PASSWORDS["bob"]}
    assert AirflowClient(*ann._address, "", "").request("POST", "/auth/token", body)[0] == 401


def test_there_is_neither_an_admin_of_the_default_nor_a_password_in_a_log(
    bundle: RunningBundle,
) -> None:
    assert bundle.node.store.get("Secret", "airflow", f"{RELEASE}-admin-password") is None
    logs = [pod.log(name) for pod in bundle.node.pods() for name in pod.supervisors]
    for password in PASSWORDS.values():
        assert not [text for text in logs if password in text]
