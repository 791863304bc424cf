"""RabbitMQ as broker, the release's own and one behind TLS; results in the release's PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import NAMESPACE, RELEASE, copy_dags, generated_secrets, synthesize_props
from integration.conftest import NASTY_PASSWORD, RunningBundle, Scene, Stage, secret
from integration.node.objects import Manifest
from integration.servers import certificate, host, server
from integration.test_d_failures import assert_all_succeed_at_once, start_slow_run

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    EmbeddedRabbitmq,
    ExternalRabbitmq,
    Flower,
    SecretKey,
    WorkerGroup,
)

PASSWORD = NASTY_PASSWORD + "q"
TLS_SERVER = """\
listeners.tcp = none
listeners.ssl.default = 5671
ssl_options.cacertfile = /etc/server/ca.crt
ssl_options.certfile = /etc/server/tls.crt
ssl_options.keyfile = /etc/server/tls.key
ssl_options.verify = verify_none
ssl_options.fail_if_no_peer_cert = false
loopback_users.guest = false
"""
CONNECT = """
from airflow.providers.celery.executors.default_celery import DEFAULT_CELERY_CONFIG
from celery import Celery
with Celery(config_source=DEFAULT_CELERY_CONFIG).connection_for_write(connect_timeout=5) as broker:
    broker.ensure_connection(max_retries=1)
    print("connected to", broker.as_uri())
"""
IMPLEMENTATION = """
from airflow.providers.celery.executors.celery_executor_utils import app
for worker in app.control.inspect(timeout=5).stats().values():
    print("pool:", worker["pool"]["implementation"])
"""
REFUSE = (
    "-kernel inet_dist_use_interface {127,0,0,1} "
    "-rabbit permit_deprecated_features #{global_qos=>false,transient_nonexcl_queues=>false}"
)
DECLARE = """
from airflow.providers.celery.executors.default_celery import DEFAULT_CELERY_CONFIG
from celery import Celery
from kombu import Queue
with Celery(config_source=DEFAULT_CELERY_CONFIG).connection_for_write() as broker:
    Queue("transient", channel=broker.channel(), durable=False).queue_declare()
"""
READ_METADATA = """
import os, psycopg2
for database in ("airflow_results", "airflow"):
    psycopg2.connect(host="af1-postgresql", dbname=database, user="airflow_results",
                     password=os.environ["RESULT_BACKEND_PASSWORD"])
    print("may read", database)
