"""What the package knows about types of connections, against the providers that run here."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
AIRFLOW = ROOT / ".venv-airflow/bin/python"
SCRIPT = ROOT / "scripts/generate_connection_types.py"
TYPES = ROOT / "constructs/cdk8s_airflow/parts/connection_types.json"


def test_the_types_in_the_package_are_those_of_the_installed_providers(tmp_path: Path) -> None:
    assert AIRFLOW.exists(), "make .venv-airflow/ready installs Airflow"
    fresh = tmp_path / "types.json"
    fresh.write_bytes(TYPES.read_bytes())
    subprocess.run([AIRFLOW, SCRIPT, fresh], check=True, cwd=tmp_path)
    assert fresh.read_text() == TYPES.read_text(), (
        "run scripts/generate_connection_types.py with all its providers installed"
    )
