"""A database and a broker by TLS that exist already, by their parts, with passwords of any kind."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import NAMESPACE, REPOSITORY, synthesize_props
from integration.conftest import NASTY_PASSWORD, RunningBundle, Scene, Stage, secret
from integration.servers import certificate, host, server

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
        props = AirflowProps(
            dags=DagsFolder(str(REPOSITORY / "dags")),
            executor=CeleryExecutor(workers=[WorkerGroup(replicas=1, concurrency=4)]),
            database=ExternalPostgresql(
                host=host("database"),
                port=5433,
                database="meta data",
                user=SecretKey(name="database", key="user"),
                password=SecretKey(name="database", key="password"),
                parameters={"application_name": "air&flow"},
            ),
            broker=ExternalRedis(
                host=host("redis"),
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
                secret("database", {"user": USER, "password": PASSWORDS["database"]}),
                secret("redis", {"password": PASSWORDS["redis"], "ca.crt": files["ca.crt"]}),
                *postgresql(),
                *redis(files),
            ],
        )

    return stage.play("external", prepare)


def postgresql() -> list[dict[str, object]]:
    env = {"POSTGRES_USER": USER, "POSTGRES_PASSWORD": PASSWORDS["database"],
           "POSTGRES_DB": "meta data", "PGDATA": "/data/pgdata"}  # fmt: skip
    command = ("postgres", "-p", "5433")
    folders = ("/data", "/var/run/postgresql", "/tmp")
    return server("database", "postgres:17.6", 5433, command, env=env, folders=folders)


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
