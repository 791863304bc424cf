"""The environment of one container: values, references and the ``$(NAME)`` expansion."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .objects import (
    Manifest,
    NodeError,
    NotYetError,
    ObjectStore,
    config_map_data,
    namespace_of,
    pod_field,
    refuse_unknown_fields,
    secret_data,
)

_REFERENCE = re.compile(r"\$(\$|\(([-._a-zA-Z0-9]+)\))")


def expand(text: str, values: Mapping[str, str]) -> str:
    """Replaces ``$(NAME)`` by its value; ``$$`` is a dollar sign, unknown names stay."""

    def replace(match: re.Match[str]) -> str:
        if match[1] == "$":
            return "$"
        return values.get(match[2], match[0])

    return _REFERENCE.sub(replace, text)


def container_environment(
    container: Manifest,
    pod: Manifest,
    store: ObjectStore,
    base: Mapping[str, str],
    addresses: Mapping[str, str],
) -> dict[str, str]:
    """All variables of a container; NotYetError while a Secret or ConfigMap is missing.

    Args:
        container: The container of the manifest.
        pod: The pod that it belongs to.
        store: Where Secrets and ConfigMaps are.
        base: The variables of the image and of the node.
        addresses: ``status.podIP`` and ``status.hostIP``.
    """
    values = dict(base)
    declared: dict[str, str] = {}
    for source in container.get("envFrom", []):
        refuse_unknown_fields("envFrom", source, ("prefix", "configMapRef", "secretRef"))
        kind = "secretRef" if "secretRef" in source else "configMapRef"
        reference = source[kind]
        data = _data(store, pod, kind, reference) or {}
        prefix = source.get("prefix", "")
        declared.update({prefix + key: value.decode() for key, value in data.items()})
    for entry in container.get("env", []):
        refuse_unknown_fields("env", entry, ("name", "value", "valueFrom"))
        if "valueFrom" in entry:
            value = _value_from(entry["valueFrom"], pod, store, addresses)
            if value is None:
                continue
        else:
            value = expand(entry.get("value", ""), declared)
        declared[entry["name"]] = value
    values.update(declared)
    return values


def _value_from(
    source: Mapping[str, Any], pod: Manifest, store: ObjectStore, addresses: Mapping[str, str]
) -> str | None:
    ((kind, value),) = source.items()
    if kind == "fieldRef":
        return pod_field(value["fieldPath"], pod, addresses)
    if kind not in ("secretKeyRef", "configMapKeyRef"):
        raise NodeError(f"the stand-in node does not know env valueFrom {kind}")
    data = _data(store, pod, kind.replace("Key", ""), value)
    if data is not None and value["key"] in data:
        return data[value["key"]].decode()
    if value.get("optional"):
        return None
    raise NotYetError(f"{value['name']} has no key {value['key']}")


def _data(
    store: ObjectStore, pod: Manifest, kind: str, reference: Mapping[str, Any]
) -> dict[str, bytes] | None:
    name = reference["name"]
    if kind == "secretRef":
        found = store.get("Secret", namespace_of(pod), name)
        data = secret_data(found) if found else None
    else:
        found = store.get("ConfigMap", namespace_of(pod), name)
        data = config_map_data(found) if found else None
    if data is None and not reference.get("optional"):
        raise NotYetError(f"{kind.removesuffix('Ref')} {name} not found")
    return data
