"""What holds for the repository as a whole: its layout, its layers, and what the wheel carries."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Collection, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import constructs
import pytest
import tomli

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "constructs"
PACKAGE = SOURCE / "cdk8s_airflow"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "programs" not in path.parts)

LAYERS = (
    "node",
    "kubernetes",
    "checks",
    "roles",
    "platform",
    "part",
    "services",
    "dags",
    "parts",
    "auth",
    "components",
    "executors",
    "exposure",
    "props",
    "release",
    "airflow",
    "chart",
    "extension",
    "fleet",
    "values",
    "testing",
    "migration",
    "cli",
)
"""The folders and modules of the package, from the ground up: each may import what is before it."""


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns], cwd=ROOT, capture_output=True, check=True
    )
    return [ROOT / name for name in listed.stdout.decode().split("\0") if (ROOT / name).is_file()]


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """The dotted names below `cdk8s_airflow` that a module imports, type checking included."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the layer"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_source_root_does_not_shadow_the_constructs_package() -> None:
    found = {path.name for path in SOURCE.iterdir() if path.name != "__pycache__"}
    assert found == {"cdk8s_airflow", "pytest_cdk8s_airflow.py"}
    assert constructs.__file__ is not None
    assert SOURCE not in Path(constructs.__file__).resolve().parents
    assert "constructs.cdk8s_airflow" not in sys.modules


@pytest.mark.parametrize("folder", ["dags", "docker", "imports", "tests"])
def test_folders_that_are_no_packages_stay_so(folder: str) -> None:
    assert not (ROOT / folder / "__init__.py").exists()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_downward_only(path: Path) -> None:
    if path == PACKAGE / "__init__.py":
        return
    allowed = LAYERS[: LAYERS.index(layer(path)) + 1]
    inside = {name.split(".")[1] for name in imported(path) if name.startswith("cdk8s_airflow.")}
    assert inside <= set(allowed), f"{layer(path)} may import what is before it"


def test_no_modules_import_each_other_in_a_circle() -> None:
    names = {
        ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
        for path in MODULES
    }
    graph = {
        name: {found for found in (module_of(each, names) for each in imported(path)) if found}
        for name, path in names.items()
        if path != PACKAGE / "__init__.py"
    }
    list(TopologicalSorter(graph).static_order())  # raises CycleError with the circle


def module_of(dotted: str, names: Collection[str]) -> str | None:
    """The module of the package that `from module import name` reads."""
    return next((each for each in (dotted, dotted.rpartition(".")[0]) if each in names), None)


def test_programs_in_pods_need_nothing_of_the_package() -> None:
    programs = sorted((PACKAGE / "programs").rglob("*.py"))
    assert programs
    for path in programs:
        names = {name.split(".")[0] for name in imported(path)}
        assert not names & {"cdk8s_airflow", "cdk8s", "constructs", "jsii"}, path.name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_holds_one_concept(path: Path) -> None:
    if path == PACKAGE / "__init__.py":
        made = [node for node in ast.parse(path.read_text()).body if not _is_name_only(node)]
        assert [ast.unparse(node) for node in made] == ["find_node()"]
        return
    assert len(path.read_text().splitlines()) <= 250


def _is_name_only(node: ast.stmt) -> bool:
    """Whether a statement only says which names there are: import, `__all__`, a docstring."""
    if isinstance(node, ast.Assign):
        return [ast.unparse(target) for target in node.targets] == ["__all__"]
    if isinstance(node, ast.AugAssign):
        return ast.unparse(node.target) == "__all__"
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_text or isinstance(node, ast.Import | ast.ImportFrom)


def test_main_holds_no_logic() -> None:
    text = (ROOT / "main.py").read_text()
    assert len(text.splitlines()) <= 40
    logic = (ast.If, ast.IfExp, ast.For, ast.While, ast.Try, ast.Lambda, ast.ClassDef)
    found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, logic)]
    assert [ast.unparse(node.test) for node in found if isinstance(node, ast.If)] == [
        "__name__ == '__main__'"
    ]
    assert len(found) == 1


def test_every_make_target_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"\bmake ((?!sure)[a-z0-9-]+)\b", (ROOT / "README.md").read_text()))
    assert {"synth", "test"} <= named
    assert named <= targets


def test_no_file_names_a_machine_or_a_registry() -> None:
    words = re.compile(
        "|".join(["/wo" + "rk/", "/ro" + "ot/", "pypi" + r"\.org", "npmjs" + r"\.(org|com)"])
    )
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked()
        if path.suffix not in (".tgz", ".png")
        if (match := words.search(path.read_text(errors="replace")))
    ]
    assert not found


def test_the_lock_file_pins_every_tool_that_is_asked_for() -> None:
    project = tomli.loads((ROOT / "pyproject.toml").read_text())
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[<>=;\s\[]", line)[0].lower() for line in asked}
    pins = (ROOT / "constraints.txt").read_text().lower()
    assert {name for name in names if not re.search(rf"^{name}==", pins, re.MULTILINE)} == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.mark.slow
def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    inside = {name for name in names if not name.startswith("cdk8s_airflow-")}
    definitions = {f"cdk8s_airflow/testing/kube_api/crds/{p.name}" for p in tracked("imports/crds")}
    assert inside == {str(path.relative_to(SOURCE)) for path in tracked("constructs")} | definitions
    assert "cdk8s_airflow/py.typed" in inside


@pytest.mark.slow
def test_the_wheel_works_in_a_clean_environment_outside_the_repository(
    wheel: Path, tmp_path: Path
) -> None:
    """The environment sees the dependencies by a path file, which hides the editable install."""
    venv.create(tmp_path / "env", symlinks=True)
    python = tmp_path / "env" / "bin" / "python"
    tell = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.check_output([str(python), "-c", tell], text=True).strip())
    site.joinpath("dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    zipfile.ZipFile(wheel).extractall(site)
    (tmp_path / "app" / "dags").mkdir(parents=True)
    (tmp_path / "app" / "dags" / "hello.py").write_text("from airflow.sdk import DAG\n")
    (tmp_path / "app" / "main.py").write_text(
        "from cdk8s import App\n"
        "import cdk8s_airflow\n"
        "from cdk8s_airflow import AirflowChart, AirflowProps\n"
        "app = App()\n"
        "AirflowChart(app, 'af1', namespace='airflow', props=AirflowProps())\n"
        "app.synth()\n"
        "print(cdk8s_airflow.__file__)\n"
    )
    done = subprocess.run(
        [str(python), "-O", "main.py"],
        cwd=tmp_path / "app",
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(site)
    assert "kind: StatefulSet" in (tmp_path / "app" / "dist" / "af1.k8s.yaml").read_text()
