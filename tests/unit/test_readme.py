"""The code in the documents runs, and what it yields is sound."""

from __future__ import annotations

import json
import re
import shutil
import sys
import types
from pathlib import Path

import cdk8s
import pytest
import yaml
from bundle.synthesize import read_folder, run_program, synthesize

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


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


@pytest.mark.parametrize("page", ["extensions"])
def test_the_programs_of_a_page_run_and_yield_its_manifests(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / "docs" / f"{page}.md").read_text()
    module = types.ModuleType(f"docs_{page}")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for program in BLOCK.findall(text):
        exec(compile(program, f"{page}.md", "exec", dont_inherit=True), vars(module))
    found = {(m["kind"], m["metadata"]["name"]): m for m in vars(module)["chart"].to_json()}
    shown = [each for block in YAML.findall(text) for each in yaml.safe_load_all(block)]
    assert shown
    for each in shown:
        manifest = found[each["kind"], each["metadata"]["name"]]
        assert holds(json.loads(json.dumps(manifest)), each), each


def holds(found: object, shown: object) -> bool:
    """Whether a manifest has all that a page shows of it."""
    if isinstance(shown, dict):
        return isinstance(found, dict) and all(
            key in found and holds(found[key], value) for key, value in shown.items()
        )
    if isinstance(shown, list):
        return isinstance(found, list) and all(
            any(holds(item, each) for item in found) for each in shown
        )
    return found == shown


def test_what_a_page_shows_is_compared() -> None:
    found = {"a": [{"n": 1, "m": 2}, {"n": 2}], "b": "x"}
    assert holds(found, {"a": [{"n": 2}, {"n": 1}]})
    assert not holds(found, {"a": [{"n": 3}]})
    assert not holds(found, {"c": None})
