"""No object takes the place of another, in the cluster or in a file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from cdk8s import App, Chart, YamlOutputType
from constructs import IConstruct

from cdk8s_airflow.kubernetes.objects import KubernetesObject

_FILE_PER_RESOURCE = (
    YamlOutputType.FILE_PER_RESOURCE,
    YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
)


def uniqueness_problems(app: IConstruct, objects: Iterable[KubernetesObject]) -> Iterator[str]:
    """Objects of the same kind, namespace and name, or in the same file.

    Args:
        app: the root of the tree.
        objects: all objects in it.
    """
    namesakes: defaultdict[tuple[str, str], list[KubernetesObject]] = defaultdict(list)
    for item in objects:
        namesakes[item.object_kind, item.object_name].append(item)
    for (kind, name), items in sorted(namesakes.items()):
        # Asking jsii for a namespace takes time, so only namesakes are asked.
        namespaces = [item.object_namespace or "" for item in items] if items[1:] else []
        for namespace, count in Counter(namespaces).items():
            if count > 1:
                where = f"namespace {namespace!r}" if namespace else "no namespace"
                yield (
                    f"{count} objects are {kind} {name!r} in {where}: give each release of a "
                    "namespace its own name"
                )
        if len(set(namespaces)) > 1:
            yield from _one_file(app, kind, items)


def _one_file(app: IConstruct, kind: str, objects: list[KubernetesObject]) -> Iterator[str]:
    """The problems of objects that cdk8s writes to one file, where only the last would stay."""
    output = app.yaml_output_type if isinstance(app, App) else None
    if output not in _FILE_PER_RESOURCE:
        return
    files: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for item in objects:
        manifest: Any = item.to_json()
        folder = Chart.of(item).node.path if output is not _FILE_PER_RESOURCE[0] else ""
        files[folder, manifest["metadata"]["name"]].append(item.object_namespace or "")
    for (_, name), namespaces in files.items():
        if namespaces[1:]:
            yield (
                f"{kind} {name!r} of the namespaces {', '.join(sorted(namespaces))}: "
                f"YamlOutputType.{output.name} would write them to one file, and lose all but one; "
                "use FILE_PER_CHART, the default"
            )
