"""The tree in Python alone makes the manifests that the tree of Node makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import without_node
from bundle.everything import RELEASES
from bundle.test_variants import DAGS

from cdk8s_airflow import AirflowProps, NetworkPolicies, Patch

MORE: Mapping[str, Mapping[str, Any]] = {
    "families": {"ip_families": ["IPv6", "IPv4"]},
    "merged": {"patches": [Patch(component="worker", merge={"spec": {"replicas": 7}})]},
    "reload": {"reload": "reloader"},
    "stopped": {"suspended": True},
    "open": {"network_policies": NetworkPolicies(user_egress_to="public")},
}


@pytest.mark.parametrize("release", [*RELEASES, *MORE])
def test_manifests_are_the_same_without_node(release: str) -> None:
    props = AirflowProps(**{"dags": DAGS, **{**RELEASES, **MORE}[release]})
    assert without_node.manifests(props) == without_node.manifests_of_node(props)


def test_what_only_node_knows_is_asked_of_node(monkeypatch: pytest.MonkeyPatch) -> None:
    """`reload` reads the metadata of its objects; a default release asks nothing."""
    asked: list[AirflowProps] = []

    def of_node(props: AirflowProps, *names: Any) -> list[Any]:
        asked.append(props)
        return given(props, *names)

    given = without_node.manifests_of_node
    monkeypatch.setattr(without_node, "manifests_of_node", of_node)
    without_node.manifests(AirflowProps(dags=DAGS))
    assert len(asked) == 1
    without_node.manifests(AirflowProps(dags=DAGS, reload="reloader"))
    assert len(asked) == 3
