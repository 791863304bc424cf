"""XComs in an object store: options, connection, way out, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    AzureBlobXComs,
    CeleryExecutor,
    Connection,
    DagsFolder,
    ExecutionApiProps,
    GcsXComs,
    Image,
    KubernetesExecutor,
    S3XComs,
    SecretKey,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.release.checks import check
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
IMAGE = Image(repository="registry.example.com/airflow", tag="3.3.2")
KEY = SecretKey(name="safe", key="key")
WHO = {"dag-processor", "task", "triggerer", "worker"}
"""All that run what users write; the API server shows where an object is."""
OPTION = "AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_"
MINIO = S3XComs(
    bucket="xcom",
    prefix="team/af1",
    endpoint="https://minio.example.com:9000",
    access_key="airflow",
    secret_key=KEY,
    threshold=0,
    compression="gzip",
)
STORES: dict[str, Any] = {
    "s3": S3XComs(bucket="xcom"),
    "minio": MINIO,
    "gcs": GcsXComs(bucket="xcom", prefix="af1"),
    "azure": AzureBlobXComs(account="data", container="airflow", account_key=KEY),
}
OPTIONS = {
    # An object costs two requests where a row costs none of its own.
    "s3": ("s3://cdk8s_airflow_xcom@xcom", str(1024 * 1024), None),
    "minio": ("s3://cdk8s_airflow_xcom@xcom/team/af1", "0", "gzip"),
    "gcs": ("gs://cdk8s_airflow_xcom@xcom/af1", str(1024 * 1024), None),
    "azure": ("abfs://cdk8s_airflow_xcom@airflow/xcom", str(1024 * 1024), None),
}


def bundle_of(tmp_path: Path, store: Any, **props: Any) -> Bundle:
    given = {
        "dags": DAGS,
        "image": IMAGE,
        "executors": [CeleryExecutor(), KubernetesExecutor()],
        "execution_api": ExecutionApiProps(),
        "xcom": store,
        **props,
    }

    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(**given))

    return synthesize(build, tmp_path, external={"Secret/safe"} if "'safe'" in repr(given) else ())


def env_of(pod: Any) -> dict[str, str]:
    return {each["name"]: each.get("value", "") for each in pod.spec["containers"][0]["env"]}


@pytest.mark.parametrize("name", STORES)
def test_all_that_run_what_users_write_have_the_options_and_nobody_else(
    tmp_path: Path, name: str
) -> None:
    having = {}
    for pod in bundle_of(tmp_path, STORES[name]).pods:
        env = env_of(pod) if pod.spec["containers"][0].get("env") else {}
        if backend := env.get("AIRFLOW__CORE__XCOM_BACKEND"):
            assert backend.endswith(".common.io.xcom.backend.XComObjectStorageBackend")
            having[pod.component] = tuple(
                env.get(OPTION + option) for option in ("PATH", "THRESHOLD", "COMPRESSION")
            )
    assert having == dict.fromkeys(WHO, OPTIONS[name])


def test_credentials_are_in_a_file_in_the_memory_of_these_pods(tmp_path: Path) -> None:
    for pod in bundle_of(tmp_path, MINIO).pods:
        writing = [each for each in pod.init_containers if each["name"] == "write-connections"]
        found = {entry["name"]: entry for each in writing for entry in each["env"]}
        assert bool(found) is (pod.component in WHO), pod.component
        if found:
            assert json.loads(found["CONNECTIONS"]["value"])["connections"] == {
                "cdk8s_airflow_xcom": {
                    "conn_type": "aws",
                    "login": "airflow",
                    "password": None,
                    "extra": {"endpoint_url": "https://minio.example.com:9000"},
                }
            }


def test_without_credentials_the_pods_identity_is_taken(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, STORES["s3"])
    envs = {pod.component: env_of(pod) for pod in bundle.pods if pod.component in WHO}
    assert {env["AIRFLOW_CONN_CDK8S_AIRFLOW_XCOM"] for env in envs.values()} == {
        '{"conn_type": "aws"}'
    }


@pytest.mark.parametrize(("name", "port"), [("s3", 443), ("minio", 9000), ("azure", 443)])
def test_the_way_to_the_store_is_open_for_these_pods(tmp_path: Path, name: str, port: int) -> None:
    open_to = set()
    for policy in bundle_of(tmp_path, STORES[name]).all("NetworkPolicy"):
        ports = {
            each["port"]
            for rule in policy["spec"].get("egress", ())
            if not any("podSelector" in peer for peer in rule.get("to", ()))
            for each in rule.get("ports", ())
        }
        if port in ports:
            open_to.add(policy["metadata"]["labels"]["app.kubernetes.io/component"])
    assert open_to >= WHO
    assert not open_to & {"execution-api", "migrations", "postgresql", "redis"}


def test_a_connection_of_the_user_is_taken_in_place_of_ours(tmp_path: Path) -> None:
    mine = {"mine": Connection(conn_type="aws", login="a", password=KEY)}
    bundle = bundle_of(tmp_path, S3XComs(bucket="xcom", connection_id="mine"), connections=mine)
    (worker,) = (pod for pod in bundle.pods if pod.component == "worker")
    assert env_of(worker)[f"{OPTION}PATH"] == "s3://mine@xcom"
    assert "cdk8s_airflow_xcom" not in str([pod.spec for pod in bundle.pods])


@pytest.mark.parametrize(
    ("kind", "given", "message"),
    [
        (S3XComs, {"bucket": "s3://x"}, r"S3XComs\(bucket='s3://x'\): expected 3 to 222"),
        (S3XComs, {"bucket": "xcom", "threshold": -1}, r"S3XComs\(threshold=-1\): expected 0 or"),
        (
            AzureBlobXComs,
            {"account": "A", "container": "a--b"},
            r"(?s)AzureBlobXComs\(account='A'\).*AzureBlobXComs\(container='a--b'\)",
        ),
        (
            GcsXComs,
            {"bucket": "xcom", "key": KEY, "connection_id": "x"},
            r"GcsXComs\(connection_id='x'\) and credentials are both set",
        ),
    ],
)
def test_what_no_store_can_be_is_refused(kind: Any, given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        kind(**given)


def test_what_the_backend_does_not_know_is_no_compression() -> None:
    # The ending of such a file, which the provider's own documentation gives as an example.
    unknown: Any = "gz"
    with pytest.raises(TypeError, match=r"S3XComs\(compression='gz'\): expected"):
        S3XComs(bucket="xcom", compression=unknown)


def test_options_and_connections_of_the_store_beside_it_are_refused() -> None:
    props = AirflowProps(
        dags=DAGS,
        xcom=MINIO,
        config={
            "core": {"xcom_backend": "a.B"},
            "common.io": {"xcom_objectstorage_path": "s3://b"},
        },
        connections={"cdk8s_airflow_xcom": Connection(conn_type="aws")},
    )
    with pytest.raises(ValueError, match=r"\[core\] xcom_backend is set by xcom=S3XComs") as caught:
        check(props, "af1")
    assert "[common.io] xcom_objectstorage_path is set by" in str(caught.value)
    assert "connections['cdk8s_airflow_xcom'] is the id of the library's own" in str(caught.value)


@pytest.mark.parametrize(
    ("props", "message"),
    [
        ({"xcom": S3XComs(bucket="xcom")}, r"needs s3fs, .*extra_packages=\['s3fs'\]"),
        (
            {"xcom": GcsXComs(bucket="xcom", connection_id="mine")},
            "GcsXComs.connection_id is 'mine', and nothing here has a connection of that id",
        ),
    ],
)
def test_what_tasks_would_miss_is_told(props: dict[str, Any], message: str) -> None:
    with pytest.warns(UserWarning, match=message):
        check(AirflowProps(dags=DAGS, **props), "af1")


@pytest.mark.parametrize(
    "props",
    [
        {"xcom": S3XComs(bucket="xcom"), "extra_packages": ["s3fs==2026.9.0"]},
        {"xcom": S3XComs(bucket="xcom"), "image": IMAGE},
        {
            "xcom": GcsXComs(bucket="xcom", connection_id="mine"),
            "connections": {"mine": Connection(conn_type="google_cloud_platform")},
        },
        {
            "xcom": GcsXComs(bucket="xcom", connection_id="mine"),
            "config": {"secrets": {"backend": "corp.Backend"}},
        },
    ],
)
def test_what_is_there_is_not_told(props: dict[str, Any], recwarn: pytest.WarningsRecorder) -> None:
    check(AirflowProps(dags=DAGS, **props), "af1")
    assert not [each for each in recwarn if "xcom" in str(each.message).lower()]
