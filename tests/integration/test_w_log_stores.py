"""Task logs and XComs in an object store with a private CA: they outlive their pods."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import HERE, REPOSITORY, synthesize_props
from integration.conftest import NASTY_PASSWORD, RunningBundle, Scene, Stage, secret
from integration.node.objects import Manifest
from integration.servers import Authority, host, server
from integration.test_n_kubernetes import task_pods
from integration.test_v_rotation import apply

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    Image,
    KubernetesExecutor,
    Logs,
    S3Logs,
    S3XComs,
    SecretKey,
    WorkerGroup,
)

BUCKET = "airflow-logs"
SAID = {"by_celery": "said by celery", "by_pod": "said in a pod", "deferred": "said after the wait"}
FORM = re.compile(r"^\[?20\d\d-\d\d-\d\d[ T]")
"""How a line of a log begins that is text."""
IMAGE = Image(repository="registry.example.com/airflow-with-stores", tag="3.3.2")


class Release:
    """A release and its store."""

    def __init__(self, folders: Any) -> None:
        self._folders = folders
        dags = folders.mktemp("dags")
        shutil.copytree(HERE / "stores", dags, dirs_exist_ok=True)
        shutil.copytree(REPOSITORY / "dags", dags, dirs_exist_ok=True)
        self._dags = DagsFolder(str(dags))

    def manifests(self, key: str = "secret-key") -> list[Manifest]:
        """The bundle.

        Args:
            key: That of the Secret with the access key.
        """
        store = S3Logs(
            bucket=BUCKET,
            prefix="team/af1",
            region="us-east-1",
            endpoint=f"https://{host('s3')}:9000",
            access_key=SecretKey(name="s3", key="access-key"),
            secret_key=SecretKey(name="s3", key=key),
        )
        props = AirflowProps(
            image=IMAGE,
            dags=self._dags,
            executors=[
                CeleryExecutor(workers=[WorkerGroup(replicas=1, concurrency=4)]),
                KubernetesExecutor(),
            ],
            ca_bundle=SecretKey(name="server-ca", key="ca.crt"),
            xcom=S3XComs(
                bucket=BUCKET,
                prefix="team/xcom",
                region="us-east-1",
                endpoint=f"https://{host('s3')}:9000",
                access_key=SecretKey(name="s3", key="access-key"),
                secret_key=SecretKey(name="s3", key="secret-key"),
                threshold=1000,
                compression="gzip",
            ),
            logs=Logs(store=store, json=True, level={"*": "INFO", "triggerer": "DEBUG"}),
        )
        return synthesize_props(self._folders.mktemp("synth"), props)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release."""
    return Release(tmp_path_factory)


@pytest.fixture(scope="module")
def bundle(
    stage: Stage, release: Release, tmp_path_factory: pytest.TempPathFactory
) -> RunningBundle:
    """The release and the store, which only its own authority vouches for."""

    def prepare() -> Scene:
        folder = Path(tmp_path_factory.mktemp("authority"))
        authority = Authority(folder)
        files = {
            name: text for name, text in authority.issue(host("s3")).items() if name != "ca.crt"
        }
        store = server(
            "s3", "minio/minio:latest", 9000,
            ("server", "--address", ":9000", "--certs-dir", "/etc/server", "/data"),
            env={
                "MINIO_ROOT_USER": "airflow",
                "MINIO_ROOT_PASSWORD": NASTY_PASSWORD,
                "MINIO_BUCKET": BUCKET,
            },
            files=files, folders=("/data", "/tmp"), user=1000,
        )  # fmt: skip
        keys = {"access-key": "airflow", "secret-key": NASTY_PASSWORD, "wrong": "wrong"}
        before = [
            *store,
            secret("s3", keys),
            secret("server-ca", {"ca.crt": authority.certificate}),
        ]
        return Scene(release.manifests(), before)

    return stage.play("log stores", prepare)


def lose_all_pods_with_logs(bundle: RunningBundle) -> None:
    """Replaces workers and triggerer, whose folders of logs are new then."""
    bundle.node.wait_for(lambda: not task_pods(bundle), 120, "no task pods")
    for component in ("worker", "triggerer"):
        for pod in bundle.node.pods(bundle.name(component)):
            bundle.node.delete_pod(pod)
    bundle.node.wait_ready(300)


def test_logs_are_read_when_their_pods_are_gone(
    bundle: RunningBundle, airflow: AirflowClient
) -> None:
    run_id = airflow.run_to_end("stored", 300)
    states = {name: task["state"] for name, task in airflow.tasks("stored", run_id).items()}
    assert states == dict.fromkeys(SAID, "success")
    lose_all_pods_with_logs(bundle)
    for task, text in SAID.items():
        log = airflow.log("stored", run_id, task)
        assert text in log, task
        assert f"s3://{BUCKET}/team/af1/dag_id=stored" in log, task
    deferred = airflow.log("stored", run_id, "deferred")
    assert "said before the wait" in deferred
    assert "trigger starting" in deferred


def test_large_xcoms_are_objects_and_small_ones_rows(
    bundle: RunningBundle, airflow: AirflowClient
) -> None:
    run_id = airflow.run_to_end("exchanged", 300)
    states = {name: task["state"] for name, task in airflow.tasks("exchanged", run_id).items()}
    assert states == dict.fromkeys(("large", "by_pod", "later"), "success")

    def value(task: str) -> Any:
        path = f"dags/exchanged/dagRuns/{run_id}/taskInstances/{task}/xcomEntries/return_value"
        return airflow.get(path)["value"]

    # The API server shows where they are, and has no way to the store.
    base = f"s3://cdk8s_airflow_xcom@{BUCKET}/team/xcom/exchanged/"
    for task in ("large", "by_pod"):
        assert str(value(task)).startswith(base), value(task)
        assert str(value(task)).endswith(".gz")
    assert value("later") == 500
    (api_server,) = bundle.node.pods(bundle.name("api-server"))
    assert "XCOM_OBJECTSTORAGE" not in str(api_server.manifest)


def test_processes_write_json(bundle: RunningBundle) -> None:
    """Text are Celery's banner, the scheduler's health server, and words of libraries."""
    for component in ("api-server", "scheduler", "triggerer", "dag-processor", "worker"):
        (pod,) = bundle.node.pods(bundle.name(component))
        lines = [line for line in pod.log(component).splitlines() if line.strip()]
        assert any(is_json(line) for line in lines), component
        text = [line for line in lines if not is_json(line) and '"GET /health ' not in line]
        assert [line for line in text if FORM.search(line)] == [], component


def is_json(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def test_wrong_credentials_are_told_and_fail_no_task(
    bundle: RunningBundle, airflow: AirflowClient, release: Release
) -> None:
    apply(bundle, release.manifests("wrong"))
    run_id = airflow.run_to_end("stored", 300)
    states = {name: task["state"] for name, task in airflow.tasks("stored", run_id).items()}
    assert states == dict.fromkeys(SAID, "success")
    (worker,) = bundle.node.pods(bundle.name("worker"))
    told = worker.log("worker")
    assert "403" in told or "SignatureDoesNotMatch" in told, told[-3000:]
    assert NASTY_PASSWORD not in told
    # Airflow asks the store first, and hands its refusal on; the log is in the worker still.
    path = f"/api/v2/dags/stored/dagRuns/{run_id}/taskInstances/by_celery/logs/1?full_content=true"
    assert airflow.request("GET", path)[0] == 500
    found = worker.exec("grep", "-rlF", SAID["by_celery"], "/opt/airflow/logs")
    assert "task_id=by_celery" in found.output
