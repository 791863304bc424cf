"""The wire form of Kubernetes objects: what the API server reads, in the order we write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any, TypeAlias

from cdk8s_airflow.kubernetes.structs import is_struct

Wire: TypeAlias = "str | int | float | bool | list[Wire] | dict[str, Wire] | None"
"""A manifest, or a piece of one, as JSON knows it."""

Manifest: TypeAlias = Mapping[str, object]
"""A piece of a manifest in the wire spelling of the Kubernetes documentation (`runAsUser`)."""

# jsii spells acronyms its own way; these are the Kubernetes spellings of all structs in k8s.
ACRONYMS: Mapping[str, str] = {
    "clientIp": "clientIP",
    "clusterIp": "clusterIP",
    "clusterIPs": "clusterIPs",
    "clusterIPS": "clusterIPs",
    "clusterIps": "clusterIPs",
    "datasetUuid": "datasetUUID",
    "diskUri": "diskURI",
    "downwardApi": "downwardAPI",
    "externalId": "externalID",
    "externalIps": "externalIPs",
    "hostIp": "hostIP",
    "hostIpc": "hostIPC",
    "hostPid": "hostPID",
    "insecureSkipTlsVerify": "insecureSkipTLSVerify",
    "loadBalancerIp": "loadBalancerIP",
    "nodeId": "nodeID",
    "nonResourceUrLs": "nonResourceURLs",
    "openApiv3Schema": "openAPIV3Schema",
    "pdId": "pdID",
    "podCidr": "podCIDR",
    "podCidRs": "podCIDRs",
    "providerId": "providerID",
    "scaleIo": "scaleIO",
    "setHostnameAsFqdn": "setHostnameAsFQDN",
    "storagePolicyId": "storagePolicyID",
    "targetCpuUtilizationPercentage": "targetCPUUtilizationPercentage",
    "targetWwNs": "targetWWNs",
    "volumeId": "volumeID",
}

_SCALARS = frozenset({bool, float, int, str, type(None)})
_STRING = frozenset({str})


def wire(value: object) -> Wire:
    """The wire form of a typed struct, a mapping or a list of them.

    Args:
        value: `cdk8s_plus_27.k8s` structs, mappings in wire spelling, sequences and scalars,
            nested at will. `None` in a mapping or struct disappears; `{}` and `[]` stay.

    Returns:
        Plain dicts and lists, keys sorted with `name` first.

    Raises:
        TypeError: for a value that has no wire form.
    """
    if type(value) in _SCALARS:
        return value  # type: ignore[return-value]
    if isinstance(value, Mapping):
        if _STRING.issuperset(map(type, value)):
            return _ordered(value)
        return _ordered({str(key): item for key, item in value.items()})
    if isinstance(value, str | int | float) and not isinstance(value, Enum):
        return value
    if isinstance(value, Sequence):
        return [wire(item) for item in value]
    if isinstance(value, Enum):
        return wire(value.value)
    if is_struct(value, "Quantity", "IntOrString"):
        return wire(value.value)  # type: ignore[attr-defined]
    fields = getattr(value, "_values", None)
    if fields is None:
        raise TypeError(
            f"{value!r} ({type(value).__name__}) has no wire form: expected a k8s struct, a "
            "mapping, a list, a string, a number, a bool or None"
        )
    kind: Any = type(value)
    names = _names(kind)
    return _ordered({names[key]: item for key, item in fields.items()})


def wire_mapping(value: object) -> dict[str, Wire]:
    """`wire(value)` for a value that is a struct or a mapping.

    Raises:
        TypeError: when it is neither.
    """
    form = wire(value)
    if not isinstance(form, dict):
        raise TypeError(f"expected a k8s struct or a mapping, got {value!r}")
    return form


def _ordered(fields: Mapping[str, Any]) -> dict[str, Wire]:
    form: dict[str, Wire] = {}
    if fields.get("name") is not None:
        form["name"] = wire(fields["name"])
    for key in sorted(fields):
        item = fields[key]
        if item is not None:
            form[key] = item if type(item) in _SCALARS else wire(item)
    return form


@cache
def _names(struct: Any) -> Mapping[str, str]:
    names: Mapping[str, str] = struct.__jsii_name_mapping__
    return {key: ACRONYMS.get(name, name) for key, name in names.items()}
