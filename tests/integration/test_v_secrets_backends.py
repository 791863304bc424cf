"""Connections and variables in stores outside of Airflow: the real providers read them there.

Airflow's own code asks Vault, and moto, which stands in for AWS, in the pods of a bundle and with
the environment of the manifests.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import NAMESPACE, REPOSITORY, synthesize_props
from integration.conftest import RunningBundle, Scene, Stage, secret
from integration.node.images import IMAGES, airflow_environment
from integration.node.network import NODE_ADDRESS
from integration.node.objects import Manifest
from integration.providers_image import BACKENDS, image_with_providers
from integration.servers import Authority
from integration.vault_server import VaultServer

from cdk8s_airflow import (
    AirflowProps,
    AwsParameterStore,
    AwsSecretsManager,
    AzureKeyVault,
    CeleryExecutor,
    Connection,
    DagsFolder,
    GcpSecretManager,
    SecretKey,
    ServiceAccount,
    Vault,
    VaultAppRole,
    VaultKubernetes,
    WorkerGroup,
)
from cdk8s_airflow import Image as AirflowImage
from cdk8s_airflow.parts.cloud_secrets import AnySecretsBackend

MOTO = f"http://{NODE_ADDRESS}:5055"
CREDENTIALS = {
    "crm": "of the crm",
    "file": "of the 'file'",
    "app": 'secret "id" {of} $x',
    "aws": "k",
}
DAG = """
from datetime import datetime
from airflow.sdk import Connection, Variable, dag, task

team = Variable.get("team")

@dag(schedule=None, start_date=datetime(2015, 1, 1), catchup=False, tags=[team])
def asking():
    @task
    def read(rendered):
        crm, kept = Connection.get("crm"), Connection.get("kept")
        print("the passwords are", crm.password, kept.password)
        return [crm.host, len(crm.password), kept.host, len(kept.password), rendered]
    read("{{ var.value.team }} {{ conn.crm.login }}")

asking()
"""
ASK = """
import json
from airflow.sdk import Connection, Variable
crm = Connection.get("crm")
print("FOUND", json.dumps([crm.conn_type, crm.host, crm.password, Variable.get("team")]))
"""
SERVER_ASKS = """
import json
from airflow.models.connection import Connection
crm = Connection.get_connection_from_secrets("crm")
print("FOUND", json.dumps([crm.conn_type, crm.host, crm.password]))
"""
SEED = f"""
import boto3
at = dict(region_name="eu-west-1", endpoint_url="{MOTO}", aws_access_key_id="k",
          aws_secret_access_key="s")
crm = "http://me:{{}}@crm.example.com"
secrets, parameters = boto3.client("secretsmanager", **at), boto3.client("ssm", **at)
secrets.create_secret(Name="data/connections/crm", SecretString=crm.format("manager"))
secrets.create_secret(Name="airflow/variables/team", SecretString="of the manager")
parameters.put_parameter(Name="/airflow/connections/crm", Value=crm.format("parameters"),
                         Type="SecureString")
parameters.put_parameter(Name="/data/team", Value="of the parameters", Type="String")
"""


@pytest.fixture(scope="module")
def vault(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[VaultServer]:
    """A Vault that asks the node whose token it is."""
    folder = tmp_path_factory.mktemp("vault")

    def review(token: str, audience: str) -> tuple[str, str] | None:
        return stage.node.api.review(token, audience)

    authority = Authority(folder)
    server = VaultServer(folder, NODE_ADDRESS, authority.issue(NODE_ADDRESS), review)
    server.role("airflow", NAMESPACE, "airflow")
    server.app_role("app", CREDENTIALS["app"])
    server.put("secret/data/connections/crm", conn_uri=f"http://me:{CREDENTIALS['crm']}@crm.vault")
    server.put("secret/data/connections/kept", conn_uri="http://the-file-wins")
    server.put("secret/data/variables/team", value="data")
    yield server
    server.close()


@pytest.fixture(scope="module")
def moto() -> Iterator[None]:
    """AWS, as far as it is asked here."""
    python = airflow_environment() / "bin" / "python"
    env = {**os.environ, "PYTHONPATH": str(BACKENDS)}
    words = [str(python), "-m", "moto.server", "-H", NODE_ADDRESS, "-p", "5055"]
    with subprocess.Popen(words, env=env, stderr=subprocess.DEVNULL) as server:
        for _ in range(60):
            done = subprocess.run(
                [str(python), "-c", SEED], env=env, capture_output=True, check=False
            )
            if done.returncode == 0:
                break
            time.sleep(0.5)
        assert done.returncode == 0, done.stderr.decode()
        yield
        server.terminate()


def props(dags: Path, backend: AnySecretsBackend) -> AirflowProps:
    return AirflowProps(
        dags=DagsFolder(str(dags)),
        image=AirflowImage(repository="team/airflow", tag="3.3.2"),
        executor=CeleryExecutor(workers=[WorkerGroup(replicas=1, concurrency=2)]),
        secrets_backend=backend,
        service_account=ServiceAccount(name="airflow", create=True),
        connections={
            "kept": Connection(
                conn_type="http", host="file", password=SecretKey(name="mine", key="file")
            )
        },
    )


@pytest.fixture(scope="module")
def dags(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the DAG that asks."""
    folder = tmp_path_factory.mktemp("dags")
    (folder / "asking.py").write_text(DAG)
    return folder


