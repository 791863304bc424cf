"""The import test of the testing kit with real Airflow, which needs no node."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cdk8s_airflow.testing import AirflowEnvironment, assert_dags_import

ROOT = Path(__file__).resolve().parents[2]
AIRFLOW = AirflowEnvironment(ROOT / ".venv-airflow" / "bin" / "python")


def test_the_dags_of_the_default_bundle_are_imported() -> None:
    assert "tutorial" in assert_dags_import(ROOT / "dags", AIRFLOW, version="3.3.2")


def test_a_dag_that_airflow_cannot_import_is_told_with_its_traceback(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("from airflow.sdk import DAG\nimport no_such_module\n")
    with pytest.raises(AssertionError, match="No module named 'no_such_module'"):
        assert_dags_import(tmp_path, AIRFLOW)
    assert not any(name.startswith("airflow.") for name in sys.modules)
