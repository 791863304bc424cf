"""A PostgreSQL that takes tokens alone, each for a few seconds: no process has a password."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import NAMESPACE, copy_dags, synthesize_props
from integration.conftest import RunningBundle, Scene, Stage, secret
from integration.node.network import NODE_ADDRESS
from integration.servers import certificate, host, postgresql
from integration.sql_clients import engines
from integration.test_d_failures import assert_all_succeed_at_once, start_slow_run
from integration.token_server import FUNCTION, PORT, TokenServer

from cdk8s_airflow import (
    AirflowPods,
    AirflowProps,
    CeleryExecutor,
    ExternalPostgresql,
    SecretKey,
    TokenFunction,
    WorkerGroup,
)

USER, KEY, SHARED = "air:flow@iam", "a key of the tokens", "of-radius"
LIFE, KEPT = 12, 8
HBA = (
    "local all all trust\nhostssl all all all radius "
    f'radiusservers="{NODE_ADDRESS}" radiusports="{PORT}" radiussecrets="{SHARED}"\n'
)
PSQL = (
    "env", "PGOPTIONS=-c client_min_messages=error", "psql", "-h", "/var/run/postgresql",
    "-p", "5433", "-U", USER, "-d", "meta", "-At", "-c",
)  # fmt: skip
"""Without the warning of a session that has ended between its count and its end."""
IDLE = (
    "select count(pg_terminate_backend(pid)) from pg_stat_activity "
    f"where usename = '{USER}' and state = 'idle' and client_addr is not null"
)


@pytest.fixture(scope="module")
def tokens() -> Iterator[TokenServer]:
    """Who checks the tokens."""
    server = TokenServer(KEY, SHARED, LIFE)
    yield server
    server.close()


@pytest.fixture(scope="module")
def bundle(
    stage: Stage, tokens: TokenServer, tmp_path_factory: pytest.TempPathFactory
) -> RunningBundle:
    """Airflow whose processes log in to their database by tokens of a function of the user's."""

    def prepare() -> Scene:
        sql = certificate(tmp_path_factory.mktemp("sql"), host("database"))
        file = "company_tokens.py"
        mount = {"mountPath": f"/opt/airflow/config/{file}", "subPath": file}
        props = AirflowProps(
            dags=copy_dags(tmp_path_factory.mktemp("dags") / "dags"),
            executor=CeleryExecutor(workers=[WorkerGroup(replicas=1, concurrency=4)]),
            database=ExternalPostgresql(
                host=SecretKey(name="database", key="host"),
                port=5433,
                database="meta",
                user=USER,
                token=TokenFunction(path="company_tokens.database", lifetime=KEPT),
                ca=SecretKey(name="server-ca", key="ca.crt"),
            ),
            env={"TOKEN_KEY": SecretKey(name="token", key="key")},
            airflow_pods=AirflowPods(
                extra_volumes=[{"name": "tokens", "configMap": {"name": "tokens"}}],
                extra_volume_mounts=[{"name": "tokens", **mount}],
            ),
        )
        metadata = {"name": "tokens", "namespace": NAMESPACE}
        return Scene(
            synthesize_props(tmp_path_factory.mktemp("synth"), props),
            [
                secret("database", {"host": host("database")}),
                secret("token", {"key": KEY}),
                secret("server-ca", {"ca.crt": sql["ca.crt"]}),
                {
                    "apiVersion": "v1",
                    "kind": "ConfigMap",
                    "metadata": metadata,
                    "data": {file: FUNCTION},
                },
                *postgresql(sql, user=USER, password="unused", database="meta", hba=HBA),
            ],
        )

    return stage.play("tokens", prepare)


def test_a_run_of_the_tutorial_succeeds(airflow: AirflowClient) -> None:
    assert set(airflow.run("tutorial").values()) == {"success"}


@pytest.mark.parametrize("component", ["api-server", "scheduler", "dag-processor", "triggerer-0"])
def test_both_engines_log_in_by_tokens(bundle: RunningBundle, component: str) -> None:
    found = engines(bundle.node.pod(bundle.name(component)))
    assert {name: it.tls for name, it in found.items()} == {
        "synchronous": "TLSv1.3",
        "asynchronous": "TLSv1.3",
    }


