"""Every make target starts the right command; `make synth VALUES=` goes all the way."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cdk8s_airflow.testing.synth import read_folder

ROOT = Path(__file__).resolve().parents[2]
NAMES = '--bundle "dist" --release "af1" --namespace "airflow"'
IMAGE = '--dags "my/dags" --requirements "r.txt"'

WIRING: dict[str, str] = {
    "backfill DAG=d FROM=2015-05-01 TO=2015-06-01": (
        f'cdk8s-airflow backfill {NAMES} --from "2015-05-01" --to "2015-06-01" "d"'
    ),
    "benchmark": "scripts/benchmark.py",
    "browse-flower": f"cdk8s-airflow browse flower {NAMES}",
    "browse-web": f"cdk8s-airflow browse web {NAMES}",
    "check-dags EMBEDDED_DAGS_LOCATION=my/dags REQUIREMENTS_TXT_LOCATION=r.txt": (
        f"scripts/image.py check {IMAGE}"
    ),
    "clean": "rm -rf .venv",
    "delete": f"cdk8s-airflow delete {NAMES} --timeout 600s",
    "deploy TIMEOUT=5m": f"cdk8s-airflow deploy {NAMES} --timeout 5m",
    "diff": f"cdk8s-airflow diff {NAMES}",
    "docs": "zensical build --strict --config-file build/docs/mkdocs.yml",
    "e2e": "-m pytest tests/cluster",
    "examples": "CDK8S_OUTDIR=$example",
    "help": "awk",
    "image EMBEDDED_DAGS_LOCATION=my/dags REQUIREMENTS_TXT_LOCATION=r.txt": (
        f"scripts/image.py build {IMAGE}"
    ),
    "integration": "SCENES=2 tests/integration/run",
    "integration-examples": "tests/integration/test_t_examples.py --examples",
    "integration-long": "tests/integration --long",
    "integration-migration": "python tests/integration/test_x_takeover.py",
    "integration-upgrade": "tests/upgrade/test_bundle.py tests/upgrade/test_airflow.py",
    "integration-versions": "tests/integration/run .venv/bin/python tests/upgrade/test_versions.py",
    "logs COMPONENT=worker": f'cdk8s-airflow logs {NAMES} "worker"',
    "minikube-start": "scripts/minikube.sh start",
    "minikube-stop": "scripts/minikube.sh stop",
    "network-table": "scripts/network_table.py",
    "package": "scripts/build_package.py",
    "push EMBEDDED_DAGS_LOCATION=my/dags REQUIREMENTS_TXT_LOCATION=r.txt": (
        f"scripts/image.py push {IMAGE}"
    ),
    "schema": "scripts/generate_values_schema.py",
    "security-table": "scripts/security_table.py",  # and scripts/key_table.py
    "shell COMPONENT=worker": f'cdk8s-airflow shell {NAMES} "worker"',
    "status": f"cdk8s-airflow status {NAMES}",
    "synth": 'cdk8s-airflow synth --output "dist" --release "af1" --namespace "airflow"',
    "test-package": "-m pytest tests/package",
    "test": "--dist worksteal --durations=10",
    "test-fast": (
        "SYNTHS=1 .venv/bin/python -m pytest --quiet --numprocesses auto --maxprocesses 8 "
        '--dist worksteal tests/unit -m "not slow"'
    ),
    "upgrade-baseline REVISION=v0.1.0": 'scripts/upgrade_baseline.py "v0.1.0"',
    "upgrade-notes": "scripts/upgrade_notes.py",
}
"""A command line of make -> the command that it starts."""


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    command = ["make", "--dry-run", *arguments]
    return subprocess.run(command, cwd=ROOT, env=inherited, capture_output=True, text=True)


@pytest.mark.parametrize("line", WIRING)
def test_a_target_starts_its_command(line: str) -> None:
    done = make(*line.split())
    assert done.returncode == 0, done.stderr
    assert WIRING[line] in done.stdout


def test_every_target_is_in_the_table_and_in_the_help() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z0-9-]+):", makefile, re.MULTILINE))
    assert {line.split()[0] for line in WIRING} == targets
    assert set(re.findall(r"^([a-z0-9-]+):.*## \S", makefile, re.MULTILINE)) == targets
    (phony,) = re.findall(r"^\.PHONY: ((?:.*\\\n)*.*)$", makefile, re.MULTILINE)
    assert set(phony.replace("\\\n", " ").split()) == targets


def test_every_script_that_make_starts_exists() -> None:
    scripts = set(re.findall(r"\bscripts/[a-z_]+\.(?:py|sh)", (ROOT / "Makefile").read_text()))
    assert len(scripts) > 5
    assert [name for name in sorted(scripts) if not (ROOT / name).is_file()] == []


def test_nothing_is_applied_from_an_address() -> None:
    files = [ROOT / "Makefile", *(ROOT / "scripts").glob("*.*")]
    commands = re.compile(r"(apply|create|--filename|-f)\W+https?://|curl .*\|\s*(sh|bash|kubectl)")
    assert [path.name for path in files if commands.search(path.read_text())] == []
    assert commands.search("kubectl apply -f https://example.com/traefik.yaml")


def synth(folder: Path, *values: Path) -> subprocess.CompletedProcess[str]:
    """What `make synth VALUES=...` runs, with its environment."""
    command = [sys.executable, "-m", "cdk8s_airflow.cli", "synth", "--output", str(folder)]
    command += ["--release", "", "--namespace", "", *map(str, values)]
    env = {**os.environ, "RELEASE": "", "NAMESPACE": ""}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)


@pytest.mark.slow
def test_values_files_become_manifests_and_a_wrong_one_leaves_them_as_they_were(
    tmp_path: Path,
) -> None:
    base, mine, wrong = (tmp_path / name for name in ("base.yaml", "my own.yaml", "wrong.yaml"))
    base.write_text("release: blue\nnamespace: data\nscheduler: {replicas: 2}\n")
    mine.write_text("scheduler: {replicas: 3}\nconfig: {core: {parallelism: 64}}\n")
    wrong.write_text("scheduler:\n  replica: 3\n")
    folder = tmp_path / "out"
    done = synth(folder, base, mine)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == f"{folder}/blue.k8s.yaml"
    manifests, files = read_folder(folder)
    (scheduler,) = [
        m
        for m in manifests
        if m["metadata"]["name"] == "blue-scheduler" and m["kind"] == "Deployment"
    ]
    assert scheduler["metadata"]["namespace"] == "data"
    assert scheduler["spec"]["replicas"] == 3
    done = synth(folder, base, wrong)
    assert done.returncode == 1
    assert f"{wrong}:2: scheduler.replica: no such key; did you mean 'replicas'?" in done.stderr
    assert f"synth: failed, {folder} is as it was" in done.stderr
    assert read_folder(folder)[1] == files
