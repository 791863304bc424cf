"""A task reads the bundle's connections and variables as they were meant, and no log holds them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest
from integration.airflow_client import AirflowClient
from integration.conftest import RunningBundle, Stage
from integration.ingress_scene import CREDENTIALS, HOST, LIMITS, TEXT, play, stands_in


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """A release with connections and variables."""
    return play(stage, tmp_path_factory.mktemp("ingress"))


@pytest.fixture(scope="module")
def run_id(airflow: AirflowClient) -> str:
    """A run of the DAG that reads them, at its end."""
    return airflow.run_to_end("configured")


@pytest.fixture(scope="module")
def found(airflow: AirflowClient, run_id: str) -> dict[str, Any]:
    """What the task has read."""
    values: dict[str, Any] = returned(airflow, run_id, "read")
    return values


def returned(airflow: AirflowClient, run_id: str, task_id: str) -> Any:
    path = f"dags/configured/dagRuns/{run_id}/taskInstances/{task_id}/xcomEntries/return_value"
    return airflow.get(f"{path}?deserialize=true")["value"]


def digest(name: str) -> str:
    return sha256(CREDENTIALS[name].encode()).hexdigest()


def test_a_connection_by_parts_has_them_all(found: dict[str, Any]) -> None:
    assert found["by_parts"] == {
        "conn_type": "http", "host": "parts.example.com", "port": 8080, "login": "me:@",
        "schema": None, "password": digest("parts"),
    }  # fmt: skip
    session = {"token": digest("session")}
    assert found["extra"] == {"region": "eu'\"west", "session": session}


def test_a_connection_may_be_one_secret(found: dict[str, Any]) -> None:
    assert found["by_uri"] == {
        "conn_type": "http", "host": "web.example.com", "port": 8443, "login": "us@er",
        "schema": "v2", "password": digest("uri"),
    }  # fmt: skip


def test_a_hook_queries_a_database_by_its_connection(airflow: AirflowClient, run_id: str) -> None:
    assert returned(airflow, run_id, "query") == "airflow"


def test_variables_are_what_they_were(airflow: AirflowClient, found: dict[str, Any]) -> None:
    assert found["text"] == TEXT
    assert found["limits"] == LIMITS
    assert found["report"] == digest("report")
    assert found["rendered"] == "data 100000 parts.example.com"
    assert [tag["name"] for tag in airflow.get("dags/configured")["tags"]] == ["data"]


def test_a_task_knows_where_users_find_its_log(found: dict[str, Any]) -> None:
    assert found["log_url"].startswith(f"https://{HOST}/airflow/dags/configured/runs/")


@pytest.mark.parametrize("name", CREDENTIALS)
def test_no_credential_is_in_a_log(
    bundle: RunningBundle, airflow: AirflowClient, run_id: str, name: str
) -> None:
    log = airflow.log("configured", run_id, "read")
    assert "the password is *** or ***" in log
    logs = {"read": log, "query": airflow.log("configured", run_id, "query")}
    logs |= {f"{pod.name}/{c}": pod.log(c) for pod in bundle.node.pods() for c in pod.supervisors}
    assert [where for where, text in logs.items() if stands_in(CREDENTIALS[name], text)] == []


def test_credentials_among_parts_are_in_the_environment_of_no_task(bundle: RunningBundle) -> None:
    environment = bundle.node.pod(f"{bundle.name('worker')}-0").container().spec.env.values()
    for name in ("parts", "session", "warehouse"):
        assert CREDENTIALS[name] not in environment
    assert CREDENTIALS["report"] in environment
