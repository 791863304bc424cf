"""A validation that no two objects of an app have the same kind, namespace and name."""

from __future__ import annotations

import weakref
from collections import Counter, defaultdict

import jsii
from constructs import Construct, IConstruct, IValidation

from cdk8s_airflow.kubernetes.inherited import root_of
from cdk8s_airflow.kubernetes.objects import KubernetesObject

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
        return problems


def check_unique_objects(scope: Construct) -> None:
    """Fails the synth when two objects of the app have the same kind, namespace and name.

    One error lists all cases. Calling it again for an app has no effect.
    """
    root = root_of(scope)
    if root not in _checked:
        _checked.add(root)
        root.node.add_validation(_UniquenessValidation(root))
