"""The command `cdk8s-airflow`: its table of commands, `synth` and `schema`."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import tomli

import cdk8s_airflow
from cdk8s_airflow.cli import COMMANDS, main
from cdk8s_airflow.cli.synth import synthesize

ROOT = Path(__file__).resolve().parents[2]
VALUES = "release: blue\nnamespace: data\nscheduler: {replicas: 2}\n"
APP = (
    "import os, pathlib\n"
    "folder = pathlib.Path(os.environ['CDK8S_OUTDIR'])\n"
    "folder.joinpath('x.yaml').write_text(os.environ.get('RELEASE', ''))\n"
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RELEASE", raising=False)
    return tmp_path


def test_the_console_script_is_the_function_that_python_m_calls() -> None:
    project = tomli.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["scripts"] == {"cdk8s-airflow": "cdk8s_airflow.cli:main"}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does_and_what_each_option_means(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    module, _, function = COMMANDS[name].partition(":")
    document = getattr(import_module(f"cdk8s_airflow.cli.{module}"), function).__doc__
    assert main([name, "--help"]) == 0
    text = capsys.readouterr().out
    assert f"Usage: cdk8s-airflow {name}" in text
    assert document.split("\n")[0].replace("`", "") in " ".join(text.split())


def test_the_help_lists_every_command_with_its_summary(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    assert "Exit codes: 0 done; 1 refused or failed" in text
    lines = {line.split()[1]: line.split() for line in text.splitlines() if line.startswith("│")}
    assert [name for name in COMMANDS if len(lines[name]) < 5] == []


def test_the_package_does_not_import_its_command_and_a_command_no_other() -> None:
    program = (
        "import sys, cdk8s_airflow\n"
        "assert not {'cyclopts', 'rich', 'pydantic', 'cdk8s_airflow.cli'} & set(sys.modules)\n"
        "from cdk8s_airflow.cli import main\n"
        "main(['schema', '-o', '/dev/null'])\n"
        "print(*sorted(n for n in sys.modules if n.startswith('cdk8s_airflow.cli.')))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["cdk8s_airflow.cli.exits", "cdk8s_airflow.cli.schema"]


def test_what_is_not_understood_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["synth", "--no-such-option"]) == 2
    assert "--no-such-option" in capsys.readouterr().err


def test_schema_prints_what_the_package_holds(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = Path(cdk8s_airflow.__file__).parent / "values" / "schema.json"
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == schema.read_text()
    assert main(["schema", "--output", "s.json"]) == 0
    assert (here / "s.json").read_text() == schema.read_text()


@pytest.mark.slow
def test_synth_of_a_values_file_needs_no_app(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "values.yaml").write_text(VALUES)
    (here / "dags").mkdir()
    (here / "dags/hello.py").write_text("from airflow.sdk import DAG\n")
    assert main(["synth"]) == 0
    assert capsys.readouterr().out == "dist/blue.k8s.yaml\n"
    assert "namespace: data" in (here / "dist/blue.k8s.yaml").read_text()
    assert main(["synth", "values.yaml", "-o", "out/red", "--release", "red"]) == 0
    assert "name: red-scheduler" in (here / "out/red/red.k8s.yaml").read_text()
    assert sorted(path.name for path in here.iterdir()) == ["dags", "dist", "out", "values.yaml"]


@pytest.mark.slow
def test_a_wrong_values_file_is_told_with_its_line_and_leaves_the_folder_as_it_was(
    here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (here / "dist").mkdir()
    (here / "dist/old.yaml").write_text("old")
    (here / "values.yaml").write_text("scheduler:\n  replica: 3\n")
    assert main(["synth"]) == 1
    text = capfd.readouterr().err
    assert "values.yaml:2: scheduler.replica: no such key; did you mean 'replicas'?" in text
    assert "synth: failed, dist is as it was" in text
    assert "Traceback" not in text
    assert [path.name for path in (here / "dist").iterdir()] == ["old.yaml"]


def test_the_app_of_cdk8s_yaml_goes_before_main_py(here: Path) -> None:
    (here / "cdk8s.yaml").write_text("language: python\napp: python other.py\noutput: there\n")
    (here / "other.py").write_text(APP)
    assert main(["synth", "--release", "red"]) == 0
    assert (here / "there/x.yaml").read_text() == "red"
    (here / "cdk8s.yaml").unlink()
    (here / "other.py").rename(here / "main.py")
    assert main(["synth"]) == 0
    assert (here / "dist/x.yaml").read_text() == ""


@pytest.mark.parametrize(
    ("app", "text"),
    [
        ("python half.py", "failed, dist is as it was"),
        ("python -c pass", r"failed, dist is as it was \(the app wrote nothing\)"),
        ("no-such-program", "no-such-program: .*; dist is as it was"),
        ("", "no app: expected VALUES, or cdk8s.yaml, main.py or values.yaml in .*init"),
    ],
)
def test_an_app_that_fails_leaves_the_folder_as_it_was(
    app: str, text: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "dist").mkdir()
    (here / "dist/old.yaml").write_text("old")
    (here / "half.py").write_text(f"{APP}raise SystemExit(4)\n")
    if app:
        (here / "cdk8s.yaml").write_text(f"app: {app}\n")
    assert main(["synth"]) == 1
    assert re.search(text, capsys.readouterr().err)
    assert [path.name for path in (here / "dist").iterdir()] == ["old.yaml"]


def test_a_folder_that_holds_more_than_manifests_is_not_replaced(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "values.yaml").write_text(VALUES)
    (here / "docs").mkdir()
    (here / "docs/a.md").touch()
    for folder, held in ((".", "this project"), ("..", str(here)), ("docs", "docs/a.md")):
        assert main(["synth", "--output", folder]) == 1
        assert f"--output {folder} holds {held}" in capsys.readouterr().err
    (here / "mine").mkdir()
    (here / "values.yaml").rename(here / "mine/values.yaml")
    assert main(["synth", "mine/values.yaml", "--output", "mine"]) == 1
    assert "would be replaced as a whole: name a folder of" in capsys.readouterr().err
    assert main(["synth", "--output", "mine/values.yaml"]) == 1
    assert "--output mine/values.yaml is no folder" in capsys.readouterr().err
    assert (here / "mine/values.yaml").is_file()


def test_a_folder_of_manifests_is_replaced_as_a_whole(here: Path) -> None:
    (here / "dist").mkdir()
    (here / "dist/old.yaml").write_text("old")
    (here / "main.py").write_text(APP)
    assert synthesize(Path("dist")) == [Path("dist/x.yaml")]
    assert [path.name for path in (here / "dist").iterdir()] == ["x.yaml"]
