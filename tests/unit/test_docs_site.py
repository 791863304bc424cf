"""The documentation site: all pages are there, every link leads somewhere, every prop is told."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docs_reference
import docs_site
import pytest
import yaml

import cdk8s_airflow
from cdk8s_airflow import WorkerGroup
from cdk8s_airflow.kubernetes.props import Props

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages, brought together."""
    folder = tmp_path_factory.mktemp("docs")
    docs_site.write(folder)
    return folder


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    zensical = Path(sys.executable).with_name("zensical")
    config = str(folder / docs_site.CONFIG.name)
    command = [str(zensical), "build", "--strict", "--config-file", config]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def pages_in(nav: Any) -> Iterator[str]:
    """The pages of a navigation, or a part of it."""
    if isinstance(nav, str):
        yield nav
    for each in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from pages_in(each)


@pytest.mark.slow
def test_the_site_is_built_without_a_warning(folder: Path) -> None:
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    site = folder / "site"
    pages = {path.relative_to(folder / "pages") for path in (folder / "pages").rglob("*.md")}
    assert {page for page in pages if not (site / page).with_suffix(".html").is_file()} == set()
    loaded = re.compile(r'<(?:script|img|link rel="stylesheet")[^>]*(?:src|href)="(https?:[^"]*)')
    others = {url for path in site.rglob("*.html") for url in loaded.findall(path.read_text())}
    assert others == set(), "whoever reads the pages is told to no other host"


@pytest.mark.slow
def test_links_that_lead_nowhere_end_the_build_and_are_told(tmp_path: Path) -> None:
    site = {**docs_site.configuration(), "nav": [{"Sizes": "sizes.md"}, {"Logs": "logs.md"}]}
    docs_site.put(tmp_path / docs_site.CONFIG.name, yaml.safe_dump(site))
    links = "[text](nowhere.md) [text](logs.md#nowhere) [text](logs.md#here)"
    for page, text in {
        "sizes.md": f"# Sizes\n\n{links}\n",
        "logs.md": "# Logs\n\n## Here\n",
    }.items():
        docs_site.put(tmp_path / "pages" / page, text)
    done = build(tmp_path)
    assert done.returncode != 0
    told = re.sub(r"\x1b\[[\d;]*m", "", done.stdout + done.stderr)
    assert re.findall(r"(page|anchor) does not exist\s+╭─\[ ([^:]+):", told) == [
        ("page", "sizes.md"),
        ("anchor", "sizes.md"),
    ], told


def test_every_page_is_in_the_navigation(folder: Path) -> None:
    found = list(pages_in(docs_site.configuration()["nav"]))
    pages = [str(path.relative_to(folder / "pages")) for path in (folder / "pages").rglob("*.md")]
    assert sorted(found) == sorted(pages)
    assert {"index.md", "tutorial.md", "reference/executors.md", "examples/ldap.md"} < set(pages)


@pytest.mark.parametrize(
    ("page", "source", "shown", "expected"),
    [
        ("index.md", "README.md", "[a](docs/logs.md#log-files)", "[a](logs.md#log-files)"),
        ("index.md", "README.md", "![a](docs/ui.png)", "![a](ui.png)"),
        ("logs.md", "docs/logs.md", "[a](../examples/s3-logs/)", "[a](examples/s3-logs.md)"),
        ("examples/ldap.md", "examples/ldap/README.md", "[a](../objects/)", "[a](objects.md)"),
        ("examples/ldap.md", "examples/ldap/README.md", "[a](../../docs/login.md)",
         "[a](../login.md)"),
        ("features.md", "docs/features.md", "[`x`](../tests/test_x.py)", "`x`"),
        ("logs.md", "docs/logs.md", "[a](https://example.com) [b](#here)",
         "[a](https://example.com) [b](#here)"),
        ("logs.md", "docs/logs.md", "```python\nx = y[0](../tests/)\n```",
         "```python\nx = y[0](../tests/)\n```"),
    ],
)  # fmt: skip
def test_links_between_files_are_links_between_pages(
    page: str, source: str, shown: str, expected: str
) -> None:
    assert docs_site.linked(shown, source, page) == expected


def test_the_reference_has_every_prop_of_the_package() -> None:
    text = "".join(text for _, text in docs_reference.reference_pages().values())
    headings = set(re.findall(r"\{#([\w.]+)\}", text))
    linked = set(re.findall(r"\(\w[\w-]*\.md#([\w.]+)\)", text))
    expected = {
        f"{cls.__name__.lower()}.{field.name}"
        for cls in map(vars(cdk8s_airflow).__getitem__, cdk8s_airflow.__all__)
        if isinstance(cls, type) and issubclass(cls, Props) and dataclasses.is_dataclass(cls)
        for field in dataclasses.fields(cls)
        if docs_reference.owner(cls, field.name) is cls
    }
    assert len(expected) > 400
    assert expected - headings == set()
    assert linked - headings == set()


def test_a_prop_is_told_in_both_ways() -> None:
    text = docs_reference.described(WorkerGroup)
    _, told = text.split("### concurrency {#workergroup.concurrency}")
    told, *_ = told.split("### ")
    assert "    WorkerGroup(concurrency: int = 8)" in told
    assert "    concurrency: <integer>" in told
    assert "`[celery] worker_concurrency`" in told
    assert "### replicas" in text
    assert "It has the props of [PodProps](pods-and-other-objects.md#podprops), too:" in text


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "integer"}, "integer"),
        ({"anyOf": [{"type": "array", "items": {"$ref": "#/$defs/Patch"}}, {"type": "null"}]},
         "list of Patch | null"),
        ({"oneOf": [{"$ref": "#/$defs/LdapKind"}, {"$ref": "#/$defs/OidcKind"}]}, "Ldap | Oidc"),
        ({"type": "string", "enum": ["a", "b"]}, "a | b"),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "mapping of string"),
        ({"type": "object", "additionalProperties": True}, "mapping"),
        ({}, "anything"),
    ],
)  # fmt: skip
def test_the_type_of_a_value_is_told_in_words(schema: dict[str, Any], expected: str) -> None:
    assert docs_reference.yaml_type(schema) == expected


def test_a_default_is_written_as_people_do() -> None:
    assert docs_reference.short((WorkerGroup(), WorkerGroup(name="gpu"))) == (
        "[WorkerGroup(), WorkerGroup(name='gpu')]"
    )
