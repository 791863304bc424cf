"""What objects get from their chart, asked of Node once for all constructs of a release."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from dataclasses import dataclass

from cdk8s import Chart
from constructs import Construct, IConstruct


@dataclass(frozen=True)
class ChartDefaults:
    """What a chart gives to the metadata of each object in it."""

    namespace: str | None
    """Namespace of objects that name none."""
    labels: Mapping[str, str]
    """Labels of all objects; those of an object win."""


_by_construct: weakref.WeakKeyDictionary[IConstruct, ChartDefaults] = weakref.WeakKeyDictionary()


def chart_defaults(scope: Construct) -> ChartDefaults:
    """What the chart of a construct gives to the objects in it."""
    found = _by_construct.get(scope)
    if found is None:
        chart = Chart.of(scope)
        found = _by_construct.get(chart) or ChartDefaults(chart.namespace, chart.labels)
        _by_construct[chart] = _by_construct[scope] = found
    return found


class Group(Construct):
    """A construct for objects, which knows the chart of its scope without asking Node again."""

    def __init__(self, scope: Construct, id: str) -> None:
        """Adds it to the tree.

        Args:
            scope: the construct that owns it.
            id: its id in the tree.
        """
        super().__init__(scope, id)
        _by_construct[self] = chart_defaults(scope)
