"""A validation that no object of an app takes the place of another, in the cluster or in a file."""

from __future__ import annotations

import weakref
from collections import Counter, defaultdict
from typing import Any

import jsii
from cdk8s import App, Chart, YamlOutputType
from constructs import Construct, IConstruct, IValidation

from cdk8s_airflow.kubernetes.inherited import root_of
from cdk8s_airflow.kubernetes.objects import KubernetesObject

_FILE_PER_RESOURCE = (
    YamlOutputType.FILE_PER_RESOURCE,
    YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
)

_checked: weakref.WeakSet[IConstruct] = weakref.WeakSet()


@jsii.implements(IValidation)
class _UniquenessValidation:
    def __init__(self, root: IConstruct) -> None:
        self._root = root
        self._seen = -1
        self._problems: list[str] = []

    def validate(self) -> list[str]:
        """The problems; searched again only after new objects, as each chart of an app asks."""
        if self._seen != KubernetesObject.made:
            self._seen = KubernetesObject.made
            self._problems = self._find()
        return self._problems

    def _find(self) -> list[str]:
        namesakes: defaultdict[tuple[str, str], list[KubernetesObject]] = defaultdict(list)
        for construct in self._root.node.find_all():
            if isinstance(construct, KubernetesObject):
                namesakes[construct.object_kind, construct.object_name].append(construct)
        problems = []
        for (kind, name), objects in sorted(namesakes.items()):
            # Asking jsii for a namespace takes time, so only namesakes are asked.
            namespaces = [item.object_namespace or "" for item in objects] if objects[1:] else []
            for namespace, count in Counter(namespaces).items():
                if count > 1:
                    where = f"namespace {namespace!r}" if namespace else "no namespace"
                    problems.append(
                        f"{count} objects are {kind} {name!r} in {where}: give each release of a "
                        "namespace its own name"
                    )
            if len(set(namespaces)) > 1:
                problems += self._one_file(kind, objects)
        return problems

    def _one_file(self, kind: str, objects: list[KubernetesObject]) -> list[str]:
        """The problems of objects that cdk8s writes to one file, where only the last would stay."""
        output = self._root.yaml_output_type if isinstance(self._root, App) else None
        if output not in _FILE_PER_RESOURCE:
            return []
        files: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for item in objects:
            manifest: Any = item.to_json()
            folder = Chart.of(item).node.path if output is not _FILE_PER_RESOURCE[0] else ""
            files[folder, manifest["metadata"]["name"]].append(item.object_namespace or "")
        return [
            f"{kind} {name!r} of the namespaces {', '.join(sorted(namespaces))}: "
            f"YamlOutputType.{output.name} would write them to one file, and lose all but one; use "
            "FILE_PER_CHART, the default"
            for (_, name), namespaces in files.items()
            if namespaces[1:]
        ]


def check_unique_objects(scope: Construct) -> None:
    """Fails the synth when two objects of the app have the same kind, namespace and name, or file.

    One error lists all cases. Calling it again for an app has no effect.
    """
    root = root_of(scope)
    if root not in _checked:
        _checked.add(root)
        root.node.add_validation(_UniquenessValidation(root))
