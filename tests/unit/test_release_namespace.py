"""The namespace as an object of the bundle."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder, Namespace
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))


def bundle_of(tmp_path: Path, namespace: Namespace) -> Bundle:
    def build(app: App) -> None:
        props = AirflowProps(dags=DAGS, create_namespace=namespace)
        AirflowChart(app, "af1", namespace="team-data", props=props)

    return synthesize(build, tmp_path)


def test_it_comes_first_and_enforces_restricted_pods(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, Namespace())
    first = bundle.manifests[0]
    assert (first["kind"], first["metadata"]["name"]) == ("Namespace", "team-data")
    assert first["metadata"]["labels"] == {
        "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/warn": "restricted",
    }
    assert "namespace" not in first["metadata"], "it is in no namespace itself"


def test_it_outlives_the_release_with_argo_cd_and_flux(tmp_path: Path) -> None:
    """Who deletes a namespace deletes the volumes and the generated keys in it."""
    annotations = bundle_of(tmp_path, Namespace()).one("Namespace", "team-data")["metadata"]
    assert annotations["annotations"] == {
        "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
        "kustomize.toolkit.fluxcd.io/prune": "disabled",
    }


def test_labels_and_annotations_are_the_users(tmp_path: Path) -> None:
    namespace = Namespace(
        pod_security=None,
        labels={"istio-injection": "enabled"},
        annotations={"kustomize.toolkit.fluxcd.io/prune": "enabled"},
    )
    metadata = bundle_of(tmp_path, namespace).one("Namespace", "team-data")["metadata"]
    assert metadata["labels"] == {"istio-injection": "enabled"}
    assert metadata["annotations"]["kustomize.toolkit.fluxcd.io/prune"] == "enabled"


def test_a_bundle_without_namespace_has_none_to_create() -> None:
    props = AirflowProps(dags=DAGS, create_namespace=Namespace())
    with pytest.raises(ValueError, match=r"create_namespace=Namespace\(\.\.\.\) has no name: give"):
        AirflowChart(App(outdir="unused"), "af1", props=props)


def test_two_releases_do_not_both_bring_it(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    for release in ("blue", "green"):
        props = AirflowProps(dags=DAGS, create_namespace=Namespace())
        AirflowChart(app, release, namespace="data", props=props)
    with pytest.raises(RuntimeError, match="Namespace 'data'"):
        app.synth()
