"""Two PgBouncers before a PostgreSQL: by TLS, with a new password, and drained under way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import HERE, NAMESPACE, synthesize_props
from integration.conftest import NASTY_PASSWORD, RunningBundle, Scene, Stage, secret
from integration.node.pod import Pod
from integration.servers import certificate, client_secrets, host, postgresql
from integration.sql_clients import GIVEN_UP, engines
from integration.test_d_failures import assert_all_succeed_at_once, start_slow_run

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    ExternalPostgresql,
    PgBouncer,
    SecretKey,
    WorkerGroup,
)

USER = "air:flow/@%"
OLD, NEW = NASTY_PASSWORD + "old", "new'' \"\\ %;#" + NASTY_PASSWORD
OTHER = ("%2Fcdk8s-airflow%2Fdatabase-authority%2Fca.crt", "%2Fssl%2Fcerts%2Fca-certificates.crt")
CONSOLE = """
import json, sys
sys.path.insert(0, "/opt/cdk8s-airflow")
import pgbouncer
cursor = pgbouncer.connect("pgbouncer", "pgbouncer").cursor()
cursor.execute(sys.argv[1])
names = [column.name for column in cursor.description]
print(json.dumps([dict(zip(names, row)) for row in cursor.fetchall()], default=str))
"""


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """Airflow whose metadata and results are in PostgreSQL, behind PgBouncer."""

    def database(name: str) -> ExternalPostgresql:
        return ExternalPostgresql(
            host=host("database"),
            port=5433,
            database=name,
            user=SecretKey(name="database", key="user"),
            password=SecretKey(name="database", key="password"),
            ca=SecretKey(name="server-ca", key="ca.crt"),
            client_certificate="client",
        )

    def prepare() -> Scene:
        files = certificate(tmp_path_factory.mktemp("certificate"), "af1-pgbouncer")
        sql = certificate(tmp_path_factory.mktemp("sql"), host("database"))
        props = AirflowProps(
            dags=DagsFolder(str(HERE / "dags")),
            executor=CeleryExecutor(workers=[WorkerGroup(replicas=1, concurrency=4)]),
            database=database("meta' data"),
            result_backend=database("postgres"),
            pgbouncer=PgBouncer(
                tls="pgbouncer-tls", ca=SecretKey(name="pgbouncer-ca", key="ca.crt")
            ),
        )
        return Scene(
            synthesize_props(tmp_path_factory.mktemp("synth"), props),
            [
                secret("database", {"user": USER, "password": OLD}),
                secret("pgbouncer-tls", {name: files[name] for name in ("tls.crt", "tls.key")}),
                secret("pgbouncer-ca", {"ca.crt": files["ca.crt"]}),
                *(secret(name, dict(data)) for name, data in client_secrets(sql).items()),
                *postgresql(sql, user=USER, password=OLD, database="meta' data"),
            ],
        )

    return stage.play("pgbouncer", prepare)


def bouncers(bundle: RunningBundle) -> list[Pod]:
    return list(bundle.node.controller(bundle.name("pgbouncer")).pods)


def show(pod: Pod, what: str) -> list[dict[str, Any]]:
    """The answer of PgBouncer's console."""
    done = pod.exec("python", "-c", CONSOLE, f"show {what}", container="watch-files")
    assert done.exit_code == 0, done.output
    rows: list[dict[str, Any]] = json.loads(done.output)
    return rows


def query(bundle: RunningBundle, statement: str, database: str = "postgres") -> list[str]:
    """Rows of the server, asked in its own pod."""
    psql = ("psql", "-h", "/var/run/postgresql", "-p", "5433", "-U", USER, "-d", database)
    done = bundle.node.pod("database-0").exec(*psql, "-At", "-c", statement)
    assert done.exit_code == 0, done.output
    return done.output.splitlines()


