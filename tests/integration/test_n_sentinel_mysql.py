"""A Redis that Sentinel keeps available as broker, and a MariaDB as metadata database."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import NAMESPACE, RELEASE, copy_dags, synthesize_props
from integration.conftest import NASTY_PASSWORD, RunningBundle, Scene, Stage, secret
from integration.node.objects import Manifest
from integration.servers import certificate, client_secrets, host, server
from integration.sql_clients import GIVEN_UP, engines, program
from integration.test_d_failures import assert_all_succeed_at_once, start_slow_run
from integration.test_o_growth import run_of_the_cron_job

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    DatabaseCleanup,
    ExternalMysql,
    RedisSentinel,
    SecretKey,
    WorkerGroup,
)

USER = "air:flow/@%"
DATABASE, REDIS, SENTINEL = (NASTY_PASSWORD + letter for letter in "drs")
FIRST = f"redis-0.{host('redis')}"
START_REDIS = f"""
cp /etc/server/redis.conf /data
[ "$(hostname)" = redis-0 ] || echo "replicaof {FIRST} 6379" >>/data/redis.conf
exec redis-server /data/redis.conf
"""
START_SENTINEL = f"""
until first=$(getent hosts {FIRST}); do sleep 0.2; done
sed "s/FIRST/${{first%% *}}/" /etc/server/sentinel.conf >/data/sentinel.conf
exec redis-server /data/sentinel.conf --sentinel
"""
ASK_SENTINEL = ("redis-cli", "-p", "26379", "sentinel", "get-master-addr-by-name", "main")


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """Airflow with three Sentinels, two Redis servers and a MariaDB of the user's."""

    def prepare() -> Scene:
        files = certificate(tmp_path_factory.mktemp("sql"), host("mariadb"))
        password = SecretKey(name="redis", key="password")
        props = AirflowProps(
            dags=copy_dags(tmp_path_factory.mktemp("dags") / "dags"),
            executor=CeleryExecutor(workers=[WorkerGroup(replicas=1, concurrency=4)]),
            database=ExternalMysql(
                host=host("mariadb"),
                database="meta data",
                user=SecretKey(name="mariadb", key="user"),
                password=SecretKey(name="mariadb", key="password"),
                ca=SecretKey(name="server-ca", key="ca.crt"),
                client_certificate="client",
                mariadb=True,
            ),
            broker=RedisSentinel(
                hosts=[f"sentinel-{number}.{host('sentinel')}" for number in range(3)],
                master_name="main",
                password=password,
                sentinel_password=SecretKey(name="redis", key="sentinel"),
            ),
            database_cleanup=DatabaseCleanup(drop_archives_after_days=30),
            # What a server took with it, Airflow queues again: after ten minutes by default.
            config={
                "scheduler": {"task_queued_timeout": 60, "task_queued_timeout_check_interval": 10}
            },
        )
        return Scene(
            synthesize_props(tmp_path_factory.mktemp("synth"), props),
            [
                secret("mariadb", {"user": USER, "password": DATABASE}),
                secret("redis", {"password": REDIS, "sentinel": SENTINEL}),
                *(secret(name, dict(data)) for name, data in client_secrets(files).items()),
                *mariadb(files),
                *redis(),
                *sentinels(),
            ],
        )

    return stage.play("sentinel and mysql", prepare)


def mariadb(files: Mapping[str, str]) -> list[Manifest]:
    """It lets in who comes by TLS with a certificate of its authority."""
    env = {"MARIADB_USER": USER, "MARIADB_PASSWORD": DATABASE, "MARIADB_DATABASE": "meta data",
           "MARIADB_RANDOM_ROOT_PASSWORD": "1"}  # fmt: skip
    command = ("mariadbd", "--character-set-server=utf8mb4", "--skip-name-resolve",
               "--require-secure-transport=ON", "--ssl-ca=/etc/server/ca.crt",
               "--ssl-cert=/etc/server/tls.crt", "--ssl-key=/etc/server/tls.key")  # fmt: skip
    folders = ("/var/lib/mysql", "/run/mysqld", "/tmp")
    return server("mariadb", "mariadb:10.11", 3306, command, env=env, folders=folders, files=files)


def redis() -> list[Manifest]:
    text = (
        f"protected-mode no\ndir /data\nrequirepass {quoted(REDIS)}\nmasterauth {quoted(REDIS)}\n"
    )
    return server(
        "redis", "redis:7.2.11", 6379, ("sh", "-c", START_REDIS),
        folders=["/data"], files={"redis.conf": text}, replicas=2,
    )  # fmt: skip


def sentinels() -> list[Manifest]:
    text = (
        f"protected-mode no\nport 26379\ndir /data\nrequirepass {quoted(SENTINEL)}\n"
        f"sentinel monitor main FIRST 6379 2\nsentinel auth-pass main {quoted(REDIS)}\n"
        "sentinel down-after-milliseconds main 3000\nsentinel failover-timeout main 10000\n"
    )
    return server(
        "sentinel", "redis:7.2.11", 26379, ("sh", "-c", START_SENTINEL),
        folders=["/data"], files={"sentinel.conf": text}, replicas=3,
        env={"REDISCLI_AUTH": SENTINEL},
    )  # fmt: skip


