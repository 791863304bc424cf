from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import cdk8s
import kubernetes_validate
import pytest
from cdk8s import ApiObject, App, Chart, JsonPatch, YamlOutputType
from cdk8s_plus_27 import k8s
from constructs import Construct

from cdk8s_airflow.kubernetes.objects import (
    ACRONYMS,
    CLUSTER_SCOPED,
    KubernetesObject,
    wire,
    wire_mapping,
)

SCHEMAS = Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema/v1.27.0-local"
STRUCTS = {
    name: struct
    for name, struct in vars(k8s).items()
    if hasattr(struct, "__jsii_name_mapping__") and not name.startswith(("Kube", "ApiObject"))
}


@cache
def fields_by_kind() -> dict[str, set[str]]:
    fields: dict[str, set[str]] = {}
    for path in SCHEMAS.glob("*.json"):
        properties = json.loads(path.read_text()).get("properties") or {}
        fields.setdefault(path.stem.split("-")[0], set()).update(properties)
    return fields


def a_chart(tmp_path: Path, namespace: str | None = "data") -> Chart:
    return Chart(App(outdir=str(tmp_path)), "chart", namespace=namespace)


def rendered(thing: KubernetesObject) -> dict[str, Any]:
    manifest: Any = thing.to_json()
    return dict(manifest)


def an_object(chart: Chart, **body: object) -> KubernetesObject:
    return KubernetesObject(
        chart, "Thing", api_version="apps/v1", kind="Deployment", name="thing", body=body
    )


def test_the_wire_names_of_all_structs_are_those_of_kubernetes() -> None:
    known = fields_by_kind()
    every = set().union(*known.values())
    wrong = []
    for name, struct in STRUCTS.items():
        kind = re.sub(r"(V\d+((Alpha|Beta)\d+)?)$", "", name).lower()
        for camel in struct.__jsii_name_mapping__.values():
            if ACRONYMS.get(camel, camel) not in known.get(kind, every):
                wrong.append(f"{name}.{camel}")
    assert len(STRUCTS) > 280
    # The schema inside a CRD, with its keys in $ and x-: nobody writes a CRD in structs here.
    assert {name.split(".")[0] for name in wrong} <= {"JsonSchemaProps"}


def test_the_wire_form_equals_what_the_typed_class_renders(tmp_path: Path) -> None:
    pod: dict[str, Any] = {
        "containers": [
            k8s.Container(
                name="main",
                image="busybox:1",
                env=[
                    k8s.EnvVar(
                        name="IP",
                        value_from=k8s.EnvVarSource(
                            field_ref=k8s.ObjectFieldSelector(field_path="status.podIP")
                        ),
                    )
                ],
                resources=k8s.ResourceRequirements(limits={"cpu": k8s.Quantity.from_string("1")}),
                liveness_probe=k8s.Probe(
                    http_get=k8s.HttpGetAction(path="/", port=k8s.IntOrString.from_number(80))
                ),
            )
        ],
        "host_pid": False,
        "set_hostname_as_fqdn": True,
        "volumes": [k8s.Volume(name="v", empty_dir=k8s.EmptyDirVolumeSource())],
    }
    chart = a_chart(tmp_path)
    typed = k8s.KubePod(chart, "pod", spec=k8s.PodSpec(**pod)).to_json()["spec"]
    assert wire(k8s.PodSpec(**pod)) == typed


def test_none_disappears_and_empty_values_stay() -> None:
    assert wire({"a": None, "b": {}, "c": [], "d": [{"e": None}]}) == {"b": {}, "c": [], "d": [{}]}


def test_keys_are_sorted_with_the_name_first() -> None:
    assert list(wire_mapping({"image": "i", "args": [], "name": "n"})) == ["name", "args", "image"]


def test_a_value_without_wire_form_is_refused() -> None:
    with pytest.raises(TypeError, match=r"has no wire form: expected a k8s struct, a mapping"):
        wire({"spec": object()})
    with pytest.raises(TypeError, match="expected a k8s struct or a mapping, got 'text'"):
        wire_mapping("text")


def test_patches_apply_verbatim_also_to_fields_newer_than_the_bindings(tmp_path: Path) -> None:
    thing = an_object(a_chart(tmp_path), spec={"template": {"spec": {"initContainers": [{}]}}})
    ApiObject.of(thing).add_json_patch(
        JsonPatch.add("/spec/template/spec/initContainers/0/restartPolicy", "Always"),
        JsonPatch.add("/spec/template/spec/resources", {"limits": {"cpu": "1"}}),
        JsonPatch.add("/spec/maxUnavailable", 1),
    )
    assert rendered(thing)["spec"] == {
        "template": {
            "spec": {
                "initContainers": [{"restartPolicy": "Always"}],
                "resources": {"limits": {"cpu": "1"}},
            }
        },
        "maxUnavailable": 1,
    }


