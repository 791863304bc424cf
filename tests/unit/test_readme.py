"""The code in the documents runs, and what it yields is sound."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import cdk8s
import pytest

from cdk8s_airflow.testing.synth import read_folder, run_program, synthesize

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def programs() -> list[str]:
    """The blocks of README.md that are whole programs."""
    blocks = BLOCK.findall((ROOT / "README.md").read_text())
    return [block for block in blocks if "app.synth()" in block]


def test_the_readme_shows_a_whole_program() -> None:
    assert len(programs()) == 1


@pytest.mark.slow
def test_the_program_of_the_readme_runs(tmp_path: Path) -> None:
    (program,) = programs()
    (tmp_path / "main.py").write_text(program)
    shutil.copytree(ROOT / "dags", tmp_path / "dags")
    run_program(tmp_path / "main.py", tmp_path / "dist")
    manifests, _ = read_folder(tmp_path / "dist")
    sets = {item["metadata"]["name"] for item in manifests if item["kind"] == "StatefulSet"}
    assert {"af1-worker", "af1-worker-gpu"} <= sets


def test_the_program_of_the_readme_passes_every_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    (program,) = programs()
    body = re.sub(r"^app = App\(\)\n|^app\.synth\(\)\n", "", program, flags=re.MULTILINE)

    def build(app: cdk8s.App) -> None:
        exec(compile(body, "README.md", "exec"), {"app": app})

    bundle = synthesize(build, tmp_path)
    assert bundle.one("StatefulSet", "af1-worker")["spec"]["replicas"] == 3


def test_every_linked_file_exists() -> None:
    readmes = [ROOT / "README.md", *ROOT.glob("examples/**/README.md")]
    for document in [*readmes, *ROOT.glob("docs/*.md")]:
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text()):
            assert (document.parent / link).exists(), f"{document.name}: {link}"
