"""What the API server makes of a manifest: `stored(manifest)` is what a GET gives back.

Only what follows from the manifest itself is there, so no uid, no status, no addresses.
"""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.testing.kube_api.defaults import DEFAULTS, KINDS
from cdk8s_airflow.testing.kube_api.empties import ALWAYS, POINTERS, VALUES, WRITE_ONLY
from cdk8s_airflow.testing.kube_api.quantities import canonical
from cdk8s_airflow.testing.kube_api.types import Manifest, Type, type_of

QUANTITY = "resource.Quantity"
_NEVER_EMPTY = (QUANTITY, "intstr.IntOrString")


def stored(manifest: Manifest) -> Manifest:
    """The object with defaults filled in, without what the API server forgets.

    Raises:
        LookupError: when its kind, or an empty value in it, is not in the tables.
    """
    found: Manifest = _stored(type_of_object(manifest), manifest)
    return found


def is_changed(live: Manifest, sent: Manifest) -> bool:
    """Whether an object is another one when `sent` is applied, so that its generation rises.

    Of NetworkPolicies the API server compares what is sent with what it holds, where an empty list
    is not a missing one.

    Raises:
        LookupError: when the kind, or an empty value in it, is not in the tables.
    """
    sides = ("ingress", "egress") if sent["kind"] == "NetworkPolicy" else ()
    body = {name: item for name, item in stored(sent).items() if name != "metadata"}
    return any(live.get(name) != item for name, item in body.items()) or any(
        sent["spec"].get(side) == [] for side in sides
    )


def type_of_object(manifest: Manifest) -> Type:
    """The type of an object.

    Raises:
        LookupError: when its kind is not in `testing.kube_api.defaults`.
    """
    api_version, kind = str(manifest["apiVersion"]), str(manifest["kind"])
    if f"{api_version} {kind}" not in KINDS:
        raise LookupError(
            f"{api_version} {kind}: say in testing/kube_api/defaults.py what the API server "
            "fills in"
        )
    return type_of(api_version, kind)


def _stored(kind: Type, value: Any) -> Any:
    if kind.name == QUANTITY:
        return canonical(value)
    if isinstance(value, list):
        return [_stored(kind.item, item) for item in value]
    if not isinstance(value, dict):
        return value
    fields = {name: item for name, item in value.items() if item is not None}
    if kind.is_struct:
        said = _remembered(kind, fields)
        fill = DEFAULTS.get(kind.name, {})
        fields = _remembered(kind, _below(fill(fields) if callable(fill) else fill, said))
    return {name: _stored(kind.field(name), item) for name, item in fields.items()}


def _below(fill: Any, sent: Manifest) -> Manifest:
    """What was sent, and what is filled in where nothing was."""
    both = {**fill, **sent}
    for name in fill.keys() & sent.keys():
        if isinstance(fill[name], dict) and isinstance(sent[name], dict):
            both[name] = _below(fill[name], sent[name])
    return both


def _remembered(kind: Type, fields: Manifest) -> Manifest:
    return {name: item for name, item in fields.items() if not _is_forgotten(kind, name, item)}


def _is_forgotten(kind: Type, name: str, value: Any) -> bool:
    place, field = f"{kind.name}.{name}", kind.field(name)
    if place in WRITE_ONLY:
        return True
    optional = name not in kind.schema.get("required", [])
    if value or kind.custom or not optional or field.name in _NEVER_EMPTY or field.is_struct:
        return False
    if isinstance(value, list | dict):
        return place not in ALWAYS
    forgotten, comes_back = (
        name in table.get(kind.name, "").split() for table in (VALUES, POINTERS)
    )
    if forgotten is comes_back:
        raise LookupError(
            f"{place}: say in testing/kube_api/empties.py whether {value!r} comes back"
        )
    return forgotten
