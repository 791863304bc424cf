"""The documents: tables are complete, every test and prop that they name exists."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

import cdk8s_airflow
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.parts.programs import sources
from cdk8s_airflow.testing.synth import CHECKS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "from-kube-airflow.md"
FEATURES = ROOT / "docs" / "features.md"
DOCUMENTS = [
    ROOT / "README.md",
    *sorted(ROOT.glob("docs/*.md")),
    *sorted(ROOT.glob("examples/**/README.md")),
]
TEST = re.compile(r"\[`(tests/[\w/]+\.py)::(test_\w+)(?:\[(\w+)\])?`\]\(\.\./([\w/]+\.py)\)")
CODE = re.compile(r"^```python\n(.*?)^```$|`([^`\n]+)`", re.MULTILINE | re.DOTALL)

ANY = "Any"
OPEN: set[str] = set()
"""Checks of features that are not built yet; the page says where they belong."""


def sections() -> dict[str, list[list[str]]]:
    """Heading of the page -> the rows of its table, by cell."""
    found: dict[str, list[list[str]]] = {}
    heading = ""
    for line in PAGE.read_text().splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif re.match(r"\| \d+ \|", line):
            found.setdefault(heading, []).append([cell.strip() for cell in line.split("|")[1:-1]])
    return found


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text())
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_all_promises_are_there_each_with_a_test() -> None:
    rows = sections()["Promises"]
    assert [row[0] for row in rows] == [str(number) for number in range(1, 50)]
    assert [row[0] for row in rows if not TEST.search(row[3])] == []
    assert [row[0] for row in rows if not (row[1] and row[2])] == []


def test_all_regression_checks_are_there_each_with_a_test() -> None:
    groups = {name: rows for name, rows in sections().items() if name != "Promises"}
    assert {name: len(rows) for name, rows in groups.items()} == {
        "The object graph": 12,
        "Schema, names, types": 6,
        "Options and documents": 7,
        "Secrets": 6,
        "Processes": 13,
    }
    rows = [row for group in groups.values() for row in group]
    assert [row[0] for row in rows] == [str(number) for number in range(1, 45)]
    untested = {row[1]: row[3] for row in rows if not TEST.search(row[3])}
    assert set(untested) == OPEN
    assert all(text.startswith("not yet: ") for text in untested.values())


def test_every_feature_has_a_test_and_is_compared_with_all_others() -> None:
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in FEATURES.read_text().splitlines()
        if line.startswith("| ") and not line.startswith("| feature")
    ]
    assert len(rows) > 50
    assert [row[0] for row in rows if len(row) != 8 or not TEST.search(row[7])] == []
    assert [row[0] for row in rows if row[1] != "●"] == []
    # That proves that a check refuses what is broken; not that what we make is not.
    alone = {"test_a_check_refuses"}
    assert [row[0] for row in rows if {test for _, test, *_ in TEST.findall(row[7])} == alone] == []


@pytest.mark.parametrize(("page", "others"), [(PAGE, 1), (FEATURES, 0)], ids=lambda x: str(x)[-9:])
def test_every_test_that_a_page_names_exists(page: Path, others: int) -> None:
    text = page.read_text()
    named = TEST.findall(text)
    assert len(named) == text.count("`tests/") - others, "all but the folder are links to tests"
    checks = {check.__name__ for check in CHECKS}
    for path, test, check, link in named:
        assert path == link
        assert test in names_in(path), f"{path}::{test}"
        if check:
            assert check in checks, f"{path}::{test}[{check}]"
            assert re.search(rf"^    {check}: \[$", (ROOT / path).read_text(), re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_prop_in_the_documents_exists(document: Path) -> None:
    """`WorkerGroup(replicas=5)` and the like, in programs and in passing."""
    wrong = []
    for block, words in CODE.findall(document.read_text()):
        for call in calls(block or words):
            if known := fields().get(name_of(call)):
                given = {word.arg for word in call.keywords if word.arg}
                wrong += [f"{name_of(call)}({name}=...)" for name in sorted(given - known)]
    assert wrong == []


@cache
def fields() -> dict[str, set[str]]:
    """Props class -> its fields; `ANY` has those of all."""
    named = vars(cdk8s_airflow).items()
    known = {
        name: {field.name for field in dataclasses.fields(props)}
        for name, props in named
        if dataclasses.is_dataclass(props) and isinstance(props, type) and issubclass(props, Props)
    }
    return {**known, ANY: set().union(*known.values())}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_prop_in_the_documents_takes_what_it_is_given(document: Path) -> None:
    """`migrations=JobProps(...)`: an object of a class that the prop has, in passing too."""
    wrong = []
    for block, words in CODE.findall(document.read_text()):
        code = block or words
        wrong += [text for call in (*calls(code), *assignments(code)) for text in misfits(call)]
    assert wrong == []


def misfits(call: ast.Call) -> Iterator[str]:
    """Arguments of a call, or of any props, that are objects of another class."""
    name = name_of(call)
    props = [name] if name in accepted() else [*accepted()] if name == ANY else []
    for keyword in call.keywords:
        given = getattr(cdk8s_airflow, name_of_value(keyword.value), None)
        known = [
            accepted()[each][str(keyword.arg)] for each in props if keyword.arg in accepted()[each]
        ]
        if isinstance(given, type) and issubclass(given, Props) and known:
            if not any(issubclass(given, expected) for one in known for expected in one):
                yield f"{name}({keyword.arg}={given.__name__}(...))"


def name_of_value(value: ast.expr) -> str:
    return name_of(value) if isinstance(value, ast.Call) else ""


@cache
def accepted() -> dict[str, dict[str, set[type]]]:
    """Props class -> field -> the classes of its values."""
    named = vars(cdk8s_airflow).items()
    return {
        name: {field: set(classes(hint)) for field, hint in get_type_hints(props).items()}
        for name, props in named
        if isinstance(props, type) and issubclass(props, Props) and dataclasses.is_dataclass(props)
    }


def classes(hint: object) -> Iterator[type]:
    if isinstance(hint, type):
        yield hint
    for part in get_args(hint):
        yield from classes(part)


def test_an_object_of_another_class_is_seen() -> None:
    for code in ("migrations=PodProps()", "migrations=PodProps(), flower=Flower()"):
        found = [text for call in (*calls(code), *assignments(code)) for text in misfits(call)]
        assert found == ["Any(migrations=PodProps(...))"]
    (call,) = (each for each in calls("AirflowProps(migrations=JobProps())") if each.keywords)
    assert list(misfits(call)) == []


def test_props_in_passing_are_seen() -> None:
    assert [name_of(call) for call in calls('flower=Flower(), x=[Image(tag="1")]')] == [
        ANY,
        "Flower",
        "Image",
    ]
    assert list(calls("make synth")) == []


def calls(code: str) -> Iterator[ast.Call]:
    """The calls of a program, or of a piece of one; arguments alone are those of any props."""
    for text in (code, f"{ANY}({code})"):
        try:
            tree = ast.parse(text)
        except SyntaxError:
            continue
        yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        return


def assignments(code: str) -> Iterator[ast.Call]:
    """`flower=Flower()`, which is an argument of any props and an assignment too."""
    try:
        body = ast.parse(code).body
    except SyntaxError:
        return
    for line in body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            given = ast.keyword(arg=line.targets[0].id, value=line.value)
            yield ast.Call(func=ast.Name(id=ANY), args=[], keywords=[given])


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def test_every_program_has_a_unit_test() -> None:
    texts = [path.read_text() for path in (ROOT / "tests" / "unit").glob("test_*.py")]
    for program in sources():
        name = program.removesuffix(".py")
        assert any(re.search(rf'"{name}(\.py)?"|/{name}\.py', text) for text in texts), program
