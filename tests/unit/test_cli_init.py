"""`cdk8s-airflow init`: what it writes passes its own tests at once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from cdk8s_airflow import AirflowProps
from cdk8s_airflow.cli import main
from cdk8s_airflow.cli.init import APPS, FILES, TEMPLATES

pytestmark = pytest.mark.slow
RUFF = (sys.executable, "-m", "ruff")


def made(folder: Path) -> set[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)) for path in files}


@pytest.mark.parametrize("source", APPS)
def test_a_new_project_passes_its_own_tests(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = ["--python"] if source == "main.py" else []
    monkeypatch.setenv("RELEASE", "of-this-process")
    folder = tmp_path / "project"
    assert main(["init", str(folder), "--release", "blue", "--namespace", "data", *more]) == 0
    schema = {"values.schema.json"} if source == "values.yaml" else set()
    assert made(folder) == {source, *FILES.values(), "dist/blue.k8s.yaml", *schema}
    own = ("PYTEST", "RELEASE", "NAMESPACE")
    env = {key: value for key, value in os.environ.items() if not key.startswith(own)}
    # By name, as this environment may be older than the entry point of the plugin.
    plugins = ("-p", "no:cacheprovider", "-p", "pytest_cdk8s_airflow")
    command = [sys.executable, "-m", "pytest", "-q", *plugins, "tests"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed, 1 skipped" in done.stdout
    text = (folder / source).read_text()
    (folder / source).write_text(re.sub(r"(replicas\W+)2", r"\g<1>3", text))
    command += ["-k", "dist_is_what_synth_writes"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    assert "run cdk8s-airflow synth, and commit dist/" in done.stdout, "the snapshot is old"
    lint = subprocess.run([*RUFF, "check", "--isolated", "."], cwd=folder, capture_output=True)
    form = subprocess.run([*RUFF, "format", "--check", "--isolated", "."], cwd=folder)
    assert (lint.returncode, form.returncode) == (0, 0)


@pytest.mark.usefixtures("values_in_process")
def test_files_for_continuous_integration_call_commands_that_there_are(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path)]) == 0
    github = yaml.safe_load((tmp_path / ".github/workflows/airflow.yaml").read_text())
    gitlab = yaml.safe_load((tmp_path / ".gitlab-ci.yml").read_text())
    steps = [step["run"] for step in github["jobs"]["test"]["steps"] if "run" in step]
    for lines in (steps, gitlab["test"]["script"]):
        text = "\n".join(lines)
        assert "pip install -r requirements.txt" in text
        assert "pytest tests" in text
        assert re.search(r'cdk8s-airflow diff "\S+"', text)
    dockerfile = (tmp_path / "docker/Dockerfile").read_text()
    assert f"FROM apache/airflow:{AirflowProps().airflow_version}\n" in dockerfile


@pytest.mark.usefixtures("values_in_process")
def test_no_file_is_overwritten_but_a_new_repository_keeps_its_readme(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "README.md").write_text("mine")
    assert main(["init", str(tmp_path)]) == 0
    assert (tmp_path / "README.md").read_text() == "mine"
    before = {name: (tmp_path / name).stat().st_mtime_ns for name in made(tmp_path)}
    assert main(["init", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "has values.yaml, cdk8s.yaml, dags/hello.py, " in told
    assert " already: name another folder, or move them away" in told
    assert before == {name: (tmp_path / name).stat().st_mtime_ns for name in made(tmp_path)}


@pytest.mark.parametrize(
    ("option", "value", "text"),
    [("--release", "Blue", "release='Blue' is not a valid"), ("--namespace", "-", "namespace='-'")],
)
def test_a_name_that_cannot_be_is_refused_before_anything_is_written(
    option: str, value: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path), f"{option}={value}"]) == 1
    assert text in capsys.readouterr().err
    assert made(tmp_path) == set()


def test_every_template_is_used() -> None:
    used = {*FILES, *(f"{source}.txt" for source in APPS)}
    assert used == {path.name for path in TEMPLATES.iterdir()}