@pytest.fixture(scope="module")
def bundle(
    stage: Stage, vault: VaultServer, dags: Path, tmp_path_factory: pytest.TempPathFactory
) -> RunningBundle:
    """Airflow that asks Vault, by the token of its ServiceAccount, and the file of connections."""
    IMAGES["team/airflow"] = image_with_providers

    def prepare() -> Scene:
        backend = Vault(
            url=f"https://{NODE_ADDRESS}:8200",
            auth=VaultKubernetes(role="airflow"),
            ca=SecretKey(name="vault-ca", key="ca.crt"),
        )
        return Scene(
            synthesize_props(tmp_path_factory.mktemp("synth"), props(dags, backend)),
            [
                secret("mine", {"file": CREDENTIALS["file"]}),
                secret("vault-ca", {"ca.crt": vault.authority}),
            ],
        )

    return stage.play("backends", prepare)


def test_tasks_and_dag_files_read_vault_and_the_file_of_connections(
    bundle: RunningBundle, airflow: AirflowClient
) -> None:
    run_id = airflow.run_to_end("asking")
    path = f"dags/asking/dagRuns/{run_id}/taskInstances/read/xcomEntries/return_value"
    assert airflow.get(f"{path}?deserialize=true")["value"] == [
        "crm.vault", len(CREDENTIALS["crm"]), "file", len(CREDENTIALS["file"]), "data me",
    ]  # fmt: skip
    assert [tag["name"] for tag in airflow.get("dags/asking")["tags"]] == ["data"]
    assert "the passwords are *** ***" in airflow.log("asking", run_id, "read")


@pytest.mark.parametrize("component", ["api-server", "scheduler"])
def test_the_servers_that_tasks_ask_read_vault_too(bundle: RunningBundle, component: str) -> None:
    pod = bundle.node.pod(bundle.name(component))
    assert found(pod.exec("python", "-c", SERVER_ASKS).output) == [
        "http", "crm.vault", CREDENTIALS["crm"],
    ]  # fmt: skip


def found(output: str) -> Any:
    (line,) = [line for line in output.splitlines() if line.startswith("FOUND ")] or [output]
    return json.loads(line.removeprefix("FOUND "))


STORES: Mapping[str, tuple[AnySecretsBackend, list[str]]] = {
    "app role": (
        Vault(
            url=f"https://{NODE_ADDRESS}:8200",
            auth=VaultAppRole(role_id="app", secret_id=SecretKey(name="mine", key="app")),
            ca=SecretKey(name="vault-ca", key="ca.crt"),
        ),
        ["http", "crm.vault", CREDENTIALS["crm"], "data"],
    ),
    "secrets manager": (
        AwsSecretsManager(
            connections_prefix="data/connections",
            connections_lookup_pattern="^crm{1}$",
            region_name="eu-west-1",
            endpoint_url=MOTO,
            aws_access_key_id=SecretKey(name="mine", key="aws"),
            aws_secret_access_key=SecretKey(name="mine", key="aws"),
        ),
        ["http", "crm.example.com", "manager", "of the manager"],
    ),
    "parameter store": (
        AwsParameterStore(
            variables_prefix="/data",
            region_name="eu-west-1",
            endpoint_url=MOTO,
            aws_access_key_id=SecretKey(name="mine", key="aws"),
            aws_secret_access_key=SecretKey(name="mine", key="aws"),
        ),
        ["http", "crm.example.com", "parameters", "of the parameters"],
    ),
}


@pytest.mark.parametrize("name", STORES)
def test_a_worker_with_the_environment_of_another_release_reads_its_store(
    bundle: RunningBundle, moto: None, dags: Path, tmp_path: Path, name: str
) -> None:
    backend, expected = STORES[name]
    env = environment(synthesize_props(tmp_path, props(dags, backend)))
    worker = bundle.node.pod(bundle.name("worker-0"))
    clean = ("-u", "AIRFLOW__SECRETS__BACKEND_KWARGS")
    pairs = [f"{key}={value}" for key, value in env.items()]
    assert found(worker.exec("env", *clean, *pairs, "python", "-c", ASK).output) == expected


