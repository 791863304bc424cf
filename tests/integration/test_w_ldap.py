"""Users of a real slapd, by TLS with a private authority: who comes in, and with which role."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import HERE, RELEASE, synthesize_props
from integration.conftest import NASTY_PASSWORD, RunningBundle, Scene, Stage, secret
from integration.directory import GROUPS, PEOPLE, READER, Directory
from integration.servers import Authority
from integration.web_session import WebSession

from cdk8s_airflow import (
    AirflowProps,
    DagsFolder,
    Ldap,
    LocalExecutor,
    Pool,
    SecretKey,
    TriggererProps,
)

HOST, ADDRESS = "ldap.example.com", "10.30.0.7"
READER_PASSWORD = "reader's pa$$word"
PASSWORD = "correct horse"
BANNER = "Authorized use <only>"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Who signs the server's certificate."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def bundle(
    stage: Stage, authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> RunningBundle:
    """A release whose users are in a directory."""

    def prepare() -> Scene:
        props = AirflowProps(
            dags=DagsFolder(str(HERE / "access")),
            executor=LocalExecutor(),
            triggerer=TriggererProps(replicas=0),
            pools={"etl": Pool(slots=3)},
            auth=Ldap(
                server=["ldaps://away.example.com", f"ldaps://{HOST}"],
                ca=SecretKey(name="directory", key="ca.crt"),
                bind_user=READER,
                bind_password=SecretKey(name="directory", key="password"),
                search_base=PEOPLE,
                search_filter="(objectClass=inetOrgPerson)",
                group_search_base=GROUPS,
                group_search_filter="(uniqueMember=%s)",
                roles={
                    # As a person types a DN that the directory writes in another way.
                    f"CN=Admins, {GROUPS.upper()}": "Admin",
                    "data-engineers": "Op",
                    "team-a": ["team-a"],
                    "readers": "Viewer",
                    "gone": "no-such-role",
                },
                custom_roles={
                    "team-a": {"DAG Runs": ["can_read"], "Browse": ["menu_access"]},
                    "team-b": {},
                },
                login_banner=BANNER,
            ),
        )
        data = {"ca.crt": authority.certificate, "password": READER_PASSWORD}
        manifests = synthesize_props(tmp_path_factory.mktemp("synth"), props)
        return Scene(manifests, [secret("directory", data)])

    return stage.play("ldap", prepare)


@pytest.fixture(scope="module")
def directory(
    bundle: RunningBundle, authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Directory]:
    """The directory with its people."""
    bundle.node.outside.add(HOST, ADDRESS)
    folder, tls = tmp_path_factory.mktemp("slapd"), authority.issue(HOST)
    running = Directory(folder, ADDRESS, tls, READER_PASSWORD)
    for name in ("root", "ada", "bob", "eve", "gus", "sue"):
        running.add_user(name, NASTY_PASSWORD if name == "root" else PASSWORD)
    running.add_group("admins", ["root"])
    running.add_group("data-engineers", ["ada", "root"])
    running.add_group("team-a", ["bob"])
    running.add_group("gone", ["gus"])
    running.add_group("readers", ["sue"], kind="groupOfUniqueNames", attribute="uniqueMember")
    yield running
    running.stop()


def client(bundle: RunningBundle, name: str, password: str = PASSWORD) -> AirflowClient:
    service = bundle.node.store.get("Service", "airflow", bundle.name("api-server"))
    assert service is not None
    return AirflowClient(str(service["spec"]["clusterIP"]), 8080, name, password)


def login(bundle: RunningBundle, name: str, password: str = PASSWORD) -> int:
    """The status of a request for a token."""
    body = {"username": name, "password": password}
    status, _ = client(bundle, name).request("POST", "/auth/token", body)
    return status


def roles(bundle: RunningBundle, name: str) -> set[str]:
    """The roles of a user, as an admin sees them."""
    admin = client(bundle, "root", NASTY_PASSWORD)
    admin.log_in()
    status, answer = admin.request("GET", f"/auth/fab/v1/users/{name}")
    assert status == 200, answer
    return {role["name"] for role in answer["roles"]}


def test_there_is_no_admin_of_the_default(bundle: RunningBundle) -> None:
    names = {pod.name for pod in bundle.node.pods()}
    assert not [name for name in names if "create-admin" in name]
    assert bundle.node.store.get("Secret", "airflow", f"{RELEASE}-admin-password") is None


def test_a_user_has_the_role_of_the_group(bundle: RunningBundle, directory: Directory) -> None:
    assert login(bundle, "ada") == 201
    assert roles(bundle, "ada") == {"Op"}
    assert roles(bundle, "root") == {"Admin", "Op"}


def test_objects_as_code_have_their_account_beside_the_directory(
    bundle: RunningBundle, directory: Directory
) -> None:
    admin = client(bundle, "root", NASTY_PASSWORD)
    admin.wait(lambda: "etl" in {p["name"] for p in admin.get("pools")["pools"]}, 120, "a pool")


def test_groups_are_found_that_users_do_not_name(
    bundle: RunningBundle, directory: Directory
) -> None:
    assert login(bundle, "sue") == 201
    assert roles(bundle, "sue") == {"Viewer"}


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("ada", "wrong"),
        ("ada", " "),
        ("nobody", PASSWORD),
        ("*", PASSWORD),
        ("ada)(uid=*", PASSWORD),
        ("eve", PASSWORD),  # right, but in no group
        ("gus", PASSWORD),  # in a group whose role does not exist
    ],
)
def test_others_stay_out(
    bundle: RunningBundle, directory: Directory, name: str, password: str
) -> None:
    assert login(bundle, name, password) == 401


def test_roles_follow_the_groups_at_the_next_login(
    bundle: RunningBundle, directory: Directory
) -> None:
    assert login(bundle, "ada") == 201
    directory.move("ada", "data-engineers", "admins")
    assert roles(bundle, "ada") == {"Op"}
    assert login(bundle, "ada") == 201
    assert roles(bundle, "ada") == {"Admin"}
    directory.move("ada", "admins", "data-engineers")
    assert login(bundle, "ada") == 201
    assert roles(bundle, "ada") == {"Op"}


def test_a_team_sees_its_dags_and_no_others(bundle: RunningBundle, directory: Directory) -> None:
    everything = client(bundle, "ada")
    everything.wait(lambda: len(ids(everything)) == 3, 120, "the DAGs are parsed")
    assert ids(everything) == {"common", "team_a_dag", "team_b_dag"}
    bob = client(bundle, "bob")
    bob.wait(lambda: ids(bob) == {"team_a_dag"}, 60, "access_control is synced")
    bob.trigger("team_a_dag")
    status, _ = bob.request("GET", "/api/v2/dags/team_b_dag")
    assert status == 403
    status, _ = bob.request("GET", "/api/v2/connections")
    assert status == 403


def ids(airflow: AirflowClient) -> set[str]:
    return {dag["dag_id"] for dag in airflow.get("dags")["dags"]}


def test_a_custom_role_has_what_the_code_says(bundle: RunningBundle, directory: Directory) -> None:
    admin = client(bundle, "root", NASTY_PASSWORD)
    admin.log_in()
    status, answer = admin.request("GET", "/auth/fab/v1/roles/team-a")
    assert status == 200, answer
    found = {(each["action"]["name"], each["resource"]["name"]) for each in answer["actions"]}
    assert found == {
        ("can_read", "DAG Runs"), ("menu_access", "Browse"), ("can_read", "Website"),
        ("can_read", "DAG:team_a_dag"), ("can_edit", "DAG:team_a_dag"),
        ("can_create", "DAG Run:team_a_dag"),
    }  # fmt: skip


def test_the_page_shows_the_banner_and_lets_in(bundle: RunningBundle, directory: Directory) -> None:
    web = WebSession(f"http://{api_server(bundle)}:8080")
    page = web.get("/auth/login/")
    assert "Authorized use &lt;only&gt;" in page.text
    wrong = web.submit(page, username="ada", password="wrong")
    assert "Invalid login" in wrong.text
    assert web.get("/api/v2/dags").status == 401
    web.submit(web.get("/auth/login/"), username="ada", password=PASSWORD)
    assert web.get("/api/v2/dags").status == 200
    assert "Authorized use" not in web.get("/auth/users/userinfo/").text
    web.get("/auth/logout")
    assert web.get("/api/v2/dags").status == 401


def api_server(bundle: RunningBundle) -> Any:
    service = bundle.node.store.get("Service", "airflow", bundle.name("api-server"))
    assert service is not None
    return service["spec"]["clusterIP"]


def test_a_server_with_another_authority_is_not_asked(
    bundle: RunningBundle, directory: Directory, authority: Authority, tmp_path: Path
) -> None:
    directory.stop()
    directory.start(Authority(tmp_path).issue(HOST))
    try:
        assert login(bundle, "ada") == 401
    finally:
        directory.stop()
        directory.start(authority.issue(HOST))
    assert login(bundle, "ada") == 201


def test_a_server_that_is_away_keeps_nobody_waiting(
    bundle: RunningBundle, directory: Directory
) -> None:
    directory.stop()
    start = time.monotonic()
    try:
        assert login(bundle, "ada") == 401
    finally:
        directory.start(authority_files(directory))
    assert time.monotonic() - start < 15


def authority_files(directory: Directory) -> dict[str, str]:
    folder = directory._folder
    return {name: (folder / name).read_text() for name in ("ca.crt", "tls.crt", "tls.key")}


def test_no_password_is_in_a_log_or_in_the_file(bundle: RunningBundle) -> None:
    logs = [pod.log(name) for pod in bundle.node.pods() for name in pod.supervisors]
    texts = [*logs, *(str(manifest) for manifest in bundle.manifests)]
    for password in (READER_PASSWORD, PASSWORD):
        assert not [text for text in texts if password in text]
