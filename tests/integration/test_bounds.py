"""The stand-in node's ResourceQuota and LimitRange."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from integration.node.bounds import exceeded
from integration.node.objects import Manifest, NodeError, ObjectStore


@dataclass
class Fake:
    """A pod of two containers, one of them an init container."""

    requests: Manifest = field(default_factory=lambda: {"cpu": "500m", "memory": "1Gi"})
    limits: Manifest = field(default_factory=lambda: {"memory": "2Gi"})
    name: str = "a-pod"
    namespace: str = "airflow"
    ip: str | None = None
    ready: bool = True

    manifest: Manifest = field(init=False)

    def __post_init__(self) -> None:
        resources = {"requests": self.requests, "limits": self.limits}
        main, init = ({"name": name, "resources": resources} for name in ("main", "init"))
        self.manifest = {"spec": {"containers": [main], "initContainers": [init]}}


def bound(kind: str, spec: Manifest) -> ObjectStore:
    store = ObjectStore()
    metadata = {"name": "a", "namespace": "airflow"}
    store.put({"apiVersion": "v1", "kind": kind, "metadata": metadata, "spec": spec})
    return store


@pytest.mark.parametrize(
    ("hard", "told"),
    [
        ({"pods": "2", "requests.cpu": "1", "requests.memory": "2Gi"}, []),
        ({"pods": "1"}, ["pods: 2 of 1 in airflow"]),
        ({"requests.cpu": "999m"}, ["requests.cpu: 1 of 999m in airflow"]),
        ({"limits.memory": "4095Mi"}, ["limits.memory: 4294967296 of 4095Mi in airflow"]),
        (
            {"limits.cpu": "9"},
            [f"a-pod/{name} says no limits.cpu" for name in ("init", "main")] * 2,
        ),
    ],
)
def test_a_quota_bounds_the_pods_of_its_namespace(hard: Manifest, told: list[str]) -> None:
    pods = [Fake(), Fake(), Fake(namespace="other")]
    assert exceeded(bound("ResourceQuota", {"hard": hard}), pods) == told


def test_a_range_bounds_each_container() -> None:
    def told(most: str, pod: Fake) -> list[str]:
        limits = [{"type": "Container", "max": {"memory": most}}]
        return exceeded(bound("LimitRange", {"limits": limits}), [pod])

    assert told("2Gi", Fake()) == []
    assert told("1Gi", Fake(limits={})) == []
    assert told("1Gi", Fake(namespace="other")) == []
    assert told("2047Mi", Fake()) == [
        f"a-pod/{name} has more memory than 2047Mi" for name in ("init", "main")
    ]


@pytest.mark.parametrize(
    ("kind", "spec"),
    [
        ("ResourceQuota", {"hard": {"services": "1"}}),
        ("LimitRange", {"limits": [{"type": "Pod", "max": {"cpu": "1"}}]}),
    ],
)
def test_a_bound_that_the_node_does_not_know_is_not_ignored(kind: str, spec: Manifest) -> None:
    with pytest.raises(NodeError, match="does not know"):
        exceeded(bound(kind, spec), [])
