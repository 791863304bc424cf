"""Airflow's auth manager for Keycloak, against a stand-in of what it asks; below a path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import HERE, RELEASE, synthesize_props
from integration.conftest import RunningBundle, Scene, Stage, secret
from integration.keycloak_server import REALM, KeycloakServer
from integration.nginx import Nginx
from integration.servers import Authority
from integration.web_session import WebSession

from cdk8s_airflow import (
    AirflowProps,
    DagsFolder,
    Ingress,
    Keycloak,
    LocalExecutor,
    SecretKey,
    TriggererProps,
)

HOST, PATH = "data.example.com", "/airflow"
URL = f"https://{HOST}{PATH}"
KEYCLOAK, ADDRESS = "keycloak.example.com", "10.30.0.11"
CLIENT = ("airflow", "the client's s3cret")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Who signs the certificates of all servers."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def bundle(
    stage: Stage, authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> RunningBundle:
    """A release below a path, whose users and rights are Keycloak's."""

    def prepare() -> Scene:
        props = AirflowProps(
            dags=DagsFolder(str(HERE / "access")),
            executor=LocalExecutor(),
            triggerer=TriggererProps(replicas=0),
            ingress=Ingress(host=HOST, web_path=PATH, tls="data-tls"),
            ca_bundle=SecretKey(name="authorities", key="ca.crt"),
            auth=Keycloak(
                server_url=f"https://{KEYCLOAK}",
                realm=REALM,
                client_id=CLIENT[0],
                client_secret=SecretKey(name="keycloak", key="secret"),
            ),
        )
        made = authority.issue(HOST)
        brought = [
            secret("data-tls", {name: made[name] for name in ("tls.crt", "tls.key")}),
            secret("keycloak", {"secret": CLIENT[1]}),
            secret("authorities", {"ca.crt": authority.certificate}),
        ]
        folder = tmp_path_factory.mktemp("synth")
        with pytest.warns(UserWarning, match="apache-airflow-providers-keycloak"):
            manifests = synthesize_props(folder, props)
        return Scene(manifests, brought, prefix=PATH)

    return stage.play("keycloak", prepare)


@pytest.fixture(scope="module")
def keycloak(
    bundle: RunningBundle, authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KeycloakServer]:
    """Keycloak with an admin, and a person who may see one DAG."""
    bundle.node.outside.add(KEYCLOAK, ADDRESS)
    folder, tls = tmp_path_factory.mktemp("keycloak"), authority.issue(KEYCLOAK)
    server = KeycloakServer(folder, KEYCLOAK, ADDRESS, tls, CLIENT)
    server.rights = {
        "ada": {"*"},
        "bob": {"Dag#LIST", "Dag#GET team_a_dag", "Dags#MENU"},
        CLIENT[0]: {"*"},
    }
    server.passwords = {"ada": "ada's password", "ci": "ci's secret", CLIENT[0]: CLIENT[1]}
    yield server
    server.close()


@pytest.fixture(scope="module")
def nginx(bundle: RunningBundle, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """The controller of the bundle's Ingress."""
    ingresses = [manifest for manifest in bundle.manifests if manifest["kind"] == "Ingress"]
    nginx = Nginx(bundle.node, ingresses, tmp_path_factory.mktemp("nginx"))
    yield nginx
    nginx.close()


@pytest.fixture
def visitor(nginx: Nginx, authority: Authority) -> WebSession:
    """A user outside the cluster, without cookies."""
    names = {KEYCLOAK: ADDRESS, HOST: nginx.address}
    return WebSession(URL, names, authority.certificate)


@pytest.fixture(scope="module")
def machine(bundle: RunningBundle) -> AirflowClient:
    """A client inside the cluster."""
    service = bundle.node.store.get("Service", "airflow", bundle.name("api-server"))
    assert service is not None
    return AirflowClient(str(service["spec"]["clusterIP"]), 8080, "ada", "ada's password", PATH)


def dags(visitor: WebSession) -> set[str]:
    page = visitor.get(f"{URL}/api/v2/dags")
    assert page.status == 200, page.text
    return {dag["dag_id"] for dag in json.loads(page.text)["dags"]}


def test_all_processes_run_without_the_client_secret(bundle: RunningBundle) -> None:
    holders = {
        pod.name
        for pod in bundle.node.pods()
        for name, supervisor in pod.supervisors.items()
        if supervisor.container and CLIENT[1] in supervisor.container.spec.env.values()
    }
    assert {name.startswith(f"{RELEASE}-api-server") for name in holders} == {True}


def test_a_machine_gets_a_token(machine: AirflowClient, keycloak: KeycloakServer) -> None:
    machine.wait(lambda: len(machine.get("dags")["dags"]) == 3, 120, "the DAGs are parsed")
    form = {"grant_type": "client_credentials", "client_id": CLIENT[0], "client_secret": CLIENT[1]}
    assert machine.request("POST", "/auth/token", form)[0] == 201
    # Airflow takes no other client of the realm, even with the right secret.
    for wrong in ({"client_secret": "other"}, {"client_id": "ci", "client_secret": "ci's secret"}):
        assert machine.request("POST", "/auth/token", {**form, **wrong})[0] == 403
    person = {"username": "ada", "password": "other"}
    assert machine.request("POST", "/auth/token", person)[0] == 403


def test_a_person_goes_in_and_out(visitor: WebSession, keycloak: KeycloakServer) -> None:
    keycloak.person = "ada"
    visitor.get(f"{URL}/auth/login")
    assert dags(visitor) == {"common", "team_a_dag", "team_b_dag"}
    ours = [url for url in visitor.visited if urlsplit(url).hostname == HOST]
    assert all(url.startswith(URL) for url in ours), ours
    visitor.get(f"{URL}/auth/logout", follow=True)
    assert visitor.get(f"{URL}/auth/logout_callback", follow=False).status in (302, 307)
    assert visitor.get(f"{URL}/api/v2/dags").status == 401


def test_keycloak_says_what_a_person_may_see(visitor: WebSession, keycloak: KeycloakServer) -> None:
    keycloak.person = "bob"
    visitor.get(f"{URL}/auth/login")
    assert dags(visitor) == {"team_a_dag"}
    assert visitor.get(f"{URL}/api/v2/dags/team_b_dag").status == 403
    assert visitor.get(f"{URL}/api/v2/connections").status == 403
    assert "Connection#LIST" in keycloak.asked


def test_somebody_without_rights_sees_nothing(
    visitor: WebSession, keycloak: KeycloakServer
) -> None:
    keycloak.person = "eve"
    visitor.get(f"{URL}/auth/login")
    assert visitor.get(f"{URL}/api/v2/dags").status == 403