def test_a_patch_that_does_not_apply_names_the_object(tmp_path: Path) -> None:
    thing = an_object(a_chart(tmp_path), spec={})
    thing.add_json_patch(JsonPatch.replace("/spec/template/spec", {}))
    with pytest.raises(ValueError, match="Deployment 'thing': "):
        thing.to_json()


@pytest.mark.parametrize("kind", sorted(CLUSTER_SCOPED))
def test_cluster_scoped_objects_get_no_namespace(tmp_path: Path, kind: str) -> None:
    chart = a_chart(tmp_path)
    scoped = KubernetesObject(chart, "scoped", api_version="v1", kind=kind, name="scoped")
    assert "namespace" not in rendered(scoped)["metadata"]


def test_namespaced_objects_get_the_namespace_of_the_chart(tmp_path: Path) -> None:
    assert rendered(an_object(a_chart(tmp_path)))["metadata"]["namespace"] == "data"


def job(tmp_path: Path, *patches: JsonPatch, **spec: object) -> dict[str, Any]:
    chart = a_chart(tmp_path)
    made = KubernetesObject(
        chart,
        "Job",
        api_version="batch/v1",
        kind="Job",
        name="job",
        name_ends_in_hash=True,
        body={"spec": spec},
    )
    made.add_json_patch(*patches)
    return rendered(made)


def test_the_name_of_an_immutable_object_follows_its_content_patches_included(
    tmp_path: Path,
) -> None:
    name = job(tmp_path, a=1)["metadata"]["name"]
    assert re.fullmatch(r"job-[0-9a-f]{8}", name)
    assert job(tmp_path, a=1)["metadata"]["name"] == name
    assert job(tmp_path, a=2)["metadata"]["name"] != name
    assert job(tmp_path, JsonPatch.add("/spec/b", 1), a=1)["metadata"]["name"] != name


def a_config_map(scope: Construct, **metadata: Any) -> KubernetesObject:
    return KubernetesObject(
        scope, "Object", api_version="v1", kind="ConfigMap", name="x", body={"data": {}}, **metadata
    )


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"labels": {"b": "1", "a": "2", "name": "3"}, "annotations": {"z": "1", "y": "2"}},
        {"namespace": "other", "labels": {"team": "mine"}},
    ],
)
@pytest.mark.parametrize("namespace", [None, "data"])
def test_metadata_is_what_node_makes_of_it(namespace: str | None, metadata: dict[str, Any]) -> None:
    """Known in Python where nobody asks for it; asked for, it comes from cdk8s itself."""
    chart = Chart(App(), "chart", namespace=namespace, labels={"team": "data", "a": "chart"})
    ours = a_config_map(Construct(chart, "ours"), **metadata)
    theirs = a_config_map(Construct(chart, "theirs"), **metadata)
    assert theirs.metadata.name == "x"
    assert json.dumps(ours.to_json()) == json.dumps(theirs.to_json())


def test_what_python_adds_to_the_metadata_is_in_the_manifest() -> None:
    item = a_config_map(Chart(App(), "chart"))
    item.metadata.add_label("late", "1")
    item.metadata.add_annotation("note", "2")
    item.metadata.add("generateName", "x-")
    found: Any = item.to_json()
    assert found["metadata"] == {
        "annotations": {"note": "2"},
        "generateName": "x-",
        "labels": {"late": "1"},
        "name": "x",
    }


def test_what_other_libraries_add_to_the_metadata_is_in_the_manifest() -> None:
    """They run in Node and know the object as an ApiObject: here cdk8s-plus adds an ownership."""
    chart = Chart(App(), "chart", namespace="data")
    item = a_config_map(chart)
    found = ApiObject.of(item)
    found.metadata.add_label("aspect", "yes")
    found.add_dependency(a_config_map(Construct(chart, "other")))
    assert {"aspect": "yes"} == cdk8s.Testing.synth(chart)[1]["metadata"]["labels"]


def test_one_file_for_each_resource_knows_the_names(tmp_path: Path) -> None:
    """That kind of output reads the metadata in Node."""
    app = App(outdir=str(tmp_path), yaml_output_type=YamlOutputType.FILE_PER_RESOURCE)
    a_config_map(Chart(app, "chart", namespace="data"))
    app.synth()
    (file,) = tmp_path.glob("*.yaml")
    assert "name: x" in file.read_text()
