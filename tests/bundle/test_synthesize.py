"""`synthesize()` runs every check on every bundle and tells all that it finds."""

from __future__ import annotations

import itertools
from pathlib import Path

import cdk8s
import pytest
from bundle import (
    test_graph_checks,
    test_growth_checks,
    test_lifecycle_checks,
    test_local_storage,
    test_manifest_checks,
    test_policy_checks,
    test_process_checks,
    test_secrecy_checks,
    test_security_checks,
    test_stored_checks,
)
from bundle.breakage import DELETE, Break
from bundle.sample import good

from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.testing import every_check
from cdk8s_airflow.testing.synth import CHECKS, Build, Check, check, synthesize

API = "Deployment/af1-api-server"
CASES: dict[Check, list[Break]] = {
    **test_graph_checks.CASES,
    **test_growth_checks.CASES,
    **test_lifecycle_checks.CASES,
    **test_local_storage.CASES,
    **test_manifest_checks.CASES,
    **test_policy_checks.CASES,
    **test_process_checks.CASES,
    **test_secrecy_checks.CASES,
    **test_security_checks.CASES,
    **test_stored_checks.CASES,
}


class Written(cdk8s.ApiObject):
    """An object that is written as it is given."""

    def __init__(self, chart: cdk8s.Chart, id: str, manifest: dict[str, object]) -> None:
        super().__init__(chart, id, api_version="v1", kind="x")
        self._manifest = manifest

    def to_json(self) -> dict[str, object]:
        return self._manifest


def app_of(*changes: Break) -> Build:
    def build(app: cdk8s.App) -> None:
        manifests = good()
        for change in changes:
            manifests = change.apply(manifests)
        chart = cdk8s.Chart(app, "af1")
        for index, manifest in enumerate(manifests):
            Written(chart, f"o{index}", manifest)

    return build


def test_a_good_app_gives_its_bundle(tmp_path: Path) -> None:
    bundle = synthesize(app_of(), tmp_path)
    assert bundle.manifests == good()
    assert list(bundle.files) == ["af1.k8s.yaml"]


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    build = app_of(
        Break(API, "spec.template.spec.enableServiceLinks", DELETE, ""),
        Break("Service/af1-worker", "spec.clusterIP", DELETE, ""),
    )
    with pytest.raises(AssertionError, match="2 problems in the bundle") as refused:
        synthesize(build, tmp_path)
    assert "enableServiceLinks is not false" in str(refused.value)
    assert "is no headless Service" in str(refused.value)


def test_an_invalid_object_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r'schema of every minor: .*"selector" is a required'):
        synthesize(app_of(Break(API, "spec.selector", DELETE, "")), tmp_path)


def test_two_synths_that_differ_are_refused(tmp_path: Path) -> None:
    counter = itertools.count()

    def build(app: cdk8s.App) -> None:
        value = f"v{next(counter)}"
        app_of(Break(API, "metadata.annotations.x", value, ""))(app)

    with pytest.raises(AssertionError, match=r"af1\.k8s\.yaml: differs in another synth"):
        synthesize(build, tmp_path)


def test_bytes_that_were_sound_before_are_not_checked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = app_of(Break(API, "metadata.annotations.x", "known", ""))
    first = synthesize(build, tmp_path)
    monkeypatch.setattr(every_check, "CHECKS", (lambda bundle: iter(["asked again"]),))
    assert synthesize(build, tmp_path).files == first.files
    with pytest.raises(AssertionError, match="asked again"):
        synthesize(build, tmp_path, external={"Secret/more"})
    with pytest.raises(AssertionError, match="asked again"):
        synthesize(app_of(Break(API, "metadata.annotations.x", "new", "")), tmp_path)


def test_a_bundle_that_was_refused_is_refused_again(tmp_path: Path) -> None:
    build = app_of(Break(API, "spec.template.spec.enableServiceLinks", DELETE, ""))
    for _ in range(2):
        with pytest.raises(AssertionError, match="enableServiceLinks is not false"):
            synthesize(build, tmp_path)


def test_what_a_test_does_to_a_bundle_stays_there(tmp_path: Path) -> None:
    synthesize(app_of(), tmp_path).manifests.clear()
    assert synthesize(app_of(), tmp_path).manifests == good()


def test_an_app_without_manifests_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="the synth wrote no manifest"):
        synthesize(lambda app: None, tmp_path)


def test_every_check_has_bundles_that_it_refuses() -> None:
    assert set(CHECKS) == set(CASES)


@pytest.mark.parametrize("single", CHECKS, ids=lambda each: each.__name__)
def test_every_check_is_run(single: Check) -> None:
    broken = CASES[single][0]
    with pytest.raises(AssertionError, match=r"problems? in the bundle"):
        check(Bundle(broken.apply(good())))


def test_questions_to_a_bundle() -> None:
    bundle = Bundle(good())
    assert bundle.one("Service", "af1-worker")["spec"]["clusterIP"] == "None"
    assert bundle.find("Service", "af1-worker", "elsewhere") is None
    assert bundle.pod("StatefulSet", "af1-worker").component == "worker"
    assert bundle.container("StatefulSet", "af1-worker", "wait")["name"] == "wait"
    assert bundle.generated_secrets[("airflow", "af1-postgresql")] == {"password"}
    with pytest.raises(LookupError, match=r"no Service 'af1-x' in the bundle, only \['af1-api"):
        bundle.one("Service", "af1-x")
    with pytest.raises(LookupError, match=r"no container 'x', only \['wait', 'worker'\]"):
        bundle.container("StatefulSet", "af1-worker", "x")