def restarts(bundle: RunningBundle) -> dict[str, int]:
    """Restarts of all pods of the release but PgBouncer's."""
    pods = [pod for pod in bundle.node.pods() if pod.namespace == NAMESPACE]
    return {pod.name: pod.restarts for pod in pods if "pgbouncer" not in pod.name}


def test_a_run_succeeds_through_it(airflow: AirflowClient) -> None:
    airflow.wait(lambda: "slow" in str(airflow.get("dags")), 120, "the DAG is parsed")
    run_id, _ = start_slow_run(airflow, 5)
    assert_all_succeed_at_once(airflow, run_id, 120)


def test_all_connections_to_the_server_are_of_pgbouncer(bundle: RunningBundle) -> None:
    addresses = query(
        bundle,
        "select distinct host(client_addr) from pg_stat_activity "
        "where client_addr is not null and datname is not null",
    )
    assert set(addresses) == {str(pod.ip) for pod in bouncers(bundle)}
    pools = [row for pod in bouncers(bundle) for row in show(pod, "pools")]
    clients = sum(row["cl_active"] for row in pools if row["database"] == "airflow")
    servers = sum(row["sv_active"] + row["sv_idle"] + row["sv_used"] for row in pools
                  if row["database"] == "airflow")  # fmt: skip
    assert clients >= 4, "each of the four processes that use the database has one at least"
    assert 0 < servers <= 30
    for name in ("airflow", "results"):
        stats = [row for pod in bouncers(bundle) for row in show(pod, "stats")]
        assert sum(int(row["total_xact_count"]) for row in stats if row["database"] == name) > 0
    assert int(query(bundle, "select count(*) from celery_taskmeta")[0]) >= 3


def test_pgbouncer_verifies_the_server_and_is_known_to_it(bundle: RunningBundle) -> None:
    """And so are the migrations, which went straight; see test_k_external.py for other servers."""
    names = query(
        bundle,
        "select distinct coalesce(client_dn, 'none') from pg_stat_ssl join pg_stat_activity "
        "using (pid) where client_addr is not null",
    )
    assert names == ["/CN=airflow"]
    for pod in bouncers(bundle):
        (found,) = {row["tls"] for row in show(pod, "servers")}
        assert found.startswith("TLSv1.3/")


def test_both_engines_verify_pgbouncer_and_give_it_up_when_it_is_dead(
    bundle: RunningBundle,
) -> None:
    pod = bundle.node.pod(bundle.name("api-server"))
    found = engines(pod)
    assert [it.options for it in found.values()] == [GIVEN_UP, GIVEN_UP]
    for answer in engines(pod, *OTHER).values():
        assert "certificate verify failed" in answer.tls


def test_pgbouncer_gives_up_a_server_that_is_dead(bundle: RunningBundle) -> None:
    (settings,) = [{row["key"]: row["value"] for row in show(pod, "config")}
                   for pod in bouncers(bundle)[:1]]  # fmt: skip
    said = {"server_connect_timeout": "5", "tcp_keepalive": "1", "tcp_keepidle": "10",
            "tcp_keepintvl": "5", "tcp_keepcnt": "2", "tcp_user_timeout": "20000"}  # fmt: skip
    assert {name: settings[name] for name in said} == said


def test_a_worker_cannot_open_the_metadata(bundle: RunningBundle) -> None:
    code = (
        "import os, psycopg2\n"
        "for user, database in (('results', 'airflow'), ('airflow', 'airflow'), "
        "('results', 'pgbouncer'), ('results', 'results')):\n"
        "    try:\n"
        "        psycopg2.connect(host='af1-pgbouncer', port=6432, user=user, dbname=database, "
        "sslmode='require', password=os.environ['RESULT_BACKEND_PASSWORD'])\n"
        "        print('open')\n"
        "    except psycopg2.OperationalError as error:\n"
        "        print('closed')\n"
    )
    done = bundle.node.pod("af1-worker-0").exec("python", "-c", code)
    assert done.output.split() == ["closed", "closed", "closed", "open"], done.output


