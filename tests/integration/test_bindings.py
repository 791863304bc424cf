"""The bindings of custom resources are what their definitions say, and nobody edited them."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINDINGS = ROOT / "imports" / "airflow_crds"


def files(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_the_bindings_are_what_cdk8s_import_makes_of_the_definitions(tmp_path: Path) -> None:
    subprocess.run([ROOT / "scripts/imports.sh", tmp_path], check=True, capture_output=True)
    made, kept = files(tmp_path / "airflow_crds"), files(BINDINGS)
    assert made.keys() == kept.keys()
    assert [name for name, body in kept.items() if body != made[name]] == []
