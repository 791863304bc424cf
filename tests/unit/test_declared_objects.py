"""Connections, variables, pools, users and roles as code: where they are, and what is refused."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import cdk8s
import pytest

from cdk8s_airflow import (
    AdminUser,
    AirflowChart,
    AirflowProps,
    ConfigMapKey,
    Connection,
    DagsFolder,
    DatabaseUsers,
    Ldap,
    Pool,
    ReconcileController,
    ReconcileJob,
    SecretKey,
    SimpleAuth,
    User,
)
from cdk8s_airflow.parts.declared import password_secret
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.roles import Role
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
PASSWORD = SecretKey(name="mysql", key="password")
MYSQL = Connection(
    conn_type="mysql", host="mysql.example.com", port=3306, password=PASSWORD, where="database"
)
ANN = User(email="ann@example.com", first_name="Ann", last_name="A")
IN_DATABASE = ReconcileJob(where="database")


def bundle_of(tmp_path: Path, *external: str, **given: Any) -> Any:
    def build(app: cdk8s.App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **given))

    return synthesize(build, tmp_path, external=set(external))


def declared(bundle: Any) -> Any:
    (found,) = (m for m in bundle.all("ConfigMap") if "objects.json" in (m.get("data") or {}))
    return json.loads(found["data"]["objects.json"])


def options(bundle: Any) -> Any:
    (pod,) = (pod for pod in bundle.pods if pod.component == "objects")
    env = {each["name"]: each.get("value") for each in pod.main_containers[0]["env"]}
    return json.loads(env["OPTIONS"])


def refused(**given: Any) -> str:
    with pytest.raises(ValueError) as error:
        resolve(AirflowProps(dags=DAGS, **given), "af1")
    return str(error.value)


def test_nothing_is_in_the_database_unless_it_is_said(tmp_path: Path) -> None:
    connections = {"web": Connection(conn_type="http", host="h")}
    bundle = bundle_of(tmp_path, connections=connections, variables={"a": "b"})
    assert "objects" not in {pod.component for pod in bundle.pods}
    worker = next(pod for pod in bundle.pods if pod.component == "worker")
    assert "AIRFLOW_CONN_WEB" in json.dumps(worker.containers)


def test_a_connection_is_in_the_database_or_in_the_environment(tmp_path: Path) -> None:
    web = Connection(conn_type="http", host="h")
    bundle = bundle_of(
        tmp_path, "Secret/mysql", connections={"web": web, "db": MYSQL}, variables={"a": "b"}
    )
    assert set(declared(bundle)["objects"]["connections"]) == {"db"}
    assert declared(bundle)["objects"]["variables"] == {}
    text = json.dumps([pod.containers for pod in bundle.pods if pod.component == "worker"])
    assert "AIRFLOW_CONN_WEB" in text
    assert "AIRFLOW_VAR_A" in text
    assert "AIRFLOW_CONN_DB" not in text
    assert "mysql" not in json.dumps([p.spec for p in bundle.pods if p.component == "worker"])


def test_all_are_in_the_database_if_reconcile_says_so(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        *("Secret/uris", "ConfigMap/site"),
        connections={
            "uri": SecretKey(name="uris", key="web"),
            "web": Connection(conn_type="http", host="h", extra={"a": {"b": 1}}),
            "own": Connection(conn_type="http", host="h", where="environment"),
        },
        variables={"limits": {"rows": 5}, "site": ConfigMapKey(name="site", key="name")},
        reconcile=IN_DATABASE,
    )
    found = declared(bundle)
    assert found["objects"]["connections"]["uri"] is None
    assert found["objects"]["connections"]["web"] == {
        "connection_id": "web", "conn_type": "http", "description": None, "host": "h",
        "port": None, "login": None, "password": None, "schema": None, "extra": {"a": {"b": 1}},
    }  # fmt: skip
    assert found["objects"]["variables"]["limits"]["value"] == '{"rows": 5}'
    assert found["values"] == [
        [["connections", "uri"], "secrets/uris/web", True],
        [["variables", "site", "value"], "config-maps/site/name", False],
    ]


def test_values_of_secrets_are_mounted_and_in_no_manifest(tmp_path: Path) -> None:
    extra = {"keys": [PASSWORD]}
    web = Connection(conn_type="http", host="h", where="database", password=PASSWORD, extra=extra)
    bundle = bundle_of(tmp_path, "Secret/mysql", connections={"web": web})
    assert declared(bundle)["objects"]["connections"]["web"]["extra"] == {"keys": [None]}
    assert [path for path, _, _ in declared(bundle)["values"]] == [
        ["connections", "web", "password"],
        ["connections", "web", "extra", "keys", 0],
    ]
    (pod,) = (pod for pod in bundle.pods if pod.component == "objects")
    (volume,) = (each for each in pod.volumes if each["name"] == "objects")
    items = [{"key": "password", "path": "values/secrets/mysql/password"}]
    assert {"secret": {"name": "mysql", "items": items}} in volume["projected"]["sources"]
    assert volume["projected"]["defaultMode"] == 0o440


def test_the_job_follows_what_is_declared(tmp_path: Path) -> None:
    def job(slots: int) -> str:
        bundle = bundle_of(tmp_path, pools={"etl": Pool(slots=slots)})
        names = [job["metadata"]["name"] for job in bundle.all("Job")]
        (name,) = [n for n in names if n.startswith("af1-objects-") and "account" not in n]
        return str(name)

    assert job(3) == job(3) != job(4)


@pytest.mark.parametrize(
    ("settings", "seconds"),
    [
        (ReconcileJob(), "3600"),  # its next pod would seem younger than that of a later Job
        (ReconcileController(), "600"),  # ten minutes, as all others; then it is not ready
    ],
)
def test_how_long_a_pass_waits_for_the_api_server(
    tmp_path: Path, settings: ReconcileJob | ReconcileController, seconds: str
) -> None:
    pods = bundle_of(tmp_path, reconcile=settings).pods
    (pod,) = (pod for pod in pods if pod.component == "objects")
    assert pod.main_containers[0]["command"][-2:] == ["http://af1-api-server:8080", seconds]


def test_a_controller_is_a_deployment_that_is_stopped_before_the_next(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, pools={}, reconcile=ReconcileController(interval=30))
    (deployment,) = (d for d in bundle.all("Deployment") if d["metadata"]["name"] == "af1-objects")
    assert deployment["spec"]["strategy"] == {"type": "Recreate"}
    assert options(bundle)["interval"] == 30
    assert "JOB_UID" not in json.dumps(deployment)


@pytest.mark.parametrize("drift", ["enforce", "report"])
def test_a_word_is_short_for_a_job_that_does_so(tmp_path: Path, drift: str) -> None:
    bundle = bundle_of(tmp_path, reconcile=drift)
    assert options(bundle)["drift"] == drift
    assert options(bundle)["interval"] == 0


def test_the_job_stays_when_nothing_is_declared_any_more_to_remove_what_was(
    tmp_path: Path,
) -> None:
    assert declared(bundle_of(tmp_path, pools={}))["objects"]["pools"] == {}
    assert "users" not in declared(bundle_of(tmp_path, pools={}))["objects"]
    assert declared(bundle_of(tmp_path, users={}))["objects"]["users"] == {}


def test_the_account_has_no_rights_on_users_unless_they_are_declared(tmp_path: Path) -> None:
    def words(**given: Any) -> list[str]:
        pods = bundle_of(tmp_path, **given).pods
        (pod,) = (pod for pod in pods if pod.component == "objects-account")
        found: list[str] = pod.main_containers[0]["command"]
        return found[found.index("cdk8s-airflow-objects") + 1 :]

    assert words(pools={}) == ["Connections", "Variables", "Pools"]
    assert words(users={}) == ["Connections", "Variables", "Pools", "Users", "Roles"]
    assert words(roles={}) == words(users={})


def test_its_password_is_generated_only_if_it_is_needed(tmp_path: Path) -> None:
    made = bundle_of(tmp_path, pools={}).generated_secrets
    assert ("airflow", "af1-objects-password") in made
    assert ("airflow", "af1-objects-password") not in bundle_of(tmp_path).generated_secrets


def test_first_passwords_are_generated_for_those_who_have_none(tmp_path: Path) -> None:
    bea = User(email="bea@example.com", first_name="B", last_name="B", password=PASSWORD)
    bundle = bundle_of(tmp_path, "Secret/mysql", users={"ann": ANN, "bea": bea})
    made = {name for _, name in bundle.generated_secrets if "user" in name}
    assert made == {"af1-user-ann"}
    assert [file for _, file, _ in declared(bundle)["values"]] == [
        "secrets/af1-user-ann/password",
        "secrets/mysql/password",
    ]


def test_two_names_never_share_a_generated_password() -> None:
    names = ("ann", "Ann", "ann@example.com", "ann-example-com", "ann.example.com", "@", "é")
    secrets = {password_secret("af1", name).name for name in names}
    assert len(secrets) == len(names)
    assert password_secret("af1", "ann").name == "af1-user-ann"


def test_tests_of_connections_open_option_and_network_of_the_api_server_alone(
    tmp_path: Path,
) -> None:
    def told(settings: ReconcileJob) -> set[str]:
        bundle = bundle_of(tmp_path, "Secret/mysql", connections={"db": MYSQL}, reconcile=settings)
        return {p.component for p in bundle.pods if "TEST_CONNECTION" in json.dumps(p.containers)}

    assert told(ReconcileJob(test_connections=True)) == {"api-server"}
    assert told(ReconcileJob()) == set()
    for wanted in (True, False):
        props = AirflowProps(
            dags=DAGS,
            connections={"db": MYSQL},
            reconcile=ReconcileJob(test_connections=wanted),
        )
        platform = resolve(props, "af1")
        peers = {str(peer.host) for peer in platform.parts(Role.API_SERVER).peers}
        assert ("mysql.example.com" in peers) is wanted
        tasks = {str(peer.host) for peer in platform.parts(Role.WORKER).peers}
        assert "mysql.example.com" in tasks


def test_the_reconciler_reaches_the_api_server_alone(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, "Secret/mysql", connections={"db": MYSQL})
    policies = {p["metadata"]["name"]: p["spec"] for p in bundle.all("NetworkPolicy")}
    reached = [
        (peer["podSelector"]["matchLabels"]["app.kubernetes.io/component"], port["port"])
        for rule in policies["af1-objects"]["egress"]
        for peer in rule.get("to", [])
        for port in rule["ports"]
    ]
    assert reached == [("api-server", 8080)]
    assert '"objects"' in json.dumps(policies["af1-api-server"]["ingress"])


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (
            {"pools": {"default_pool": Pool(slots=1, description="x")}},
            "pools['default_pool'].description: Airflow keeps that of its own pool; leave it out",
        ),
        ({"pools": {" ": Pool(slots=1)}}, "pools[' ']: expected a name of 1 to 256 printable"),
        (
            {"users": {"admin": ANN}},
            "users['admin'] is the first user, admin=AdminUser(username='admin'), too: leave one",
        ),
        (
            {"users": {"cdk8s-airflow-objects": ANN}},
            "users['cdk8s-airflow-objects'] is the account that makes the others: take another",
        ),
        (
            {"roles": {"Admin": {}}},
            "roles['Admin'] is Airflow's own, which it resets at each start",
        ),
        (
            {"roles": {"a": {"DAGs": []}}},
            "roles['a']['DAGs'] allows nothing: name an action, or leave it out",
        ),
        ({"roles": {"a": {"DAG": ["can_read"]}}}, "did you mean 'DAGs'"),
        (
            {"users": {"a": ANN, "b": ANN}},
            "users['b'].email='ann@example.com' is that of 'a' too: each user needs an address",
        ),
        (
            {
                "pools": {},
                "admin": None,
                "config": {"core": {"auth_manager": "x.Y"}},
            },
            "need an account of Airflow's own user database, that of FAB, and",
        ),
        (
            {"pools": {}, "auth": SimpleAuth(users={"ann": "admin"})},
            "that of FAB, and with auth=SimpleAuth(...) there is none: leave it out, or leave",
        ),
        (
            {
                "reconcile": ReconcileJob(test_connections=True),
                "config": {"core": {"test_connection": "Disabled"}},
            },
            "reconcile=ReconcileJob(test_connections=True), and AIRFLOW__CORE__TEST_CONNECTION is",
        ),
        (
            {"connections": {"db": MYSQL}, "env": {"AIRFLOW_CONN_DB": "mysql://"}},
            "connections['db'] is env['AIRFLOW_CONN_DB'] too: leave one of them out",
        ),
        (
            {"connections": {"db": MYSQL, "DB": Connection(conn_type="http")}},
            "connections has 'db' twice: Airflow does not tell upper from lower case in them",
        ),
        (
            {"variables": {"v": "x" * 1_000_000}, "reconcile": IN_DATABASE},
            "bytes as JSON, and a ConfigMap takes 1000000: declare fewer",
        ),
    ],
)
def test_what_cannot_be_is_refused(given: dict[str, Any], says: str) -> None:
    assert says in refused(**given)


def test_a_backend_of_the_user_leaves_room_for_credentials_in_the_database() -> None:
    config = {"secrets": {"backend": "x.Y"}}
    assert "has credentials among its parts" in refused(
        connections={"db": Connection(conn_type="mysql", password=PASSWORD)}, config=config
    )
    with pytest.warns(UserWarning):
        resolve(AirflowProps(dags=DAGS, connections={"db": MYSQL}, config=config), "af1")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Pool(slots=-2), r"Pool\(slots=-2\): expected 0 or more, or -1 for no limit"),
        (
            lambda: User(email="x", first_name=" ", last_name="B", roles=[]),
            r"User\(first_name=''\): expected some text\n"
            r"User\(email='x'\): expected an address such as 'me@example.com'\n"
            r"User\(roles=\(\)\): a user without roles sees nothing",
        ),
        (
            lambda: ReconcileController(interval=4),
            r"ReconcileController\(interval=4\): expected 5 or more seconds",
        ),
    ],
)
def test_what_one_object_knows_is_checked_by_itself(make: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()


def test_a_role_of_the_login_is_known() -> None:
    auth = DatabaseUsers(custom_roles={"auditor": {"DAGs": ["can_read"]}})
    ann = User(email="a@example.com", first_name="A", last_name="A", roles=["auditor"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        resolve(AirflowProps(dags=DAGS, users={"ann": ann}, auth=auth), "af1")


def test_users_whose_roles_follow_groups_are_a_warning() -> None:
    login = Ldap(
        server="ldaps://ldap.example.com",
        search_base="dc=x",
        username_format="uid=%s,dc=x",
        roles={"g": "Op"},
    )
    props = AirflowProps(dags=DAGS, users={"ann": ANN}, auth=login, admin=None)
    with pytest.warns(UserWarning, match="each login gives users the roles of their groups"):
        resolve(props, "af1")


def test_a_role_that_nobody_makes_is_a_warning() -> None:
    wrong = User(email="a@example.com", first_name="A", last_name="A", roles=["Viewr"])
    props = AirflowProps(dags=DAGS, users={"a": wrong}, admin=AdminUser(username="root"))
    with pytest.warns(UserWarning, match="nor in roles=, so it has to exist before.*'Viewer'"):
        resolve(props, "af1")
