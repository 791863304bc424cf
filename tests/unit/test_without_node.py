"""The tree in Python alone makes the manifests that the tree of Node makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import without_node
from bundle.everything import RELEASES
from bundle.test_variants import DAGS
from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, NetworkPolicies, Patch
from cdk8s_airflow.testing.folders import read_folder

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


def test_another_synth_is_known_to_be_the_same_or_not(tmp_path: Path) -> None:
    def release(app: App, **more: Any) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **more))

    def counted(app: App) -> None:
        release(app, labels={"number": f"n{next(numbers)}"})

    numbers = count()
    sources: list[tuple[Callable[[App], None], bool]] = [
        (release, True),
        (counted, False),  # it differs each time
        (partial(release, reload="reloader"), False),  # only Node knows
    ]
    for source, same in sources:
        app = App(outdir=str(tmp_path))
        source(app)
        app.synth()
        manifests, _ = read_folder(tmp_path)
        assert without_node.makes(source, manifests) is same, source
