"""What an upgrade from the last version changes is told, by name and in docs/upgrades.md."""

from __future__ import annotations

import re
import tarfile
from pathlib import Path

import pytest
import yaml
from upgrade_baseline import BUNDLE, EXAMPLES, FOLDER, ROOT, keep
from upgrade_notes import (
    DEFAULT,
    DOCUMENT,
    Case,
    cases,
    changed_defaults,
    name_of,
    notes,
    rewritten,
    with_notes,
)

from cdk8s_airflow.cli.differences import differences

CHANGELOG = ROOT / "CHANGELOG.md"
_SECTION = re.compile(r"^### Changed defaults\n(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)
_ENTRY = re.compile(r"^\* ([^:]*):", re.MULTILINE)
_NAME = re.compile(r"`([^`]+)`")

WORKLOAD = """
apiVersion: apps/v1
kind: {kind}
metadata: {{name: af1-scheduler, namespace: airflow}}
spec:
  {field}: {value}
  template:
    metadata: {{annotations: {{cdk8s-airflow/checksum: {checksum}}}}}
    spec:
      containers:
      - name: scheduler
        env: [{{name: LEVEL, value: {level}}}]
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def found() -> list[Case]:
    """The differences between the last version and the manifests of this repository."""
    return cases()


def named(text: str) -> set[str]:
    """The names in the list of changed defaults of the newest version in a change log."""
    newest = text.split("\n## ")[1]
    section = _SECTION.search(newest)
    entries = _ENTRY.findall(section[1]) if section else []
    return {name for entry in entries for name in _NAME.findall(entry)}


def test_the_change_log_names_each_changed_default(found: list[Case]) -> None:
    """And none that has not changed: the list is what somebody who upgrades has to read."""
    changed = changed_defaults(found)
    told = named(CHANGELOG.read_text())
    missing = {name: (list(c.values)[:3], list(c.where)) for name, c in changed.items()}
    for name in told:
        missing.pop(name, None)
    assert missing == {}, "changed, and not in `### Changed defaults` of CHANGELOG.md"
    assert told - changed.keys() == set(), "in the change log, and not changed"


def test_the_notes_are_current(found: list[Case]) -> None:
    """`make upgrade-notes` writes them."""
    generated = notes(found, (FOLDER / "REVISION").read_text().strip(), rewritten())
    text = DOCUMENT.read_text()
    assert with_notes(text, generated) == text
    assert generated in text


def test_no_object_is_refused(found: list[Case]) -> None:
    """A cluster lets nobody change a selector, a claim template, the template of a Job."""
    assert found[0].title == DEFAULT
    assert len(found) > 10
    refused = [(c.title, d.kind, d.name, d.refused) for c in found for d in c.found if d.refused]
    assert refused == []


def kept_version(changelog: str) -> str:
    """What REVISION ends with: the version below the newest of a change log, if there is one."""
    versions = re.findall(r"^## (\d+\.\d+\.\d+\S*)", changelog, re.MULTILINE)
    return f"v{versions[1]}" if len(versions) > 1 else "no version yet"


def test_what_is_kept_is_the_last_version() -> None:
    """`make upgrade-baseline REVISION=v0.1.0` keeps it, when the next one gets its heading."""
    revision = (FOLDER / "REVISION").read_text()
    assert revision.rstrip("\n").endswith(", " + kept_version(CHANGELOG.read_text()))


def test_the_version_below_the_newest_is_the_last_one() -> None:
    text = "# Changelog\n\n## 0.2.0 (unreleased)\n\n## 0.1.0 (2026-12-01)\n\n## 0.0.9\n"
    assert kept_version(text) == "v0.1.0"
    assert kept_version("# Changelog\n\n## 0.1.0 (unreleased)\n") == "no version yet"


def differing(before: dict[str, object], after: dict[str, object]) -> list[Case]:
    plain = {"kind": "Deployment", "field": "replicas", "value": 1, "checksum": "a", "level": "x"}
    texts = (yaml.safe_load(WORKLOAD.format(**plain | change)) for change in (before, after))
    return [Case(DEFAULT, differences(*([text] for text in texts)))]


def test_a_changed_field_is_a_changed_default_with_its_values_and_its_component() -> None:
    changed = changed_defaults(differing({}, {"level": "y"}))
    assert list(changed) == ["LEVEL"]
    assert list(changed["LEVEL"].values) == [("x", "y")]
    assert list(changed["LEVEL"].where) == ["scheduler"]


def test_a_checksum_alone_is_no_default_and_rolls_the_pods() -> None:
    found = differing({}, {"checksum": "b"})
    assert changed_defaults(found) == {}
    text = notes(found, "abc of today", [])
    assert "| Deployment scheduler | 1 | data that its processes read |" in text


def test_what_a_cluster_refuses_is_told() -> None:
    change = {"kind": "StatefulSet", "field": "serviceName"}
    found = differing({**change, "value": "one"}, {**change, "value": "two"})
    text = notes(found, "abc of today", ["own"])
    assert "* the default bundle: StatefulSet `af1-scheduler`: `spec.serviceName`" in text
    assert "Not compared, as they are written anew: own." in text


def test_objects_that_come_and_go_are_named_unless_their_name_tells_of_their_content() -> None:
    def thing(kind: str, name: str) -> dict[str, object]:
        return {"apiVersion": "v1", "kind": kind, "metadata": {"name": name}, "data": {}}

    before = [thing("ConfigMap", "af1-programs-url-0123abcd"), thing("Role", "af1-old")]
    after = [thing("ConfigMap", "af1-programs-url-4567abcd"), thing("Role", "af1-new")]
    found = [Case(DEFAULT, differences(before, after))]
    assert list(changed_defaults(found)) == ["Role new", "Role old"]
    text = notes(found, "abc of today", [])
    for row in ("Role new | appears", "Role old | vanishes", "programs | others take its place"):
        assert row in text


def test_nothing_has_changed() -> None:
    text = notes([Case(DEFAULT, [])], "abc of today", [])
    assert text.count("None") == 3
    assert "Nothing: every object is changed where it is." in text


@pytest.mark.parametrize(
    ("kind", "path", "name"),
    [
        ("Deployment", "spec.template.spec.containers[a].env[AIRFLOW__A__B].value",
         "AIRFLOW__A__B"),
        ("Deployment", "spec.template.spec.containers[a].resources.limits.memory",
         "resources.limits.memory"),
        ("StatefulSet", "spec.template.spec.initContainers[a].livenessProbe.exec.command",
         "livenessProbe.exec"),
        ("Deployment", "spec.template.spec.containers[a].volumeMounts[/tmp]", "volumeMounts"),
        ("Deployment", "spec.template.spec.containers[a]", "containers[a]"),
        ("Deployment", "spec.template.spec.volumes[tmp].emptyDir.sizeLimit", "emptyDir.sizeLimit"),
        ("Deployment", "spec.template.spec.volumes[tmp].projected", "volumes[tmp]"),
        ("Deployment", "spec.template.metadata.annotations.a.example/b", "a.example/b"),
        ("Deployment", "spec.template.metadata.annotations.cdk8s-airflow/checksum", None),
        ("Service", "metadata.labels.app.kubernetes.io/version", "app.kubernetes.io/version"),
        ("Deployment", "spec.strategy.type", "strategy"),
        ("CronJob", "spec.jobTemplate.spec.activeDeadlineSeconds", "activeDeadlineSeconds"),
        ("NetworkPolicy", "spec.ingress[0].ports[0].port", "NetworkPolicy.ingress"),
        ("ConfigMap", "data.pgbouncer.ini", "pgbouncer.ini"),
        ("ConfigMap", "immutable", None),
    ],
)  # fmt: skip
def test_a_field_has_a_name_that_a_reader_knows(kind: str, path: str, name: str | None) -> None:
    assert name_of(kind, path) == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Changelog\n\n## 2\n\n### Changed defaults\n\n* `a`, `b`: why `c`.\n* `d`:\n  more\n\n"
         "## 1\n\n### Changed defaults\n\n* `old`: x\n", {"a", "b", "d"}),
        ("# Changelog\n\n## 2\n\n* `a`: x\n\n## 1\n\n### Changed defaults\n\n* `old`: x\n", set()),
    ],
)  # fmt: skip
def test_only_the_list_of_the_newest_version_counts(text: str, expected: set[str]) -> None:
    assert named(text) == expected


def test_an_example_that_is_written_anew_is_not_compared(tmp_path: Path) -> None:
    """Its manifests differ since it says something else, and not since a default has changed."""
    with tarfile.open(FOLDER / EXAMPLES) as archive:
        archive.extractall(tmp_path, filter="data")
    (tmp_path / "dist").mkdir()
    (tmp_path / BUNDLE).write_text((FOLDER / Path(BUNDLE).name).read_text())
    assert rewritten(root=tmp_path) == []
    before = {case.title: case.found for case in cases(root=tmp_path)}
    assert before == {**before, **{title: [] for title in before}}
    program = tmp_path / "examples" / "quickstart" / "main.py"
    program.write_text(program.read_text() + "# more\n")
    assert rewritten(root=tmp_path) == ["quickstart"]
    assert before.keys() - {case.title for case in cases(root=tmp_path)} == {"quickstart/af1"}


def test_the_same_revision_is_kept_in_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        keep("HEAD", tmp_path / name)
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("one", "two"))
    assert one == two
    assert one.keys() == {"af1.k8s.yaml", "examples.tar.xz", "REVISION"}
    assert one["REVISION"].decode().endswith(", no version yet\n")
