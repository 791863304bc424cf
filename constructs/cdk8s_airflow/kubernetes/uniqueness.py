"""No two objects of an app may be one object of the cluster."""

from __future__ import annotations

import weakref
from collections import Counter

import jsii
from constructs import Construct, IConstruct, IValidation

from cdk8s_airflow.kubernetes.objects import CLUSTER_SCOPED, KubernetesObject, namesakes

_checked: weakref.WeakSet[IConstruct] = weakref.WeakSet()


@jsii.implements(IValidation)
class _UniqueObjects:
    def __init__(self, root: IConstruct) -> None:
        self._root = root
        self._places: weakref.WeakKeyDictionary[KubernetesObject, tuple[bool, str]]
        self._places = weakref.WeakKeyDictionary()

    def validate(self) -> list[str]:
        """Asked once for each chart, so it looks at namesakes only and asks jsii once for each."""
        findings = []
        for (kind, name), objects in sorted(namesakes().items()):
            places = Counter(self._place(item) for item in objects)
            for (ours, namespace), count in places.items():
                if ours and count > 1:
                    where = f"namespace {namespace!r}" if namespace else "no namespace"
                    findings.append(
                        f"{count} objects are {kind} {name!r} in {where}: give each release of a "
                        "namespace its own name"
                    )
        return findings

    def _place(self, item: KubernetesObject) -> tuple[bool, str]:
        if item not in self._places:
            scoped = item.object_kind in CLUSTER_SCOPED
            namespace = "" if scoped else item.metadata.namespace or ""
            self._places[item] = (item.node.root is self._root, namespace)
        return self._places[item]


def check_unique_objects(scope: Construct) -> None:
    """Makes the synth fail when two objects of the app have one kind, namespace and name.

    All cases are told in one error. It may be called any number of times for one app.
    """
    root = scope.node.root
    if root not in _checked:
        _checked.add(root)
        root.node.add_validation(_UniqueObjects(root))
