"""Airflow with DAGs from a git server of the user's, for the tests of git bundles and git-sync."""

from __future__ import annotations

import string
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from integration.airflow_client import AirflowClient
from integration.bundle import HERE, NAMESPACE, synthesize_props
from integration.conftest import secret
from integration.git_server import GitServer
from integration.node.objects import Manifest

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    ConfigMapKey,
    GitDags,
    GitSshKey,
    GitSyncDags,
    GitToken,
    SecretKey,
    WorkerGroup,
)

TOKEN = "".join(sorted({*string.printable} - {*string.whitespace} | {" "}, reverse=True))
"""A token with each printable character."""

CREDENTIALS = GitToken(token=SecretKey(name="git", key="token"))
KEY = GitSshKey(
    key=SecretKey(name="git-ssh", key="ssh-privatekey"),
    known_hosts=ConfigMapKey(name="git-hosts", key="known_hosts"),
)
CA = ConfigMapKey(name="git-ca", key="ca.crt")


def gated(version: str) -> dict[str, str]:
    """The DAG ``gated`` in a version, in the folder ``dags``."""
    text = (HERE / "git" / "gated.py").read_text()
    return {"dags/gated.py": text.replace('"first"', f'"{version}"')}


def small(name: str, imported: str = "") -> str:
    """The text of a DAG with one task."""
    return (
        "from datetime import datetime\nfrom airflow.sdk import dag, task\n"
        f"{imported}\n"
        f"@dag(dag_id={name!r}, schedule=None, start_date=datetime(2015, 1, 1))\n"
        "def small():\n    @task\n    def hello():\n        print('hello from git')\n    hello()\n"
        "small()\n"
    )


def synthesize(
    folder: Path, dags: GitDags | Sequence[GitDags] | GitSyncDags, **props: Any
) -> list[Manifest]:
    """A small release with DAGs from git."""
    executor = CeleryExecutor(workers=[WorkerGroup(replicas=1, concurrency=2)])
    return synthesize_props(folder, AirflowProps(dags=dags, executor=executor, **props))


def brought(server: GitServer) -> list[Manifest]:
    """The Secrets and ConfigMaps that the user brings for a server."""
    return [
        secret("git", {"token": server.token + "\n"}),
        secret("git-ssh", {"ssh-privatekey": server.ssh_key}),
        _config_map("git-hosts", {"known_hosts": server.known_hosts}),
        _config_map("git-ca", {"ca.crt": server.ca}),
    ]


def stop_at_gate(airflow: AirflowClient) -> str:
    """Starts a run of ``gated`` and returns when it stands at the gate."""
    set_gate(airflow, "closed")
    run_id = airflow.trigger("gated")
    airflow.wait_for_tasks("gated", run_id, "running", 1, 180)
    airflow.wait_for_tasks("gated", run_id, "success", 1, 180)
    return run_id


def set_gate(airflow: AirflowClient, value: str) -> None:
    """Opens or closes the gate for all runs."""
    body = {"key": "gate", "value": value}
    assert airflow.request("POST", "/api/v2/variables", body)[0] in (201, 409)
    assert airflow.request("PATCH", "/api/v2/variables/gate", body)[0] == 200


def _config_map(name: str, data: dict[str, str]) -> Manifest:
    return {
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": name, "namespace": NAMESPACE}, "data": data,
    }  # fmt: skip
