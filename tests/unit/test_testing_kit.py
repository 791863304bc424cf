"""The testing kit, as the tests of a user's project use it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cdk8s_airflow.testing import (
    AirflowEnvironment,
    airflow_environment,
    assert_dags_import,
    assert_requirements_fit,
)

ROOT = Path(__file__).resolve().parents[2]
PROJECT = """
from pathlib import Path

import pytest
from cdk8s_airflow import AirflowChart, AirflowProps


def build(app):
    AirflowChart(app, "af1", namespace="data", props=AirflowProps())


def test_the_bundle_is_sound_and_as_it_was_reviewed(airflow_bundle, manifest_snapshot):
    bundle = airflow_bundle(build)
    assert bundle.one("Deployment", "af1-scheduler") == manifest_snapshot


def test_the_bundle_of_a_program_is_sound(airflow_bundle):
    assert airflow_bundle(Path(__file__).with_name("main.py")).one("Deployment", "af1-scheduler")


def test_a_patch_that_breaks_a_pod_is_found(airflow_bundle):
    from cdk8s_airflow import Patch

    def broken(app):
        spec = {"spec": {"template": {"spec": {"hostNetwork": True}}}}
        patch = Patch(kind="Deployment", name="af1-scheduler", merge=spec)
        AirflowChart(app, "af1", namespace="data", props=AirflowProps(patches=[patch]))

    with pytest.raises(AssertionError, match="Deployment/af1-scheduler: hostNetwork is set"):
        airflow_bundle(broken)


def test_dags(airflow_python):
    raise AssertionError("no Python was given")
"""
MAIN = """
from cdk8s import App
from cdk8s_airflow import AirflowChart
app = App()
AirflowChart(app, "af1", namespace="data")
app.synth()
"""


def run_pytest(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """With the plugin by name, as this environment may be older than its entry point."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist"]
    names = ("-p", "pytest_cdk8s_airflow", "-rs", *arguments)
    paths = {"PYTHONPATH": str(ROOT / "constructs")}
    env = {**{k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}, **paths}
    return subprocess.run([*command, *names], cwd=folder, env=env, capture_output=True, text=True)


@pytest.mark.slow
def test_a_project_uses_the_fixtures(tmp_path: Path) -> None:
    (tmp_path / "test_bundle.py").write_text(PROJECT)
    (tmp_path / "main.py").write_text(MAIN)
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "hello.py").write_text("from airflow.sdk import DAG\n")
    reviewed = ("-k", "reviewed")
    written = run_pytest(tmp_path, "--snapshot-update", *reviewed)
    assert written.returncode == 0, written.stdout
    (snapshot,) = tmp_path.rglob("__snapshots__/**/*.k8s.yaml")
    assert "kind: Deployment\n" in snapshot.read_text()
    again = run_pytest(tmp_path)
    assert "3 passed, 1 skipped" in again.stdout, again.stdout
    assert "give --airflow-python=PYTHON" in again.stdout
    snapshot.write_text(snapshot.read_text().replace("replicas: 1", "replicas: 2"))
    changed = run_pytest(tmp_path, *reviewed)
    assert "1 failed, 3 deselected" in changed.stdout, changed.stdout


def test_the_plugin_does_nothing_until_it_is_used() -> None:
    program = (
        "import sys, pytest_cdk8s_airflow\n"
        "print(*sorted({'cdk8s_airflow', 'cdk8s', 'jsii', 'syrupy'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "\n"), done.stderr


def test_the_package_does_not_import_the_kit() -> None:
    program = "import sys, cdk8s_airflow\nprint(*[n for n in sys.modules if '.testing' in n])\n"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "\n"), done.stderr


def fake_airflow(folder: Path, version: str = "3.3.2") -> AirflowEnvironment:
    """A Python that finds the two modules that are asked for, and metadata."""
    bag = "airflow/dag_processing/dagbag.py"
    files = {
        "airflow/__init__.py": "",
        "airflow/dag_processing/__init__.py": "",
        bag: (
            "import pathlib\n"
            "class DagBag:\n"
            "    def __init__(self, folder):\n"
            "        self.dags, self.import_errors = {}, {}\n"
            "        for path in pathlib.Path(folder).glob('*.py'):\n"
            "            try:\n"
            "                exec(path.read_text(), {})\n"
            "                self.dags[path.stem] = type('Dag', (), {'tasks': [1]})\n"
            "            except Exception as error:\n"
            "                self.import_errors[str(path)] = repr(error)\n"
        ),
        f"apache_airflow_core-{version}.dist-info/METADATA": (
            f"Metadata-Version: 2.1\nName: apache-airflow-core\nVersion: {version}\n"
        ),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    python = folder / "python"
    python.write_text(f'#!/bin/sh\nPYTHONPATH={folder} exec {sys.executable} "$@"\n')
    python.chmod(0o755)
    return AirflowEnvironment(python)


def test_dags_are_imported_and_named(tmp_path: Path) -> None:
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "sales.py").write_text("x = 1\n")
    environment = fake_airflow(tmp_path / "env")
    assert assert_dags_import(tmp_path / "dags", environment, version="3.3.2") == ["sales"]
    (tmp_path / "dags" / "broken.py").write_text("import no_such_module\n")
    with pytest.raises(AssertionError, match=r"(?s)can be imported:\n.*no_such_module"):
        assert_dags_import(tmp_path / "dags", environment)