"""

Synthesize = Callable[..., list[Manifest]]


@pytest.fixture(scope="module")
def synthesize(tmp_path_factory: pytest.TempPathFactory) -> Synthesize:
    """Makes the bundle with one broker or another, with the same DAGs."""
    props = AirflowProps(
        dags=copy_dags(tmp_path_factory.mktemp("dags") / "dags"),
        executor=CeleryExecutor(workers=[WorkerGroup(replicas=1, concurrency=4)]),
        flower=Flower(),
    )

    def synthesize(broker: EmbeddedRabbitmq | ExternalRabbitmq) -> list[Manifest]:
        return synthesize_props(tmp_path_factory.mktemp("synth"), replace(props, broker=broker))

    return synthesize


@pytest.fixture(scope="module")
def bundle(stage: Stage, synthesize: Synthesize) -> RunningBundle:
    """Airflow with a RabbitMQ of its own, whose password the user brings.

    It refuses what is deprecated, as RabbitMQ 4.3 does by default.
    """

    def prepare() -> Scene:
        broker = EmbeddedRabbitmq(env={"RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": REFUSE})
        manifests, name = synthesize(broker), f"{RELEASE}-rabbitmq"
        brought = secret(name, {generated_secrets(manifests)[name]: PASSWORD})
        return Scene(manifests, [brought], brought={name: PASSWORD})

    return stage.play("rabbitmq", prepare)


def test_a_run_of_the_tutorial_succeeds(airflow: AirflowClient) -> None:
    assert set(airflow.run("tutorial").values()) == {"success"}


def test_its_results_are_in_the_database_for_results(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    query = "select count(*) from celery_taskmeta where status = 'SUCCESS'"
    command = ("psql", "-U", "airflow", "-d", "airflow_results", "-tAc", query)
    postgresql = bundle.node.pod(f"{RELEASE}-postgresql")

    def all_there() -> bool:
        return int(postgresql.exec(*command).output) >= 5

    airflow.wait(all_there, 60, "the results of five tasks")


def test_a_worker_can_read_the_results_and_not_the_metadata(bundle: RunningBundle) -> None:
    worker = bundle.node.pod(f"{RELEASE}-worker-0")
    (metadata_password,) = bundle.node.secret(f"{RELEASE}-postgresql", NAMESPACE).values()
    assert metadata_password not in worker.container().spec.env.values()
    result = worker.exec("python", "-c", READ_METADATA)
    assert "may read airflow_results\n" in result.output
    assert 'permission denied for database "airflow"' in result.output
    assert "may read airflow\n" not in result.output


def test_rabbitmq_knows_the_password_and_the_cookie_of_the_secrets(bundle: RunningBundle) -> None:
    rabbitmq = bundle.node.pod(f"{RELEASE}-rabbitmq")
    (cookie,) = bundle.node.secret(f"{RELEASE}-rabbitmq-cookie", NAMESPACE).values()
    for password, code in ((PASSWORD, 0), (PASSWORD + "x", 65)):
        check = ("rabbitmqctl", "authenticate_user", "airflow", password)
        assert rabbitmq.exec(*check).exit_code == code
    for known, code in ((cookie, 0), (cookie[::-1], 69)):
        assert rabbitmq.exec("rabbitmqctl", "--erlang-cookie", known, "status").exit_code == code
    for pod in bundle.node.pods():
        for container in pod.supervisors:
            log = pod.log(container)
            assert PASSWORD not in log, pod.name
            assert cookie not in log, pod.name


def test_rabbitmq_listens_to_other_pods_for_amqp_alone(bundle: RunningBundle) -> None:
    listening = bundle.node.pod(f"{RELEASE}-rabbitmq").exec("ss", "-Htln").output
    addresses = {line.split()[3] for line in listening.splitlines()}
    assert {address for address in addresses if not address.startswith(("127.", "[::1]"))} == {
        "*:5672"
    }


def test_the_worker_has_the_pool_that_remembers_who_is_busy(bundle: RunningBundle) -> None:
    asked = bundle.node.pod(f"{RELEASE}-worker-0").exec("python", "-c", IMPLEMENTATION)
    assert "pool: celery_pool:TaskPool" in asked.output


def queues(bundle: RunningBundle) -> dict[str, tuple[str, str]]:
    """Which there are, and whether they are durable and exclusive."""
    columns = ("name", "durable", "exclusive")
    command = ("rabbitmqctl", "list_queues", "-q", "-p", "airflow", "--no-table-headers", *columns)
    lines = bundle.node.pod(f"{RELEASE}-rabbitmq").exec(*command).output.splitlines()
    return {name: (durable, exclusive) for name, durable, exclusive in map(str.split, lines)}


def test_every_client_declares_queues_that_the_next_rabbitmq_takes(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    worker = bundle.node.pod(f"{RELEASE}-worker-0")
    listed = worker.exec("airflow", "celery", "list-workers", "-o", "plain")
    assert f"celery@{RELEASE}-worker-0" in listed.output
    assert worker.probe("livenessProbe").success
    declared = queues(bundle)
    control = f"celery@{RELEASE}-worker-0.celery.pidbox"
    assert declared.pop("default") == declared.pop(control) == ("true", "false")
    events = {name for name in declared if name.startswith("celeryev.")}
    assert len(events) >= 2, "of the worker and of Flower"
    replies = declared.keys() - events
    assert replies
    assert all(name.endswith(".reply.celery.pidbox") for name in replies)
    assert {declared[name] for name in events} == {("false", "true")}
    assert {declared[name] for name in replies} == {("true", "false")}
    airflow.wait(lambda: not replies & queues(bundle).keys(), 60, "answers are not kept")


def test_the_broker_warns_of_nothing_that_the_next_version_refuses(bundle: RunningBundle) -> None:
    rabbitmq = bundle.node.pod(f"{RELEASE}-rabbitmq")
    assert re.search(r"Starting RabbitMQ [4-9]\.", rabbitmq.log("rabbitmq"))
    assert "deprecated" not in rabbitmq.log("rabbitmq")
    refused = bundle.node.pod(f"{RELEASE}-worker-0").exec("python", "-c", DECLARE)
    assert "Feature `transient_nonexcl_queues` is deprecated" in refused.output


def test_a_broker_that_dies_without_a_word_fails_no_task_and_restarts_nothing(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    clients = [bundle.node.pod(f"{RELEASE}-{name}") for name in ("scheduler", "worker-0", "flower")]
    before = [pod.restarts for pod in clients]
    rabbitmq = bundle.node.controller(f"{RELEASE}-rabbitmq")
    run_id, _ = start_slow_run(airflow, 20)
    rabbitmq.pods[0].lose(silently=True)
    meanwhile = airflow.trigger("slow", {"seconds": 1})
    bundle.node.delete_pod(rabbitmq.pods[0], 0)
    bundle.node.wait_for(lambda: rabbitmq.done, 120, "RabbitMQ is back")
    assert_all_succeed_at_once(airflow, meanwhile, 40)
    assert_all_succeed_at_once(airflow, run_id, 120)
    assert [pod.restarts for pod in clients] == before


def test_a_restart_of_the_broker_fails_no_task_and_restarts_no_worker(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    worker = bundle.node.pod(f"{RELEASE}-worker-0")
    rabbitmq = bundle.node.pod(f"{RELEASE}-rabbitmq")
    run_id, _ = start_slow_run(airflow, 30)
    bundle.node.delete_pod(rabbitmq)
    assert rabbitmq.supervisors["rabbitmq"].kills == []
    assert_all_succeed_at_once(airflow, run_id, 180)
    bundle.node.wait_ready(120)
    assert_all_succeed_at_once(airflow, airflow.trigger("slow", {"seconds": 1}), 120)
    assert (bundle.node.pod(f"{RELEASE}-worker-0"), worker.restarts) == (worker, 0)


def test_tasks_in_the_queue_survive_a_restart_of_the_broker(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    name = f"{RELEASE}-worker"
    rabbitmq = bundle.node.controller(f"{RELEASE}-rabbitmq")
    bundle.node.scale(name, 0)
    bundle.node.wait_for(lambda: not bundle.node.controller(name).pods, 120, "no worker")
    run_id = airflow.trigger("slow", {"seconds": 1})
    airflow.wait_for_tasks("slow", run_id, "queued", 2, 60)
    listed = ("rabbitmqctl", "list_queues", "-q", "-p", "airflow", "name", "messages")

    def queued() -> bool:
        return "default\t2" in rabbitmq.pods[0].exec(*listed).output

    airflow.wait(queued, 60, "two messages are in the queue")
    bundle.node.delete_pod(rabbitmq.pods[0])
    bundle.node.wait_for(lambda: rabbitmq.done, 120, "RabbitMQ is back")
    assert queued()
    bundle.node.scale(name, 1)
    assert_all_succeed_at_once(airflow, run_id, 180)


def test_the_release_moves_to_a_server_behind_tls(
    airflow: AirflowClient, bundle: RunningBundle, synthesize: Synthesize, tmp_path: Path
) -> None:
    files = certificate(tmp_path, host("rabbit"))
    account = "default_user = airflow\ndefault_pass = simple\ndefault_vhost = air/flow\n"
    bundle.node.apply([
        secret("rabbit", {"password": "simple", "ca.crt": files["ca.crt"]}),
        *server(
            "rabbit", "rabbitmq:4.2.5", 5671, ["rabbitmq-server"],
            env={"RABBITMQ_CONFIG_FILE": "/etc/server/rabbitmq.conf", "RABBITMQ_LOGS": "-",
                 "RABBITMQ_NODENAME": "rabbit@localhost"},
            folders=["/var/lib/rabbitmq", "/var/log/rabbitmq", "/tmp"],
            files={**files, "rabbitmq.conf": TLS_SERVER + account},
        ),
    ])  # fmt: skip
    bundle.node.wait_ready(120)
    broker = ExternalRabbitmq(
        host=host("rabbit"), vhost="air/flow", password=SecretKey(name="rabbit", key="password"),
        tls=True, ca=SecretKey(name="rabbit", key="ca.crt"),
    )  # fmt: skip
    bundle.node.apply(synthesize(broker))
    bundle.node.wait_ready(180)
    worker = bundle.node.pod(f"{RELEASE}-worker-0")
    others = "AIRFLOW__CELERY__SSL_CACERT=/etc/ssl/certs/ca-certificates.crt"
    refused = worker.exec("env", others, "python", "-c", CONNECT)
    assert "certificate verify failed" in refused.output.splitlines()[-1]
    connected = worker.exec("python", "-c", CONNECT)
    assert connected.output.splitlines()[-1].startswith("connected to amqps://airflow:**@rabbit.")
    assert set(airflow.run("tutorial").values()) == {"success"}
    assert worker.probe("livenessProbe").success
