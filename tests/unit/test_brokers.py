"""Brokers and databases beside Redis and PostgreSQL: URLs, options and refusals."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ConfigMapKey,
    DagsFolder,
    EmbeddedRabbitmq,
    EmbeddedRedis,
    ExternalMysql,
    ExternalRabbitmq,
    ExternalRedis,
    Flower,
    RedisSentinel,
    SecretKey,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.executors.backends import Broker
from cdk8s_airflow.parts.programs import sources
from cdk8s_airflow.services.timeouts import LIBPQ
from cdk8s_airflow.testing.synth import synthesize

ODD = "p@ss:/w#rd%?&'\" $(x) {y} \\"
DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
PASSWORD = SecretKey(name="broker", key="password")
SENTINEL = SecretKey(name="sentinel", key="password")
SENTINELS = RedisSentinel(
    hosts=["a", "b:26380", "fd00::7"],
    master_name="airflow",
    user="air flow",
    password=PASSWORD,
    sentinel_password=SENTINEL,
)
TRANSPORT = "AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS"


def bundle_of(tmp_path: Path, *external: str, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    return synthesize(build, tmp_path, external=external)


def env_of(bundle: Bundle, component: str, kind: str = "Deployment") -> dict[str, Any]:
    container = bundle.container(kind, f"af1-{component}")
    return {item["name"]: item.get("value", item.get("valueFrom")) for item in container["env"]}


def told(env: dict[str, Any], option: str, **credentials: str) -> str:
    """What Airflow reads: the output of the option's command, run as Airflow runs it."""
    words = shlex.split(env[f"{option}_CMD"])
    assert words[:3] == ["python", "-IS", "/opt/cdk8s-airflow/url.py"]
    command = [sys.executable, "-IS", "-c", sources()["url.py"], *words[3:]]
    done = subprocess.run(command, env=credentials, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize(("component", "kind"), [("scheduler", "Deployment"),
                                                 ("worker", "StatefulSet")])  # fmt: skip
def test_celery_is_told_all_sentinels_the_master_and_the_sentinels_password(
    tmp_path: Path, component: str, kind: str
) -> None:
    env = env_of(
        bundle_of(tmp_path, "Secret/broker", "Secret/sentinel", broker=SENTINELS), component, kind
    )
    url = told(env, "AIRFLOW__CELERY__BROKER_URL", BROKER_PASSWORD="x/y")
    user = "air%20flow:x%2Fy@"
    assert url == (
        f"sentinel://{user}a:26379/0;sentinel://{user}b:26380/0;sentinel://{user}[fd00::7]:26379/0"
    )
    results = told(env, "AIRFLOW__CELERY__RESULT_BACKEND", BROKER_PASSWORD="x/y")
    assert results == "celery_results:Sentinel+" + url.replace("/0", "/1")
    for section in (TRANSPORT, "AIRFLOW__CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS"):
        assert env[f"{section}__MASTER_NAME"] == "airflow"
        options = told(env, f"{section}__SENTINEL_KWARGS", BROKER_SENTINEL_PASSWORD=ODD)
        assert json.loads(options)["password"] == ODD


def test_sentinels_without_a_password_are_asked_without_one(tmp_path: Path) -> None:
    broker = RedisSentinel(hosts=["a"], master_name="m", sentinel_user="watch")
    env = env_of(bundle_of(tmp_path, broker=broker), "scheduler")
    options = json.loads(told(env, f"{TRANSPORT}__SENTINEL_KWARGS"))
    assert options.pop("username") == "watch"
    assert options == {"socket_connect_timeout": 5, "socket_timeout": 5}


def limits(env: dict[str, Any]) -> dict[str, str]:
    """The broker's options, without those that say where it is."""
    given = {name.partition(f"{TRANSPORT}__")[2]: value for name, value in env.items()}
    found = {name.lower(): value for name, value in given.items() if name}
    return {name: found[name] for name in found if not name.startswith(("master", "sentinel"))}


ALWAYS = {
    "worker_pool": "celery_pool:TaskPool",
    "task_publish_retry_policy": {
        "max_retries": 30,
        "interval_start": 0,
        "interval_step": 0.2,
        "interval_max": 1,
    },
}
REDIS_RESULTS = {
    "redis_socket_connect_timeout": 5,
    "redis_socket_timeout": 5,
    "redis_socket_keepalive": True,
    "redis_backend_health_check_interval": 5,
    "result_backend_always_retry": True,
}
RABBITMQ = {
    "broker_heartbeat": 10,
    "control_queue_durable": True,
    "event_queue_exclusive": True,
}


@pytest.mark.parametrize(
    ("broker", "options", "settings"),
    [
        *(
            (
                broker,
                {
                    "visibility_timeout": "86400",
                    "socket_connect_timeout": "5",
                    "socket_timeout": "5",
                    "socket_keepalive": "True",
                    "health_check_interval": "5",
                },
                {**ALWAYS, **REDIS_RESULTS},
            )
            for broker in (
                EmbeddedRedis(),
                ExternalRedis(host="a"),
                RedisSentinel(hosts=["a"], master_name="m"),
            )
        ),
        *(
            (
                broker,
                {
                    "visibility_timeout": "86400",
                    "confirm_publish": "True",
                    "read_timeout": "5",
                    "write_timeout": "5",
                },
                {**ALWAYS, **RABBITMQ},
            )
            for broker in (EmbeddedRabbitmq(), ExternalRabbitmq(host="a"))
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_no_client_of_celery_waits_long_for_a_server_that_is_silent(
    tmp_path: Path, broker: Broker, options: dict[str, str], settings: dict[str, object]
) -> None:
    bundle = bundle_of(tmp_path, broker=broker, flower=Flower())
    for component, kind in (
        ("scheduler", "Deployment"),
        ("flower", "Deployment"),
        ("worker", "StatefulSet"),
    ):
        env = env_of(bundle, component, kind)
        assert limits(env) == options
        assert json.loads(env["AIRFLOW__CELERY__EXTRA_CELERY_CONFIG"]) == settings


def test_each_limit_of_celerys_clients_may_be_set_alone(tmp_path: Path) -> None:
    own = {
        "celery_broker_transport_options": {"socket_timeout": 30},
        "celery": {"extra_celery_config": {"redis_socket_timeout": 30}},
    }
    env = env_of(bundle_of(tmp_path, config=own), "worker", "StatefulSet")
    found = limits(env)
    assert (found["socket_timeout"], found["socket_connect_timeout"]) == ("30", "5")
    settings = json.loads(env["AIRFLOW__CELERY__EXTRA_CELERY_CONFIG"])
    assert settings == {**ALWAYS, **REDIS_RESULTS, "redis_socket_timeout": 30}


def test_a_broker_and_results_of_two_kinds_have_the_settings_of_both(tmp_path: Path) -> None:
    results = ExternalRedis(host="a")
    bundle = bundle_of(tmp_path, broker=EmbeddedRabbitmq(), result_backend=results)
    settings = json.loads(env_of(bundle, "scheduler")["AIRFLOW__CELERY__EXTRA_CELERY_CONFIG"])
    assert settings == {**ALWAYS, **RABBITMQ, **REDIS_RESULTS}


def test_of_servers_in_a_secret_nothing_is_known_but_that_they_may_be_away(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, "Secret/broker", broker=PASSWORD, result_backend=PASSWORD)
    env = env_of(bundle, "scheduler")
    assert limits(env) == {"visibility_timeout": "86400"}
    assert json.loads(env["AIRFLOW__CELERY__EXTRA_CELERY_CONFIG"]) == ALWAYS


@pytest.mark.parametrize(
    ("broker", "kept_by"),
    [
        (EmbeddedRedis(), "celery_results:Redis+redis://"),
        (ExternalRedis(host="a", tls=True), "celery_results:Redis+rediss://"),
        (RedisSentinel(hosts=["a"], master_name="m"), "celery_results:Sentinel+sentinel://"),
        (EmbeddedRabbitmq(), "db+postgresql"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_who_reads_results_from_redis_has_the_module_that_outlives_it(
    tmp_path: Path, broker: Broker, kept_by: str
) -> None:
    bundle = bundle_of(tmp_path, broker=broker)
    where = "/opt/airflow/config/celery_results.py"
    have = set()
    for pod in bundle.pods:
        for container in pod.main_containers:
            mounts = {mount["mountPath"]: mount for mount in container.get("volumeMounts", ())}
            if where in mounts:
                assert mounts[where]["subPath"] == "celery_results.py"
                assert mounts[where]["name"] == mounts["/opt/cdk8s-airflow"]["name"]
                have.add(pod.component)
    assert have == ({"scheduler", "worker"} if kept_by.startswith("celery_results") else set())
    secrets = {"BROKER_PASSWORD": "x", "RESULT_BACKEND_PASSWORD": "x"}
    url = told(env_of(bundle, "scheduler"), "AIRFLOW__CELERY__RESULT_BACKEND", **secrets)
    assert url.startswith(kept_by)


def test_a_broker_and_a_result_backend_of_one_kind_keep_their_own_passwords(
    tmp_path: Path,
) -> None:
    other = SecretKey(name="other", key="password")
    results = ExternalRedis(host="b", password=other, tls=True, ca=other)
    broker = ExternalRedis(host="a", password=PASSWORD, tls=True, ca=PASSWORD)
    external = ("Secret/broker", "Secret/other")
    bundle = bundle_of(tmp_path, *external, broker=broker, result_backend=results)
    env = env_of(bundle, "scheduler")
    assert env["BROKER_PASSWORD"]["secretKeyRef"]["name"] == "broker"
    assert env["RESULT_BACKEND_PASSWORD"]["secretKeyRef"]["name"] == "other"
    assert "/broker-authority/ca.crt" in env["AIRFLOW__CELERY__BROKER_URL_CMD"].replace("%2F", "/")
    backend = env["AIRFLOW__CELERY__RESULT_BACKEND_CMD"].replace("%2F", "/")
    assert "/result-backend-authority/ca.crt" in backend


@pytest.mark.parametrize(
    ("ca", "source"),
    [
        (SecretKey(name="site", key="ca"), {"secret": {"secretName": "site"}}),
        (ConfigMapKey(name="site", key="ca"), {"configMap": {"name": "site"}}),
    ],
)
def test_an_authority_is_a_file_where_the_url_says_in_the_pods_that_need_it(
    tmp_path: Path, ca: SecretKey | ConfigMapKey, source: dict[str, Any]
) -> None:
    broker = ExternalRedis(host="cache", tls=True, ca=ca)
    bundle = bundle_of(tmp_path, f"{type(ca).__name__[:-3]}/site", broker=broker)
    url = told(env_of(bundle, "scheduler"), "AIRFLOW__CELERY__BROKER_URL")
    assert url == (
        "rediss://cache:6379/0?ssl_cert_reqs=required"
        "&ssl_ca_certs=%2Fetc%2Fcdk8s-airflow%2Fbroker-authority%2Fca.crt"
    )
    consumers = {}
    for pod in bundle.pods:
        for volume in pod.volumes:
            if volume["name"] == "broker-authority":
                consumers[pod.component] = volume
    assert set(consumers) == {"scheduler", "worker"}
    ((kind, where),) = source.items()
    items = [{"key": "ca", "path": "ca.crt"}]
    assert consumers["worker"] == {"name": "broker-authority", kind: {**where, "items": items}}
    mounts = bundle.container("StatefulSet", "af1-worker")["volumeMounts"]
    paths = {mount["name"]: mount["mountPath"] for mount in mounts}
    assert paths["broker-authority"] == "/etc/cdk8s-airflow/broker-authority"


def test_rabbitmq_has_no_password_on_a_command_line_and_keeps_long_tasks(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, broker=EmbeddedRabbitmq(consumer_timeout=86400))
    container = bundle.container("StatefulSet", "af1-rabbitmq")
    env = env_of(bundle, "rabbitmq", "StatefulSet")
    assert env["CONSUMER_TIMEOUT_MS"] == "86400000"
    assert env["RABBITMQ_DEFAULT_PASS"]["secretKeyRef"]["name"] == "af1-rabbitmq"
    assert env["ERLANG_COOKIE"]["secretKeyRef"]["name"] == "af1-rabbitmq-cookie"
    assert "RABBITMQ_DEFAULT_PASS" not in " ".join(container["command"])
    url = told(env_of(bundle, "scheduler"), "AIRFLOW__CELERY__BROKER_URL", BROKER_PASSWORD="x")
    assert url == "amqp://airflow:x@af1-rabbitmq-server:5672/airflow"


def test_with_rabbitmq_results_go_to_a_database_that_the_migrations_make(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, broker=EmbeddedRabbitmq())
    env = env_of(bundle, "worker", "StatefulSet")
    results = told(env, "AIRFLOW__CELERY__RESULT_BACKEND", RESULT_BACKEND_PASSWORD="x")
    assert results == (
        "db+postgresql+psycopg2://airflow_results:x@af1-postgresql-server:5432/airflow_results"
        f"?{urlencode(LIBPQ)}"
    )
    (job,) = [pod for pod in bundle.pods if pod.component == "migrations"]
    names = [container["name"] for container in job.spec["initContainers"]]
    assert names == ["wait-for-servers", "result-database"]
    others = [pod for pod in bundle.pods if pod.component != "migrations"]
    for pod in others:
        assert "result-database" not in str(pod.spec.get("initContainers"))


def test_an_external_rabbitmq_by_tls_is_verified(tmp_path: Path) -> None:
    broker = ExternalRabbitmq(
        host="rabbit", vhost="/", user="air flow", password=PASSWORD, tls=True, ca=PASSWORD,
        parameters={"heartbeat": "30"},
    )  # fmt: skip
    env = env_of(bundle_of(tmp_path, "Secret/broker", broker=broker), "worker", "StatefulSet")
    url = told(env, "AIRFLOW__CELERY__BROKER_URL", BROKER_PASSWORD=ODD)
    assert url.startswith("amqps://air%20flow:p%40ss")
    assert url.endswith("@rabbit:5671/%2F?heartbeat=30")
    assert env["AIRFLOW__CELERY__SSL_ACTIVE"] == "True"
    assert env["AIRFLOW__CELERY__SSL_MUTUAL_TLS"] == "False"
    assert env["AIRFLOW__CELERY__SSL_CACERT"] == "/etc/cdk8s-airflow/broker-authority/ca.crt"


def test_an_external_rabbitmq_without_tls_has_its_plain_port(tmp_path: Path) -> None:
    env = env_of(bundle_of(tmp_path, broker=ExternalRabbitmq(host="rabbit")), "scheduler")
    assert told(env, "AIRFLOW__CELERY__BROKER_URL") == "amqp://airflow@rabbit:5672/%2F"
    assert "AIRFLOW__CELERY__SSL_ACTIVE" not in env


def test_mysql_has_a_url_for_each_of_airflows_drivers(tmp_path: Path) -> None:
    database = ExternalMysql(
        host="db", user="air@flow", password=PASSWORD, parameters={"ssl_mode": "REQUIRED"}
    )
    env = env_of(bundle_of(tmp_path, "Secret/broker", database=database), "api-server")
    place = "air%40flow:x%25@db:3306/airflow?charset=utf8mb4&connect_timeout=5"
    conn = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
    assert told(env, conn, DATABASE_PASSWORD="x%") == (f"mysql+mysqldb://{place}&ssl_mode=REQUIRED")
    assert told(
        env, f"{conn}_ASYNC", DATABASE_PASSWORD="x%", **{f"{conn}_CMD": env[f"{conn}_CMD"]}
    ) == (f"mysql+aiomysql://{place}")


def test_with_mariadb_the_scheduler_alone_leaves_orphaned_assets(tmp_path: Path) -> None:
    option = "AIRFLOW__SCHEDULER__PARSING_CLEANUP_INTERVAL"
    bundle = bundle_of(tmp_path, database=ExternalMysql(host="db", mariadb=True))
    assert int(env_of(bundle, "scheduler")[option]) > 30 * 24 * 3600
    for component in ("dag-processor", "api-server"):
        assert option not in env_of(bundle, component)
    (tmp_path / "mysql").mkdir()
    bundle = bundle_of(tmp_path / "mysql", database=ExternalMysql(host="db"))
    assert option not in env_of(bundle, "scheduler")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: RedisSentinel(hosts=[], master_name="m"), r"hosts=\[\]\): name at least one"),
        (
            lambda: RedisSentinel(hosts=["redis://a"], master_name="m"),
            r"RedisSentinel\(host=\.\.\.\): expected a host name",
        ),
        (lambda: RedisSentinel(hosts=["a:0"], master_name="m"), r"port=0\): expected a port"),
        (lambda: RedisSentinel(hosts=["a"], master_name="a b"), r"master_name='a b'\): expected"),
        (lambda: RedisSentinel(hosts=["a"], master_name="1e3"), r"which Airflow would convert"),
        (lambda: RedisSentinel(hosts=["a"], master_name="True"), r"which Airflow would convert"),
        (
            lambda: RedisSentinel(hosts=["a"], master_name="m", database=-1),
            r"database=-1\): expected 0 or more",
        ),
        (
            lambda: ExternalRedis(host="a:1,b:1"),
            r"expected one host; .*RedisSentinel.*Celery cannot use a Redis Cluster: take a Redis",
        ),
        (
            lambda: ExternalRedis(host="a", ca=PASSWORD),
            r"ExternalRedis\(ca=SecretKey\(.*\)\) does nothing without TLS: add tls=True",
        ),
        (lambda: ExternalRabbitmq(host="a", ca=PASSWORD), r"does nothing without TLS"),
        (lambda: ExternalRabbitmq(host="amqp://a"), r"ExternalRabbitmq\(host=\.\.\.\)"),
        (lambda: ExternalRabbitmq(host="a", port=0), r"port=0\): expected a port from 1"),
        (lambda: EmbeddedRabbitmq(consumer_timeout=60), r"=60\): expected 3600 or more seconds"),
        (lambda: EmbeddedRabbitmq(storage="two"), r"EmbeddedRabbitmq\.storage='two': expected a"),
        (lambda: ExternalMysql(host="a/b"), r"ExternalMysql\(host=\.\.\.\): expected a host name"),
    ],
)
def test_what_no_server_can_be_is_refused(wrong: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wrong()


def test_all_problems_of_sentinels_come_at_once() -> None:
    with pytest.raises(ValueError, match=r"(?s)host=\.\.\..*host=\.\.\..*master_name=''"):
        RedisSentinel(hosts=["a b", "c/d"], master_name="")


def test_a_worker_asks_no_other_before_it_takes_tasks(tmp_path: Path) -> None:
    worker = bundle_of(tmp_path).container("StatefulSet", "af1-worker")
    words = ["airflow", "celery", "worker", "--queues", "default", "--concurrency", "8"]
    assert worker["args"] == [*words, "--without-mingle"]


def test_workers_alone_have_the_module_of_their_pool(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, broker=EmbeddedRabbitmq())
    where = "/opt/airflow/config/celery_pool.py"
    have = {pod.component for pod in bundle.pods if where in str(pod.main_containers)}
    assert have == {"worker"}