def quoted(text: str) -> str:
    """As Redis' configuration takes any text."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def leaders(bundle: RunningBundle) -> set[str]:
    """Which server leads, by what each Sentinel says."""
    addresses = {pod.ip: pod.name for pod in bundle.node.pods("redis")}
    answers = {pod.exec(*ASK_SENTINEL).output.split()[0] for pod in bundle.node.pods("sentinel")}
    return {addresses.get(answer, answer) for answer in answers}


def test_the_migrations_made_the_tables_in_mariadb(bundle: RunningBundle) -> None:
    pod = bundle.node.pod("mariadb")
    client = ("mariadb", "--socket=/run/mysqld/mysqld.sock", "meta data", "-Ne")
    password = f"MYSQL_PWD={DATABASE}"
    result = pod.exec("env", password, *client[:1], f"--user={USER}", *client[1:],
                      "show tables like 'dag_run'")  # fmt: skip
    assert result.output.split() == ["dag_run"]


def test_a_run_of_the_tutorial_succeeds(airflow: AirflowClient) -> None:
    assert set(airflow.run("tutorial").values()) == {"success"}


def test_the_probe_of_the_scheduler_can_ask_this_database(bundle: RunningBundle) -> None:
    """Its query is one for all databases, and one that is refused would tell of no stall."""
    pod = bundle.node.pod(f"{RELEASE}-scheduler")
    (container,) = pod.manifest["spec"]["containers"]
    done = pod.exec(*container["livenessProbe"]["exec"]["command"])
    assert (done.exit_code, done.output.strip()) == (0, "")


def test_the_cleanup_locks_this_database_and_drops_old_archives(bundle: RunningBundle) -> None:
    old = "_airflow_deleted__log__20200101000000"
    code = f"import database; database.run('create table {old} (a int)')"
    pod = bundle.node.pod(f"{RELEASE}-scheduler")
    made = pod.exec("python", "-c", f"import sys; sys.path[:0] = ['/opt/cdk8s-airflow']; {code}")
    assert made.exit_code == 0, made.output
    bundle.node.apply([run_of_the_cron_job(bundle.manifests, "clean")])
    job = bundle.node.controller("clean")
    bundle.node.wait_for(lambda: job.done, 180, "the cleanup has ended")
    (cleaner,) = job.pods
    assert f"dropping {old}" in cleaner.log("database-cleanup")


def test_the_triggerer_reads_the_database_too(airflow: AirflowClient) -> None:
    assert set(airflow.run("deferrable").values()) == {"success"}


def test_both_engines_verify_the_server_and_give_it_up_when_it_is_dead(
    bundle: RunningBundle,
) -> None:
    pod = bundle.node.pod(bundle.name("api-server"))
    found = engines(pod)
    assert {name: (it.tls, it.options) for name, it in found.items()} == {
        "synchronous": ("TLSv1.3", GIVEN_UP),
        "asynchronous": ("TLSv1.3", GIVEN_UP),
    }
    silent = engines(pod, f"@{host('mariadb')}:3306", "@127.0.0.1:15999", silent=True)
    for answer in silent.values():
        assert 4 <= answer.seconds < 8
        assert "connect" in answer.tls.lower()


def test_no_process_connects_to_a_server_of_another_authority(bundle: RunningBundle) -> None:
    pod = bundle.node.pod(bundle.name("dag-processor"))
    old, new = "%2Fdatabase-authority%2Fca.crt", "%2Fdatabase-certificate%2Ftls.crt"
    for answer in engines(pod, old, new).values():
        assert "certificate" in answer.tls
    assert "certificate" in program(pod, ("wait_for_database.py", "0"), old, new)
    assert "certificate" in program(pod, ("job_probe.py", "DagProcessorJob", "60"), old, new)


def test_no_task_fails_when_the_leading_redis_is_lost(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    assert leaders(bundle) == {"redis-0"}
    worker = bundle.node.pod(f"{RELEASE}-worker-0")
    scheduler = bundle.node.pod(f"{RELEASE}-scheduler")
    restarts = scheduler.restarts
    run_id, _ = start_slow_run(airflow, 20)
    bundle.node.pod("redis-0").lose(silently=True)
    bundle.node.wait_for(lambda: leaders(bundle) == {"redis-1"}, 60, "the other server leads")
    assert_all_succeed_at_once(airflow, run_id, 240)
    assert_all_succeed_at_once(airflow, airflow.trigger("slow", {"seconds": 1}), 120)
    assert worker.probe("livenessProbe").success
    assert (worker.restarts, scheduler.restarts) == (0, restarts)


@pytest.mark.parametrize(
    "password", [DATABASE, REDIS, SENTINEL], ids=["database", "redis", "sentinel"]
)
def test_no_password_is_in_a_log(bundle: RunningBundle, password: str) -> None:
    for pod in bundle.node.pods():
        for container in pod.supervisors:
            assert pod.namespace != NAMESPACE or password not in pod.log(container), pod.name
