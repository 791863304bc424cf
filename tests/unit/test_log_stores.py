"""Stores of task logs outside of the pods: options, connection, way out, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    AzureBlobLogs,
    CeleryExecutor,
    CloudWatchLogs,
    Connection,
    DagsFolder,
    ElasticsearchLogs,
    ExecutionApiProps,
    GcsLogs,
    KubernetesExecutor,
    Logs,
    OpensearchLogs,
    S3Logs,
    SecretKey,
    ServiceAccount,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.release.checks import check
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
KEY = SecretKey(name="safe", key="key")
USER = SecretKey(name="safe", key="user")
WHO = {"api-server", "dag-processor", "scheduler", "task", "triggerer", "worker"}
"""All that read logs of tasks or write them."""
BASE = "AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER"
ID = "AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID"
CONNECTION = "AIRFLOW_CONN_CDK8S_AIRFLOW_LOGS"
MINIO = S3Logs(
    bucket="logs",
    prefix="team/af1",
    region="eu-central-1",
    endpoint="https://minio.example.com:9000",
    access_key="airflow",
    secret_key=KEY,
)
GROUP = "arn:aws:logs:eu-central-1:111122223333:log-group:airflow"
STORES: dict[str, Any] = {
    "s3": S3Logs(bucket="logs"),
    "minio": MINIO,
    "gcs": GcsLogs(bucket="logs", prefix="af1", project="data", key=KEY),
    "gcs by identity": GcsLogs(bucket="logs"),
    "azure": AzureBlobLogs(account="logs", container="airflow", account_key=KEY),
    "cloudwatch": CloudWatchLogs(log_group=GROUP),
    "elasticsearch": ElasticsearchLogs(host="https://es.example.com:9200"),
    "elasticsearch with a login": ElasticsearchLogs(host=KEY),
    "opensearch": OpensearchLogs(host="os.example.com", user=USER, password=KEY),
}
OPTIONS: dict[str, dict[str, str]] = {
    "s3": {BASE: "s3://logs"},
    "minio": {BASE: "s3://logs/team/af1"},
    "gcs": {BASE: "gs://logs/af1"},
    "gcs by identity": {BASE: "gs://logs"},
    "azure": {
        BASE: "wasb://logs",
        "AIRFLOW__AZURE_REMOTE_LOGGING__REMOTE_WASB_LOG_CONTAINER": "airflow",
    },
    "cloudwatch": {BASE: f"cloudwatch://{GROUP}"},
    "elasticsearch": {
        "AIRFLOW__ELASTICSEARCH__HOST": "https://es.example.com:9200",
        "AIRFLOW__ELASTICSEARCH__WRITE_STDOUT": "True",
        "AIRFLOW__ELASTICSEARCH__JSON_FORMAT": "True",
        "AIRFLOW__ELASTICSEARCH__INDEX_PATTERNS": "_all",
    },
    "elasticsearch with a login": {"AIRFLOW__ELASTICSEARCH__HOST": "safe/key"},
    "opensearch": {
        "AIRFLOW__OPENSEARCH__HOST": "os.example.com",
        "AIRFLOW__OPENSEARCH__PORT": "9200",
        "AIRFLOW__OPENSEARCH__USERNAME": "safe/user",
        "AIRFLOW__OPENSEARCH__PASSWORD": "safe/key",
    },
}
PORTS = {
    "minio": 9000,
    "elasticsearch": 9200,
    "opensearch": 9200,
    **dict.fromkeys(("s3", "gcs", "gcs by identity", "azure", "cloudwatch"), 443),
}


def bundle_of(tmp_path: Path, store: Any, **props: Any) -> Bundle:
    given = {
        "dags": DAGS,
        "executors": [CeleryExecutor(), KubernetesExecutor()],
        "execution_api": ExecutionApiProps(),
        "logs": Logs(store=store),
        **props,
    }

    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(**given))

    external = {"Secret/safe"} if "'safe'" in repr(given) else set()
    return synthesize(build, tmp_path, external=external)


def env_of(pod: Any) -> dict[str, str]:
    """Variable of the main container -> its value, or Secret and key."""
    found = {}
    for entry in pod.spec["containers"][0].get("env", ()):
        reference = entry.get("valueFrom", {}).get("secretKeyRef")
        found[entry["name"]] = (
            f"{reference['name']}/{reference['key']}" if reference else entry.get("value", "")
        )
    return found


@pytest.mark.parametrize("name", STORES)
def test_all_who_read_or_write_logs_have_the_options_and_nobody_else(
    tmp_path: Path, name: str
) -> None:
    bundle = bundle_of(tmp_path, STORES[name])
    having = {}
    for pod in bundle.pods:
        env = env_of(pod)
        if env.get("AIRFLOW__LOGGING__REMOTE_LOGGING") == "True":
            having[pod.component] = {key: env.get(key) for key in OPTIONS[name]}
    assert having == dict.fromkeys(WHO, OPTIONS[name])


@pytest.mark.parametrize(
    ("name", "form"),
    [
        (
            "minio",
            {
                "conn_type": "aws",
                "login": "airflow",
                "password": None,
                "extra": {
                    "region_name": "eu-central-1",
                    "endpoint_url": "https://minio.example.com:9000",
                },
            },
        ),
        (
            "gcs",
            {
                "conn_type": "google_cloud_platform",
                "extra": {"project": "data", "keyfile_dict": None},
            },
        ),
        (
            "azure",
            {
                "conn_type": "wasb",
                "host": "https://logs.blob.core.windows.net",
                "login": "logs",
                "password": None,
            },
        ),
    ],
)
def test_a_connection_with_credentials_is_where_logs_are_read_and_written(
    tmp_path: Path, name: str, form: Any
) -> None:
    """Kubernetes cannot quote them, so an init container writes them to a file in memory."""
    for pod in bundle_of(tmp_path, STORES[name]).pods:
        writing = [each for each in pod.init_containers if each["name"] == "write-connections"]
        found = {entry["name"]: entry for each in writing for entry in each["env"]}
        assert bool(found) is (pod.component in WHO), pod.component
        if found:
            assert json.loads(found["CONNECTIONS"]["value"])["connections"] == {
                "cdk8s_airflow_logs": form
            }
            assert env_of(pod)[ID] == "cdk8s_airflow_logs"
            assert "safe" in str(found)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("s3", {"conn_type": "aws"}),
        ("gcs by identity", {"conn_type": "google_cloud_platform"}),
        ("cloudwatch", {"conn_type": "aws"}),
    ],
)
def test_without_credentials_the_pods_identity_is_taken(
    tmp_path: Path, name: str, form: Any
) -> None:
    bundle = bundle_of(tmp_path, STORES[name])
    found = {pod.component: env_of(pod).get(CONNECTION) for pod in bundle.pods}
    having = {component: json.loads(text) for component, text in found.items() if text}
    assert having == dict.fromkeys(WHO, form)


@pytest.mark.parametrize("name", PORTS)
def test_the_way_to_the_store_is_open_for_all_of_them(tmp_path: Path, name: str) -> None:
    bundle = bundle_of(tmp_path, STORES[name])
    open_to = set()
    for policy in bundle.manifests:
        if policy["kind"] == "NetworkPolicy":
            ports = {
                port["port"]
                for rule in policy["spec"].get("egress", ())
                if not any("podSelector" in peer for peer in rule.get("to", ()))
                for port in rule.get("ports", ())
            }
            if PORTS[name] in ports:
                open_to.add(policy["metadata"]["labels"]["app.kubernetes.io/component"])
    assert open_to >= WHO
    assert not open_to & {"execution-api", "migrations", "postgresql", "redis"}


def test_a_connection_of_the_user_is_taken_in_place_of_ours(tmp_path: Path) -> None:
    minio = Connection(
        conn_type="aws", login="a", password=KEY, extra={"endpoint_url": "http://minio:9000"}
    )
    store = S3Logs(bucket="logs", connection_id="minio")
    bundle = bundle_of(tmp_path, store, connections={"minio": minio})
    found = {pod.component: env_of(pod).get(ID) for pod in bundle.pods}
    assert {component for component, id in found.items() if id == "minio"} == WHO
    assert "cdk8s_airflow_logs" not in str([pod.spec for pod in bundle.pods])


def test_files_are_deleted_once_the_store_has_them_by_option(tmp_path: Path) -> None:
    store = S3Logs(bucket="logs", delete_local=True, encrypt=True)
    (pod,) = (pod for pod in bundle_of(tmp_path, store).pods if pod.component == "worker")
    env = env_of(pod)
    assert env["AIRFLOW__LOGGING__DELETE_LOCAL_LOGS"] == "True"
    assert env["AIRFLOW__LOGGING__ENCRYPT_S3_LOGS"] == "True"


def test_a_store_leaves_groomers_and_folders_as_they_are(tmp_path: Path) -> None:
    """Logs are in their pods until a task ends, and those of DAG files stay there."""
    bundle = bundle_of(tmp_path, S3Logs(bucket="logs"))
    for pod in bundle.pods:
        if pod.component in ("worker", "triggerer", "dag-processor"):
            assert "log-groomer" in {each["name"] for each in pod.containers}
            (volume,) = (each for each in pod.volumes if each["name"] == "logs")
            assert volume["emptyDir"]["sizeLimit"] == "16Gi"


@pytest.mark.parametrize(
    ("kind", "given", "message"),
    [
        (S3Logs, {"bucket": "s3://logs"}, r"S3Logs\(bucket='s3://logs'\): expected 3 to 222"),
        (S3Logs, {"bucket": "logs", "prefix": "/a/"}, r"S3Logs\(prefix='/a/'\): expected a folder"),
        (
            S3Logs,
            {"bucket": "logs", "secret_key": KEY},
            "access_key and secret_key belong together",
        ),
        (
            S3Logs,
            {"bucket": "logs", "endpoint": "minio:9000"},
            r"endpoint='minio:9000'\): expected a URL such as 'https://minio.example.com:9000'",
        ),
        (
            S3Logs,
            {"bucket": "logs", "connection_id": "x", "access_key": "a", "secret_key": KEY},
            r"S3Logs\(connection_id='x'\) and credentials are both set",
        ),
        (GcsLogs, {"bucket": "Logs"}, r"GcsLogs\(bucket='Logs'\): expected 3 to 222"),
        (
            AzureBlobLogs,
            {"account": "logs.blob.core.windows.net", "container": "a--b"},
            r"(?s)AzureBlobLogs\(account=.*without '.blob.core.*AzureBlobLogs\(container='a--b'\)",
        ),
        (CloudWatchLogs, {"log_group": "airflow"}, r"log_group='airflow'\): expected an ARN"),
        (
            ElasticsearchLogs,
            {"host": "https://a:s3cret@es:9200"},
            r"ElasticsearchLogs.host looks like a credential .*: put it into a Secret",
        ),
        (
            OpensearchLogs,
            {"host": "os", "port": 0, "user": USER, "password": KEY},
            r"OpensearchLogs\(port=0\): expected a port",
        ),
    ],
)
def test_what_no_store_can_be_is_refused(kind: Any, given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        kind(**given)
    assert "s3cret" not in str(caught.value)


def test_options_of_the_store_beside_it_are_refused() -> None:
    options: dict[str, Any] = {"remote_base_log_folder": "s3://other", "remote_logging": True}
    config = {"logging": options}
    props = AirflowProps(dags=DAGS, logs=Logs(store=MINIO), config=config)
    with pytest.raises(ValueError, match="remote_base_log_folder is set by logs=") as caught:
        check(props, "af1")
    assert "[logging] remote_logging is set by" in str(caught.value)


def test_the_id_of_the_librarys_connection_is_taken() -> None:
    own = {"cdk8s_airflow_logs": Connection(conn_type="aws")}
    props = AirflowProps(dags=DAGS, logs=Logs(store=MINIO), connections=own)
    with pytest.raises(ValueError, match=r"'cdk8s_airflow_logs'.* is the id of the library's own"):
        check(props, "af1")


def test_credentials_beside_a_secrets_backend_of_the_user_are_refused() -> None:
    """Airflow reads them through its one backend."""
    config = {"secrets": {"backend": "airflow.secrets.local_filesystem.LocalFilesystemBackend"}}
    props = AirflowProps(dags=DAGS, logs=Logs(store=MINIO), config=config)
    with pytest.raises(ValueError, match=r"'cdk8s_airflow_logs'.* has credentials among its parts"):
        check(props, "af1")


def test_a_connection_that_nothing_has_is_told() -> None:
    store = S3Logs(bucket="logs", connection_id="mino")
    minio = {"minio": Connection(conn_type="aws")}
    props = AirflowProps(dags=DAGS, logs=Logs(store=store), connections=minio)
    with pytest.warns(UserWarning, match=r"S3Logs.connection_id is 'mino', .*did you mean 'minio'"):
        check(props, "af1")


def test_an_identity_for_all_pods_is_enough(recwarn: pytest.WarningsRecorder) -> None:
    account = ServiceAccount(annotations={"eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/x"})
    props = AirflowProps(dags=DAGS, logs=Logs(store=S3Logs(bucket="logs")), service_account=account)
    check(props, "af1")
    assert not list(recwarn)


def test_the_level_is_that_of_the_role_or_of_all(tmp_path: Path) -> None:
    logs = Logs(level={"*": "WARNING", "scheduler": "DEBUG", "task": "ERROR"})
    bundle = bundle_of(tmp_path, None, logs=logs)
    found = {
        pod.component: env_of(pod).get("AIRFLOW__LOGGING__LOGGING_LEVEL") for pod in bundle.pods
    }
    own = {"scheduler": "DEBUG", "task": "ERROR"}
    others = {"api-server", "worker", "triggerer", "dag-processor", "migrations", "create-admin"}
    assert {name: found[name] for name in (*own, *others)} == {
        **dict.fromkeys(others, "WARNING"),
        **own,
    }
    assert found["redis"] is None


def test_json_is_for_all_that_run_airflow(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, None, logs=Logs(json=True))
    for pod in bundle.pods:
        env = env_of(pod)
        airflow = pod.component not in ("bootstrap", "postgresql", "redis")
        assert ("AIRFLOW__LOGGING__JSON_LOGS" in env) is airflow, pod.component
        assert ("AIRFLOW__CELERY__JSON_LOGS" in env) is (pod.component == "worker")


def test_levels_and_json_that_airflow_does_not_know_are_refused() -> None:
    with pytest.raises(ValueError, match=r"has 'scheduller', which is no role .*'scheduler'"):
        Logs(level={"scheduller": "DEBUG"})
    with pytest.raises((TypeError, ValueError), match=r"expected Literal\['DEBUG'"):
        Logs(level="LOUD")  # type: ignore[arg-type]
    props = AirflowProps(dags=DAGS, logs=Logs(json=True), airflow_version="3.1.8")
    with pytest.raises(ValueError, match=r"Airflow 3.1.8 has no \[logging\] json_logs"):
        resolve(props, "af1")
