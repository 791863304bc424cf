"""What a release does when its database or another embedded server is away for a while."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder, EmbeddedRabbitmq
from cdk8s_airflow.checks.bundle import Bundle, env_literals
from cdk8s_airflow.parts.access import OUTAGE_SECONDS
from cdk8s_airflow.parts.programs import sources
from cdk8s_airflow.services.postgresql_drain import DRAIN, LOCK
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
WITHOUT_DATABASE = {"scheduler": 150, "dag-processor": 150, "triggerer": 150}
"""Processes that end without it -> seconds until their liveness probe gives them up."""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS))
        rabbit = AirflowProps(dags=DAGS, broker=EmbeddedRabbitmq())
        AirflowChart(app, "af2", namespace="airflow", props=rabbit)

    return synthesize(build, tmp_path_factory.mktemp("outages"))


def test_what_ends_without_the_database_waits_for_it_and_nothing_else_does(bundle: Bundle) -> None:
    waiting = {
        pod.component: env_literals(container)["RECONNECT_SECONDS"]
        for pod in bundle.pods
        for container in pod.main_containers
        if "RECONNECT_SECONDS" in env_literals(container)
    }
    assert waiting == dict.fromkeys(WITHOUT_DATABASE, str(OUTAGE_SECONDS))


def test_a_liveness_probe_is_more_patient_than_the_process(bundle: Bundle) -> None:
    probes = {
        pod.component: pod.main_containers[0]["livenessProbe"]
        for pod in bundle.pods
        if pod.component in WITHOUT_DATABASE
    }
    patience = {
        name: probe["periodSeconds"] * probe["failureThreshold"] for name, probe in probes.items()
    }
    assert patience == WITHOUT_DATABASE
    assert min(patience.values()) - OUTAGE_SECONDS == 50, "the first heartbeats come again in time"


@pytest.mark.parametrize(
    ("server", "port"),
    [("af1-postgresql", 5432), ("af1-redis", 6379), ("af2-rabbitmq", 5672)],
)
def test_clients_reach_an_embedded_server_by_an_address_that_stays(
    bundle: Bundle, server: str, port: int
) -> None:
    own, headless = (bundle.one("Service", name)["spec"] for name in (f"{server}-server", server))
    assert "clusterIP" not in own
    assert "publishNotReadyAddresses" not in own, "a server that starts refuses"
    assert headless["clusterIP"] == "None"
    assert own["selector"] == headless["selector"]
    assert [entry["port"] for entry in own["ports"]] == [port]
    assert bundle.one("StatefulSet", server)["spec"]["serviceName"] == server, "it cannot change"
    release = server.partition("-")[0]
    named = [
        container
        for pod in bundle.pods
        if pod.release == release and pod.component != server.partition("-")[2]
        for container in pod.containers
        if f"{server}-server:{port}" in str(container)
    ]
    assert named
    assert not [pod for pod in bundle.pods if f"{server}:{port}" in str(pod.spec)]


def test_postgresql_lets_statements_end_before_it_does(bundle: Bundle) -> None:
    container = bundle.container("StatefulSet", "af1-postgresql")
    hook = container["lifecycle"]["preStop"]["exec"]["command"]
    assert hook == ["sh", "-c", DRAIN]
    turns, pause, lock = 100, 0.1, 10
    assert f"set lock_timeout = '{lock}s'" in DRAIN
    assert f"1..{turns} loop" in DRAIN
    assert f"pg_sleep({pause})" in DRAIN
    pod = bundle.one("StatefulSet", "af1-postgresql")["spec"]["template"]["spec"]
    assert pod["terminationGracePeriodSeconds"] - turns * pause - lock == 100, "for a checkpoint"
    assert "interval '200 ms'" in DRAIN, "between a pool's look and its statement is mostly less"


def test_the_lock_that_postgresql_awaits_is_that_of_its_clients() -> None:
    source = sources()["cdk8s_airflow_database.py"]
    assert f"pg_try_advisory_xact_lock_shared({LOCK})" in source
    assert f"select pg_advisory_lock({LOCK});" in DRAIN
    assert '"$POSTGRES_DB"' in DRAIN, "these locks are of one database"
    waits, ends = (DRAIN.index(step) for step in ("pg_advisory_lock", "pg_terminate_backend"))
    assert DRAIN.index("kill -TERM 1") < waits < ends, "else clients would come back at once"
