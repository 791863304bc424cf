"""Labels, annotations and patches of the finished objects of a release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from constructs import Construct

from cdk8s_airflow.kubernetes.labelled import AnyManifest
from cdk8s_airflow.kubernetes.labels import COMPONENT_LABEL
from cdk8s_airflow.kubernetes.objects import KubernetesObject, wire_mapping
from cdk8s_airflow.kubernetes.problems import refuse
from cdk8s_airflow.kubernetes.props import Props, nearest
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform

_OPS = ("add", "remove", "replace", "move", "copy", "test")


@dataclass(frozen=True, kw_only=True)
class Patch(Props):
    """A change of finished objects, for a field that no prop sets.

    It applies to every object that fits all of `kind`, `name` and `component`; at least one has to
    fit, and one of the three has to be given. What comes out is checked against the types of
    Kubernetes and the rest of the release. A later version may name its objects differently.
    """

    kind: str | None = None
    """Kind of the objects, for example `Deployment`. Default: any."""
    name: str | None = None
    """Name of the objects, for example `af1-scheduler`; for Jobs without the hash at its end.
    Default: any."""
    component: str | None = None
    """Component, as in the label `app.kubernetes.io/component`: `scheduler`, `worker`,
    `postgresql` ... Default: any."""
    merge: AnyManifest | None = None
    """A part of the manifest that is laid over it, as a strategic merge: containers, volumes,
    variables and the like are told apart by their names, `None` (in YAML `null`) removes a field,
    `{"$patch": "delete"}` an item. Default: none."""
    ops: Sequence[AnyManifest] | None = None
    """JSON patches (RFC 6902) with `op`, `path`, and `value` or `from`, for example `[{"op": "add",
    "path": "/spec/minReadySeconds", "value": 10}]`. They come after `merge`. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if not any((self.kind, self.name, self.component)):
            yield (
                "Patch() fits every object: give kind=, name= or component=, for example "
                "kind='Deployment', component='scheduler'"
            )
        if not self.merge and not self.ops:
            yield "Patch() changes nothing: give merge={...} or ops=[...]"
        for number, op in enumerate(self.ops or ()):
            form = wire_mapping(op)
            where = f"Patch.ops[{number}] is {form}"
            if form.get("op") not in _OPS:
                yield f"{where}: expected 'op', one of {', '.join(_OPS)}"
            elif not str(form.get("path", "")).startswith("/"):
                yield f"{where}: expected 'path', such as '/spec/replicas'"
            elif form["op"] in ("add", "replace", "test") and "value" not in form:
                yield f"{where}: expected 'value' for {form['op']!r}"
            elif form["op"] in ("move", "copy") and "from" not in form:
                yield f"{where}: expected 'from' for {form['op']!r}"

    def fits(self, item: KubernetesObject) -> bool:
        """Whether it applies to an object."""
        own = {
            "kind": item.object_kind,
            "name": item.object_name,
            "component": item.object_labels.get(COMPONENT_LABEL),
        }
        return all(getattr(self, key) in (None, value) for key, value in own.items())

    def apply_to(self, item: KubernetesObject, *, exact: bool = False) -> None:
        """Adds the change to an object.

        Args:
            item: the object.
            exact: refuse typing errors in what it removes; of several objects not all may have it.
        """
        if self.merge:
            item.add_merge(self.merge, exact=exact)
        if self.ops:
            item.add_ops([wire_mapping(op) for op in self.ops])


@dataclass(frozen=True, kw_only=True)
class Patches(Part):
    """Common labels and annotations, and the user's patches: the last that builds."""

    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    patches: Sequence[Patch] = ()

    def build(self, scope: Construct, platform: Platform) -> None:
        """Changes the objects of the release.

        Raises:
            ValueError: with all patches that fit no object.
        """
        items = [each for each in scope.node.find_all() if isinstance(each, KubernetesObject)]
        for item in items:
            item.add_metadata(self.labels, self.annotations)
        problems = []
        for number, patch in enumerate(self.patches):
            fitting = [item for item in items if patch.fits(item)]
            for item in fitting:
                patch.apply_to(item, exact=len(fitting) == 1)
            if not fitting:
                problems.append(f"patches[{number}] fits no object: {_mismatch(patch, items)}")
        refuse(problems)


def _mismatch(patch: Patch, items: Iterable[KubernetesObject]) -> str:
    """Which of its words fits nothing, and the nearest that does."""
    known: dict[str, set[str]] = {
        "kind": {item.object_kind for item in items},
        "name": {item.object_name for item in items},
        "component": {item.object_labels.get(COMPONENT_LABEL, "") for item in items} - {""},
    }
    for key, names in known.items():
        value = getattr(patch, key)
        if value is not None and value not in names:
            return f"the release has no {key}={value!r}{nearest(value, names)}"
    given = {key: getattr(patch, key) for key in known if getattr(patch, key) is not None}
    return f"no object has all of {', '.join(f'{key}={value!r}' for key, value in given.items())}"
