"""No two objects of an app may be one object of the cluster."""

from __future__ import annotations

import weakref
from collections import Counter, defaultdict

import jsii
from constructs import Construct, IConstruct, IValidation

from cdk8s_airflow.kubernetes.inherited import root_of
from cdk8s_airflow.kubernetes.objects import KubernetesObject

_checked: weakref.WeakSet[IConstruct] = weakref.WeakSet()


@jsii.implements(IValidation)
class _UniqueObjects:
    def __init__(self, root: IConstruct) -> None:
        self._root = root
        self._seen = -1
        self._findings: list[str] = []

    def validate(self) -> list[str]:
        """Asked once for each chart of a synth, so it looks again only after new objects."""
        if self._seen != KubernetesObject.made:
            self._seen = KubernetesObject.made
            self._findings = self._find()
        return self._findings

    def _find(self) -> list[str]:
        namesakes: defaultdict[tuple[str, str], list[KubernetesObject]] = defaultdict(list)
        for construct in self._root.node.find_all():
            if isinstance(construct, KubernetesObject):
                namesakes[construct.object_kind, construct.object_name].append(construct)
        findings = []
        for (kind, name), objects in sorted(namesakes.items()):
            # Asking jsii for a namespace takes time, so only namesakes are asked.
            namespaces = [item.object_namespace or "" for item in objects] if objects[1:] else []
            for namespace, count in Counter(namespaces).items():
                if count > 1:
                    where = f"namespace {namespace!r}" if namespace else "no namespace"
                    findings.append(
                        f"{count} objects are {kind} {name!r} in {where}: give each release of a "
                        "namespace its own name"
                    )
        return findings


def check_unique_objects(scope: Construct) -> None:
    """Makes the synth fail when two objects of the app have one kind, namespace and name.

    All cases are told in one error. It may be called any number of times for one app.
    """
    root = root_of(scope)
    if root not in _checked:
        _checked.add(root)
        root.node.add_validation(_UniqueObjects(root))
