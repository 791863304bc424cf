"""Labels and annotations of all objects, and patches, after which no field is out of reach."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder, Patch, PodDefaults
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.kubernetes.json_patch import patched
from cdk8s_airflow.kubernetes.merge import strategic_merge
from cdk8s_airflow.testing.synth import synthesize
from cdk8s_airflow.values import read_values

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
COST = {"cost-center": "42"}
COMPONENT = "app.kubernetes.io/component"


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    return synthesize(build, tmp_path)


def chart_labels(tmp_path: Path) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", labels=COST, props=AirflowProps(dags=DAGS))

    return synthesize(build, tmp_path)


@pytest.mark.parametrize("source", ["props", "chart"])
def test_labels_reach_all_objects_and_pods_and_no_selector(tmp_path: Path, source: str) -> None:
    plain = bundle_of(tmp_path)
    bundle = chart_labels(tmp_path) if source == "chart" else bundle_of(tmp_path, labels=COST)
    for manifest in bundle.manifests:
        assert manifest["metadata"]["labels"]["cost-center"] == "42", manifest["metadata"]["name"]
    for pod in bundle.pods:
        assert pod.labels["cost-center"] == "42"
    for kind in ("Deployment", "StatefulSet"):
        for before, after in zip(plain.all(kind), bundle.all(kind), strict=True):
            assert after["spec"]["selector"] == before["spec"]["selector"]
            assert after["spec"].get("volumeClaimTemplates") == before["spec"].get(
                "volumeClaimTemplates"
            ), "a claim template can never change"


def test_a_label_of_a_role_overrides_that_of_all(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, labels=COST, pods=PodDefaults(labels={"cost-center": "43"}))
    assert {pod.labels["cost-center"] for pod in bundle.pods} == {"43"}
    assert bundle.one("Deployment", "af1-scheduler")["metadata"]["labels"]["cost-center"] == "42"


def test_annotations_reach_all_objects_and_no_pod(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, annotations={"example.com/team": "data"})
    for manifest in bundle.manifests:
        assert manifest["metadata"]["annotations"]["example.com/team"] == "data"
    for pod in bundle.pods:
        assert "example.com/team" not in (pod.metadata.get("annotations") or {})


def test_labels_of_the_release_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match=r"labels\['app.kubernetes.io/name'\]: labels of app"):
        AirflowProps(dags=DAGS, labels={"app.kubernetes.io/name": "mine"})


MERGE = {
    "spec": {
        "template": {
            "spec": {
                "hostNetwork": True,
                "containers": [{"name": "scheduler", "stdin": True}],
                "volumes": [{"name": "tmp", "emptyDir": {"sizeLimit": "1Gi"}}],
            }
        }
    }
}


def test_a_merge_changes_the_named_items_and_leaves_the_others(tmp_path: Path) -> None:
    before = bundle_of(tmp_path).container("Deployment", "af1-scheduler")
    chart = AirflowChart(
        App(outdir=str(tmp_path)),
        "af1",
        namespace="airflow",
        props=AirflowProps(
            dags=DAGS, patches=[Patch(kind="Deployment", component="scheduler", merge=MERGE)]
        ),
    )
    manifests = chart.to_json()
    (scheduler,) = (
        m
        for m in manifests
        if (m["kind"], m["metadata"]["name"]) == ("Deployment", "af1-scheduler")
    )
    spec = scheduler["spec"]["template"]["spec"]
    assert spec["hostNetwork"] is True
    (container,) = (each for each in spec["containers"] if each["name"] == "scheduler")
    assert {**container} == {**before, "stdin": True}
    volumes = {each["name"]: each for each in spec["volumes"]}
    assert volumes["tmp"] == {"name": "tmp", "emptyDir": {"sizeLimit": "1Gi"}}
    assert "programs" in volumes


def test_json_patches_come_after_merges(tmp_path: Path) -> None:
    patch = Patch(
        name="af1-redis",
        kind="StatefulSet",
        merge={"spec": {"minReadySeconds": 5}},
        ops=[
            {"op": "test", "path": "/spec/minReadySeconds", "value": 5},
            {"op": "replace", "path": "/spec/minReadySeconds", "value": 7},
            {"op": "copy", "from": "/spec/minReadySeconds", "path": "/spec/revisionHistoryLimit"},
        ],
    )
    spec = bundle_of(tmp_path, patches=[patch]).one("StatefulSet", "af1-redis")["spec"]
    assert (spec["minReadySeconds"], spec["revisionHistoryLimit"]) == (7, 7)


def test_a_patch_of_a_kind_changes_all_of_the_kind(tmp_path: Path) -> None:
    patch = Patch(kind="Service", merge={"metadata": {"annotations": {"a.example.com/b": "c"}}})
    for service in bundle_of(tmp_path, patches=[patch]).all("Service"):
        assert service["metadata"]["annotations"]["a.example.com/b"] == "c"


def test_a_patched_job_is_another_job(tmp_path: Path) -> None:
    """A Job cannot change, so its name follows its content."""
    patch = Patch(component="migrations", kind="Job", merge={"spec": {"backoffLimit": 2}})
    names = [
        next(m["metadata"]["name"] for m in each.all("Job") if "migrations" in str(m["metadata"]))
        for each in (bundle_of(tmp_path), bundle_of(tmp_path, patches=[patch]))
    ]
    assert names[0] != names[1]


def refusal(*patches: Patch) -> str:
    with pytest.raises(ValueError) as error:
        AirflowChart(App(outdir="unused"), "af1", props=AirflowProps(dags=DAGS, patches=patches))
    return str(error.value)


MARK = {"metadata": {"annotations": {"a": "b"}}}


def test_patches_that_fit_nothing_are_told_with_the_nearest_name() -> None:
    text = refusal(
        Patch(kind="Deployments", merge=MARK),
        Patch(name="af1-schedulr", merge=MARK),
        Patch(component="shceduler", merge=MARK),
        Patch(kind="StatefulSet", component="scheduler", merge=MARK),
        Patch(kind="Service", merge=MARK),
    )
    assert text.splitlines() == [
        "patches[0] fits no object: the release has no kind='Deployments'; did you mean "
        "'Deployment'?",
        "patches[1] fits no object: the release has no name='af1-schedulr'; did you mean "
        "'af1-scheduler'?",
        "patches[2] fits no object: the release has no component='shceduler'; did you mean "
        "'scheduler'?",
        "patches[3] fits no object: no object has all of kind='StatefulSet', component='scheduler'",
    ]


SCHEDULER = "Deployment 'af1-scheduler': "


@pytest.mark.parametrize(
    ("op", "text"),
    [
        (
            {"op": "replace", "path": "/spec/replcas", "value": 1},
            "replace of /spec/replcas: /spec has no 'replcas'; did you mean '/spec/replicas'?",
        ),
        (
            {"op": "remove", "path": "/spec/containers"},
            "remove of /spec/containers: /spec has no 'containers'; did you mean "
            "'/spec/template/spec/containers'?",
        ),
        (
            {"op": "add", "path": "/spec/templat/spec/hostPID", "value": True},
            "add of /spec/templat/spec/hostPID: /spec has no 'templat'; did you mean "
            "'/spec/template/spec'?",
        ),
        (
            {"op": "copy", "from": "/spec/replcas", "path": "/spec/minReadySeconds"},
            "copy of /spec/minReadySeconds: /spec has no 'replcas'; did you mean '/spec/replicas'?",
        ),
        (
            {"op": "remove", "path": "/spec/template/spec/containers/scheduler/args"},
            "/spec/template/spec/containers is a list of 1, counted from 0; did you mean "
            "'/spec/template/spec/containers/0/args'?",
        ),
        (
            {"op": "replace", "path": "/spec/template/spec/containers/3", "value": {}},
            "/spec/template/spec/containers is a list of 1, counted from 0: 0 is 'scheduler'",
        ),
        (
            {"op": "add", "path": "/spec/template/spec/containers/7", "value": {}},
            "/spec/template/spec/containers is a list of 1, counted from 0: 0 is 'scheduler'",
        ),
        (
            {"op": "test", "path": "/spec/replicas", "value": 9},
            "test of /spec/replicas: it has another value",
        ),
        ({"op": "remove", "path": "/zzz"}, "the object has no 'zzz'; it has apiVersion, kind"),
    ],
)
def test_a_path_that_is_not_there_is_told_with_the_nearest(
    tmp_path: Path, op: dict[str, Any], text: str
) -> None:
    patch = Patch(kind="Deployment", component="scheduler", ops=[op])
    chart = AirflowChart(
        App(outdir=str(tmp_path)), "af1", props=AirflowProps(dags=DAGS, patches=[patch])
    )
    with pytest.raises(RuntimeError, match="Validation failed") as error:
        chart.to_json()
    assert SCHEDULER in str(error.value)
    assert text in str(error.value)


NEAR = {"spec": {"replcas": None, "progressDeadlineSeconds": None}}
VOLUMES = [{"name": "progams", "$patch": "delete"}, {"name": "far-away", "$patch": "delete"}]
VOLUME = {"spec": {"template": {"spec": {"volumes": VOLUMES}}}}


@pytest.mark.parametrize(
    ("merge", "text"),
    [
        (NEAR, "merge removes /spec/replcas, which is not there; did you mean 'replicas'?"),
        (
            VOLUME,
            "merge removes /spec/template/spec/volumes/progams, which is not there; did you mean "
            "'programs'?",
        ),
    ],
)
def test_a_removal_of_what_is_not_there_but_near_is_told(
    tmp_path: Path, merge: dict[str, Any], text: str
) -> None:
    """What is not there at all may be removed, as by kubectl; of several objects anything may."""

    def rendered(**where: Any) -> list[Any]:
        patches = [Patch(merge=merge, **where)]
        props = AirflowProps(dags=DAGS, patches=patches)
        return AirflowChart(App(outdir=str(tmp_path)), "af1", props=props).to_json()

    with pytest.raises(Exception) as error:
        rendered(kind="Deployment", component="scheduler")
    assert str(error.value).count("which is not there") == 1
    assert text in str(error.value)
    rendered(kind="Deployment")


@pytest.mark.parametrize(
    ("document", "op", "expected"),
    [
        ({"a": [1, 2]}, {"op": "add", "path": "/a/-", "value": 3}, {"a": [1, 2, 3]}),
        ({"a": [1, 2]}, {"op": "add", "path": "/a/1", "value": 3}, {"a": [1, 3, 2]}),
        ({"a": [1, 2]}, {"op": "remove", "path": "/a/0"}, {"a": [2]}),
        ({"a": [1, 2]}, {"op": "replace", "path": "/a/0", "value": [3]}, {"a": [[3], 2]}),
        ({"a": {"b": 1}}, {"op": "add", "path": "/a/c", "value": 2}, {"a": {"b": 1, "c": 2}}),
        ({"a": {"b/c": 1}}, {"op": "remove", "path": "/a/b~1c"}, {"a": {}}),
        ({"a": {"b~": 1}}, {"op": "replace", "path": "/a/b~0", "value": 2}, {"a": {"b~": 2}}),
        ({"a": 1, "b": {}}, {"op": "move", "from": "/a", "path": "/b/c"}, {"b": {"c": 1}}),
        (
            {"a": {"x": 1}},
            {"op": "copy", "from": "/a", "path": "/b"},
            {"a": {"x": 1}, "b": {"x": 1}},
        ),
        ({"a": 1}, {"op": "test", "path": "/a", "value": 1}, {"a": 1}),
    ],
)
def test_operations_are_those_of_rfc_6902(document: Any, op: Any, expected: Any) -> None:
    before = repr(document)
    assert patched(document, [op]) == expected
    assert repr(document) == before, "the document itself stays as it is"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"merge": MARK}, "Patch() fits every object: give kind=, name= or component="),
        ({"kind": "Service"}, "Patch() changes nothing: give merge={...} or ops=[...]"),
        ({"kind": "Service", "ops": [{"op": "put", "path": "/a"}]}, "expected 'op', one of add, "),
        ({"kind": "Service", "ops": [{"op": "add", "path": "a"}]}, "expected 'path', such as"),
        ({"kind": "Service", "ops": [{"op": "add", "path": "/a"}]}, "expected 'value' for 'add'"),
        ({"kind": "Service", "ops": [{"op": "move", "path": "/a"}]}, "expected 'from' for 'move'"),
    ],
)
def test_a_patch_says_what_changes_and_where(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError) as error:
        Patch(**fields)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("whole", "patch", "expected"),
    [
        ({"a": 1, "b": 2}, {"a": None}, {"b": 2}),
        ({"a": {"b": 1}}, {"a": {"c": 2}}, {"a": {"b": 1, "c": 2}}),
        ({"a": {"b": 1}}, {"a": {"$patch": "replace", "c": 2}}, {"a": {"c": 2}}),
        ({"args": [1, 2]}, {"args": [3]}, {"args": [3]}),
        (
            {"env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]},
            {"env": [{"name": "B", "value": "3"}, {"name": "C", "value": "4"}]},
            {
                "env": [
                    {"name": "A", "value": "1"},
                    {"name": "B", "value": "3"},
                    {"name": "C", "value": "4"},
                ]
            },
        ),
        (
            {"env": [{"name": "A", "value": "1"}]},
            {"env": [{"name": "A", "value": None, "valueFrom": {"fieldRef": {"fieldPath": "x"}}}]},
            {"env": [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "x"}}}]},
        ),
        (
            {"volumeMounts": [{"mountPath": "/a", "name": "a"}, {"mountPath": "/b", "name": "b"}]},
            {"volumeMounts": [{"mountPath": "/a", "$patch": "delete"}]},
            {"volumeMounts": [{"mountPath": "/b", "name": "b"}]},
        ),
        (
            {"ports": [{"port": 80, "name": "http"}]},
            {"ports": [{"port": 80, "nodePort": 30080}]},
            {"ports": [{"port": 80, "name": "http", "nodePort": 30080}]},
        ),
    ],
)
def test_a_strategic_merge_is_that_of_kubectl(whole: Any, patch: Any, expected: Any) -> None:
    assert strategic_merge(whole, patch) == expected


def test_a_values_file_patches_by_kind_too(tmp_path: Path) -> None:
    """`kind` is a word of values files elsewhere; here it is that of the objects."""
    file = tmp_path / "values.yaml"
    file.write_text(
        "patches:\n"
        "- kind: Deployment\n"
        "  component: scheduler\n"
        "  merge: {spec: {progressDeadlineSeconds: null, minReadySeconds: 5}}\n"
        "- kind: Service\n"
        "  ops: [{op: add, path: /spec/sessionAffinity, value: ClientIP}]\n"
    )
    (release,) = read_values([file], defaults=AirflowProps(dags=DAGS))
    patches = release.props.patches or ()
    assert [patch.kind for patch in patches] == ["Deployment", "Service"]
    bundle = bundle_of(tmp_path, patches=patches)
    assert bundle.one("Deployment", "af1-scheduler")["spec"]["minReadySeconds"] == 5
    assert {s["spec"].get("sessionAffinity") for s in bundle.all("Service")} == {"ClientIP"}
