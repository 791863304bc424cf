"""Regular expressions take time in proportion to what they read, whatever it is."""

from __future__ import annotations

import ast
import re
import signal
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

pytestmark = pytest.mark.slow

PACKAGE = Path(__file__).resolve().parents[2] / "constructs" / "cdk8s_airflow"
MEGABYTE = 1_000_000
SECONDS = 5
"""Of processor time. A linear expression takes milliseconds, a quadratic one an hour."""
TEXTS = ("a", "a1", "_", "a.", ":", "/", "{", "['", "a://1", "kdc ", "\n", "a@a")
"""Each last character is repeated: what expressions look for again and again, to no end."""

CLASSES = "kind"
"""The argument that is one of a few classes of characters."""


def expressions() -> Iterator[tuple[str, str, re.Pattern[str]]]:
    """File, method and expression of each use in the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text())
        made: dict[str, re.Pattern[str]] = {}
        values: dict[str, object] = {"re": re}
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name, text = node.targets[0].id, ast.unparse(node.value)
                if text.startswith(("re.compile(", "'", '"')):
                    values[name] = eval(text, values)
                    if isinstance(found := values[name], re.Pattern):
                        made[name] = found
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if not isinstance(call.func, ast.Attribute):
                continue
            owner, method = ast.unparse(call.func.value), call.func.attr
            if owner == "re" and method not in ("compile", "escape"):
                if ast.unparse(call.args[0]) != CLASSES:
                    yield path.name, method, re.compile(ast.literal_eval(call.args[0]))
            elif owner in made:
                yield path.name, method, made.pop(owner)
        assert not made, f"{path}: how are {sorted(made)} used?"


def stopped(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


@pytest.mark.parametrize(
    ("method", "expression"),
    [pytest.param(how, what, id=f"{name}-{what.pattern}") for name, how, what in expressions()],
)
def test_a_megabyte_is_read_in_linear_time(method: str, expression: re.Pattern[str]) -> None:
    signal.signal(signal.SIGVTALRM, stopped)
    for start in TEXTS:
        text = start[:-1] + start[-1] * MEGABYTE + "\n!"
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            if method == "sub":
                expression.sub("", text)
            elif method == "finditer":
                deque(expression.finditer(text), maxlen=0)
            else:
                getattr(expression, method)(text)
        except TimeoutError:
            pytest.fail(
                f"{expression.pattern!r} is not linear where {start[-1]!r} repeats: {start!r}"
            )
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
