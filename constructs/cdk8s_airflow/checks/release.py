"""What is wrong in a release that has patches, or objects of the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cdk8s_airflow.checks.bundle import INSTANCE, Bundle, Manifest, namespace_of, title
from cdk8s_airflow.checks.references import reference_problems, references
from cdk8s_airflow.checks.selectors import own_selector, port_problems, selected
from cdk8s_airflow.kubernetes.nearest import nearest
from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.kubernetes.problems import format_path
from cdk8s_airflow.kubernetes.schema import object_problems

_ONLY_IN_THE_BUNDLE = frozenset({"Service", "Deployment", "StatefulSet", "Role"})
"""Kinds of which those with the release's name are made by the release alone."""


def release_problems(release: str, items: Iterable[KubernetesObject]) -> list[str]:
    """What Kubernetes refuses of the finished objects, and what does not fit together.

    What the cluster may have beside the bundle, such as Secrets, is taken for there.

    Args:
        release: name of the release.
        items: all its objects.
    """
    problems: list[str] = []
    manifests: list[Manifest] = []
    for item in items:
        try:
            manifest: Any = item.to_json()
        except ValueError as error:
            problems.append(str(error))
            continue
        manifests.append(manifest)
        problems += _object_problems(manifest)
    if not problems:  # the others read manifests by their types, and would trip over a wrong one
        bundle = Bundle(manifests)
        problems += [*_references(bundle, release), *_selectors(bundle, release)]
    return list(dict.fromkeys(problems))


def _object_problems(manifest: Manifest) -> Iterator[str]:
    for problem in object_problems(manifest):
        text = f"{title(manifest)}: {format_path(problem.path)}{problem.text}"
        yield text.replace(": : ", ": ")


def _references(bundle: Bundle, release: str) -> Iterator[str]:
    for reference in references(bundle):
        names = {manifest["metadata"]["name"] for manifest in bundle.all(reference.kind)}
        ours = reference.name.startswith(f"{release}-") and reference.kind in _ONLY_IN_THE_BUNDLE
        if ours and reference.name not in names:
            yield (
                f"{title(reference.source)}: {reference.where} refers to {reference.target}, which "
                f"the release does not have{nearest(reference.name, names)}"
            )
        yield from reference_problems(bundle, reference)


def _selectors(bundle: Bundle, release: str) -> Iterator[str]:
    for manifest in bundle.manifests:
        selector = own_selector(manifest) or {}
        if (selector.get("matchLabels") or {}).get(INSTANCE) != release:
            continue
        if not selected(bundle, selector, namespace_of(manifest)):
            yield f"{title(manifest)}: its selector matches no pod of the release"
    yield from port_problems(bundle)
