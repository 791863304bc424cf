"""Extra packages: the manifests, the refusals, and the program on pip itself."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

import cdk8s_airflow
from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    ConfigMapKey,
    DagsFolder,
    ExtraPackages,
    Image,
    SecretKey,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle, Manifest, env_literals
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

ROOT = Path(__file__).resolve().parents[2]
DAGS = DagsFolder(str(ROOT / "dags"))
PROGRAM = Path(cdk8s_airflow.__file__).parent / "programs/install_packages.py"
FOLDER = "/opt/cdk8s-airflow-packages"


def bundle_of(tmp_path: Path, *external: str, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    return synthesize(build, tmp_path, external=external)


def installer(bundle: Bundle, component: str) -> Manifest:
    (pod,) = (pod for pod in bundle.pods if pod.component == component)
    (found,) = (item for item in pod.containers if item["name"] == "install-packages")
    return found


def test_every_pod_that_runs_airflow_has_the_packages(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, extra_packages=["cowsay==6.1"])
    for pod in bundle.pods:
        names = {item["name"] for item in pod.containers}
        runs_airflow = pod.component not in ("postgresql", "redis", "bootstrap")
        assert ("install-packages" in names) is runs_airflow, pod
        if runs_airflow:
            main = pod.main_containers[0]
            assert env_literals(main)["PYTHONPATH"] == FOLDER
            assert {"name": "packages", "mountPath": FOLDER, "readOnly": True} in main[
                "volumeMounts"
            ]
    (requirements,) = (m for m in bundle.all("ConfigMap") if "requirements.txt" in m["data"])
    assert requirements["data"] == {"requirements.txt": "cowsay==6.1\n"}


def test_the_installer_gets_no_credential_of_airflow(tmp_path: Path) -> None:
    key = SecretKey(name="index", key="pip.conf")
    wanted = ExtraPackages(requirements=["cowsay"], pip_config=key, upgradable=["click"])
    bundle = bundle_of(tmp_path, "Secret/index", extra_packages=wanted)
    container = installer(bundle, "worker")
    assert container["command"][-1] == "click"
    assert all("value" in variable for variable in container["env"])
    assert env_literals(container)["PIP_CONFIG_FILE"] == "/opt/cdk8s-airflow-pip/pip.conf"
    (pod,) = (pod for pod in bundle.pods if pod.component == "worker")
    others = [item for item in pod.containers if item["name"] != "install-packages"]
    assert not any(m["name"] == "pip" for item in others for m in item["volumeMounts"])


def test_a_change_of_the_requirements_rolls_the_pods(tmp_path: Path) -> None:
    def checksum(version: str) -> str:
        bundle = bundle_of(tmp_path, extra_packages=[f"cowsay=={version}"])
        template = bundle.one("Deployment", "af1-scheduler")["spec"]["template"]
        return str(template["metadata"]["annotations"]["cdk8s-airflow/checksum"])

    assert checksum("6.0") != checksum("6.1")


def test_packages_are_installed_for_the_image_that_runs_them(tmp_path: Path) -> None:
    image = Image(repository="example.com/gpu", tag="1")
    bundle = bundle_of(
        tmp_path,
        extra_packages=["cowsay"],
        executor=CeleryExecutor(workers=[WorkerGroup(image=image)]),
    )
    assert installer(bundle, "worker")["image"] == "example.com/gpu:1"
    assert installer(bundle, "scheduler")["image"] == "apache/airflow:3.3.2"


def test_a_file_and_a_list_add_up(tmp_path: Path) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text(
        "# ours\npandas>=2 \\\n  ,<3  # of the team\n\nx @ https://example.com/x#egg=x\n"
    )
    wanted = ExtraPackages(requirements=["cowsay"], file=str(file)).wanted
    assert wanted == ("cowsay", "pandas>=2    ,<3", "x @ https://example.com/x#egg=x")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, r"ExtraPackages\(\) names no package: give requirements"),
        (
            {"requirements": ["cowsay"], "size_limit": "much"},
            r"ExtraPackages.size_limit='much': expected a quantity such as '10Gi'",
        ),
        ({"file": "no/such.txt"}, r"ExtraPackages\(file='no/such.txt'\): there is no such file"),
        ({"requirements": ["--index-url x"]}, "'--index-url x' is an option of pip"),
        ({"requirements": ["-r more.txt"]}, "'-r more.txt' is an option of pip"),
        ({"requirements": ["a b"]}, "'a b' is no requirement: .*expected, for example"),
        ({"requirements": ["./here"]}, "'./here' is no requirement"),
        ({"requirements": ["Apache_Airflow==3.1.0"]}, "is what the image decides: use airflow_ver"),
        (
            {"requirements": ["x @ https://me:hidden@example.com/x.whl"]},
            r"'x @ https://\*\*\*@example.com/x.whl' holds credentials",
        ),
        (
            {"requirements": ["x @ git+https://hidden@example.com/x.git"]},
            r"'x @ git\+https://\*\*\*@example.com/x.git' holds credentials",
        ),
    ],
)
def test_what_cannot_work_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message) as refused:
        ExtraPackages(**given)
    assert "hidden" not in str(refused.value)


def test_all_requirements_are_judged_at_once() -> None:
    with pytest.raises(ValueError, match=r"(?s)'a b'.*'-e \.'"):
        resolve(AirflowProps(dags=DAGS, extra_packages=["a b", "cowsay", "-e ."]), "af1")
    ExtraPackages(requirements=["x @ git+ssh://git@example.com/x.git"])


def test_a_python_path_of_ones_own_would_hide_the_packages() -> None:
    with pytest.raises(ValueError, match="env has PYTHONPATH, which would hide those"):
        resolve(AirflowProps(dags=DAGS, extra_packages=["cowsay"], env={"PYTHONPATH": "/x"}), "af1")


def test_pip_conf_may_come_from_a_config_map(tmp_path: Path) -> None:
    key = ConfigMapKey(name="index", key="pip.conf")
    wanted = ExtraPackages(requirements=["cowsay"], pip_config=key)
    bundle = bundle_of(tmp_path, "ConfigMap/index", extra_packages=wanted)
    (pod,) = (pod for pod in bundle.pods if pod.component == "triggerer")
    (volume,) = (item for item in pod.spec["volumes"] if item["name"] == "pip")
    assert volume["configMap"]["name"] == "index"


# The program, with real pip in an environment of its own and wheels made here.


def wheel(folder: Path, name: str, version: str, *needs: str) -> None:
    info = f"{name}-{version}.dist-info"
    metadata = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}"]
    metadata += [f"Requires-Dist: {need}" for need in needs]
    tags = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{name}.py", f"version = {version!r}\n")
        archive.writestr(f"{info}/METADATA", "\n".join(metadata) + "\n")
        archive.writestr(f"{info}/WHEEL", tags)
        archive.writestr(f"{info}/RECORD", "")


class StandInImage:
    """An environment that stands for an image: it has pip, `base` 1 and `user`, which needs it."""

    def __init__(self, root: Path) -> None:
        self.wheels = root / "wheels"
        self.wheels.mkdir()
        self.packages = root / "packages"
        self.packages.mkdir()
        self.root = root
        for number in "1", "2", "3":
            wheel(self.wheels, "base", f"{number}.0")
        wheel(self.wheels, "user", "1.0", "base<3")
        wheel(self.wheels, "fine", "1.0", "base", "other")
        wheel(self.wheels, "greedy", "1.0", "base>=2")
        wheel(self.wheels, "other", "1.0")
        subprocess.run([sys.executable, "-m", "venv", root / "env"], check=True)
        self.python = root / "env/bin/python"
        install = [str(self.python), "-m", "pip", "install", "--quiet", "base==1.0", "user"]
        subprocess.run(install, env=self.env, check=True)

    @property
    def env(self) -> dict[str, str]:
        links = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels)}
        return {**links, "PIP_CONFIG_FILE": "/dev/null", "PATH": "/usr/bin:/bin"}

    def install(
        self, wanted: str, *upgradable: str
    ) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
        """The result of the program, and the modules that are then there: name -> version."""
        (self.root / "requirements.txt").write_text(wanted)
        paths = (self.python, PROGRAM, self.root / "requirements.txt", self.packages)
        command = [*map(str, paths), *upgradable]
        result = subprocess.run(command, env=self.env, capture_output=True, text=True)
        found = {path.stem: path.read_text() for path in self.packages.glob("*.py")}
        return result, {name: text.split("'")[1] for name, text in found.items()}


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> StandInImage:
    return StandInImage(tmp_path_factory.mktemp("image"))


@pytest.mark.slow
def test_only_what_the_image_lacks_is_installed(image: StandInImage) -> None:
    result, found = image.install("fine\n")
    assert result.returncode == 0, result.stderr
    assert found == {"fine": "1.0", "other": "1.0"}
    assert "fine==1.0, other==1.0" in result.stdout
    result, found = image.install("base\n")
    assert (result.returncode, found) == (0, {})
    assert "the image has all of it" in result.stdout


@pytest.mark.slow
def test_a_conflict_with_the_image_fails_with_the_reason_of_pip(image: StandInImage) -> None:
    result, found = image.install("greedy\n")
    assert result.returncode != 0
    assert "greedy 1.0 depends on base>=2" in result.stdout
    assert "base==1.0" in result.stdout
    assert "name a pinned one in upgradable=" in result.stderr
    assert found == {}


@pytest.mark.slow
def test_what_is_upgradable_may_change_as_far_as_the_image_can_bear(image: StandInImage) -> None:
    result, found = image.install("greedy\nbase<3\n", "BASE")
    assert result.returncode == 0, result.stderr
    assert found == {"greedy": "1.0", "base": "2.0"}
    result, _ = image.install("greedy\n", "base")
    assert result.returncode != 0
    assert "user 1.0 has requirement base<3, but you have base 3.0" in result.stderr
