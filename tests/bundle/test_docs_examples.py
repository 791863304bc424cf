"""The manifests that the page of an example shows are its own, and its commands exist.

unit/test_docs.py holds its Python to the props, and test_examples.py runs its program.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from bundle import docs_outputs, docs_shell
from bundle.docs_blocks import ROOT, blocks
from bundle.docs_yaml import is_values, shows

from cdk8s_airflow import AirflowProps
from cdk8s_airflow.values import read_values

PAGES = tuple(
    str(path.relative_to(ROOT)) for path in sorted((ROOT / "examples").glob("*/README.md"))
)
OUTPUT = ("console", "json", "text")
"""Shown by tests/integration/test_t_examples.py, which starts the example."""


def problems(page: str, tmp_path: Path) -> Iterator[str]:
    """What a page shows that the example does not have."""
    folder = (ROOT / page).parent
    files = sorted(folder.rglob("*.k8s.yaml"))
    found = [each for file in files for each in yaml.load_all(file.read_text(), yaml.CSafeLoader)]
    for block in blocks(page):
        if block.language == "yaml":
            for number, document in enumerate(yaml.safe_load_all(block.text)):
                if is_values(document):
                    path = tmp_path / "values.yaml"
                    path.write_text(block.text)
                    read_values([path], defaults=AirflowProps())
                elif not shows(found, document):
                    yield f"{block}: no manifest has document {number + 1}"
        elif block.language in ("sh", "bash"):
            yield from (f"{block}: {text}" for text in docs_shell.problems(block.text))
        elif block.language == "dockerfile":
            yield from (f"{block}: {text}" for text in docs_outputs.dockerfile(block.text))
        elif block.language not in (*OUTPUT, "ini", "python", "sql"):
            yield f"{block}: no test for {block.language or 'a block without a language'}"


@pytest.mark.parametrize("page", PAGES)
def test_the_page_of_an_example_shows_what_is_there(page: str, tmp_path: Path) -> None:
    assert "\n".join(problems(page, tmp_path)) == ""
