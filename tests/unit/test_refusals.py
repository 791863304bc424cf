"""Every refusal has a test of its words: three words in a row of each message stand in a test."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest

TESTS = Path(__file__).resolve().parents[1]
PACKAGE = TESTS.parent / "constructs" / "cdk8s_airflow"
ROW = 3
ELSEWHERE = {"migration", "testing"}
"""What tells no refusals: notes of a report and findings of checks have cases of their own."""


def words(text: str) -> list[str]:
    """The words of a message, or of a pattern that matches it."""
    return re.findall(r"[a-z0-9]+", re.sub(r"\\(.)", r"\1", text).lower())


def refusals(tree: ast.AST) -> Iterator[tuple[int, ast.expr]]:
    """What is raised, or yielded or collected as a problem: line and message."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            yield node.lineno, node.exc.args[0]
        elif isinstance(node, ast.Yield) and _is_text(node.value):
            yield node.lineno, node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            appended = node.args[0] if node.func.attr == "append" and node.args else None
            if _is_text(appended):
                yield node.lineno, appended


def _is_text(value: ast.expr | None) -> TypeGuard[ast.expr]:
    fixed = value.value if isinstance(value, ast.Constant) else None
    return isinstance(value, ast.JoinedStr) or (isinstance(fixed, str) and ": " in fixed)


def rows(message: ast.expr) -> set[str]:
    """All the words in a row of the fixed parts of a message."""
    values = message.values if isinstance(message, ast.JoinedStr) else [message]
    texts = [str(each.value) for each in values if isinstance(each, ast.Constant)]
    found = set()
    for text in map(words, texts):
        found |= {" ".join(text[at : at + ROW]) for at in range(len(text) - ROW + 1)}
    return found


@pytest.mark.slow
def test_every_refusal_has_a_test_of_its_words() -> None:
    trees = [ast.parse(path.read_text()) for path in TESTS.rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    texts = (node.value for node in nodes if isinstance(node, ast.Constant))
    said = "|".join(" ".join(words(text)) for text in texts if isinstance(text, str))
    told, untested = 0, []
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] in ELSEWHERE:
            continue
        for line, message in refusals(ast.parse(path.read_text())):
            if found := rows(message):
                told += 1
                if not any(row in said for row in found):
                    untested.append(f"{path.relative_to(PACKAGE)}:{line}")
    assert told > 90
    assert untested == []
