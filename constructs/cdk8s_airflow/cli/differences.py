"""What differs between two sets of manifests, by object and field, and which pods roll for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cdk8s_airflow.cli.cluster.kubectl import Object
from cdk8s_airflow.cli.cluster.revisions import config_maps_of

CHECKSUM = "cdk8s-airflow/checksum"
"""The annotation of a pod template that changes with the data that its processes read once."""
TEMPLATE = "spec.template."
ROLLED = ("Deployment", "StatefulSet", "DaemonSet")
CLAIMS = "volumeClaimTemplates"
FIXED = {
    "StatefulSet": ("selector", "serviceName", "podManagementPolicy", CLAIMS),
    "Deployment": ("selector",),
    "Job": ("selector", "template", "completions", "completionMode"),
}
"""The fields of `spec` that a cluster does not let anyone change."""
OF_THE_CLUSTER = ("creationTimestamp", "generation", "managedFields", "resourceVersion", "uid")
NAMES = ("name", "mountPath", "containerPort", "ip", "key")
"""What tells the items of a list of mappings apart; the first that all have, each its own."""


ABSENT = object()
"""The value of a field that is not there."""


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field with another value."""

    path: str
    """Such as `spec.template.spec.containers[worker].image`."""
    before: object
    after: object


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One object that is added, removed or changed."""

    kind: str
    name: str
    namespace: str
    """Empty: of the whole cluster."""
    state: str
    """`added`, `removed` or `changed`."""
    fields: tuple[FieldChange, ...] = ()
    rolls: tuple[str, ...] = ()
    """Why its pods are replaced; empty: they are not."""
    pods: int = 0
    """How many pods it runs, if it is a workload."""
    refused: tuple[str, ...] = field(default=())
    """Changed fields that the cluster refuses to change."""


def differences(before: Iterable[Object], after: Iterable[Object]) -> list[Difference]:
    """What differs, sorted by kind and name.

    Args:
        before: manifests, or live objects; what only a cluster writes is left out.
        after: manifests.
    """
    old, new = ({_key(thing): thing for thing in things} for things in (before, after))
    changed = {key: tuple(_changes(old[key], new[key])) for key in old.keys() & new.keys()}
    data = {name for (_, kind, _, name), found in changed.items() if found and kind == "ConfigMap"}
    found = []
    for key in sorted(old.keys() | new.keys(), key=lambda each: each[1:]):
        _, kind, namespace, name = key
        if key in changed and not changed[key]:
            continue
        fields = changed.get(key, ())
        state = "changed" if key in changed else "added" if key in new else "removed"
        thing = new.get(key, old.get(key, {}))
        spec = thing.get("spec") or {}
        found.append(
            Difference(
                kind=kind,
                name=name,
                namespace=namespace,
                state=state,
                fields=fields,
                rolls=tuple(_reasons(fields, thing, data)) if kind in ROLLED else (),
                pods=int(spec.get("replicas", 1)) if kind in ROLLED else 0,
                refused=tuple(sorted(_refused(kind, fields, old.get(key, {}), spec))),
            )
        )
    return found


def _key(thing: Object) -> tuple[str, str, str, str]:
    group = thing["apiVersion"].rpartition("/")[0]
    metadata = thing["metadata"]
    return group, thing["kind"], metadata.get("namespace", ""), metadata["name"]


def _changes(before: Object, after: Object) -> Iterator[FieldChange]:
    hide = after["kind"] == "Secret"
    found = list(_compare("", _plain(before), _plain(after)))
    if not found:  # the cluster counts a change that it does not keep, at every apply
        counts = [thing["metadata"].get("generation", ABSENT) for thing in (before, after)]
        found = list(_compare("metadata.generation", *counts))
    for change in found:
        if hide and change.path.startswith(("data.", "stringData.")):
            yield FieldChange(path=change.path, before="(hidden)", after="(hidden, another)")
        else:
            yield change


def _plain(thing: Object) -> Object:
    metadata = {k: v for k, v in thing["metadata"].items() if k not in OF_THE_CLUSTER}
    return {**{k: v for k, v in thing.items() if k != "status"}, "metadata": metadata}


def _compare(path: str, before: object, after: object) -> Iterator[FieldChange]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _compare_maps(path, before, after, "{}.{}" if path else "{}{}")
    elif isinstance(before, Sequence) and isinstance(after, Sequence) and not _text(before, after):
        name = _names(before, after)
        if name:
            old, new = ({item[name]: item for item in items} for items in (before, after))
            yield from _compare_maps(path, old, new, "{}[{}]")
            if old.keys() == new.keys() and list(old) != list(new):
                yield FieldChange(path=f"{path} (order)", before=[*old], after=[*new])
        elif all(not isinstance(item, Mapping) for item in (*before, *after)):
            yield FieldChange(path=path, before=before, after=after)
        else:
            old, new = (dict(enumerate(items)) for items in (before, after))
            yield from _compare_maps(path, old, new, "{}[{}]")
    else:
        yield FieldChange(path=path, before=before, after=after)


def _compare_maps(
    path: str, before: Mapping[Any, object], after: Mapping[Any, object], spelled: str
) -> Iterator[FieldChange]:
    for key in [*before, *(key for key in after if key not in before)]:
        place = spelled.format(path, key)
        yield from _compare(place, before.get(key, ABSENT), after.get(key, ABSENT))


def _text(*values: object) -> bool:
    return any(isinstance(value, str) for value in values)


def _names(*lists: Sequence[object]) -> str | None:
    """The field that tells the items of both lists apart, if one does."""
    for name in NAMES:
        for items in lists:
            found = [item.get(name) for item in items if isinstance(item, Mapping)]
            if len(found) != len(items) or None in found or len(set(map(str, found))) < len(items):
                break
        else:
            return name
    return None


def _reasons(fields: Iterable[FieldChange], thing: Object, data: set[str]) -> Iterator[str]:
    """What of a template has changed, and what the checksum in it stands for."""
    paths = [change.path for change in fields if change.path.startswith(TEMPLATE)]
    others = [path for path in paths if not path.endswith(CHECKSUM)]
    yield from (path.removeprefix(TEMPLATE).removeprefix("spec.") for path in others)
    if len(paths) > len(others):
        read = sorted(data & set(config_maps_of(thing.get("spec"))))
        if read:
            yield from (f"ConfigMap {name}, which it reads" for name in read)
        elif not others:
            yield "data that its processes read when they start"


def _refused(kind: str, fields: Iterable[FieldChange], before: Object, spec: Object) -> set[str]:
    first = {change.path.removeprefix("spec.").partition(".")[0] for change in fields}
    found = {name for name in FIXED.get(kind, ()) if name in {each.split("[")[0] for each in first}}
    old, new = (_claims(each) for each in (before.get("spec") or {}, spec))
    return found - {CLAIMS} if old == new else found


def _claims(spec: Object) -> list[Object]:
    """The claim templates with what a cluster fills in, and without what only it writes."""
    return [
        {
            "apiVersion": "v1",
            "kind": "PersistentVolumeClaim",
            **{name: value for name, value in claim.items() if name != "status"},
            "metadata": {k: v for k, v in claim["metadata"].items() if k not in OF_THE_CLUSTER},
            "spec": {"volumeMode": "Filesystem", **claim["spec"]},
        }
        for claim in spec.get(CLAIMS) or ()
    ]
