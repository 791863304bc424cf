"""Connections, variables, pools, users and roles of the code, in Airflow as it runs."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import NAMESPACE, RELEASE, copy_dags, synthesize_props
from integration.conftest import NASTY_PASSWORD, RunningBundle, Scene, Stage, secret
from integration.ingress_scene import stands_in
from integration.node.objects import Manifest

from cdk8s_airflow import (
    AirflowProps,
    Connection,
    DagsFolder,
    LocalExecutor,
    Pool,
    ReconcileController,
    ReconcileJob,
    SecretKey,
    User,
)

SECONDS = 180
FAB = "/auth/fab/v1"
TOKEN, OTHER_TOKEN = "first-token-of-the-report", "second-token-of-the-report"
ANNS = SecretKey(name="people", key="ann")
WAREHOUSE = Connection(
    conn_type="postgres",
    host=f"{RELEASE}-postgresql-server",
    port=5432,
    login="airflow",
    schema="airflow",
    password=SecretKey(name=f"{RELEASE}-postgresql", key="password"),
)
WEB = Connection(conn_type="http", host="web.example.com", extra={"token": ANNS, "region": "eu"})
JOB = ReconcileJob(where="database", test_connections=True)
DECLARED: Mapping[str, Any] = {
    "connections": {
        "warehouse": WAREHOUSE,
        "web": WEB,
        "by_uri": SecretKey(name="uris", key="web"),
        "in_pods": Connection(conn_type="http", host="pods.example.com", where="environment"),
    },
    "variables": {"limits": {"rows": 5}, "report_token": SecretKey(name="report", key="token")},
    "pools": {"etl": Pool(slots=3, description="loads"), "default_pool": Pool(slots=64)},
    "roles": {"analyst": {"DAGs": ["can_read"]}},
    "users": {
        "ann": User(email="ann@example.com", first_name="Ann", last_name="A", password=ANNS),
        "bob": User(email="b@example.com", first_name="B", last_name="B", roles=["analyst"]),
    },
}


class Declarations:
    """Applies one declaration after the other, and removes the Job of the one before."""

    def __init__(self, bundle: RunningBundle, folders: pytest.TempPathFactory) -> None:
        self.bundle, self._folders = bundle, folders

    def manifests(self, **given: Any) -> list[Manifest]:
        """The bundle of a declaration."""
        return synthesize_props(self._folders.mktemp("synth"), release(self._folders, **given))

    def apply(self, manifests: list[Manifest]) -> str:
        """Applies it; the log of its Job, at its end."""
        kept = {each["metadata"]["name"] for each in manifests}
        for controller in self.bundle.node.jobs():
            name = controller.workload["metadata"]["name"]
            if name not in kept and "-objects-" in name:
                self.bundle.node.delete(name)
        self.bundle.node.apply(manifests)
        self.bundle.node.wait_ready(SECONDS)
        return self.log()

    def log(self) -> str:
        """What the Jobs or the controller have said."""
        account = self.bundle.name("objects-account")
        pods = self.bundle.node.pods(self.bundle.name("objects"))
        return "\n".join(p.log("objects") for p in pods if not p.name.startswith(account))


_dags: list[DagsFolder] = []


def release(folders: pytest.TempPathFactory, **given: Any) -> AirflowProps:
    """The release with what is declared, or with other props."""
    if not _dags:
        _dags.append(copy_dags(folders.mktemp("dags") / "dags"))
    return AirflowProps(
        dags=_dags[0],
        executor=LocalExecutor(parallelism=2),
        **{**DECLARED, "reconcile": JOB, **given},
    )


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """A release with objects, applied at once beside the Secrets that they need."""

    def prepare() -> Scene:
        _dags.clear()
        uri = "http://us%40er:p%3Auri@by-uri.example.com:8443/v2?a=b"
        before = [
            secret("people", {"ann": NASTY_PASSWORD}),
            secret("report", {"token": TOKEN}),
            secret("uris", {"web": uri}),
        ]
        props = release(tmp_path_factory)
        return Scene(synthesize_props(tmp_path_factory.mktemp("synth"), props), before)

    return stage.play("objects", prepare)


@pytest.fixture(scope="module")
def declarations(bundle: RunningBundle, tmp_path_factory: pytest.TempPathFactory) -> Declarations:
    """What changes the declaration."""
    return Declarations(bundle, tmp_path_factory)


@pytest.fixture
def as_declared(declarations: Declarations) -> None:
    """What a test before may have changed is as at the start."""
    declarations.apply(declarations.manifests())


def rows(airflow: AirflowClient, kind: str, key: str) -> dict[str, Any]:
    """All objects of a kind but our record."""
    found: dict[str, Any] = {}
    while True:
        answer = airflow.get(f"{kind}?limit=100&offset={len(found)}&order_by=id")
        found |= {row[key]: row for row in answer[kind]}
        if len(found) >= answer["total_entries"]:
            return {id: row for id, row in found.items() if "made-by-code" not in id}


def done(airflow: AirflowClient, method: str, path: str, body: object = None) -> Any:
    """What a person does in the UI."""
    status, answer = airflow.request(method, path, body)
    assert status < 300, f"{method} {path}: HTTP {status}: {answer}"
    return answer


def client(bundle: RunningBundle, name: str, password: str) -> AirflowClient:
    """A client for another user."""
    host, port = bundle.client()._address
    return AirflowClient(host, port, name, password)


@pytest.mark.usefixtures("as_declared")
def test_what_is_declared_is_there(bundle: RunningBundle, airflow: AirflowClient) -> None:
    connections = rows(airflow, "connections", "connection_id")
    assert set(connections) == {"warehouse", "web", "by_uri"}
    by_uri = connections["by_uri"]
    assert (by_uri["login"], by_uri["host"], by_uri["port"]) == (
        "us@er",
        "by-uri.example.com",
        8443,
    )
    assert rows(airflow, "variables", "key")["limits"]["value"] == '{"rows": 5}'
    pools = rows(airflow, "pools", "name")
    assert {name: pool["slots"] for name, pool in pools.items()} == {"etl": 3, "default_pool": 64}
    assert done(airflow, "GET", f"{FAB}/roles/analyst")["actions"]
    assert done(airflow, "GET", f"{FAB}/users/bob")["roles"] == [{"name": "analyst"}]


@pytest.mark.usefixtures("as_declared")
def test_a_user_logs_in_with_the_first_password(bundle: RunningBundle) -> None:
    client(bundle, "ann", NASTY_PASSWORD).log_in()
    made = bundle.node.secret(f"{RELEASE}-user-bob", NAMESPACE)["password"]
    bob = client(bundle, "bob", made)
    bob.log_in()
    assert bob.request("GET", "/api/v2/dags")[0] == 200
    assert bob.request("GET", "/api/v2/connections")[0] == 403


def test_the_account_may_do_just_this(bundle: RunningBundle) -> None:
    password = bundle.node.secret(f"{RELEASE}-objects-password", NAMESPACE)["objects-password"]
    account = client(bundle, "cdk8s-airflow-objects", password)
    account.log_in()
    assert account.request("GET", "/api/v2/pools")[0] == 200
    for path in ("dags", "config", "eventLogs", "plugins"):
        assert account.request("GET", f"/api/v2/{path}")[0] == 403, path


def test_the_log_has_the_tests_and_no_credential(
    bundle: RunningBundle, declarations: Declarations, airflow: AirflowClient
) -> None:
    log = declarations.log()
    assert "test of connection warehouse: it works" in log
    audit = str(airflow.get("eventLogs?limit=100&order_by=-id"))
    database = bundle.node.secret(f"{RELEASE}-postgresql", NAMESPACE)["password"]
    made = bundle.node.secret(f"{RELEASE}-user-bob", NAMESPACE)["password"]
    for value in (TOKEN, NASTY_PASSWORD, "p:uri", database, made):
        assert not stands_in(value, log)
        assert not stands_in(value, audit)
    assert "bulk_connections" in audit


@pytest.mark.usefixtures("as_declared")
def test_objects_appear_change_and_vanish(
    declarations: Declarations, airflow: AirflowClient
) -> None:
    changed = {**DECLARED["connections"], "web": Connection(conn_type="http", host="other")}
    del changed["by_uri"]
    log = declarations.apply(
        declarations.manifests(
            connections=changed, pools={"new": Pool(slots=1)}, variables={}, users={}, roles={}
        )
    )
    assert "all is as declared" in log
    connections = rows(airflow, "connections", "connection_id")
    assert set(connections) == {"warehouse", "web"}
    assert (connections["web"]["host"], connections["web"]["extra"]) == ("other", None)
    assert set(rows(airflow, "pools", "name")) == {"new", "default_pool"}
    assert rows(airflow, "variables", "key") == {}
    assert {user["username"] for user in done(airflow, "GET", f"{FAB}/users")["users"]} == {
        "admin", "cdk8s-airflow-objects",
    }  # fmt: skip
    assert airflow.request("GET", f"{FAB}/roles/analyst")[0] == 404


@pytest.mark.usefixtures("as_declared")
def test_a_user_who_left_may_be_disabled_and_come_back(
    bundle: RunningBundle, declarations: Declarations, airflow: AirflowClient
) -> None:
    kept = ReconcileJob(where="database", removed_users="disable")
    declarations.apply(declarations.manifests(users={}, reconcile=kept))
    assert done(airflow, "GET", f"{FAB}/users/ann")["roles"] == []
    ann = client(bundle, "ann", NASTY_PASSWORD)
    assert ann.request("POST", "/auth/token", ann._login)[0] == 401
    declarations.apply(declarations.manifests(reconcile=kept))
    ann.log_in()


def test_what_people_made_stays(declarations: Declarations, airflow: AirflowClient) -> None:
    done(airflow, "POST", "/api/v2/pools", {"name": "theirs", "slots": 9})
    done(airflow, "POST", "/api/v2/connections", {"connection_id": "theirs", "conn_type": "http"})
    try:
        declarations.apply(declarations.manifests(pools={}, connections={}))
        assert set(rows(airflow, "pools", "name")) == {"theirs", "default_pool"}
        assert set(rows(airflow, "connections", "connection_id")) == {"theirs"}
        declared = {**DECLARED["pools"], "theirs": Pool(slots=1)}
        manifests = declarations.manifests(pools=declared)
        with pytest.raises(AssertionError, match="people have made what the code declares"):
            _fails(declarations, manifests)
        assert rows(airflow, "pools", "name")["theirs"]["slots"] == 9
        assert rows(airflow, "pools", "name")["etl"]["slots"] == 3
    finally:
        done(airflow, "DELETE", "/api/v2/pools/theirs")
        done(airflow, "DELETE", "/api/v2/connections/theirs")


def _fails(declarations: Declarations, manifests: list[Manifest]) -> None:
    """Applies a declaration whose Job fails; raises with its log."""
    node = declarations.bundle.node
    for controller in node.jobs():
        if "-objects-" in controller.workload["metadata"]["name"]:
            node.delete(controller.workload["metadata"]["name"])
    node.apply(manifests)
    node.wait_for(lambda: "problem: " in declarations.log(), SECONDS, "the Job tells a problem")
    raise AssertionError(declarations.log())


def test_drift_is_reverted_or_only_reported(
    declarations: Declarations, airflow: AirflowClient
) -> None:
    def drift() -> None:
        body = {"connection_id": "web", "conn_type": "http", "host": "by-hand.example.com"}
        done(airflow, "PATCH", "/api/v2/connections/web?update_mask=host", body)
        done(airflow, "DELETE", "/api/v2/pools/etl")

    def host() -> str:
        return str(rows(airflow, "connections", "connection_id")["web"]["host"])

    reports = ReconcileJob(where="database", drift="report")
    declarations.apply(declarations.manifests(reconcile=reports))
    drift()
    more = {**DECLARED["variables"], "new": "x"}
    log = declarations.apply(declarations.manifests(reconcile=reports, variables=more))
    assert "1 changed by hand, left as they are: web (host)" in log
    assert "1 changed by hand, left as they are: etl (removed)" in log
    assert host() == "by-hand.example.com"
    assert "new" in rows(airflow, "variables", "key")
    log = declarations.apply(declarations.manifests())
    assert "1 updated: web (host)" in log
    assert host() == "web.example.com"
    assert "etl" in rows(airflow, "pools", "name")


def test_500_connections_go_in_one_go_while_the_api_server_restarts(
    bundle: RunningBundle, declarations: Declarations, airflow: AirflowClient
) -> None:
    many = {
        f"c{number}": Connection(conn_type="http", host="h", password=ANNS) for number in range(500)
    }
    manifests = declarations.manifests(connections=many)
    (server,) = bundle.node.pods(bundle.name("api-server"))
    threading.Timer(1, bundle.node.delete_pod, (server, 0)).start()
    log = declarations.apply(manifests)
    assert "connections: 500 " in log
    assert len(rows(airflow, "connections", "connection_id")) == 500
    assert "removed" in declarations.apply(declarations.manifests())


def test_two_applies_at_once_end_as_the_later_one(
    bundle: RunningBundle, declarations: Declarations, airflow: AirflowClient
) -> None:
    def many(first: int, host: str) -> list[Manifest]:
        ids = [f"c{number}" for number in range(first, first + 200)]
        return declarations.manifests(
            connections={id: Connection(conn_type="http", host=host) for id in ids}
        )

    earlier, later = many(0, "earlier"), many(100, "later")
    for job in [c.workload["metadata"]["name"] for c in bundle.node.jobs()]:
        if "-objects-" in job:
            bundle.node.delete(job)
    bundle.node.apply(earlier)
    # A pod that has a container has its files, by whose time the applies follow each other.
    declarations.bundle.node.wait_for(
        lambda: any(
            supervisor.container
            for pod in bundle.node.pods(bundle.name("objects"))
            for supervisor in pod.supervisors.values()
        ),
        SECONDS,
        "the first pod",
    )
    bundle.node.apply(later)
    bundle.node.wait_ready(SECONDS)
    found = rows(airflow, "connections", "connection_id")
    assert {row["host"] for row in found.values()} == {"later"}
    assert len(found) == 200


def test_a_controller_takes_up_secrets_and_reverts_drift(
    bundle: RunningBundle, declarations: Declarations, airflow: AirflowClient
) -> None:
    controller = ReconcileController(where="database", interval=5)
    declarations.apply(declarations.manifests(reconcile=controller))
    bundle.node.apply([secret("report", {"token": OTHER_TOKEN})])
    client = bundle.client()

    def written() -> bool:
        return "report_token" in declarations.log().partition("all is as declared")[2]

    client.wait(written, 60, "the new token is written")
    assert not stands_in(OTHER_TOKEN, declarations.log())
    done(airflow, "DELETE", "/api/v2/pools/etl")
    client.wait(lambda: "etl" in rows(client, "pools", "name"), 60, "the pool is back")
    bundle.node.apply([secret("report", {"token": TOKEN})])
    bundle.node.delete(bundle.name("objects"))
