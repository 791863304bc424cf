"""Finished task pods: the CronJob that deletes them, its rights and its program."""

from __future__ import annotations

import importlib.util
import json
from datetime import datetime, timedelta, timezone
from email.message import Message
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, urlsplit

import pytest
from cdk8s import App

import cdk8s_airflow
from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    FinishedPods,
    KubernetesExecutor,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
PROGRAM = Path(cdk8s_airflow.__file__).parent / "programs" / "clean_task_pods.py"
NOW = datetime(2026, 1, 10, 12, tzinfo=timezone.utc)
NAME = "af1-finished-pods"


def bundle_of(tmp_path: Path, suspended: Any = False, **given: Any) -> Bundle:
    def build(app: App) -> None:
        executor = KubernetesExecutor(**{"finished_pods": FinishedPods(), **given})
        props = AirflowProps(dags=DAGS, executors=[CeleryExecutor(), executor], suspended=suspended)
        AirflowChart(app, "af1", namespace="airflow", props=props)

    return synthesize(build, tmp_path)


def test_pods_stay_unless_it_is_wanted_otherwise(tmp_path: Path) -> None:
    assert bundle_of(tmp_path, finished_pods=None).all("CronJob") == []


@pytest.mark.parametrize(
    ("given", "namespaces", "kind", "places"),
    [
        ({}, ["airflow"], "Role", {"airflow"}),
        ({"namespaces": ["a", "b"]}, ["a", "b"], "Role", {"a", "b"}),
        ({"cluster_wide": True}, [""], "ClusterRole", {""}),
    ],
)
def test_it_may_list_and_delete_pods_where_tasks_run_and_nothing_else(
    tmp_path: Path, given: dict[str, Any], namespaces: list[str], kind: str, places: set[str]
) -> None:
    bundle = bundle_of(tmp_path, **given)
    name = f"airflow-{NAME}" if kind == "ClusterRole" else NAME
    roles = [each for each in bundle.all(kind) if each["metadata"]["name"] == name]
    assert {each["metadata"].get("namespace", "") for each in roles} == places
    for role in roles:
        assert role["rules"] == [
            {"apiGroups": [""], "resources": ["pods"], "verbs": ["delete", "list"]}
        ]
    container = bundle.container("CronJob", NAME)
    env = {each["name"]: each["value"] for each in container["env"]}
    assert json.loads(env["NAMESPACES"]) == namespaces
    # Those of another release of the same namespace, and of operators, stay.
    task = "app.kubernetes.io/component=task,app.kubernetes.io/instance=af1"
    assert env["SELECTOR"] == f"{task},app.kubernetes.io/name=airflow"


def test_runs_do_not_overlap_end_and_rest_with_the_release(tmp_path: Path) -> None:
    spec = bundle_of(tmp_path, suspended=True).one("CronJob", NAME)["spec"]
    assert (spec["suspend"], spec["concurrencyPolicy"]) == (True, "Forbid")
    job = spec["jobTemplate"]["spec"]
    # The next run, an hour later, deletes what this one has left.
    assert (job["activeDeadlineSeconds"], job["backoffLimit"]) == (3600, 1)
    assert (spec["successfulJobsHistoryLimit"], spec["failedJobsHistoryLimit"]) == (1, 1)


class Cluster:
    """An API server with pods, in pages of two."""

    def __init__(self) -> None:
        self.pods: dict[str, dict[str, Any]] = {}
        self.deleted: list[str] = []
        self.codes: dict[str, int] = {}

    def add(self, name: str, phase: str, **status: Any) -> None:
        created = NOW - timedelta(days=9)
        self.pods[name] = {
            "metadata": {
                "name": name,
                "namespace": "tasks",
                "uid": f"uid of {name}",
                "creationTimestamp": f"{created:%Y-%m-%dT%H:%M:%SZ}",
            },
            "status": {"phase": phase, **status},
        }

    def ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        url = urlsplit(path)
        name = url.path.rpartition("/")[2]
        if code := self.codes.get(name):
            raise HTTPError(path, code, "No", Message(), BytesIO(b"for a reason"))
        if method == "DELETE":
            assert body == {"preconditions": {"uid": f"uid of {name}"}}
            self.deleted.append(name)
            return {}
        query = parse_qs(url.query)
        assert query["labelSelector"] == ["a=b"]
        start = int(query.get("continue", ["0"])[0])
        items = list(self.pods.values())[start : start + 2]
        more = {"continue": str(start + 2)} if start + 2 < len(self.pods) else {}
        return {"metadata": more, "items": items}


@pytest.fixture
def cluster() -> Cluster:
    return Cluster()


@pytest.fixture
def program(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("clean_task_pods", PROGRAM)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ask", cluster.ask)
    return module


def ended(hours: float) -> dict[str, Any]:
    """The status of a container that has ended so long ago."""
    time = f"{NOW - timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"
    return {"containerStatuses": [{"state": {"terminated": {"finishedAt": time}}}]}


def condition(hours: float) -> dict[str, Any]:
    time = f"{NOW - timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"
    return {"conditions": [{"type": "DisruptionTarget", "lastTransitionTime": time}]}


def test_those_that_ended_long_ago_go_and_all_others_stay(
    program: ModuleType, cluster: Cluster
) -> None:
    cluster.add("failed", "Failed", **ended(73))
    cluster.add("done", "Succeeded", **ended(73))
    cluster.add("young", "Failed", **ended(71))
    cluster.add("running", "Running", **ended(100))  # one of its containers has ended
    cluster.add("waiting", "Pending")
    cluster.add("evicted", "Failed", **condition(73))
    cluster.add("evicted-young", "Failed", **condition(71))
    cluster.add("lost", "Failed")  # nine days old, and nothing says when it ended
    assert program.clean(["tasks"], "a=b", 72, NOW) == []
    assert cluster.deleted == ["failed", "done", "evicted", "lost"]


@pytest.mark.parametrize(("code", "told"), [(404, 0), (409, 0), (403, 1)])
def test_what_is_gone_is_no_failure_and_what_is_refused_is(
    program: ModuleType, cluster: Cluster, code: int, told: int
) -> None:
    for name in ("first", "second"):
        cluster.add(name, "Failed", **ended(100))
    cluster.codes["first"] = code
    problems = program.clean(["tasks"], "a=b", 72, NOW)
    assert cluster.deleted == ["second"]
    assert problems == ["tasks/first: HTTP Error 403: No for a reason"][:told]


def test_a_namespace_that_cannot_be_read_does_not_keep_the_others(
    program: ModuleType, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.add("failed", "Failed", **ended(100))

    def ask(method: str, path: str, body: object = None) -> dict[str, Any]:
        if path.startswith("namespaces/away/"):
            raise URLError("refused")
        return cluster.ask(method, path, body)

    monkeypatch.setattr(program, "ask", ask)
    (problem,) = program.clean(["away", "tasks"], "a=b", 72, NOW)
    assert problem == "the pods of away: <urlopen error refused>"
    assert cluster.deleted == ["failed"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"hours": 0}, r"FinishedPods\(hours=0\): expected 1 or more, as the scheduler has to see"),
        ({"schedule": "hourly"}, r"FinishedPods\(schedule='hourly'\): expected the five fields"),
    ],
)
def test_what_cannot_work_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        FinishedPods(**given)
