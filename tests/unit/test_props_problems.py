"""How props tell what is wrong with them: all problems of a class and of its bases at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cdk8s_airflow import (
    AirflowProps,
    GitDags,
    Image,
    KubernetesExecutor,
    OtelCollector,
    VolumeClaim,
    WorkerGroup,
)
from cdk8s_airflow.kubernetes.props import Props

PACKAGE = Path(__file__).resolve().parents[2] / "constructs" / "cdk8s_airflow"
TREES = {path.relative_to(PACKAGE): ast.parse(path.read_text()) for path in PACKAGE.rglob("*.py")}


@dataclass(frozen=True, kw_only=True)
class _Base(Props):
    one: int = 1

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.one != 1:
            yield f"one={self.one}: expected 1"


@dataclass(frozen=True, kw_only=True)
class _Other(Props):
    two: int = 2

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.two != 2:
            yield f"two={self.two}: expected 2"


@dataclass(frozen=True, kw_only=True)
class _Both(_Base, _Other):
    three: int = 3

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.three != 3:
            yield f"three={self.three}: expected 3"


def test_the_problems_of_all_bases_come_in_one_error() -> None:
    with pytest.raises(ValueError, match=r"^two=0: expected 2\none=0: expected 1\nthree=0: .* 3$"):
        _Both(one=0, two=0, three=0)


def test_types_are_checked_first() -> None:
    with pytest.raises(TypeError, match=r"^_Both\(one='1'\): expected int, got str$"):
        _Both(one="1", three=0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "problems"),
    [
        (
            lambda: WorkerGroup(name="A", concurrency=0, queues=[], termination_grace_seconds=0),
            [
                "WorkerGroup.termination_grace_seconds=0: expected 1 or more seconds",
                "WorkerGroup.name='A' is not a valid name",
                "WorkerGroup(name='A').concurrency=0: expected 1 or more",
                "WorkerGroup(name='A').queues is empty",
            ],
        ),
        (
            lambda: Image(repository="a:1", tag="latest", digest="sha256:1"),
            [".repository: expected", ".tag='latest'", ".digest='sha256:1'"],
        ),
        (
            lambda: VolumeClaim(size="much", volume_name="A", access_mode="ReadWriteMany"),
            ["VolumeClaim.size='much'", "VolumeClaim.volume_name='A'"],
        ),
        (
            lambda: GitDags(repository="x", ref="", refresh_interval=0),
            ["(repository='x'): expected https://", "(ref=''): expected", "(refresh_interval=0)"],
        ),
        (
            lambda: KubernetesExecutor(alias="1", namespaces=["A", "A"], env={"A=": "1"}),
            ["(alias='1')", "KubernetesExecutor.env['A=']", ".namespaces='A'", "'A' twice"],
        ),
        (
            lambda: OtelCollector(scraped_from=[], prometheus=True, env={"A=": "1"}, max_series=0),
            ["OtelCollector.env['A=']", "(scraped_from=[])", "(max_series=0)"],
        ),
        (
            lambda: AirflowProps(env={"A=": "1"}, labels={"app.kubernetes.io/name": "x"}),
            ["AirflowProps.env['A=']", "AirflowProps.labels['app.kubernetes.io/name']"],
        ),
    ],
)
def test_nothing_hides_another_problem(make: object, problems: list[str]) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match="expected") as caught:
        make()
    lines = str(caught.value).splitlines()
    assert len(lines) == len(problems), lines
    for problem in problems:
        assert any(problem in line for line in lines), (problem, lines)


def test_no_class_leaves_out_what_its_bases_say() -> None:
    silent = [
        f"{path}:{node.lineno}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "_problems"
        if [arg.arg for arg in node.args.args] == ["self"] and str(path) != "kubernetes/props.py"
        if "super()._problems()" not in ast.unparse(node)
    ]
    assert silent == []


def test_no_problems_are_asked_for_and_dropped() -> None:
    dropped = [
        f"{path}:{node.lineno}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
        if ast.unparse(node.value.func).endswith(("_problems", "_problem"))
    ]
    assert dropped == []


def test_all_props_are_checked_by_the_one_hook() -> None:
    found = {
        cls.name
        for tree in TREES.values()
        for cls in ast.walk(tree)
        if isinstance(cls, ast.ClassDef)
        for node in cls.body
        if isinstance(node, ast.FunctionDef) and node.name == "__post_init__"
    }
    assert found == {"Props"}
