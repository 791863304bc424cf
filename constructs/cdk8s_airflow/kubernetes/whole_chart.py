"""A chart that hands its manifests to Node in one message."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from cdk8s import ApiObject, App, Chart, DependencyGraph
from constructs import Construct, IConstruct

from cdk8s_airflow.kubernetes.inherited import inherit, root_of, share

_SYNTHS = frozenset({App.synth.__code__, App.synth_yaml.__code__})


class WholeChart(Chart):
    """A chart whose objects are rendered in Python, all in one answer to the synth of the app.

    cdk8s asks each object by itself, and checks the whole app again for each chart. The order is
    that of cdk8s. Wherever this could make a difference, cdk8s does it: outside of a synth, where
    nobody has checked the app yet, and with charts inside of this one.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        namespace: str | None = None,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        """Adds the chart to the tree.

        Args:
            scope: the app.
            id: its construct id, and name of its file.
            namespace: of all its objects that name none.
            labels: of all its objects.
        """
        super().__init__(scope, id, namespace=namespace, labels=labels)
        inherit(self, root_of(scope), namespace=namespace, labels=labels or {})

    def to_json(self) -> list[Any]:
        """The manifests of the chart, in the order in which they are applied."""
        if not _in_synth_of(root_of(self)):
            return super().to_json()
        constructs = DependencyGraph(self.node).topology()
        if not all(_is_plain(item) for item in constructs if item is not self):
            return super().to_json()
        share(self, constructs)
        return [item.to_json() for item in constructs if isinstance(item, ApiObject)]


def _is_plain(item: IConstruct) -> bool:
    # Node's classes that are in no library of ours come as objects that are of no class here.
    return isinstance(item, Construct) and not isinstance(item, Chart)


def _in_synth_of(app: IConstruct) -> bool:
    """Whether the synth of the app asks: it has checked the app and ordered its charts by then."""
    frame = inspect.currentframe()
    while frame is not None:
        if frame.f_code in _SYNTHS and frame.f_locals.get("self") is app:
            return True
        frame = frame.f_back
    return False
