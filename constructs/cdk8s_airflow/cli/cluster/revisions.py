"""Which ConfigMaps are still named by old revisions of workloads, and by pods that have not ended.

Programs are in immutable ConfigMaps named by their content. One that the bundle no longer holds is
needed until nobody can start with it: by pods that drain, and by `kubectl rollout undo`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk8s_airflow.cli.cluster.kubectl import Kubectl, KubectlError, Object, names

REVISIONS = ("controllerrevisions.apps", "pods", "replicasets.apps")
"""What holds the template of a pod, beside the workloads themselves."""


def needed_no_longer(kubectl: Kubectl, selector: str, dropped: Sequence[Object]) -> list[Object]:
    """Those of the dropped objects that no revision of the release names.

    Args:
        kubectl: for the namespace.
        selector: the labels of the release.
        dropped: what the bundle no longer holds.
    """
    lasting = [each for each in dropped if each["kind"] == "ConfigMap" and each.get("immutable")]
    if not lasting:
        return list(dropped)
    try:
        named = {name for item in kubectl.get(REVISIONS, selector) for name in config_maps_of(item)}
    except KubectlError as error:
        print(f"kept, as revisions cannot be read: {', '.join(sorted(names(lasting)))} ({error})")
        named = {each["metadata"]["name"] for each in lasting}
    return [
        each for each in dropped if each not in lasting or each["metadata"]["name"] not in named
    ]


def config_maps_of(value: object) -> Iterator[str]:
    """Names of the ConfigMaps that a pod, or a template of pods, mounts or reads."""
    if isinstance(value, list):
        for item in value:
            yield from config_maps_of(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key.startswith("configMap") and isinstance(item, dict) and "name" in item:
                yield str(item["name"])
            yield from config_maps_of(item)
