"""A database and a broker by TLS that exist already, by their parts, with passwords of any kind."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import NAMESPACE, REPOSITORY, synthesize_props
from integration.conftest import NASTY_PASSWORD, RunningBundle, Scene, Stage, secret
from integration.servers import certificate, client_secrets, host, postgresql, server
from integration.sql_clients import GIVEN_UP, engines, program, waits

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    ExternalPostgresql,
    ExternalRedis,
    SecretKey,
    WorkerGroup,
)

USER = "air:flow/@%"
PASSWORDS = {"database": NASTY_PASSWORD + "d", "redis": NASTY_PASSWORD + "r"}
PING_BROKER = """
import sys
sys.path.insert(0, "/opt/cdk8s-airflow")
from kombu import Connection
from url import option
url = option("AIRFLOW__CELERY__BROKER_URL").replace(*sys.argv[1:])
with Connection(url, connect_timeout=5) as connection:
    print("answer", connection.default_channel.client.ping())
"""


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """Airflow with an external PostgreSQL and an external Redis by TLS that knows users."""

    def prepare() -> Scene:
        files = certificate(tmp_path_factory.mktemp("certificate"), host("redis"))
        sql = certificate(tmp_path_factory.mktemp("sql"), host("database"))
        props = AirflowProps(
            dags=DagsFolder(str(REPOSITORY / "dags")),
            executor=CeleryExecutor(workers=[WorkerGroup(replicas=1, concurrency=4)]),
            database=ExternalPostgresql(
                host=SecretKey(name="database", key="host"),
                port=5433,
                database=SecretKey(name="database", key="name"),
                user=SecretKey(name="database", key="user"),
                password=SecretKey(name="database", key="password"),
                parameters={"application_name": "air&flow"},
                ca=SecretKey(name="server-ca", key="ca.crt"),
                client_certificate="client",
            ),
            broker=ExternalRedis(
                host=SecretKey(name="redis", key="host"),
                user="air:flow@%",
                password=SecretKey(name="redis", key="password"),
                database=3,
                result_database=4,
                tls=True,
                ca=SecretKey(name="redis", key="ca.crt"),
            ),
        )
        return Scene(
            synthesize_props(tmp_path_factory.mktemp("synth"), props),
            [
                secret(
                    "database",
                    {
                        # As an editor leaves it.
                        "host": f"{host('database')}\n",
                        "name": "meta data",
                        "user": USER,
                        "password": PASSWORDS["database"],
                    },
                ),
                secret(
                    "redis",
                    {
                        "host": host("redis"),
                        "password": PASSWORDS["redis"],
                        "ca.crt": files["ca.crt"],
                    },
                ),
                *(secret(name, dict(data)) for name, data in client_secrets(sql).items()),
                *postgresql(sql, user=USER, password=PASSWORDS["database"], database="meta data"),
                *redis(files),
            ],
        )

    return stage.play("external", prepare)


def redis(certificates: Mapping[str, str]) -> list[dict[str, object]]:
    password = hashlib.sha256(PASSWORDS["redis"].encode()).hexdigest()
    text = (
        "protected-mode no\ndir /data\nport 0\ntls-port 6379\ntls-auth-clients no\n"
        "tls-cert-file /etc/server/tls.crt\ntls-key-file /etc/server/tls.key\n"
        "tls-ca-cert-file /etc/server/ca.crt\n"
        f"user default off\nuser air:flow@% on #{password} ~* &* +@all\n"
    )
    files = {**certificates, "redis.conf": text}
    command = ("redis-server", "/etc/server/redis.conf")
    return server("redis", "redis:7.2.11", 6379, command, folders=["/data"], files=files)


def test_a_run_of_the_tutorial_succeeds(airflow: AirflowClient) -> None:
    assert set(airflow.run("tutorial").values()) == {"success"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "", "answer True"),
        ("%2Fcdk8s-airflow%2Fbroker-authority%2Fca.crt", "%2Fssl%2Fcerts%2Fca-certificates.crt",
         "certificate verify failed: self-signed certificate in certificate chain"),
        (host("redis"), "redis-0." + host("redis"), "certificate verify failed: Hostname mismatch"),
    ],
    ids=["as it is", "another authority", "another name"],
)  # fmt: skip
def test_the_broker_is_reached_by_tls_to_its_name_and_authority_alone(
    bundle: RunningBundle, old: str, new: str, told: str
) -> None:
    worker = bundle.node.pod("af1-worker-0")
    result = worker.exec("python", "-c", PING_BROKER, old, new)
    assert told in result.output.splitlines()[-1]
    assert (result.exit_code == 0) == (old == "")


def test_the_triggerer_reads_the_database_too(airflow: AirflowClient) -> None:
    assert set(airflow.run("deferrable").values()) == {"success"}


@pytest.mark.parametrize("component", ["api-server", "triggerer-0"])
def test_both_engines_verify_the_server_are_known_to_it_and_give_it_up_when_it_is_dead(
    bundle: RunningBundle, component: str
) -> None:
    found = engines(bundle.node.pod(bundle.name(component)))
    assert {name: (it.tls, it.options) for name, it in found.items()} == {
        "synchronous": ("/CN=airflow", GIVEN_UP),
        "asynchronous": ("/CN=airflow", GIVEN_UP),
    }


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("%2Fdatabase-authority%2Fca.crt", "%2Fdatabase-certificate%2Ftls.crt",
         "certificate verify failed"),
        (f"@{host('database')}", f"@database-0.{host('database')}", "match"),
        ("sslcert=", "application_name=", "certificate"),
    ],
    ids=["another authority", "another name", "no certificate"],
)  # fmt: skip
def test_no_process_connects_to_another_server_or_without_its_certificate(
    bundle: RunningBundle, old: str, new: str, told: str
) -> None:
    pod = bundle.node.pod(bundle.name("dag-processor"))
    for answer in engines(pod, old, new).values():
        assert told in answer.tls
    assert told in program(pod, ("wait_for_database.py", "0"), old, new)
    assert told in program(pod, ("job_probe.py", "DagProcessorJob", "60"), old, new)


def test_a_server_that_does_not_answer_is_given_up_after_five_seconds(
    bundle: RunningBundle,
) -> None:
    pod = bundle.node.pod(bundle.name("api-server"))
    old = f"@{host('database')}:5433"
    for answer in engines(pod, old, "@127.0.0.1:15999", silent=True).values():
        assert "timeout" in answer.tls.lower()
        assert 4 <= answer.seconds < 8


def test_the_key_is_the_pods_alone(bundle: RunningBundle) -> None:
    """libpq takes one that root owns and the group may read, and no other."""
    pod = bundle.node.pod(bundle.name("scheduler"))
    file = "/etc/cdk8s-airflow/database-certificate/tls.key"
    assert pod.exec("stat", "-L", "-c", "%U %a", file).output.split() == ["root", "440"]


def test_no_pod_of_the_bundle_was_restarted_and_every_probe_is_well(bundle: RunningBundle) -> None:
    pods = [pod for pod in bundle.node.pods() if pod.namespace == NAMESPACE]
    assert {pod.name: pod.restarts for pod in pods} == {pod.name: 0 for pod in pods}
    for name in ("triggerer-0", "dag-processor", "worker-0"):
        result = bundle.node.pod(bundle.name(name)).probe("livenessProbe")
        assert result.success, result.detail


@pytest.mark.parametrize("secret_name", PASSWORDS)
def test_no_password_is_in_a_log(bundle: RunningBundle, secret_name: str) -> None:
    pods = [pod for pod in bundle.node.pods() if pod.namespace == NAMESPACE]
    for pod in pods:
        for container in pod.supervisors:
            assert PASSWORDS[secret_name] not in pod.log(container)


def test_a_query_of_a_server_that_is_lost_is_given_up_after_20_seconds(
    bundle: RunningBundle,
) -> None:
    """The last test: the server's data are lost with it."""
    server = bundle.node.pod("database-0")
    count = "select count(*) from pg_stat_activity where query like 'select pg_sleep%'"
    psql = ("psql", "-h", "/var/run/postgresql", "-p", "5433", "-U", USER, "-d", "meta data")
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(waits, bundle.node.pod(bundle.name("api-server")))
        try:
            bundle.node.wait_for(
                lambda: server.exec(*psql, "-At", "-c", count).output.strip() == "2",
                60,
                "both engines wait for an answer",
            )
        except TimeoutError as error:
            raise AssertionError(f"not both engines wait: {waiting.result(150)}") from error
        server.lose(silently=True)
        found = waiting.result(120)
    for name, answer in found.items():
        assert 15 < answer.seconds < 30, f"{name}: {answer}"
