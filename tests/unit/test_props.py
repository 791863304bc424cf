from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pytest

from cdk8s_airflow.kubernetes.props import Props


@dataclass(frozen=True, kw_only=True)
class Sample(Props):
    replicas: int = 1
    name: str | None = None
    ratio: float = 1.0
    policy: Literal["Always", "Never"] = "Never"
    queues: Sequence[str] = ()
    table: Mapping[str, Mapping[str, int | bool]] | None = None


def test_an_unknown_prop_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(TypeError, match=r"Sample has no prop 'replcas'; did you mean 'replicas'\?"):
        Sample(replcas=3)  # type: ignore[call-arg]


def test_a_prop_like_no_other_is_refused_with_all_names() -> None:
    with pytest.raises(TypeError, match=r"no prop 'xyz'; it has name, policy, queues, ratio, rep"):
        Sample(xyz=3)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("props", "message"),
    [
        ({"replicas": "3"}, r"Sample\(replicas='3'\): expected int, got str"),
        ({"replicas": True}, "expected int, got bool"),
        ({"name": 3}, r"Sample\(name=\.\.\.\): expected str or None, got int"),
        ({"policy": "Sometimes"}, r"expected Literal\['Always', 'Never'\], got str"),
        ({"queues": "default"}, r"expected Sequence\[str\], got str"),
        ({"queues": ["a", 1]}, r"Sample\(queues=\.\.\.\): expected Sequence\[str\], got list"),
        ({"table": {"a": {"b": "c"}}}, "expected Mapping"),
        ({"table": [1]}, "expected Mapping"),
    ],
)
def test_a_value_of_another_type_is_refused(props: dict[str, object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Sample(**props)  # type: ignore[arg-type]


def test_all_wrong_types_are_told_at_once() -> None:
    with pytest.raises(TypeError, match=r"replicas='3'.*; Sample\(name=\.\.\.\)"):
        Sample(replicas="3", name=3)  # type: ignore[arg-type]


def test_values_of_the_declared_types_pass() -> None:
    sample = Sample(replicas=0, name="n", ratio=2, queues=["a"], table={"a": {"b": 1, "c": True}})
    assert (sample.replicas, sample.queues) == (0, ["a"])
