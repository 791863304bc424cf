"""What a patch, an extension or a manifest of the user's breaks is told at the synth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cdk8s import ApiObject, App, JsonPatch

from cdk8s_airflow import AirflowChart, AirflowProps, Patch
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.checks.references import references
from cdk8s_airflow.checks.selectors import own_selector, port_problems
from cdk8s_airflow.kubernetes.schema import kinds, object_problems

SCHEDULER: dict[str, Any] = {"kind": "Deployment", "component": "scheduler"}
CONTAINER = "/spec/template/spec/containers/0"
INGRESS: dict[str, Any] = {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "Ingress",
    "metadata": {"name": "mine"},
}
SELECTOR: dict[str, Any] = {
    "app.kubernetes.io/name": "airflow",
    "app.kubernetes.io/instance": "af1",
    "app.kubernetes.io/component": "api-server",
}


def patch(path: str, value: object, op: str = "add") -> AirflowProps:
    ops = [{"op": op, "path": path, "value": value}]
    return AirflowProps(patches=[Patch(**SCHEDULER, ops=ops)])


def service(port: int, **labels: str) -> dict[str, Any]:
    spec = {"selector": {**SELECTOR, **labels}, "ports": [{"port": port, "targetPort": port}]}
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "mine"}, "spec": spec}


def backend(service: str, port: int) -> dict[str, Any]:
    entry = {
        "path": "/",
        "pathType": "Prefix",
        "backend": {"service": {"name": service, "port": {"number": port}}},
    }
    return {**INGRESS, "spec": {"rules": [{"host": "a.example.com", "http": {"paths": [entry]}}]}}


CASES = {
    "a misspelt field": (
        patch("/spec/minReadySecond", 3),
        "Deployment/af1-scheduler: spec.minReadySecond: no such field in Kubernetes's Deployment",
    ),
    "a value of the wrong type": (
        patch("/spec/minReadySeconds", "3"),
        "Deployment/af1-scheduler: spec.minReadySeconds: expected a whole number, got text",
    ),
    "a mount without its volume": (
        patch("/spec/template/spec/volumes", []),
        "is no volume of the pod",
    ),
    "a request above the limit": (
        patch(f"{CONTAINER}/resources/requests/memory", "64Gi"),
        "requests.memory='64Gi' is above limits.memory=",
    ),
    "an op on a path that is not there": (
        patch("/spec/nothing/x", 1, "replace"),
        "Deployment 'af1-scheduler': ",
    ),
    "a label that the selector wants": (
        patch("/spec/template/metadata/labels/app.kubernetes.io~1component", "other"),
        "Deployment/af1-scheduler: spec.selector.matchLabels",
    ),
    "a key that no generated Secret has": (
        patch(f"{CONTAINER}/env/-", {
            "name": "X",
            "valueFrom": {"secretKeyRef": {"name": "af1-fernet-key", "key": "fernet"}},
        }),
        "wants key 'fernet' of Secret/af1-fernet-key, which has [",
    ),
    "a Service that finds no pod": (
        AirflowProps(extra_manifests=[service(80, x="y")]),
        "Service/mine: its selector matches no pod of the release",
    ),
    "a port that no container opens": (
        AirflowProps(extra_manifests=[service(81)]),
        "Service/mine: port 81 is not open in Deployment/af1-api-server",
    ),
    "a port that the Service lacks": (
        AirflowProps(extra_manifests=[backend("af1-api-server", 81)]),
        "Ingress/mine: Service af1-api-server has no port 81",
    ),
    "a misspelt Service of the release": (
        AirflowProps(extra_manifests=[backend("af1-apiserver", 8080)]),
        "refers to Service/af1-apiserver, which the release does not have; did you mean "
        "'af1-api-server'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_it_breaks_is_told_and_nothing_is_written(tmp_path: Path, case: str) -> None:
    props, text = CASES[case]
    app = App(outdir=str(tmp_path / "dist"))
    AirflowChart(app, "af1", namespace="airflow", props=props)
    with pytest.raises(RuntimeError, match="Validation failed") as raised:
        app.synth()
    assert text in str(raised.value)
    assert not list((tmp_path / "dist").glob("*"))


def test_a_json_patch_of_python_is_checked_too(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    chart = AirflowChart(app, "af1", namespace="airflow")
    ApiObject.of(chart.airflow.scheduler).add_json_patch(JsonPatch.add("/spec/replica", 2))
    with pytest.raises(RuntimeError, match=r"spec\.replica: no such field .* mean 'replicas'"):
        app.synth()


def test_two_releases_of_one_name_are_checked_apart(tmp_path: Path) -> None:
    """Else the Service of one namespace would find its pods in the other."""
    app = App(outdir=str(tmp_path))
    props = CASES["a Service that finds no pod"][0]
    AirflowChart(app, "a", namespace="a", release="af1", props=props)
    AirflowChart(app, "b", namespace="b", release="af1")
    with pytest.raises(RuntimeError) as raised:
        app.synth()
    assert str(raised.value).count("matches no pod") == 1


def test_what_the_cluster_may_have_is_no_problem(tmp_path: Path) -> None:
    props = AirflowProps(
        patches=[
            Patch(
                **SCHEDULER,
                merge={"spec": {"template": {"spec": {"priorityClassName": "high"}}}},
                ops=[{
                    "op": "add", "path": f"{CONTAINER}/envFrom",
                    "value": [{"secretRef": {"name": "af1-mine"}}],
                }],
            )
        ],
        extra_manifests=[backend("portal", 80)],
    )  # fmt: skip
    app = App(outdir=str(tmp_path))
    AirflowChart(app, "af1", namespace="airflow", props=props)
    app.synth()
    assert "name: af1-mine" in (tmp_path / "af1.k8s.yaml").read_text()


@pytest.mark.parametrize("spec", [None, {}])
def test_no_kind_without_its_spec_trips_the_checks(spec: dict[str, Any] | None) -> None:
    names = [*kinds(), "keda.sh/v1alpha1 ScaledObject", "keda.sh/v1alpha1 TriggerAuthentication"]
    names += ["gateway.networking.k8s.io/v1 HTTPRoute", "cert-manager.io/v1 Certificate"]
    manifests: list[dict[str, Any]] = []
    for name in names:
        version, kind = name.split()
        manifest: dict[str, Any] = {"apiVersion": version, "kind": kind}
        manifest["metadata"] = {"name": f"x-{kind.lower()}"}
        if spec is not None:
            manifest["spec"] = spec
        if not list(object_problems(manifest)):
            manifests.append(manifest)
    assert {"Service", "ScaledObject", "HTTPRoute"} <= {each["kind"] for each in manifests}
    bundle = Bundle(json.loads(json.dumps(manifests)))
    assert not list(port_problems(bundle))
    assert all(reference.name == "" for reference in references(bundle))
    assert len([own_selector(each) for each in manifests]) == len(manifests)
