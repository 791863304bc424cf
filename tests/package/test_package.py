"""The wheel, installed from nothing: no checkout, no Node but the one that comes along.

`make test-package` runs it for each Python from 3.10 that is on this machine.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import build_package
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FAKE = ROOT / "tests" / "unit" / "fake_kubectl.py"
EMPTY: Mapping[str, str] = {}
VERSIONS = ("3.10", "3.11", "3.12", "3.13")


def pythons() -> dict[str, Path]:
    """The interpreters of this machine: on PATH, of pyenv, and the one that runs this."""
    found = {f"{sys.version_info[0]}.{sys.version_info[1]}": Path(sys.executable).resolve()}
    for version in VERSIONS:
        there = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python"))
        if there:
            found.setdefault(version, there[-1])
        elif (path := shutil.which(f"python{version}")) and works(path):
            found.setdefault(version, Path(path))
    return dict(sorted(found.items()))


def works(python: str) -> bool:
    """Whether it makes environments: a Debian without python3-venv does not."""
    command = [python, "-c", "import ensurepip, venv"]
    return subprocess.run(command, capture_output=True).returncode == 0


@dataclass(frozen=True)
class Installation:
    """An environment of its own, and an empty folder to work in."""

    environment: Path
    folder: Path

    def run(
        self, *words: str, fails: bool = False, path: str = "", env: Mapping[str, str] = EMPTY
    ) -> str:
        """What a command of the environment says; nothing of this repository is in reach."""
        places = [str(self.environment / "bin"), path, "/usr/bin", "/bin"]
        kept = {k: v for k, v in os.environ.items() if k.startswith(("PIP_", "SSL_", "HOME"))}
        done = subprocess.run(
            [str(self.environment / "bin" / words[0]), *words[1:]],
            cwd=self.folder,
            env={**kept, "PATH": os.pathsep.join(filter(None, places)), **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert (done.returncode != 0) is fails, f"{' '.join(words)}:\n{done.stdout}"
        return done.stdout

    def at(self, folder: Path) -> Installation:
        """The same in another folder."""
        return Installation(self.environment, folder)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sdist, made = build_package.build(tmp_path_factory.mktemp("package"))
    assert list(build_package.problems(sdist, made)) == []
    return made


@pytest.fixture(scope="module", params=pythons().items(), ids=lambda item: item[0])
def installed(
    request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    place = tmp_path_factory.mktemp("installed")
    (place / "empty").mkdir()
    subprocess.run([request.param[1], "-m", "venv", str(place / "env")], check=True)
    made = Installation(place / "env", place / "empty")
    made.run("pip", "install", "--quiet", *pinned(), str(wheel))
    yield made
    shutil.rmtree(place)


def pinned() -> list[str]:
    return ["--constraint", str(ROOT / "constraints.txt"), "--disable-pip-version-check"]


def test_a_newcomer_gets_from_the_wheel_to_a_deployed_release(
    installed: Installation, wheel: Path, tmp_path: Path
) -> None:
    """Install, init, synth, test, deploy: in this order, with nothing else at hand."""
    if not shutil.which("node", path="/usr/bin:/bin"):
        told = installed.run("cdk8s-airflow", "init", "mine", fails=True)
        assert "pip install 'cdk8s-airflow[node]'" in told
        assert "Traceback" not in told
    installed.run("pip", "install", "--quiet", *pinned(), f"{wheel}[node,testing]")

    assert installed.run("cdk8s-airflow", "--version").strip() == wheel.name.split("-")[1]
    installed.run("cdk8s-airflow", "init", "mine")
    project = installed.at(installed.folder / "mine")
    values = project.folder / "values.yaml"
    values.write_text(values.read_text().replace("replicas: 2", "replicas: 3"))
    assert project.run("cdk8s-airflow", "synth") == "dist/af1.k8s.yaml\n"
    manifests = list(yaml.safe_load_all((project.folder / "dist/af1.k8s.yaml").read_text()))
    (worker,) = (
        each
        for each in manifests
        if (each["kind"], each["metadata"]["name"]) == ("StatefulSet", "af1-worker")
    )
    assert worker["spec"]["replicas"] == 3
    assert "3 passed, 1 skipped" in project.run("python", "-m", "pytest", "-q", "tests")

    fake = tmp_path / "bin" / "kubectl"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{FAKE}" "$@"\n')
    fake.chmod(0o755)
    cluster = tmp_path / "cluster.json"
    cluster.write_text("{}")
    use = partial(project.run, path=str(fake.parent), env={"CLUSTER": str(cluster)})
    told = use("cdk8s-airflow", "deploy")
    assert "Ready after" in told
    assert "Password of the admin: kubectl get secret -n airflow af1-" in told
    names = {each["metadata"]["name"] for each in json.loads(cluster.read_text())["objects"]}
    assert names == {each["metadata"]["name"] for each in manifests}
    assert "Everything is ready." in use("cdk8s-airflow", "status")
    assert '"ready": true' in use("cdk8s-airflow", "status", "--json")
    shutil.rmtree(project.folder)


@pytest.mark.parametrize("example", ["quickstart", "values", "production"])
def test_an_example_is_synthesized_from_an_empty_folder(
    installed: Installation, wheel: Path, example: str, tmp_path: Path
) -> None:
    installed.run("pip", "install", "--quiet", *pinned(), f"{wheel}[node]")
    shutil.copytree(ROOT / "examples" / example, tmp_path / example)
    there = installed.at(tmp_path / example)
    for path in there.folder.glob("*.k8s.yaml"):
        path.unlink()
    there.run("cdk8s-airflow", "synth", "--output", "out")
    for path in (ROOT / "examples" / example).glob("*.k8s.yaml"):
        assert (there.folder / "out" / path.name).read_text() == path.read_text()


def test_two_builds_are_the_same_and_carry_their_licence(wheel: Path, tmp_path: Path) -> None:
    _, again = build_package.build(tmp_path / "again")
    assert again.read_bytes() == wheel.read_bytes()
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert any(name.endswith(".dist-info/entry_points.txt") for name in names)
