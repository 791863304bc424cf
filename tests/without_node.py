"""The tree of constructs in Python alone: for tests of manifests, which are made in Python.

Each construct is a message to Node and an answer, and a test of one release has seventy. Where the
manifests are all that is asked for, the tree can be kept here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import Any, TypeVar, cast

import jsii
import pytest
from cdk8s import ApiObject, App, Chart
from constructs import Construct
from jsii import _reference_map, _type_checking
from jsii._kernel.types import ObjRef

from cdk8s_airflow import AirflowChart, AirflowProps
from cdk8s_airflow.checks.bundle import Manifest
from cdk8s_airflow.kubernetes.objects import KubernetesObject


class Node:
    """What `construct.node` is, as far as the library asks."""

    def __init__(self, construct: Construct, scope: Construct | None, id: str) -> None:
        self.construct, self.scope, self.id = construct, scope, id
        self._children: dict[str, Construct] = {}
        if scope is not None:
            siblings = node_of(scope)._children
            assert id not in siblings, f"There is already a Construct with name '{id}'"
            siblings[id] = construct

    @property
    def root(self) -> Construct:
        return self.construct if self.scope is None else node_of(self.scope).root

    @property
    def path(self) -> str:
        return f"{node_of(self.scope).path}/{self.id}".lstrip("/") if self.scope else self.id

    @property
    def children(self) -> list[Construct]:
        return [*self._children.values()]

    def find_all(self) -> list[Construct]:
        found = [self.construct]
        for child in self.children:
            found += node_of(child).find_all()
        return found

    def try_find_child(self, id: str) -> Construct | None:
        return self._children.get(id)

    def try_remove_child(self, id: str) -> bool:
        return self._children.pop(id, None) is not None

    def add_validation(self, validation: object) -> None:
        """Nothing: there is no synth."""


def node_of(construct: Any) -> Node:
    node: Node = construct.__dict__["_node_here"]
    return node


class OnlyNode(BaseException):
    """Something that only Node knows was asked for; no error for anybody to catch."""


Made = TypeVar("Made")


def without_node(make: Callable[[], Made]) -> Made:
    """Make plain values from constructs that are not told to Node, where Node is not needed.

    Args:
        make: Makes a tree and returns values, no constructs. It is called once more with Node if
            something was asked for that only Node knows, such as the metadata of an object.
    """
    try:
        with _tree_here():
            return make()
    except OnlyNode:
        return make()


def manifests(
    props: AirflowProps, release: str = "af1", namespace: str | None = "airflow"
) -> list[Manifest]:
    """The manifests of a release, as they are made in Python, without Node if it is not needed."""
    return without_node(partial(manifests_of_node, props, release, namespace))


def manifests_of_node(
    props: AirflowProps, release: str = "af1", namespace: str | None = "airflow"
) -> list[Manifest]:
    """The same with the tree that there is: that of Node."""
    app = App(outdir="unused")
    AirflowChart(app, release, namespace=namespace, props=props)
    objects = [each for each in app.node.find_all() if isinstance(each, KubernetesObject)]
    return [cast("Manifest", each.to_json()) for each in objects]


def makes(source: Callable[[App], None], expected: Sequence[Manifest]) -> bool:
    """Whether a function that fills an app makes these manifests, in this order, without Node.

    It is not known where something is asked for that only Node knows, or where Node orders the
    objects of a chart by their dependencies; then the answer is no.
    """
    try:
        with _tree_here():
            app = App(outdir="unused")
            source(app)
            found = [each.to_json() for each in app.node.find_all() if isinstance(each, ApiObject)]
    except (OnlyNode, Exception):
        return False
    return [json.dumps(each) for each in found] == [json.dumps(each) for each in expected]


@contextmanager
def _tree_here() -> Iterator[None]:
    numbers, ask_node = count(), jsii.sinvoke

    def create(klass: Any, made: Any, args: Sequence[Any] = ()) -> ObjRef:
        made.__jsii_ref__ = ObjRef(f"{klass.__jsii_type__}@here{next(numbers)}")
        _reference_map.register_reference(made)
        if isinstance(made, Construct):
            scope, id = args[:2] if len(args) > 1 else (None, "")
            made.__dict__["_node_here"] = Node(made, scope, id)
            made.__dict__["_props_here"] = args[-1] if args else None
        reference: ObjRef = made.__jsii_ref__
        return reference

    def get(construct: Any, name: str) -> object:
        if name == "node":
            return node_of(construct)
        if name == "resolvers":
            return []
        if isinstance(construct, Chart) and name == "namespace":
            return construct.__dict__["_props_here"].namespace
        raise OnlyNode(name)

    def invoke(_: object, method: str, args: Sequence[Any] = ()) -> object:
        raise OnlyNode(method)

    def static(klass: Any, method: str, args: Sequence[Any] = ()) -> object:
        if (klass, method) != (Chart, "of"):
            return ask_node(klass, method, args)  # of plain data, such as YAML
        construct = args[0]
        while not isinstance(construct, Chart):
            construct = node_of(construct).scope
        return construct

    with pytest.MonkeyPatch.context() as here:
        stand_ins = {"create": create, "get": get, "invoke": invoke, "sinvoke": static}
        for name, stand_in in stand_ins.items():
            here.setattr(jsii, name, stand_in)
        # The types of what is not sent are as synthesize() finds them.
        here.setattr(_type_checking, "_resolved_check", lambda **given: None, raising=False)
        yield
