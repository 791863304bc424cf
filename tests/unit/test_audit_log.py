"""The audit log on standard output: which pods write it, and what is in a line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

import cdk8s_airflow
from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagsFolder,
    ExecutionApiProps,
    KubernetesExecutor,
    Logs,
)
from cdk8s_airflow.roles import USES_DATABASE
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
PROGRAMS = Path(cdk8s_airflow.__file__).parent / "programs"
MODULE = "cdk8s_airflow_audit"
OPTION = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONNECT_ARGS_ASYNC"
STUBS = {
    "airflow/__init__.py": "",
    "airflow/utils/__init__.py": "",
    "airflow/utils/cli_action_loggers.py": "def register_pre_exec_callback(callback): pass",
    "cdk8s_airflow_database.py": "asynchronous = {'timeout': 5.0}",
    "sqlalchemy/__init__.py": "from . import event\ninspect = lambda row: row",
    "sqlalchemy/event.py": "def listen(target, name, function): pass",
    "sqlalchemy/orm.py": "class Session: pass",
}
"""As much of Airflow and SQLAlchemy as the module needs to be imported."""

SESSION = """
import json, sys
from datetime import datetime, timezone
import cdk8s_airflow_audit as audit

class Row:
    __tablename__ = "log"
    persistent, detached = True, False
    dttm = datetime(2026, 11, 27, 12, tzinfo=timezone.utc)
    owner = "admin"
    owner_display_name = dag_id = task_id = run_id = map_index = try_number = None
    def __init__(self, event, extra, **more):
        self.event, self.extra = event, extra
        vars(self).update(more)

class Session:
    def __init__(self, *rows):
        self.new, self.info, self.nested = rows, {}, False
    def in_nested_transaction(self):
        return self.nested
"""


def bundle_of(tmp_path: Path, **props: Any) -> Any:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    return synthesize(build, tmp_path)


def written(tmp_path: Path, program: str, *arguments: str) -> tuple[list[Any], list[Any]]:
    """The lines on standard output and on standard error."""
    for name, text in STUBS.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / f"{MODULE}.py").write_text((PROGRAMS / f"{MODULE}.py").read_text())
    (tmp_path / "airflow_command.py").write_text(SESSION + program)
    command = [sys.executable, str(tmp_path / "airflow_command.py"), *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    out, errors = ([json.loads(line) for line in text.splitlines()] for text in
                   (done.stdout, done.stderr))  # fmt: skip
    return out, errors


def committed(tmp_path: Path, event: str, extra: Any) -> Any:
    """The line of a row."""
    text = json.dumps(extra)
    program = f"""
session = Session(Row({event!r}, {text!r}))
audit.collect(session, None)
audit.committed(session)
"""
    (line,), errors = written(tmp_path, program, "api-server")
    assert errors == []
    return line


def test_pods_that_use_the_database_write_it_and_no_others(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path, logs=Logs(audit=True), execution_api=ExecutionApiProps(),
        executors=[cdk8s_airflow.CeleryExecutor(), KubernetesExecutor()],
    )  # fmt: skip
    writing = set()
    for pod in bundle.pods:
        container = pod.spec["containers"][0]
        env = {entry["name"]: entry.get("value") for entry in container.get("env", ())}
        if env.get(OPTION) == f"{MODULE}.asynchronous":
            writing.add(pod.component)
            paths = [mount["mountPath"] for mount in container["volumeMounts"]]
            assert f"/opt/airflow/config/{MODULE}.py" in paths
            assert "/opt/airflow/config/cdk8s_airflow_database.py" in paths
    made = {pod.component for pod in bundle.pods}
    assert writing == {role.value for role in USES_DATABASE} & made
    assert writing >= {"api-server", "execution-api", "scheduler"}


def test_it_is_off_by_default(tmp_path: Path) -> None:
    assert not [pod for pod in bundle_of(tmp_path).pods if MODULE in str(pod.spec)]


def test_a_line_says_who_did_what_and_when(tmp_path: Path) -> None:
    line = committed(tmp_path, "trigger_dag_run", {"method": "POST", "conf": {"a": 1}})
    assert line == {
        "logger": "audit",
        "timestamp": "2026-11-27T12:00:00+00:00",
        "event": "trigger_dag_run",
        "owner": "admin",
        "extra": {"method": "POST", "conf": {"a": 1}},
    }


@pytest.mark.parametrize(
    ("event", "extra", "kept"),
    [
        (
            "post_connection",
            {"connection_id": "crm", "password": "s3cret", "extra": {"token": "s3cret"}},
            {"connection_id": "crm", "password": "***", "extra": {"token": "***"}},
        ),
        ("post_variable", {"key": "k", "val": "s3cret"}, {"key": "k", "val": "***"}),
        (
            "bulk_variables",
            {"actions": [{"action": "create", "entities": [{"key": "k", "value": "s3cret"}]}]},
            {"actions": [{"action": "create", "entities": [{"key": "k", "value": "***"}]}]},
        ),
        (
            "create_user",
            {"username": "eve", "Password": "s3cret"},
            {"username": "eve", "Password": "***"},
        ),
        ("trigger_dag_run", {"conf": {"token": "s3cret"}}, {"conf": {"token": "***"}}),
        ("post_pool", {"name": "p", "value": "kept"}, {"name": "p", "value": "kept"}),
    ],
)
def test_no_secret_is_in_a_line_whatever_airflow_keeps(
    tmp_path: Path, event: str, extra: Any, kept: Any
) -> None:
    line = committed(tmp_path, event, extra)
    assert line["extra"] == kept


def test_what_was_rolled_back_was_not_done(tmp_path: Path) -> None:
    program = """
session = Session(Row("never", None))
audit.collect(session, None)
audit.rolled_back(session)
audit.committed(session)
session = Session(Row("undone", None, persistent=False), Row("done", "text"))
audit.collect(session, None)
session.nested = True
audit.committed(session)
audit.write({"event": "after the savepoint"})
session.nested = False
audit.committed(session)
"""
    lines, _ = written(tmp_path, program, "scheduler")
    assert [line["event"] for line in lines] == ["after the savepoint", "done"]
    assert lines[1]["extra"] == "text"


def test_a_command_is_told_without_values_where_its_output_is_not_in_the_way(
    tmp_path: Path,
) -> None:
    """Scripts read what `airflow connections list --output json` prints."""
    program = """
audit.commanded("connections_add", "default", "unused", dag_id=None, task_id=None, host_name="h")
"""
    words = ("connections", "add", "crm", "--conn-uri", "http://u:s3cret@h", "--conn-extra={}")
    out, (line,) = written(tmp_path, program, *words)
    assert out == []
    assert (line["event"], line["owner"]) == ("cli_connections_add", "default")
    assert line["extra"]["command"] == "airflow connections add crm --conn-uri --conn-extra"
    _, (line,) = written(tmp_path, program, "variables", "set", "name", "s3cret")
    assert line["extra"]["command"] == "airflow variables set name"
