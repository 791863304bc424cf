"""What an upgrade of Airflow changes: what runs its image, and no other object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import cdk8s
import pytest
from bundle.model import Manifest
from bundle.test_props_are_live import LIVE
from bundle.test_restart_scope import release, release_of_features
from bundle.test_variants import DAGS

from cdk8s_airflow import AirflowChart, AirflowProps, GitSyncDags, VolumeClaim
from cdk8s_airflow.kubernetes.labels import VERSION_LABEL
from cdk8s_airflow.kubernetes.objects import KubernetesObject

OLD, NEW = "3.3.1", "3.3.2"
RELEASES: dict[str, Callable[[], AirflowProps]] = {
    "the default": lambda: AirflowProps(dags=DAGS),
    "each component": release,
    "each feature": release_of_features,
    "a volume that git-sync writes": lambda: AirflowProps(
        dags=GitSyncDags(
            repository="https://git.example.com/dags.git", volume=VolumeClaim(size="1Gi")
        )
    ),
    "more objects": lambda: AirflowProps(
        dags=DAGS,
        **{
            name: LIVE[AirflowProps][1][name]
            for name in ("create_namespace", "namespace_limits", "extra_manifests", "logs")
        },
    ),
}


def objects(props: AirflowProps, version: str) -> dict[str, Manifest]:
    """Kind and name -> manifest; without the hash in the names of Jobs, which no update reaches."""
    app = cdk8s.App(outdir="unused")
    props = replace(props, airflow_version=version)
    chart = AirflowChart(app, "af1", namespace="airflow", props=props)
    found = {}
    for each in chart.node.find_all():
        if isinstance(each, KubernetesObject):
            manifest = cast("Manifest", each.to_json())
            manifest["metadata"]["name"] = each.object_name
            found[f"{each.object_kind}/{each.object_name}"] = manifest
    return found


@pytest.mark.parametrize("name", RELEASES)
def test_an_upgrade_changes_what_runs_the_image_and_nothing_else(name: str) -> None:
    before, after = (objects(RELEASES[name](), version) for version in (OLD, NEW))
    assert before.keys() == after.keys()
    for title, manifest in before.items():
        assert_same_but_for_the_image(title, manifest, after[title])


def assert_same_but_for_the_image(title: str, before: Manifest, after: Manifest) -> None:
    if f"apache/airflow:{OLD}" not in str(before):
        assert before == after, f"{title} runs no image of Airflow, and an upgrade changes it"
        return
    text = str(before).replace(f"apache/airflow:{OLD}", f"apache/airflow:{NEW}")
    label = f"'{VERSION_LABEL}': '{{}}'"
    in_file = f"{VERSION_LABEL}: {{}}"
    for form in (label, in_file):
        text = text.replace(form.format(OLD), form.format(NEW))
    assert text == str(after), f"{title} differs in more than its image"
