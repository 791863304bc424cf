"""Manifests of the user's own, checked like ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.testing.synth import synthesize

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
        f"{here}[0], {tmp_path}/own.yaml:1: apiVersion, metadata.name missing: expected "
        "a Kubernetes object"
    )
    assert "own.yaml:3: apiVersion, kind, metadata.name missing" in lines[1]
    assert lines[2].startswith(f"{here}[1]: Secret 'x' would put its values into the bundle")
    assert lines[3].startswith(f"{here}[2]: List 'x': expected its items")
    assert lines[4].startswith(f"{here}[3]: PriorityClass 'x' has a namespace")
    assert "hunter2" not in str(refusal.value)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match=r"extra_manifests\[0\]='no.yaml': there is no such file"):
        build(["no.yaml"])(App(outdir="unused"))


WRONG = """
apiVersion: v1
kind: ConfigMap
metadata:
  name: Site_1
data:
  region: eu
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replica: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web2}
    spec:
      containers:
        - name: web
          image: "web:1"
          imagePullPolicy: Allways
---
apiVersion: v1
kind: Deployment
metadata: {name: web}
---
apiVersion: apps/v1
kind: Deploiment
metadata: {name: web}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {a: b c}}
spec:
  containers:
    - name: a
      image: "a:1"
      volumeMounts: [{name: data, mountPath: /data}]
"""
MESSAGES = (
    ":2: ConfigMap 'Site_1': expected a name of lower-case letters, digits, dashes and dots",
    ":13: Deployment 'web': spec.replica: no such field in Kubernetes's DeploymentSpec; did you "
    "mean 'replicas'?",
    ":23: Deployment 'web': spec.template.spec.containers[0].imagePullPolicy='Allways' is no value "
    "that Kubernetes knows; did you mean 'Always'?",
    ":25: Deployment 'web': apiVersion='v1': Kubernetes has Deployment in apps/v1",
    ":30: Deploiment 'web': kind='Deploiment': Kubernetes has no such kind in apps/v1; did you "
    "mean 'Deployment'?",
    ":35: Pod 'web': metadata.labels.a='b c' is no value of a label: expected at most 63 letters, "
    "digits, '-', '_' and '.', beginning and ending with a letter or digit",
)


def test_each_problem_of_a_file_has_its_line(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(WRONG)
    with pytest.raises(ValueError) as refusal:
        build([str(file)])(App(outdir=str(tmp_path)))
    origin = f"AirflowProps.extra_manifests[0], {file}"
    assert str(refusal.value).splitlines() == [origin + text for text in MESSAGES]


WORKLOAD = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "web"},
    "spec": {
        "selector": {"matchLabels": {"app": "web"}},
        "template": {
            "metadata": {"labels": {"app": "web"}},
            "spec": {"containers": [{"name": "web", "image": "web:1"}]},
        },
    },
}


@pytest.mark.parametrize(
    ("pod", "message"),
    [
        ({"containers": [{"name": "a", "image": "a:1",
                          "volumeMounts": [{"name": "data", "mountPath": "/d"}]}],
          "volumes": [{"name": "date", "emptyDir": {}}]},
         r"volumeMounts\[0\].name='data' is no volume of the pod; did you mean 'date'"),
        ({"containers": [{"name": "a", "image": "a:1"}],
          "initContainers": [{"name": "a", "image": "a:1"}]},
         r"containers\[0\].name='a' is an init container too; rename one"),
        ({}, "containers missing, which Kubernetes requires"),
    ],
)  # fmt: skip
def test_a_pod_of_ones_own_is_checked(pod: Any, message: str, tmp_path: Path) -> None:
    item: Any = {**WORKLOAD, "spec": {**WORKLOAD["spec"]}}  # type: ignore[dict-item]
    item["spec"]["template"] = {"metadata": {"labels": {"app": "web"}}, "spec": pod}
    with pytest.raises(ValueError, match=message):
        build([item])(App(outdir=str(tmp_path)))


def test_a_selector_selects_its_own_pods(tmp_path: Path) -> None:
    spec: Any = {**WORKLOAD["spec"], "selector": {"matchLabels": {"app": "x"}}}  # type: ignore[dict-item]
    with pytest.raises(ValueError, match="app='x' is no label of template: expected the same"):
        build([{**WORKLOAD, "spec": spec}])(App(outdir=str(tmp_path)))
    build([WORKLOAD])(App(outdir=str(tmp_path)))


def test_custom_resources_are_left_to_their_own_schema(tmp_path: Path) -> None:
    for version in ("example.com/v1", "gateway.networking.k8s.io/v1"):
        item = {"apiVersion": version, "kind": "Any", "metadata": {"name": "x"}, "free": [1]}
        build([item])(App(outdir=str(tmp_path / version)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1\n", r"own.yaml:2: not YAML: "),
        ("a: &a [*a]\n", r"own.yaml:1: the anchor here is used inside of itself"),
        ("a: &a\n  b: *a\n", r"own.yaml:1: the anchor here is used inside of itself"),
        ("[" * 150 + "]" * 150, "own.yaml:1: is nested more than 100 levels deep"),
        ("[" * 100000, "own.yaml:1: (is nested more than 100|not YAML)"),
        ("x: " + "a" * 5_000_001, "own.yaml:1: has more than 5 MB; split it"),
        ("a: !!python/object:os.system {}\n", r"own.yaml:1: not YAML: could not determine"),
    ],
)
def test_a_file_that_is_no_sound_yaml_is_one_sentence(
    text: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / "own.yaml").write_text(text)
    with pytest.raises(ValueError, match=message) as refusal:
        build([str(tmp_path / "own.yaml")])(App(outdir=str(tmp_path)))
    assert len(str(refusal.value).splitlines()) == 1


def test_anchors_that_explode_are_refused_quickly(tmp_path: Path) -> None:
    lines = ["a0: &a0 [1, 2, 3]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (tmp_path / "own.yaml").write_text("\n".join(lines))
    with pytest.raises(ValueError, match="has more than 500000 values, with those of its aliases"):
        build([str(tmp_path / "own.yaml")])(App(outdir=str(tmp_path)))
