"""YAML of the documents, compared with what the code yields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml
from bundle.docs_blocks import ROOT

from cdk8s_airflow.checks.bundle import Manifest

SCHEMA = ROOT / "constructs/cdk8s_airflow/values/schema.json"
VALUES = frozenset(json.loads(SCHEMA.read_text())["properties"])
REST = "..."
"""Leaves out the rest of a mapping, list or text."""


def holds(found: object, shown: object) -> bool:
    """Whether a value has all that a page shows of it."""
    if isinstance(shown, Mapping):
        return isinstance(found, Mapping) and all(
            key == REST or (key in found and holds(found[key], value))
            for key, value in shown.items()
        )
    if isinstance(shown, list):
        return isinstance(found, Sequence) and all(
            each == REST or any(holds(item, each) for item in found) for each in shown
        )
    if isinstance(shown, str) and "\n" in shown and isinstance(found, str) and found != shown:
        return holds(yaml.safe_load(found), yaml.safe_load(shown))  # a file of a ConfigMap
    if isinstance(shown, str) and REST in shown:
        pattern = ".*".join(map(re.escape, shown.split(REST)))
        return isinstance(found, str) and re.fullmatch(pattern, found, re.DOTALL) is not None
    return bool(found == shown)


def is_values(shown: object) -> bool:
    """Whether a document is a values file; one of `env` as a list is a piece of a pod."""
    return (
        isinstance(shown, Mapping)
        and shown.keys() <= VALUES
        and not isinstance(shown.get("env"), list)
    )


def mappings(value: object) -> Iterator[Mapping[str, Any]]:
    """A value's mappings, at any depth."""
    if isinstance(value, Mapping):
        yield value
        value = [*value.values()]
    for each in value if isinstance(value, list) else ():
        yield from mappings(each)


def shows(manifests: Sequence[Manifest], shown: Any, name: str = "") -> bool:
    """Whether one of the manifests, that of a name if there is one, is as a page shows it.

    A document without `kind` is a piece of a manifest: its keys may be those of a container and
    those of its pod, but of one object.
    """
    if isinstance(shown, list):  # a part of a list, such as env
        return any(
            all(any(holds(each, item) for each in mappings(manifest)) for item in shown)
            for manifest in manifests
        )
    name = shown.get("metadata", {}).get("name", name) if "kind" in shown else name
    return any(
        holds(manifest, shown)
        if "kind" in shown
        else all(
            any(holds(each, {key: value}) for each in mappings(manifest))
            for key, value in shown.items()
        )
        for manifest in manifests
        if not name or holds(manifest["metadata"]["name"], name)
    )


ANY: Mapping[str, Any] = {}
CUSTOM: Mapping[str, Mapping[str, Any]] = {
    "argoproj.io/v1alpha1 Application": {
        "project": str,
        "source": {"repoURL": str, "targetRevision": str, "path": str},
        "destination": {"server": str, "name": str, "namespace": str},
        "syncPolicy": {
            "automated": {"prune": bool, "selfHeal": bool},
            "syncOptions": list,
        },
    },
    "bitnami.com/v1alpha1 SealedSecret": {"encryptedData": dict, "template": dict},
    "kustomize.toolkit.fluxcd.io/v1 Kustomization": {
        "interval": str,
        "sourceRef": {"kind": str, "name": str, "namespace": str},
        "path": str,
        "prune": bool,
        "wait": bool,
        "timeout": str,
        "dependsOn": list,
    },
    "scheduling.k8s.io/v1 PriorityClass": {},
    "source.toolkit.fluxcd.io/v1 GitRepository": {
        "interval": str,
        "url": str,
        "ref": {"branch": str, "tag": str, "commit": str, "semver": str},
        "secretRef": {"name": str},
    },
}
"""Objects of the reader's own: the fields of their `spec` that pages use, as in their CRDs."""

REQUIRED: Mapping[str, frozenset[str]] = {
    "argoproj.io/v1alpha1 Application": frozenset({"project", "destination"}),
    "kustomize.toolkit.fluxcd.io/v1 Kustomization": frozenset({"interval", "prune", "sourceRef"}),
    "source.toolkit.fluxcd.io/v1 GitRepository": frozenset({"interval", "url"}),
}


def custom(shown: Mapping[str, Any]) -> str:
    """The key in `CUSTOM` of an object; empty: it is none of the reader's own."""
    key = f"{shown.get('apiVersion')} {shown.get('kind')}"
    return key if key in CUSTOM else ""


def unknown_fields(shown: Mapping[str, Any]) -> Iterator[str]:
    """Fields of such an object that its CRD does not have, or of another type; missing ones."""
    key = custom(shown)
    spec = shown.get("spec", {})
    yield from (
        f"{key}: no spec.{name}" for name in sorted(REQUIRED.get(key, ANY)) if name not in spec
    )
    yield from _unknown("spec", spec, CUSTOM[key])


def _unknown(path: str, value: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    for name, each in value.items():
        expected = known.get(name)
        if expected is None:
            yield f"{path}.{name}: unknown"
        elif isinstance(expected, Mapping):
            yield from _unknown(f"{path}.{name}", each, expected)
        elif not isinstance(each, expected):
            yield f"{path}.{name}: expected {expected.__name__}"
