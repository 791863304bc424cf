"""`cdk8s-airflow check`: the checks of this package for manifests of anybody."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from bundle.sample import good

from cdk8s_airflow.checks.bundle import Manifest
from cdk8s_airflow.cli import main
from cdk8s_airflow.testing.anyone import ANYONE, OUTSIDE, STRICT
from cdk8s_airflow.testing.every_check import CHECKS
from cdk8s_airflow.testing.kube_api import types
from cdk8s_airflow.testing.reports import meanings_of
from cdk8s_airflow.testing.schema import MINORS, forget_schemas

ROOT = Path(__file__).resolve().parents[2]
WEB = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
      containers:
      - name: web
        image: registry.example.com/web:1.2
        ports: [{name: http, containerPort: 8080}]
        livenessProbe: {httpGet: {port: http}}
        readinessProbe: {httpGet: {port: http}}
        resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 64Mi}}
        securityContext:
          allowPrivilegeEscalation: false
          readOnlyRootFilesystem: true
          capabilities: {drop: [ALL]}
        env:
        - {name: CONNECTIONS, value: "100"}
        - {name: DB_HOST, value: db.example.com}
        - {name: DB_PORT, value: "tcp://10.0.0.1:5432"}
        - {name: DATABASE_LOGIN, value: ldap}
        - {name: AIRFLOW_CONN_X, value: "{not json"}
"""
"""Sound, of nobody we know, and with variables that mean something else in our bundles."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def own_definitions(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(types, "_told", {})
    forget_schemas()
    yield
    forget_schemas()


def findings(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[Manifest]:
    main(["check", *arguments, "--json"])
    found: list[Manifest] = json.loads(capsys.readouterr().out)["findings"]
    return found


def test_sound_manifests_of_others_have_no_findings(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("web.yaml").write_text(WEB)
    assert main(["check", "web.yaml"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "2 objects: 0 errors, 0 warnings\n"


def test_the_bundle_of_the_repository_passes_all_checks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", str(ROOT / "dist"), "--strict"]) == 0
    assert main(["check", str(ROOT / "dist"), "--fail-on", "warning"]) == 0
    assert capsys.readouterr().out == ""


BROKEN = {
    "schema": ("kind: Deployment\n", "kind: Deployment\nspecs: {}\n", "error", "specs"),
    "known-references": (
        "        ports:",
        "        envFrom: [{configMapRef: {name: nope}}]\n        ports:",
        "error",
        "ConfigMap/nope, which does not exist",
    ),
    "outside-references": (
        "        ports:",
        "        envFrom: [{secretRef: {name: nope}}]\n        ports:",
        "warning",
        "Secret/nope, which does not exist",
    ),
    "selectors": ("selector: {app: web}", "selector: {app: wep}", "error", "matches no pod"),
    "ports": ("targetPort: http", "targetPort: web", "warning", "port web is not open"),
    "restricted": ("{drop: [ALL]}", "{}", "error", "does not drop ALL"),
    "containers": ("web:1.2", "web:latest", "warning", "pinned to nothing: latest"),
    "env-literals": ("name: DB_HOST", "name: DB_PASSWORD", "error", "is a literal"),
    "texts": ("db.example.com", '"postgres://me:x9f@db"', "error", "the password of 'me'"),
    "no-secret-objects": (
        WEB,
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: b}\n",
        "error",
        "Secret/s: carries data",
    ),
    "unique": (WEB, WEB + "---\n" + WEB, "error", "is there 2 times"),
    "needed-flows": (
        WEB,
        WEB
        + "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web}\n"
        + "spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}\n",
        "warning",
        "may not connect to any address:53/UDP",
    ),
    "object": (WEB, "apiVersion: v1\nkind: Service\n", "error", "expected apiVersion, kind and"),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_what_is_wrong_is_found_under_the_name_of_its_rule(
    rule: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, level, message = BROKEN[rule]
    assert old in WEB
    Path("web.yaml").write_text(WEB.replace(old, new, 1))
    code = main(["check", "web.yaml"])
    lines = capsys.readouterr().out.splitlines()
    assert any(f": {level}: {rule}: " in line and message in line for line in lines), lines
    assert code == (3 if level == "error" else 0)
    assert main(["check", "web.yaml", "--fail-on", "warning"]) == 3
    assert main(["check", "web.yaml", "--fail-on", "never"]) == 0
    capsys.readouterr()
    assert all(each["rule"] != rule for each in findings(capsys, "web.yaml", "--ignore", rule))


def test_a_finding_has_the_line_of_its_object(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("web.yaml").write_text(WEB.replace("{drop: [ALL]}", "{}"))
    (found,) = findings(capsys, "web.yaml")
    assert (found["file"], found["line"]) == ("web.yaml", WEB.split("\n").index("---") + 2)


def test_what_the_cluster_has_is_declared(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new, _, _ = BROKEN["known-references"]
    Path("web.yaml").write_text(WEB.replace(old, new, 1))
    assert main(["check", "web.yaml", "--external", "ConfigMap/nope"]) == 0


def test_standard_input_and_lists_are_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [*yaml.safe_load_all(WEB.replace("{drop: [ALL]}", "{}"))]
    text = yaml.safe_dump({"apiVersion": "v1", "kind": "List", "items": items})
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert main(["check", "-"]) == 3
    assert capsys.readouterr().out.startswith("<stdin>:1: error: restricted: Deployment/web")


def test_a_folder_is_read_whole_and_what_is_no_manifest_is_told(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in {
        "a/web.yml": WEB,
        "a/values.yaml": "replicas: 2\n",
        "kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n",
        ".git/x.yaml": "kind: [",
    }.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text)
    assert main(["check", "."]) == 0
    expected = "2 objects: 0 errors, 0 warnings; no objects in a/values.yaml, kustomization.yaml\n"
    assert capsys.readouterr().err == expected


def test_no_yaml_is_told_with_its_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("web.yaml").write_text(WEB + "---\na: [\n")
    assert main(["check", "web.yaml"]) == 3
    out = capsys.readouterr().out
    assert re.search(r"^web\.yaml:\d+: error: object: is no YAML: ", out), out


def test_schemas_are_those_of_the_versions_that_are_asked_for(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`trafficDistribution` is of 1.30."""
    Path("web.yaml").write_text(WEB.replace("{selector: {", "{trafficDistribution: x, selector: {"))
    assert main(["check", "web.yaml"]) == 0
    assert main(["check", "web.yaml", "--kubernetes", "1.30", "--kubernetes", "v1.28.4"]) == 3
    assert "schema of 1.28: spec: " in capsys.readouterr().out


