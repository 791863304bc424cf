"""Snapshots are YAML that a reviewer can read."""

from __future__ import annotations

import pytest
import yaml

from cdk8s_airflow.testing.snapshots import ManifestSnapshot, to_yaml


def test_a_list_becomes_documents_without_aliases() -> None:
    shared = {"app": "airflow"}
    text = to_yaml([{"labels": shared, "selector": shared}, {"kind": "x"}])
    assert "&" not in text and "*" not in text
    assert list(yaml.safe_load_all(text)) == [{"labels": shared, "selector": shared}, {"kind": "x"}]


@pytest.mark.parametrize("text", ["a\nb\n", "on", "0o17", "12:30", "1e3"])
def test_texts_stay_texts(text: str) -> None:
    assert yaml.safe_load(to_yaml({"value": text})) == {"value": text}


def test_several_lines_are_readable() -> None:
    assert to_yaml({"run.py": "a\nb\n"}) == "run.py: |\n  a\n  b\n"


def test_a_snapshot_is_a_text_file_of_manifests() -> None:
    assert ManifestSnapshot.file_extension == "k8s.yaml"
    assert ManifestSnapshot().serialize([{"kind": "x"}]) == "kind: x\n"


def test_a_checksum_does_not_move_a_snapshot() -> None:
    manifest = {"annotations": {"cdk8s-airflow/checksum": "0a1b", "other": "0a1b"}}
    text = ManifestSnapshot().serialize([manifest])
    assert yaml.safe_load(text)["annotations"] == {
        "cdk8s-airflow/checksum": "(checksum)",
        "other": "0a1b",
    }