def test_a_folder_without_dags_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="there is no DAG in"):
        assert_dags_import(tmp_path, fake_airflow(tmp_path / "env"))


def test_dags_are_imported_by_the_version_of_the_release(tmp_path: Path) -> None:
    environment = fake_airflow(tmp_path, version="3.1.8")
    message = r"imported by Airflow 3\.1\.8, but the release runs 3\.3\.2"
    with pytest.raises(AssertionError, match=message):
        assert_dags_import(tmp_path, environment, version="3.3.2")


def test_a_python_without_airflow_is_told(tmp_path: Path) -> None:
    bare = AirflowEnvironment(Path(sys.executable))
    with pytest.raises(AssertionError, match=r"has no Airflow 3: make one with airflow_environm"):
        assert_dags_import(tmp_path, bare)


def test_requirements_that_the_image_cannot_have_are_found(tmp_path: Path) -> None:
    constraints, requirements = tmp_path / "constraints.txt", tmp_path / "requirements.txt"
    constraints.write_text("# of the image\ncelery==5.6.2\nApache_Airflow==3.3.2\npandas==2.3.3\n")
    requirements.write_text("pandas>=2\nhumanize==4.12.0  # ours\n--no-binary x\n")
    assert_requirements_fit(requirements, constraints)
    requirements.write_text("celery>=5.7\nnot a requirement\napache-airflow[fab]==3.2\n")
    with pytest.raises(AssertionError) as found:
        assert_requirements_fit(requirements, constraints)
    lines = str(found.value).splitlines()
    assert "requirements.txt:1: celery>=5.7, but the image has celery 5.6.2: leave" in lines[0]
    assert "requirements.txt:2: 'not a requirement' is no requirement" in lines[1]
    assert "requirements.txt:3: apache-airflow[fab]==3.2, but the image has" in lines[2]


def fake_python(folder: Path, *, fails: bool = False) -> Path:
    """Writes what it is asked to `log`; `-m venv` gives an environment with the same."""
    python = folder / "python3"
    python.write_text(
        f'#!/bin/sh\necho "$@" >>{folder}/log\n'
        'if [ "$1" = -c ]; then echo 3.12; fi\n'
        "for last; do :; done\n"
        f'if [ "$2" = venv ]; then mkdir -p "$last/bin"; cp {python} "$last/bin/python"; fi\n'
        + ('if [ "$2" = pip ]; then echo "conflict" >&2; exit 1; fi\n' if fails else "")
    )
    python.chmod(0o755)
    return python


def test_an_environment_is_made_once_from_the_constraints_of_the_image(tmp_path: Path) -> None:
    python, requirements = fake_python(tmp_path), tmp_path / "requirements.txt"
    requirements.write_text("pandas\n")

    def make() -> AirflowEnvironment:
        return airflow_environment(
            tmp_path / "envs", version="3.3.2", requirements=requirements, python=python
        )

    first = make()
    lines = (tmp_path / "log").read_text().splitlines()
    installs = [line for line in lines if line.startswith("-m pip")]
    assert installs == [
        "-m pip install --quiet --constraint https://raw.githubusercontent.com/apache/airflow/"
        "constraints-3.3.2/constraints-3.12.txt "
        "apache-airflow[celery,cncf-kubernetes,fab,postgres,redis]==3.3.2 "
        f"--requirement {requirements}"
    ]
    assert make() == first
    assert (tmp_path / "log").read_text().count("-m pip") == 1
    requirements.write_text("polars\n")
    assert make() != first


def test_an_environment_that_cannot_be_made_is_tried_again(tmp_path: Path) -> None:
    python = fake_python(tmp_path, fails=True)
    for _ in range(2):
        with pytest.raises(RuntimeError, match=r"(?s)pip install .* failed:\nconflict"):
            airflow_environment(tmp_path / "envs", version="3.3.2", python=python)
