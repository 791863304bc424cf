"""What an upgrade of Airflow changes: what runs its image, and no other object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import cdk8s
import pytest
from bundle.test_props_are_live import LIVE
from bundle.test_restart_scope import release, release_of_features
from bundle.test_variants import DAGS

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    GitSyncDags,
    KubernetesExecutor,
    Patch,
    VolumeClaim,
)
from cdk8s_airflow.checks.bundle import Manifest
from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.labels import COMPONENT_LABEL, VERSION_LABEL
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


def config_maps(props: AirflowProps, release: str = "af1") -> dict[str, Manifest]:
    """Name -> ConfigMap, of those with programs."""
    app = cdk8s.App(outdir="unused")
    chart = AirflowChart(app, release, namespace="airflow", props=props)
    found = [cast("Manifest", each.to_json()) for each in chart.node.find_all()
             if isinstance(each, KubernetesObject) and each.object_kind == "ConfigMap"]  # fmt: skip
    return {
        each["metadata"]["name"]: each
        for each in found
        if each["metadata"]["labels"][COMPONENT_LABEL] == "programs"
    }


def test_programs_are_immutable_and_named_by_content_so_that_old_pods_keep_theirs() -> None:
    found = config_maps(release_of_features())
    lasting = {name: each for name, each in found.items() if each.get("immutable")}
    for name, each in lasting.items():
        (file,) = each["data"]
        stem = file.removesuffix(".py").replace("_", "-")
        assert name == f"af1-programs-{stem}-{content_hash(each['data'])}"
    # A scheduler reads the template of task pods up to a minute after it has changed, and a pod
    # that asks for a ConfigMap which was pruned meanwhile would never start.
    assert found.keys() - lasting.keys() == {"af1-programs-task"}


def test_names_of_programs_fit_beside_the_longest_name_of_a_release() -> None:
    props = AirflowProps(
        dags=DAGS, executor=KubernetesExecutor(), extra_packages=["cowsay"], admin=None
    )
    names = config_maps(props, release="r" * 32)
    assert f"{'r' * 32}-programs-task" in names
    assert max(map(len, names)) <= 253, "a ConfigMap's name is no label"


def test_programs_can_be_exempt_from_pruning() -> None:
    annotations = {"argocd.argoproj.io/sync-options": "Prune=false"}
    merge = {"metadata": {"annotations": annotations}}
    patch = Patch(kind="ConfigMap", component="programs", merge=merge)
    found = config_maps(AirflowProps(dags=DAGS, patches=[patch]))
    assert {str(each["metadata"].get("annotations")) for each in found.values()} == {
        str(annotations)
    }
    assert found.keys() == config_maps(AirflowProps(dags=DAGS)).keys()
