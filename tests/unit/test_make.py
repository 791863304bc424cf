"""Every make target starts the right command; `make synth VALUES=` goes all the way."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bundle.synthesize import read_folder

ROOT = Path(__file__).resolve().parents[2]
NAMES = '--bundle "dist" --release "af1" --namespace "airflow"'
IMAGE = '--dags "my/dags" --requirements "r.txt"'

WIRING: dict[str, str] = {
    "backfill DAG=d FROM=2015-05-01 TO=2015-06-01": (
        f'scripts/use.py backfill {NAMES} --dag "d" --from "2015-05-01" --to "2015-06-01"'
    ),
    "benchmark": "scripts/benchmark.py",
    "browse-flower": f"scripts/use.py flower {NAMES}",
    "browse-web": f"scripts/use.py web {NAMES}",
    "check-dags EMBEDDED_DAGS_LOCATION=my/dags REQUIREMENTS_TXT_LOCATION=r.txt": (
        f"scripts/image.py check {IMAGE}"
    ),
    "clean": "rm -rf .venv",
    "delete": f"scripts/release.py delete {NAMES} --timeout 600s",
    "deploy TIMEOUT=5m": f"scripts/release.py deploy {NAMES} --timeout 5m",
    "diff": f"scripts/release.py diff {NAMES}",
    "e2e": "-m pytest tests/cluster",
    "examples": "CDK8S_OUTDIR=$example",
    "help": "awk",
    "image EMBEDDED_DAGS_LOCATION=my/dags REQUIREMENTS_TXT_LOCATION=r.txt": (
        f"scripts/image.py build {IMAGE}"
    ),
    "integration": "SCENES=2 tests/integration/run",
    "integration-examples": "tests/integration/test_t_examples.py --examples",
    "logs COMPONENT=worker": f'scripts/use.py logs {NAMES} --component "worker"',
    "minikube-start": "scripts/minikube.sh start",
    "minikube-stop": "scripts/minikube.sh stop",
    "network-table": "scripts/network_table.py",
    "push EMBEDDED_DAGS_LOCATION=my/dags REQUIREMENTS_TXT_LOCATION=r.txt": (
        f"scripts/image.py push {IMAGE}"
    ),
    "schema": "scripts/generate_values_schema.py",
    "security-table": "scripts/security_table.py",
    "shell COMPONENT=worker": f'scripts/use.py shell {NAMES} --component "worker"',
    "status": f"scripts/release.py status {NAMES}",
    "synth": 'scripts/synth.sh "dist"',
    "test": "--dist worksteal --durations=10",
    "test-fast": (
        "SYNTHS=1 .venv/bin/python -m pytest --quiet --numprocesses auto --maxprocesses 8 "
        '--dist worksteal tests/unit -m "not slow"'
    ),
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
    tools = Path(sys.prefix)
    path = os.pathsep.join([str(tools / "nodejs"), str(tools / "bin"), os.environ["PATH"]])
    env = {
        **os.environ,
        "PATH": path,
        "RELEASE": "",
        "NAMESPACE": "",
        "CDK8S_CHECK_UPGRADE": "false",
    }
    command = ["scripts/synth.sh", str(folder), *map(str, values)]
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