CUSTOM = "---\napiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec: {sise: 1}\n"
DEFINITION = """---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  names: {kind: Thing, plural: things}
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties: {spec: {type: object, properties: {size: {type: integer}}}}
"""


def test_a_custom_resource_is_checked_by_its_definition(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("web.yaml").write_text(WEB + CUSTOM)
    Path("crd.yaml").write_text(DEFINITION)
    (note,) = findings(capsys, "web.yaml")
    assert (note["level"], note["rule"]) == ("note", "schema")
    assert "Thing/t: example.com/v1 Thing is unknown" in note["message"]
    for arguments in (["web.yaml", "--crds", "crd.yaml"], ["web.yaml", "crd.yaml"]):
        types._told.clear()
        errors = [each for each in findings(capsys, *arguments) if each["level"] == "error"]
        assert any("sise" in each["message"] for each in errors), errors


def test_sarif_and_junit_are_written_beside_the_lines(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("my web.yaml").write_text(WEB.replace("{drop: [ALL]}", "{}").replace("web:1.2", "web"))
    arguments = ["check", "my web.yaml", "--sarif", "check.sarif", "--junit", "junit.xml"]
    assert main(arguments) == 3
    assert capsys.readouterr().out.count("\n") == 2
    (run,) = json.loads(Path("check.sarif").read_text())["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == [*meanings_of(strict=False)]
    assert [(each["ruleId"], each["level"]) for each in run["results"]] == [
        ("restricted", "error"),
        ("containers", "warning"),
    ]
    for each in run["results"]:
        assert rules[each["ruleIndex"]] == each["ruleId"]
        place = each["locations"][0]["physicalLocation"]
        assert place == {"artifactLocation": {"uri": "my%20web.yaml"}, "region": {"startLine": 6}}
    suite = ElementTree.parse("junit.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures")) == (str(len(rules)), "1")
    failed = {case.get("name"): case.find("failure") for case in suite}
    assert [name for name, failure in failed.items() if failure is not None] == ["restricted"]
    assert len(suite) == len(rules)


REFUSED = {
    "nowhere.yaml": (["nowhere.yaml"], "No such file or directory: 'nowhere.yaml'"),
    "empty": (["."], r"\.: no \*\.yaml, \*\.yml or \*\.json file in it"),
    "rule": (["web.yaml", "--ignore", "secrets"], "there is no rule secrets; expected of "),
    "version": (["web.yaml", "--kubernetes", "1.x"], "1.x: expected a version such as 1.31"),
    "minor": (["web.yaml", "--kubernetes", "1.9"], "no schema of Kubernetes 1.9; expected 1.27 to"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_done_ends_with_1_and_the_reason(
    case: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, message = REFUSED[case]
    if case != "empty":
        Path("web.yaml").write_text(WEB)
    assert main(["check", *arguments]) == 1
    assert re.search(message, capsys.readouterr().err)


def test_without_the_packages_of_the_checks_the_extra_is_named(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "cdk8s_airflow.testing.findings")
    monkeypatch.setitem(sys.modules, "cdk8s_airflow.testing.schema", None)
    assert main(["check", "web.yaml"]) == 1
    assert "pip install 'cdk8s-airflow[testing]'" in capsys.readouterr().err


def test_every_check_is_for_all_or_known_to_be_ours() -> None:
    """A new check is put on one side or the other; four stand for all in another form."""
    forms = {"references": "known-references", "own-selectors": "selectors", "values": "words",
             "flows": "needed-flows"}  # fmt: skip
    names = {rule.name for rule in STRICT}
    for_all = {rule.name for rule in ANYONE}
    assert len(STRICT) == len(CHECKS)
    assert for_all - names == {*forms.values(), "outside-references"}
    assert names - for_all - set(forms) == OURS
    assert [rule.name for rule in ANYONE if not rule.meaning] == []


OURS = {
    *("stored", "one-policy", "scalers", "folders", "base-path", "first-containers", "hooks"),
    *("jobs", "migrations", "signals", "waits", "growth", "local-storage", "accounts", "roles"),
    *("disruption-budgets", "labels", "material"),
}
"""What we ask of bundles of this package alone."""


def test_the_newest_minor_is_asked_unless_others_are_named() -> None:
    from inspect import signature

    from cdk8s_airflow.testing.findings import find

    assert signature(find).parameters["minors"].default == MINORS[-1:]


def test_kinds_that_others_bring_are_few() -> None:
    kinds = {"ClusterRole", "PersistentVolumeClaim", "PriorityClass", "RuntimeClass", "Secret"}
    assert kinds == OUTSIDE


def test_the_sample_of_the_tests_of_checks_is_sound(here: Path) -> None:
    Path("sample.yaml").write_text(yaml.safe_dump_all(good()))
    assert main(["check", "sample.yaml"]) == 0
