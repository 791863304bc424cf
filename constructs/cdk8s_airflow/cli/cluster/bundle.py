"""A folder of manifests, and the release that it holds."""

from __future__ import annotations

from pathlib import Path

import yaml

from cdk8s_airflow.cli.cluster.kubectl import KubectlError, Object


def read_bundle(folder: Path) -> list[Object]:
    """The objects of all manifests in `folder`.

    Raises:
        KubectlError: when there are none.
    """
    objects: list[Object] = []
    for path in sorted(folder.glob("*.yaml")):
        objects += [document for document in yaml.safe_load_all(path.read_text()) if document]
    if not objects:
        raise KubectlError(f"no manifests in {folder}: run cdk8s-airflow synth first")
    return objects


def release_of(folder: Path, release: str, namespace: str) -> tuple[str, str]:
    """Release and namespace: as given, else those of the bundle in `folder`.

    Raises:
        KubectlError: when they are not given and the bundle holds none or several.
    """
    if release and namespace:
        return release, namespace
    found = {
        (labels.get("app.kubernetes.io/instance", ""), thing["metadata"].get("namespace", ""))
        for thing in read_bundle(folder)
        if (labels := thing["metadata"].get("labels", {})) and "namespace" in thing["metadata"]
    }
    if len(found) != 1:
        several = ", ".join(f"{name} in {place}" for name, place in sorted(found))
        raise KubectlError(
            f"{folder} holds {several or 'no release with a namespace'}: name one with --release "
            f"and --namespace, or apply all of it with kubectl apply --server-side -f {folder}"
        )
    ((name, place),) = found
    return release or name, namespace or place
