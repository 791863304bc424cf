"""Manifests of the user's own, checked like ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bundle.model import Bundle
from bundle.synthesize import synthesize
from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
PRIORITY = """
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: data-high}
value: 1000
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: site
  labels: {app.kubernetes.io/component: site, team: data}
  annotations: {example.com/owner: data}
  finalizers: [example.com/keep]
data: {region: eu}
"""


def build(manifests: list[Any]) -> Any:
    def fill(app: App) -> None:
        props = AirflowProps(dags=DAGS, extra_manifests=manifests)
        AirflowChart(app, "af1", namespace="airflow", props=props)

    return fill


def bundle_of(tmp_path: Path, *manifests: Any) -> Bundle:
    return synthesize(build(list(manifests)), tmp_path)


def test_a_file_and_a_mapping_join_the_bundle(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(PRIORITY)
    other = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "own", "namespace": "elsewhere"},
        "immutable": True,
        "data": {"a": "b"},
    }
    bundle = bundle_of(tmp_path, str(tmp_path / "own.yaml"), other)
    made = bundle.one("ConfigMap", "site")
    assert made["data"] == {"region": "eu"}
    assert made["metadata"] == {
        "name": "site",
        "namespace": "airflow",
        "annotations": {"example.com/owner": "data"},
        "finalizers": ["example.com/keep"],
        "labels": {
            "app.kubernetes.io/component": "site",
            "app.kubernetes.io/instance": "af1",
            "app.kubernetes.io/managed-by": "cdk8s-airflow",
            "app.kubernetes.io/name": "airflow",
            "app.kubernetes.io/part-of": "airflow",
            "app.kubernetes.io/version": "3.3.2",
            "team": "data",
        },
    }
    priority = bundle.one("PriorityClass", "data-high")
    assert priority["value"] == 1000
    assert "namespace" not in priority["metadata"]
    (own,) = (m for m in bundle.all("ConfigMap") if m["metadata"]["name"] == "own")
    assert own["metadata"]["namespace"] == "elsewhere"
    assert own["immutable"] is True


def test_two_objects_of_one_name_are_refused(tmp_path: Path) -> None:
    ours = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "af1-api-server"}}
    app = App(outdir=str(tmp_path))
    build([ours])(app)
    with pytest.raises(RuntimeError, match="2 objects are Service 'af1-api-server' in namespace"):
        app.synth()


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("kind: ConfigMap\n---\nhello\n")
    named = {"apiVersion": "v1", "metadata": {"name": "x"}}
    wrong = [
        str(tmp_path / "own.yaml"),
        {**named, "kind": "Secret", "stringData": {"a": "hunter2"}},
        {**named, "kind": "List", "items": []},
        {**named, "kind": "PriorityClass", "metadata": {"name": "x", "namespace": "y"}},
    ]
    with pytest.raises(ValueError) as refusal:
        build(wrong)(App(outdir=str(tmp_path)))
    here = r"AirflowProps.extra_manifests"
    lines = str(refusal.value).splitlines()
    assert lines[0] == (
        f"{here}[0], {tmp_path}/own.yaml document 1: apiVersion, metadata.name missing: expected "
        "a Kubernetes object"
    )
    assert "document 2: apiVersion, kind, metadata.name missing" in lines[1]
    assert lines[2].startswith(f"{here}[1]: Secret 'x' would put its values into the bundle")
    assert lines[3].startswith(f"{here}[2]: List 'x': expected its items")
    assert lines[4].startswith(f"{here}[3]: PriorityClass 'x' has a namespace")
    assert "hunter2" not in str(refusal.value)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match=r"extra_manifests\[0\]='no.yaml': there is no such file"):
        build(["no.yaml"])(App(outdir="unused"))
