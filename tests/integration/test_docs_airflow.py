"""Programs of the documents that need Airflow, with the real one; no bundle runs for them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bundle.docs_blocks import ROOT, Block, of_language
from bundle.docs_python import has_tests, runs_inside

AIRFLOW = ROOT / ".venv-airflow" / "bin" / "python"
PROGRAMS = [block for block in of_language("python") if runs_inside(block.text) == "airflow"]
TESTS = [
    block
    for block in of_language("python")
    if not runs_inside(block.text) and has_tests(block.text)
]
RELEASE = """
from cdk8s import App
from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder, ExternalPostgresql, SecretKey

app = App()
password = SecretKey(name="database", key="password")
AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(
    dags=DagsFolder("dags"), database=ExternalPostgresql(host="db.example.com", password=password),
))
app.synth()
"""


def test_the_documents_have_what_these_tests_run() -> None:
    assert len(PROGRAMS) >= 2
    assert len(TESTS) == 1


@pytest.mark.parametrize("block", PROGRAMS, ids=str)
def test_a_program_for_pods_runs_with_airflow(block: Block, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(block.text)
    environment = {**os.environ, "AIRFLOW_HOME": str(tmp_path)}
    done = subprocess.run(
        [AIRFLOW, program],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("block", TESTS, ids=str)
def test_a_module_of_tests_passes_in_a_project(block: Block, tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_bundle.py").write_text(block.text)
    (tmp_path / "tests" / "constraints-3.12.txt").write_text("cowsay==6.1\n")
    (tmp_path / "requirements.txt").write_text("cowsay==6.1\n")
    (tmp_path / "main.py").write_text(RELEASE)
    (tmp_path / "dags").symlink_to(ROOT / "dags")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--snapshot-update"]
    done = subprocess.run(
        [*command, f"--airflow-python={AIRFLOW}", "tests"],
        cwd=tmp_path, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert "3 passed" in done.stdout, done.stdout + done.stderr
