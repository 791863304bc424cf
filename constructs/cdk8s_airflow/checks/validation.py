"""The validation of an app at its synth, before anything is written."""

from __future__ import annotations

import weakref
from collections import defaultdict
from collections.abc import Iterator, Sequence

import jsii
from constructs import Construct, IConstruct, IValidation

from cdk8s_airflow.checks.uniqueness import uniqueness_problems
from cdk8s_airflow.kubernetes.inherited import inherited, root_of
from cdk8s_airflow.kubernetes.labels import INSTANCE_LABEL
from cdk8s_airflow.kubernetes.objects import KubernetesObject

_validations: weakref.WeakKeyDictionary[IConstruct, _Validation] = weakref.WeakKeyDictionary()


@jsii.implements(IValidation)
class _Validation:
    def __init__(self, root: IConstruct) -> None:
        self._root = root
        self._seen = -1
        self._problems: list[str] = []
        self.whole: set[tuple[int, str]] = set()
        """Charts and names of releases that have objects of the user's."""

    def validate(self) -> list[str]:
        """The problems; searched again only after new objects, as each chart of an app asks."""
        if self._seen != KubernetesObject.made:
            self._seen = KubernetesObject.made
            self._problems = self._find()
        return self._problems

    def _find(self) -> list[str]:
        found = self._root.node.find_all()
        objects = [item for item in found if isinstance(item, KubernetesObject)]
        return [*uniqueness_problems(self._root, objects), *self._of_releases(objects)]

    def _of_releases(self, objects: Sequence[KubernetesObject]) -> Iterator[str]:
        if not self.whole and not any(item.is_changed for item in objects):
            return  # whose chart is which, only Node knows
        releases: defaultdict[tuple[int, str], list[KubernetesObject]] = defaultdict(list)
        for item in objects:
            name = item.object_labels.get(INSTANCE_LABEL, "")
            releases[id(item.object_chart), name].append(item)
        for key, items in releases.items():
            if key in self.whole or any(item.is_changed for item in items):
                from cdk8s_airflow.checks.release import release_problems

                yield from release_problems(key[1], items)


def validate_at_synth(scope: Construct, *, release: str | None = None) -> None:
    """Fails the synth with all problems of the app that its construction cannot know.

    Objects with the same kind, namespace and name, or in one file; and in releases that are named
    here or have patched objects, what Kubernetes refuses and what does not fit together.

    Args:
        scope: a construct of the app, in the chart of the release.
        release: name of a release with objects of the user's own. Default: none has any.
    """
    root = root_of(scope)
    if root not in _validations:
        _validations[root] = _Validation(root)
        root.node.add_validation(_validations[root])
    if release is not None:
        _validations[root].whole.add((id(inherited(scope)), release))