def test_nobody_gets_in_without_tls(bundle: RunningBundle) -> None:
    code = (
        "import os, psycopg2\n"
        "psycopg2.connect(host='af1-pgbouncer', port=6432, user='results', dbname='results', "
        "sslmode='disable', password=os.environ['RESULT_BACKEND_PASSWORD'])\n"
    )
    done = bundle.node.pod("af1-worker-0").exec("python", "-c", code)
    assert done.exit_code == 1 and "SSL required" in done.output


def test_a_new_password_of_the_server_is_taken_up_and_nothing_restarts(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    before, pods = restarts(bundle), bouncers(bundle)
    read = {pod.name: pod.log("watch-files").count("has read its files") for pod in pods}
    role, password = (text.replace(q, q * 2) for text, q in ((USER, '"'), (NEW, "'")))
    query(bundle, f"alter role \"{role}\" password '{password}'")
    (changed,) = query(bundle, "select now()")
    bundle.node.apply([secret("database", {"user": USER, "password": NEW})])

    def heard(pod: Pod) -> bool:
        return pod.log("watch-files").count("has read its files") > read[pod.name]

    bundle.node.wait_for(lambda: all(map(heard, pods)), 60, "a reload of both")
    old = f"select count(*) from pg_stat_activity where client_addr is not null " \
          f"and datname is not null and backend_start < '{changed}'"  # fmt: skip
    airflow.wait(lambda: query(bundle, old) == ["0"], 60, "the last old connection is gone")
    run_id, _ = start_slow_run(airflow, 1)
    assert_all_succeed_at_once(airflow, run_id, 120)
    assert restarts(bundle) == before
    assert bouncers(bundle) == pods and [pod.restarts for pod in pods] == [0, 0]


def test_each_pod_may_go_during_a_run(airflow: AirflowClient, bundle: RunningBundle) -> None:
    """It ends by itself when its transactions have ended, and no process of Airflow minds."""
    before = restarts(bundle)
    run_id, _ = start_slow_run(airflow, 30)
    for pod in bouncers(bundle):
        bundle.node.delete_pod(pod)
        bouncer = pod.supervisors["pgbouncer"]
        assert (bouncer.exit_codes, bouncer.kills) == ([0], [])
        assert "server connections dropped, exiting" in pod.log("pgbouncer")
        bundle.node.wait_ready(120)
    assert_all_succeed_at_once(airflow, run_id, 180)
    assert restarts(bundle) == before


def test_a_server_that_is_away_keeps_a_new_pod_back_and_no_old_one(bundle: RunningBundle) -> None:
    """So a rollout does not go on, and clients wait in PgBouncer rather than be refused."""
    pod = bouncers(bundle)[0]
    assert pod.probe("startupProbe", "watch-files").success
    assert pod.probe("livenessProbe", "watch-files").success
    bundle.node.scale("database", 0)
    bundle.node.wait_for(lambda: not bundle.node.controller("database").pods, 60, "no server")
    assert not pod.probe("startupProbe", "watch-files").success
    assert pod.probe("livenessProbe", "pgbouncer").success
    assert pod.probe("readinessProbe", "pgbouncer").success
    (spec,) = (each for each in pod.manifest["spec"]["containers"] if each["name"] == "watch-files")
    assert "readinessProbe" not in spec


def logs(bundle: RunningBundle) -> Iterator[str]:
    for pod in bundle.node.pods():
        if pod.namespace == NAMESPACE:
            yield from (pod.log(container) for container in pod.supervisors)


def test_no_password_is_in_a_log(bundle: RunningBundle) -> None:
    names = ("af1-pgbouncer", "af1-pgbouncer-results")
    generated = [bundle.node.secret(name, NAMESPACE)["password"] for name in names]
    for text in logs(bundle):
        assert not [word for word in (OLD, NEW, *generated) if word in text]