def environment(manifests: list[Manifest]) -> dict[str, str]:
    """What the worker of a bundle has for its backend, Secrets filled in."""
    (worker,) = (
        m for m in manifests if m["kind"] == "StatefulSet" and "worker" in str(m["metadata"])
    )
    container = worker["spec"]["template"]["spec"]["containers"][0]
    env = {}
    for entry in container["env"]:
        if entry["name"].startswith(("AIRFLOW__SECRETS__", "SECRETS_BACKEND_")):
            key = entry.get("valueFrom", {}).get("secretKeyRef", {}).get("key")
            value = CREDENTIALS[key] if key else entry["value"].replace("$$", "$")
            env[entry["name"]] = value
    return env


def test_no_credential_is_in_a_log(bundle: RunningBundle) -> None:
    for pod in bundle.node.pods():
        for container in pod.supervisors:
            text = pod.log(container)
            assert not [name for name in ("crm", "file") if CREDENTIALS[name] in text]


CLASSES: Mapping[type, frozenset[str]] = {
    Vault: frozenset({"auth", "ca", "namespace"}),
    AwsSecretsManager: frozenset(
        {"aws_access_key_id", "aws_secret_access_key", "endpoint_url", "region_name", "role_arn"}
    ),
    AwsParameterStore: frozenset(
        {"aws_access_key_id", "aws_secret_access_key", "endpoint_url", "region_name", "role_arn"}
    ),
    GcpSecretManager: frozenset({"key"}),
    AzureKeyVault: frozenset(),
}
"""Props -> fields that are no arguments of the provider's class but of what it uses."""


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_names_and_defaults_are_those_of_the_provider(kind: Any) -> None:
    given = {field.name: field.default for field in fields(kind)}
    backend = kind(**{name: _ANY[name] for name in given if given[name] is MISSING})
    module, _, name = backend.backend.rpartition(".")
    defaults = signature(BACKENDS / f"{module.replace('.', '/')}.py", name)
    assert set(given) - set(defaults) == CLASSES[kind]
    for field, value in given.items():
        if field in defaults and value is not MISSING:
            assert value == defaults[field] or (value, defaults[field]) in _SAME, field


_ANY = {"url": "https://a.b", "auth": VaultKubernetes(role="a"), "vault_url": "https://a.b"}
_SAME = [(None, "PROVIDE_PROJECT_ID"), (None, "")]


def signature(file: Path, name: str) -> dict[str, object]:
    """Argument -> default of a class, without an import of all that its module needs."""
    (cls,) = (n for n in ast.parse(file.read_text()).body if getattr(n, "name", "") == name)
    (init,) = (n for n in cls.body if getattr(n, "name", "") == "__init__")  # type: ignore[attr-defined]
    words: Any = init.args
    pairs = [
        *zip(words.args[-len(words.defaults) :], words.defaults, strict=True),
        *zip(words.kwonlyargs, words.kw_defaults, strict=True),
    ]
    return {
        each.arg: value.id if isinstance(value, ast.Name) else ast.literal_eval(value)
        for each, value in pairs
    }


def test_the_real_boto3_signs_a_token_for_the_name_that_rds_knows(tmp_path: Path) -> None:
    """It asks nobody; its form is what AWS documents."""
    code = (
        "import sys; sys.path[:0] = sys.argv[1:]; import cdk8s_airflow_token as program\n"
        f"program.FILE = {str(tmp_path / 'token')!r}\n"
        "print(program.password('db.abc.eu-west-1.rds.amazonaws.com', 5432, 'airflow_iam'))"
    )
    programs = REPOSITORY / "constructs" / "cdk8s_airflow" / "programs"
    login = {"kind": "rds", "region": None, "endpoint": None}
    env = {
        **{"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "x", "PATH": "/usr/bin"},
        "DATABASE_LOGIN": json.dumps(login),
    }
    python = airflow_environment() / "bin" / "python"
    words = [str(python), "-c", code, str(programs), str(BACKENDS)]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    url = urlsplit(f"https://{done.stdout.strip()}")
    assert (url.hostname, url.port) == ("db.abc.eu-west-1.rds.amazonaws.com", 5432)
    query = parse_qs(url.query)
    assert query["Action"] == ["connect"]
    assert query["DBUser"] == ["airflow_iam"]
    assert query["X-Amz-Expires"] == ["900"]
    assert "/eu-west-1/rds-db/aws4_request" in query["X-Amz-Credential"][0]
    assert len(query["X-Amz-Signature"][0]) == 64
