"""Manifests are read as YAML says, whatever is remembered of others."""

from __future__ import annotations

import pytest
import yaml
from bundle.breakage import put
from bundle.sample import good

from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.testing.folders import parse
from cdk8s_airflow.testing.schema import check_schema

TEXT = """\
# of nobody
---
kind: A
text: |
  ---
  kind: B
---
---
{kind: C, numbers: &n [1, 2], same: *n}
--- {kind: D}
...
%YAML 1.1
---
kind: E
"""


def test_a_stream_is_what_yaml_makes_of_it() -> None:
    found = parse(TEXT)
    assert found == [each for each in yaml.safe_load_all(TEXT) if each]
    assert [each["kind"] for each in found] == ["A", "C", "D", "E"]


def test_who_changes_a_manifest_changes_it_for_nobody_else() -> None:
    parse(TEXT)[1]["numbers"].append(3)
    assert parse(TEXT)[1]["numbers"] == [1, 2]


def test_an_error_is_told_by_its_line_in_the_stream() -> None:
    with pytest.raises(yaml.YAMLError) as found:
        parse("kind: A\n---\nkind: B\n---\nkind: {\n")
    assert found.value.problem_mark.line == 5  # type: ignore[attr-defined]


def test_an_object_is_judged_by_what_it_is_and_what_is_declared() -> None:
    """Though it was sound, or declared, a moment ago."""
    manifests = good()
    assert list(check_schema(Bundle(manifests))) == []
    deployment = next(m for m in manifests if m["kind"] == "Deployment")
    deployment["spec"]["replicas"] = "2"
    for _ in range(2):
        (problem,) = check_schema(Bundle(manifests))
        assert "every minor: spec.replicas" in problem
    newer = good()
    deployment = next(m for m in newer if m["kind"] == "Deployment")
    put(deployment, "spec.template.spec.containers[0].lifecycle.preStop.sleep.seconds", 5)
    declared = frozenset({"Pod.containers[].lifecycle.preStop.sleep"})
    assert list(check_schema(Bundle(newer, newer_fields=declared))) == []
    assert list(check_schema(Bundle(newer))) != []
    assert list(check_schema(Bundle(newer, newer_fields=declared))) == []
    (unused,) = check_schema(Bundle(good(), newer_fields=declared))
    assert "no object uses it" in unused
