"""Output and drawings in the documents, made anew."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock

from bundle.docs_blocks import ROOT
from bundle.docs_python import Code
from unit.fake_airflow import PASSWORD, FakeAirflow, fake_airflow
from unit.test_alerts import exported, of_others
from unit.test_audit_log import committed

import cdk8s_airflow
from cdk8s_airflow.checks.bundle import Manifest
from cdk8s_airflow.cli import difference_text, main
from cdk8s_airflow.cli.differences import differences

Made = Callable[[Code, Path, str], str]
"""The page's code, a folder, the text that is shown -> a text that should have it."""

SERVERS = (
    "pgbouncer_pools_client_waiting_connections",
    "pgbouncer_pools_server_active_connections",
)
"""Metrics of prometheus-community/pgbouncer_exporter."""


def drawing(code: Code, folder: Path, shown: str) -> str:
    """The drawing, if it has all components of the default bundle, and no port that it lacks."""
    text = (ROOT / "dist" / "af1.k8s.yaml").read_text()
    components = set(re.findall(r"app\.kubernetes\.io/component: ([\w-]+)", text)) - {
        "config", "programs", "dags", "service-account", "task-pods",
    }  # fmt: skip
    missing = {name for name in components if name not in shown}
    ports = {port for port in re.findall(r"\b\d{4}\b", shown) if port not in text}
    return shown if not missing and not ports else f"missing: {missing}, no port: {ports}"


def difference(code: Code, folder: Path, shown: str) -> str:
    """What the command says of workers with another tag."""

    def bundle(tag: str) -> list[Manifest]:
        image = f'image=Image(repository="apache/airflow", tag="{tag}")'
        code.run(f"AirflowProps(executor=CeleryExecutor(workers=[WorkerGroup({image})]))")
        return next(code.bundles())

    found = differences(bundle("3.3.1"), bundle("3.3.2"))
    return "\n".join(difference_text.lines(found, none=""))


def objects(code: Code, folder: Path, shown: str) -> str:
    """What the Job says: first, after a change by hand, and of an object that people have made."""
    sys.path.append(str(Path(cdk8s_airflow.__file__).parent / "programs"))
    program = import_module("reconcile_objects")
    (declared,) = (text for text in code.texts() if text.startswith('{\n "objects"'))
    (folder / "objects.json").write_text(declared)
    for _, path, _ in json.loads(declared)["values"]:
        file = folder / "values" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("s3cret-p:w")
    (options,) = {
        env["value"]
        for manifest in next(code.bundles())
        if manifest["metadata"]["name"].startswith("af1-objects-") and manifest["kind"] == "Job"
        for env in manifest["spec"]["template"]["spec"]["containers"][0]["env"]
        if env["name"] == "OPTIONS"
    }
    environment = {"OBJECTS": str(folder / "objects.json"), "OBJECTS_PASSWORD": PASSWORD}
    said = io.StringIO()

    def run(airflow: FakeAirflow, job: str, **more: Any) -> None:
        os.environ.update(JOB_UID=job, OPTIONS=json.dumps({**json.loads(options), **more}))
        program._said.clear()
        program.main(airflow.url, 5)

    with mock.patch.dict(os.environ, environment), contextlib.redirect_stdout(said):
        with fake_airflow() as airflow:
            run(airflow, "a")
            airflow.rows["connections"]["warehouse"]["host"] = "elsewhere"
            run(airflow, "b", drift="report")
        with fake_airflow() as airflow:
            pools = airflow.rows["pools"]
            pools["warehouse"] = {**pools["default_pool"], "name": "warehouse"}
            answer = airflow.answer
            works = {"status": True, "message": "Connection successfully tested"}
            airflow.answer = lambda method, target, body: (  # type: ignore[method-assign]
                (200, works) if target.endswith("/test") else answer(method, target, body)
            )
            run(airflow, "c", test=True)
    return said.getvalue()


def audit(code: Code, folder: Path, shown: str) -> str:
    """The line of the audit log that Airflow's row of such an event becomes."""
    extra = {"connection_id": "crm", "conn_type": "http", "password": "s3cret", "method": "POST"}
    found = committed(folder, "post_connection", extra)
    return shown if json.loads(shown) == found else json.dumps(found)


def project(code: Code, folder: Path, shown: str) -> str:
    """The list of files, if `cdk8s-airflow init` writes each."""
    with contextlib.redirect_stdout(io.StringIO()):
        main(["init", str(folder / "project")])
    listed = [line.split()[0] for line in shown.splitlines()]
    missing = [path for path in listed if not (folder / "project" / path).is_file()]
    return shown if not missing else f"init does not write {missing}"


OUTPUTS: Mapping[str, Made] = {
    "README.md": drawing,
    "docs/command-line.md": difference,
    "docs/gitops.md": project,
    "docs/objects.md": objects,
    "docs/security.md": audit,
}


def metrics(text: str) -> Iterator[str]:
    """Metrics of a query that nobody sends."""
    code = re.sub(r"#.*|\{[^}]*\}|\[\w+\]|\bby \([^)]*\)", "", text)
    known = {*exported(), *of_others(), *SERVERS}
    for name in re.findall(r"[a-z_]{4,}", code):
        if name not in {"topk", "rate"} and name not in known:
            yield f"nobody sends {name}"


TABLES = frozenset({"pg_class", "pg_stat_activity", "task_instance", "trigger"})
"""Of Airflow and of PostgreSQL, which queries name; integration/test_b_docs.py runs them."""


def sql(text: str) -> Iterator[str]:
    """Tables of a statement that are not known."""
    for names in re.findall(r"(?i)\b(?:from|on) ([\w, ]+?)(?: to | group | order |;)", text):
        for name in names.split(","):
            if name.strip() not in TABLES:
                yield f"no table {name.strip()}"


INSTRUCTIONS = {"ARG", "COPY", "ENV", "FROM", "RUN", "USER", "WORKDIR"}


def dockerfile(text: str) -> Iterator[str]:
    """Instructions that there are not, and an image that would run as root."""
    words = [line.split() for line in re.sub(r"\\\n", " ", text).splitlines() if line.strip()]
    yield from (f"no instruction {word[0]}" for word in words if word[0] not in INSTRUCTIONS)
    users = [word[1] for word in words if word[0] == "USER"]
    if words[0][0] != "FROM" or (users and users[-1] == "root"):
        yield "expected FROM first, and a last USER that is not root"


ACTIONS = {"actions/checkout", "actions/setup-python", "github/codeql-action/upload-sarif"}


def steps(found: list[Any]) -> Iterator[str]:
    """Steps of a GitHub workflow whose commands or actions are unknown."""
    from bundle import docs_shell

    for step in found:
        yield from docs_shell.problems(step.get("run", ""))
        action = step.get("uses", "actions/checkout@v1").partition("@v")
        if action[0] not in ACTIONS or not action[2].isdigit():
            yield f"unknown action {step['uses']}"
