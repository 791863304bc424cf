"""Passwords of RabbitMQ, of PostgreSQL behind PgBouncer and of its results, while tasks run."""

from __future__ import annotations

from pathlib import Path

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import NAMESPACE, copy_dags
from integration.conftest import RunningBundle, Scene, Stage
from integration.test_v_rotation import Release, apply, client, logins, passwords, work

CONNECT = """
import sys, amqp
try:
    amqp.Connection("af1-rabbitmq-server:5672", *sys.argv[1:], virtual_host="airflow").connect()
except amqp.AccessRefused:
    print("refused")
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release with RabbitMQ, so that results are in PostgreSQL, and with PgBouncer."""
    dags = copy_dags(Path(tmp_path_factory.mktemp("rotation")) / "dags")
    return Release(dags, tmp_path_factory, "rabbitmq")


@pytest.fixture(scope="module")
def bundle(stage: Stage, release: Release) -> RunningBundle:
    """The release with the keys that it begins with."""
    return stage.play("rotation of RabbitMQ", lambda: Scene(release.manifests([1])))


def test_all_passwords_are_replaced_while_tasks_run(
    bundle: RunningBundle, airflow: AirflowClient, release: Release
) -> None:
    airflow.wait(lambda: "slow" in str(airflow.get("dags")), 120, "slow is parsed")
    with work(airflow):
        apply(bundle, release.manifests([1, 2]))
    with work(airflow):
        apply(bundle, release.manifests([2, 1], single=2))
    fresh = client(bundle, 2)
    with work(fresh):
        apply(bundle, release.manifests([2], single=2))
    assert logins(bundle, "postgresql") == {"airflow": False, "airflow_2": True}
    assert logins(bundle, "result-backend", "airflow_results") == {
        "airflow_results": False,
        "airflow_results_2": True,
    }
    found = {}
    for number, password in passwords(bundle, "rabbitmq").items():
        user = "airflow" if number == 1 else f"airflow_{number}"
        pod = bundle.node.pod(bundle.name("scheduler"))
        done = pod.exec("python", "-c", CONNECT, user, password)
        assert done.exit_code == 0, done.output
        found[user] = "refused" not in done.output
    assert found == {"airflow": False, "airflow_2": True}
    assert bundle.node.secret(bundle.name("rabbitmq-2"), NAMESPACE)
