"""The schema check knows every minor, refuses what is wrong, and forgets nothing."""

from __future__ import annotations

import copy
import re
from datetime import date
from pathlib import Path

import kubernetes_validate
import pytest
from bundle.breakage import DELETE, Break, put
from bundle.sample import good, thing

from cdk8s_airflow.checks.bundle import Bundle, Manifest, title
from cdk8s_airflow.testing.schema import FIRST_MINOR, MINORS, check_schema, verdict

API = "Deployment/af1-api-server"
POD = "spec.template.spec"
MAIN = f"{POD}.containers[0]"
SCALED = thing("keda.sh/v1alpha1", "ScaledJob", "x", spec={})

NEWER: dict[str, tuple[str, str, object]] = {
    "Pod.initContainers[].restartPolicy": (
        "StatefulSet/af1-worker",
        f"{POD}.initContainers[0].restartPolicy",
        "Always",
    ),
    "Pod.containers[].lifecycle.preStop.sleep": (
        API,
        f"{MAIN}.lifecycle.preStop.sleep.seconds",
        5,
    ),
    "Pod.securityContext.appArmorProfile": (
        API,
        f"{POD}.securityContext.appArmorProfile.type",
        "RuntimeDefault",
    ),
    "Pod.securityContext.supplementalGroupsPolicy": (
        API,
        f"{POD}.securityContext.supplementalGroupsPolicy",
        "Strict",
    ),
    "Pod.resources": (API, f"{POD}.resources.limits.memory", "1Gi"),
    "PersistentVolumeClaim.spec.volumeAttributesClassName": (
        "StatefulSet/af1-postgresql",
        "spec.volumeClaimTemplates[0].spec.volumeAttributesClassName",
        "fast",
    ),
    "Service.spec.trafficDistribution": (
        "Service/af1-worker",
        "spec.trafficDistribution",
        "PreferClose",
    ),
    "Job.spec.podReplacementPolicy": (
        "Job/af1-bootstrap-1a2b",
        "spec.podReplacementPolicy",
        "Failed",
    ),
    "Job.spec.successPolicy": (
        "Job/af1-bootstrap-1a2b",
        "spec.successPolicy.rules",
        [{"succeededCount": 1}],
    ),
}
"""Where in the sample each newer field is tried, and with what."""


def test_every_minor_that_the_validator_ships_is_checked() -> None:
    package = Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema"
    shipped = {
        int(found[1])
        for folder in package.iterdir()
        if (found := re.fullmatch(r"v1\.(\d+)\.\d+-local-strict", folder.name))
    }
    assert set(MINORS) == {minor for minor in shipped if minor >= 27}
    assert MINORS == tuple(range(27, max(shipped) + 1))


@pytest.mark.parametrize(
    "broken",
    [
        Break(API, f"{MAIN}.livenessprobe", {}, "every minor: .*'livenessprobe' was unexp"),
        Break("Service/af1-worker", "spec.clusterIp", "None", "every minor: .*'clusterIp' was un"),
        Break(API, "spec.selector", DELETE, "spec: .selector. is a required property"),
        Break(API, f"{MAIN}.ports[0].containerPort", "80", "containerPort: .80. is not of type"),
        Break("Job/af1-bootstrap-1a2b", "apiVersion", "batch/v1beta1", "batch/v1beta1 Job is unk"),
        Break("", "", SCALED, "keda.sh/v1alpha1 ScaledJob is unknown; .* needs its CustomRes"),
        Break(
            "",
            "",
            thing("apps.example.com/v1", "Deployment", "x"),
            "apps.example.com/v1 Deployment is unknown",
        ),
    ],
    ids=str,
)
def test_an_invalid_object_is_refused(broken: Break) -> None:
    problems = list(check_schema(Bundle(broken.apply(good()))))
    assert any(re.search(broken.message, problem) for problem in problems), problems


@pytest.mark.parametrize("field", FIRST_MINOR)
def test_a_newer_field_is_known_from_its_first_minor_on(field: str) -> None:
    manifest = _with(field)
    accepting = [minor for minor in MINORS if not verdict(manifest, minor)]
    assert accepting == [minor for minor in MINORS if minor >= FIRST_MINOR[field]]


@pytest.mark.parametrize("field", FIRST_MINOR)
def test_a_newer_field_passes_only_where_it_is_declared(field: str) -> None:
    manifest = _with(field)
    before = copy.deepcopy(manifest)
    assert list(check_schema(Bundle([manifest]))) != []
    assert list(check_schema(Bundle([manifest], newer_fields=frozenset({field})))) == []
    assert manifest == before


def test_a_declared_field_is_left_out_for_older_minors_only() -> None:
    field = "Pod.initContainers[].restartPolicy"
    manifest = _with(field)
    put(manifest, f"{POD}.initContainers[0].restartPolicy", 5)
    (problem,) = check_schema(Bundle([manifest], newer_fields=frozenset({field})))
    assert f"schema of 1.28..1.{MINORS[-1]}" in problem


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("Pod.restartPolicy", "'Pod.restartPolicy' is not in FIRST_MINOR"),
        ("Pod.resources", "'Pod.resources' is declared, but no object uses it"),
    ],
)
def test_a_useless_declaration_is_refused(field: str, expected: str) -> None:
    (problem,) = check_schema(Bundle(good(), newer_fields=frozenset({field})))
    assert expected in problem


def test_a_custom_resource_is_held_to_its_definition() -> None:
    spec: Manifest = {"scaleTargetRef": {"name": "x"}, "triggers": []}
    made = thing("keda.sh/v1alpha1", "ScaledObject", "x", spec=spec)
    assert list(check_schema(Bundle([made]))) == []
    put(made, "spec.maxReplicas", 2)
    (problem,) = check_schema(Bundle([made]))
    assert "spec: Additional properties are not allowed ('maxReplicas' was unexpected)" in problem


def test_a_number_or_a_string_is_meant_where_a_definition_says_so() -> None:
    rule: Manifest = {"alert": "Down", "expr": 1}
    spec: Manifest = {"groups": [{"name": "airflow", "rules": [rule]}]}
    made = thing("monitoring.coreos.com/v1", "PrometheusRule", "x", spec=spec)
    assert list(check_schema(Bundle([made]))) == []
    rule["expr"] = ["up == 0"]
    (problem,) = check_schema(Bundle([made]))
    assert 'is not of types "integer", "string"' in problem


@pytest.mark.parametrize("value", [date(2030, 1, 2), {1: "x"}], ids=["date", "key"])
def test_what_is_yaml_but_not_json_is_refused(value: object) -> None:
    (manifest,) = [m for m in good() if title(m) == "Service/af1-worker"]
    put(manifest, "metadata.annotations", {"example.com/x": value})
    assert "object: not JSON" in next(check_schema(Bundle([manifest])))


def _with(field: str) -> Manifest:
    target, path, value = NEWER[field]
    (manifest,) = [m for m in good() if title(m) == target]
    put(manifest, path, value)
    return manifest
