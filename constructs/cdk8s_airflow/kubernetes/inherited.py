"""What objects have of their chart and app, asked of Node once for all that share it."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cdk8s import App, Chart, ImplicitTokenResolver, LazyResolver, NumberStringUnionResolver
from constructs import IConstruct

from cdk8s_airflow.kubernetes.wire import Wire

# Those of every app. They find nothing in names and labels.
_BUILT_IN = frozenset({ImplicitTokenResolver, LazyResolver, NumberStringUnionResolver})


@dataclass(frozen=True, kw_only=True)
class Inherited:
    """What a chart gives to its objects."""

    namespace: str | None
    """Of objects that name none."""
    labels: Mapping[str, str]
    """Of all its objects; one of the object's own of the same name wins."""
    resolvers: bool
    """Whether the app has resolvers of its own, which may change any metadata."""

    def metadata(
        self,
        name: str,
        namespace: str | None,
        labels: Mapping[str, str],
        annotations: Mapping[str, str],
    ) -> dict[str, Wire]:
        """`metadata` as cdk8s writes it: keys sorted, nothing empty."""
        namespace = self.namespace if namespace is None else namespace
        found: dict[str, Wire] = {
            "annotations": dict(sorted(annotations.items())) or None,
            "labels": dict(sorted({**self.labels, **labels}.items())) or None,
            "name": name,
            "namespace": namespace,
        }
        return {key: value for key, value in found.items() if value is not None}


_roots: weakref.WeakKeyDictionary[IConstruct, IConstruct] = weakref.WeakKeyDictionary()
_inherited: weakref.WeakKeyDictionary[IConstruct, Inherited] = weakref.WeakKeyDictionary()
_resolvers: weakref.WeakKeyDictionary[IConstruct, bool] = weakref.WeakKeyDictionary()


def root_of(construct: IConstruct) -> IConstruct:
    """The app of a construct: a construct never moves, so each is asked once."""
    if isinstance(construct, App):
        return construct
    if construct not in _roots:
        _roots[construct] = construct.node.root
    return _roots[construct]


def inherited(scope: IConstruct) -> Inherited:
    """What objects of a scope inherit; neither chart nor app can change it later."""
    if scope not in _inherited:
        chart = scope if isinstance(scope, Chart) else Chart.of(scope)
        if chart is scope:
            inherit(chart, root_of(chart), namespace=chart.namespace, labels=chart.labels)
        else:
            _inherited[scope] = inherited(chart)
    return _inherited[scope]


def inherit(
    chart: Chart, app: IConstruct, *, namespace: str | None, labels: Mapping[str, str]
) -> None:
    """Tells what a new chart gives to its objects, so that nobody needs to ask."""
    if app not in _resolvers:
        _resolvers[app] = not isinstance(app, App) or any(
            type(resolver) not in _BUILT_IN for resolver in app.resolvers
        )
    _roots[chart] = app
    _inherited[chart] = Inherited(namespace=namespace, labels=labels, resolvers=_resolvers[app])


def share(chart: Chart, constructs: Iterable[IConstruct]) -> None:
    """Tells that constructs are in a chart, so that nobody needs to ask."""
    known = inherited(chart)
    _inherited.update((construct, known) for construct in constructs)
