"""Servers that only the pods will know are told at the synth, with the line that opens the way."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    Connection,
    DagsFolder,
    KubernetesExecutor,
    NetworkPolicies,
    SecretKey,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.release.network_checks import unknown_servers
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
KEY = SecretKey(name="minio", key="connection")
LOGGING = {
    "remote_logging": True,
    "remote_base_log_folder": "s3://airflow/logs",
    "remote_log_conn_id": "minio",
}
MINIO = Connection(
    conn_type="aws",
    login="airflow",
    password=SecretKey(name="minio", key="secret-key"),
    extra={"endpoint_url": "http://minio.storage.svc:9000"},
)
READERS = ("api-server", "dag-processor", "scheduler", "triggerer", "worker")


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    return synthesize(build, tmp_path, external=["Secret/minio"])


def told(**props: Any) -> list[str]:
    return list(unknown_servers(AirflowProps(dags=DAGS, **props)))


@pytest.mark.parametrize("role", READERS)
def test_who_reads_or_writes_logs_has_the_connection_and_the_way(role: str, tmp_path: Path) -> None:
    other = Connection(conn_type="http", host="crm.example.com", port=8443)
    bundle = bundle_of(
        tmp_path, config={"logging": LOGGING}, connections={"minio": MINIO, "crm": other}
    )
    (pod,) = (pod for pod in bundle.pods if pod.component == role)
    writer = [each for each in pod.containers if each["name"] == "write-connections"]
    assert len(writer) == 1, "the connection has a password, so it is written to a file in memory"
    (main,) = (each for each in pod.main_containers if each["name"] == role)
    env = {each["name"] for each in main["env"]}
    assert "AIRFLOW__SECRETS__BACKEND_KWARGS" in env
    assert ("AIRFLOW_CONN_CRM" in env) is (role not in ("api-server", "scheduler"))
    policy = bundle.one("NetworkPolicy", f"af1-{role}")["spec"]["egress"]
    assert {9000} <= {port["port"] for rule in policy for port in rule.get("ports", ())}


def test_task_pods_have_it_too(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        executor=KubernetesExecutor(),
        config={"logging": LOGGING},
        connections={"minio": MINIO},
    )
    (task,) = (pod for pod in bundle.pods if pod.component == "task")
    assert "write-connections" in {each["name"] for each in task.containers}


def test_without_remote_logs_nobody_else_has_connections(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, connections={"minio": MINIO})
    for role in ("api-server", "scheduler"):
        (pod,) = (pod for pod in bundle.pods if pod.component == role)
        assert "write-connections" not in {each["name"] for each in pod.containers}


@pytest.mark.parametrize(
    ("props", "option"),
    [
        ({"connections": {"minio": KEY}}, "connections['minio']"),
        ({"env": {"AIRFLOW_CONN_MINIO": KEY}}, "env['AIRFLOW_CONN_MINIO']"),
    ],
)
def test_a_log_store_that_only_a_secret_knows_is_told(props: dict[str, Any], option: str) -> None:
    (text,) = told(config={"logging": LOGGING}, **props)
    assert text.startswith(f"{option} is the store of task logs")
    assert "api-server, scheduler, triggerer and dag-processor have no way out to it" in text
    assert "NetworkPolicies(extra_egress={'*': [{'ports': [{'port': 9000}]}]})" in text


BACKEND = "airflow.providers.hashicorp.secrets.vault.VaultBackend"


@pytest.mark.parametrize(
    ("section", "option"), [("secrets", "backend"), ("workers", "secrets_backend")]
)
def test_a_secrets_backend_without_address_is_told(section: str, option: str) -> None:
    (text,) = told(config={section: {option: BACKEND}})
    assert text.startswith(f"[{section}] {option} is '{BACKEND}', and no option names its server")


@pytest.mark.parametrize(
    "props",
    [
        {},
        {"config": {"logging": LOGGING}, "connections": {"minio": MINIO}},
        {"config": {"logging": LOGGING}},
        {"connections": {"minio": KEY}},
        {
            "config": {"logging": LOGGING},
            "connections": {"minio": KEY},
            "network_policies": NetworkPolicies(extra_egress={"*": [{"ports": [{"port": 9000}]}]}),
        },
        {"config": {"secrets": {"backend": BACKEND}}, "network_policies": None},
        {
            "config": {
                "secrets": {
                    "backend": BACKEND,
                    "backend_kwargs": {"url": "https://vault.example.com:8200"},
                }
            }
        },
        {"config": {"secrets": {"backend": "airflow.providers.amazon.aws.secrets.x.Manager"}}},
        {"config": {"secrets": {"backend": "airflow.secrets.local_filesystem.Local"}}},
    ],
)
def test_what_is_known_or_open_is_not_told(props: dict[str, Any]) -> None:
    assert told(**props) == []


def test_a_way_out_of_workers_alone_is_none_for_the_api_server() -> None:
    policies = NetworkPolicies(extra_egress={"worker": [{"ports": [{"port": 9000}]}]})
    assert told(config={"logging": LOGGING}, connections={"minio": KEY}, network_policies=policies)


def test_it_is_a_warning_at_the_users_line(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="no way out") as found:
        bundle_of(tmp_path, config={"logging": LOGGING}, connections={"minio": KEY})
    assert {Path(item.filename).name for item in found} == {Path(__file__).name}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        bundle_of(tmp_path, connections={"minio": KEY})