def test_no_task_fails_while_tokens_end_and_each_connection_is_opened_anew(
    airflow: AirflowClient, bundle: RunningBundle, tokens: TokenServer
) -> None:
    database = bundle.node.pod("database-0")
    run_id, _ = start_slow_run(airflow, 4 * LIFE)
    before, refused = set(tokens.accepted), list(tokens.refused)
    end = time.monotonic() + 4 * LIFE
    opened = 0
    while time.monotonic() < end:
        opened += int(database.exec(*PSQL, IDLE).output.strip())
        assert airflow.state("slow", run_id) == "running"
        time.sleep(LIFE / 4)
    assert_all_succeed_at_once(airflow, run_id, 180)
    assert opened > 10, "processes had to log in again"
    assert len(tokens.accepted - before) > 5, "by tokens of that time"
    assert tokens.refused == refused, "and by no old one"


def test_a_token_is_made_anew_when_the_server_refuses_one_that_is_kept(
    bundle: RunningBundle, tokens: TokenServer
) -> None:
    pod = bundle.node.pod(bundle.name("triggerer-0"))
    spoil = (
        "import json, os, time; f = '/opt/cdk8s-airflow-token/token.json'; d = json.load(open(f));"
        "d.update(token=d['token'] + '0', until=time.time() + 60); json.dump(d, open(f, 'w'));"
        "os.utime(f, (time.time() - 60,) * 2)"
    )
    ask = f'python -c "{spoil}" && exec python /opt/cdk8s-airflow/wait_for_database.py 30'
    for _ in range(10):
        refused = len(tokens.refused)
        done = pod.exec("bash", "-c", ask)
        assert done.exit_code == 0, done.output
        if "RADIUS authentication failed" in done.output:
            break  # else the triggerer has logged in between the two, and made a new one
    assert "RADIUS authentication failed" in done.output
    assert "of another key or user" in tokens.refused[refused:]


def test_a_token_that_cannot_be_made_is_told_by_the_wait(bundle: RunningBundle) -> None:
    pod = bundle.node.pod(bundle.name("scheduler"))
    without = ("env", "-u", "TOKEN_KEY", "DATABASE_LOGIN=" + '{"kind": "function", "path": '
               '"company_tokens.database", "lifetime": 1}')  # fmt: skip
    done = pod.exec(*without, "python", "/opt/cdk8s-airflow/wait_for_database.py", "0")
    assert "the database did not answer in time: no token: KeyError: 'TOKEN_KEY'" in done.output


def test_the_programs_of_all_jobs_log_in(bundle: RunningBundle) -> None:
    """Commands open the database as Airflow does, and waits as the migrations do."""
    pod = bundle.node.pod(bundle.name("scheduler"))
    for command in (
        ("airflow", "db", "check"),
        ("airflow", "db", "check-migrations", "--migration-wait-timeout", "5"),
        ("airflow", "db", "clean", "--yes", "--clean-before-timestamp", "2000-01-01"),
        ("python", "/opt/cdk8s-airflow/wait_for_database.py", "5", "--migrations"),
        ("airflow", "users", "list"),
    ):
        done = pod.exec(*command, timeout=120)
        assert done.exit_code == 0, done.output


def test_every_probe_is_well_and_no_pod_was_restarted(bundle: RunningBundle) -> None:
    pods = [pod for pod in bundle.node.pods() if pod.namespace == NAMESPACE]
    assert {pod.name: pod.restarts for pod in pods} == {pod.name: 0 for pod in pods}
    for name in ("triggerer-0", "dag-processor", "scheduler", "api-server"):
        result = bundle.node.pod(bundle.name(name)).probe("livenessProbe")
        assert result.success, result.detail


def test_no_token_is_in_a_log_and_workers_have_none(
    bundle: RunningBundle, tokens: TokenServer
) -> None:
    used = set(tokens.accepted)
    for pod in bundle.node.pods():
        for container in pod.supervisors if pod.namespace == NAMESPACE else ():
            text = pod.log(container)
            assert not [token for token in used if token in text]
    worker = bundle.node.pod(bundle.name("worker-0"))
    assert worker.exec("ls", "/opt/cdk8s-airflow-token").exit_code != 0
