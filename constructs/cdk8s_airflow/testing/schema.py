"""Strict schema validation against every supported Kubernetes minor."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema_rs import Draft202012Validator, Registry, ValidationError
from kubernetes_validate import utils

from cdk8s_airflow.checks.bundle import Bundle, Manifest, pod_of, title
from cdk8s_airflow.testing.kube_api.types import custom_schema, is_custom

OLDEST_MINOR = 27
MINORS = tuple(
    sorted(
        minor
        for version in set(utils.all_versions())
        if (minor := int(version.split(".")[1])) >= OLDEST_MINOR
    )
)
"""Every minor of Kubernetes 1 that we support and the validator knows."""

FIRST_MINOR = {
    "Pod.initContainers[].restartPolicy": 28,
    "Pod.containers[].lifecycle.preStop.sleep": 29,
    "Pod.securityContext.appArmorProfile": 30,
    "Pod.securityContext.supplementalGroupsPolicy": 31,
    "Pod.resources": 32,
    "PersistentVolumeClaim.spec.volumeAttributesClassName": 29,
    "Service.spec.trafficDistribution": 30,
    "Job.spec.podReplacementPolicy": 28,
    "Job.spec.successPolicy": 30,
}
"""Fields newer than the oldest minor, with the minor whose schema knows them first.

`Pod` stands for the pod spec, wherever it is. A bundle has to declare its use of a field;
then the field is left out of what the older minors see, and of nothing else.
"""

NOT_REQUIRED = {"io.k8s.api.batch.v1.PodFailurePolicyRule": "onPodConditions"}
"""Definition -> field that old schemas require by an omission, and no API server does.

A rule has either `onExitCodes` or `onPodConditions`, in the documentation of 1.27 too.
"""


UNKNOWN = "is unknown;"
"""What is said of kinds without a schema, before what to do."""

_known: dict[bytes, tuple[tuple[str, ...], frozenset[str]]] = {}


def is_built_in(api_version: str) -> bool:
    """Whether a kind is Kubernetes's own, as its group says."""
    group = api_version.rpartition("/")[0]
    return not is_custom(group) and ("." not in group or group.endswith(".k8s.io"))


def check_schema(bundle: Bundle) -> Iterator[str]:
    """Every object is valid, without unknown fields, on each minor."""
    unused = set(bundle.newer_fields)
    for unknown in sorted(unused - set(FIRST_MINOR)):
        yield f"newer field {unknown!r} is not in FIRST_MINOR: {sorted(FIRST_MINOR)}"
    bare = [pod.owner for pod in bundle.pods if pod.owner["kind"] == "Pod"]
    for manifest in [*bundle.manifests, *(pod for pod in bare if pod not in bundle.manifests)]:
        problems, used = _verdicts(manifest, bundle.newer_fields)
        unused -= used
        yield from (f"{title(manifest)}: schema of {problem}" for problem in problems)
    for name in sorted(unused & set(FIRST_MINOR)):
        yield f"newer field {name!r} is declared, but no object uses it"


def _verdicts(
    manifest: Manifest, newer_fields: frozenset[str]
) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return what the schemas say of one object, and which of the newer fields it has.

    Remembered by content, since most objects are the same in test after test.
    """
    content = hashlib.sha256(repr((manifest, sorted(newer_fields))).encode()).digest()
    if content not in _known:
        seen: dict[str, list[int]] = {}
        used: set[str] = set()
        for minor in MINORS:
            newer = [field for field in newer_fields if FIRST_MINOR.get(field, 0) > minor]
            document, removed = _without(manifest, newer)
            used |= removed
            for problem in verdict(document, minor):
                seen.setdefault(problem, []).append(minor)
        problems = (f"{_span(minors)}: {problem}" for problem, minors in seen.items())
        _known[content] = (tuple(problems), frozenset(used))
    return _known[content]


def _span(minors: list[int]) -> str:
    return "every minor" if len(minors) == len(MINORS) else f"1.{minors[0]}..1.{minors[-1]}"


def verdict(manifest: Manifest, minor: int) -> tuple[str, ...]:
    """Return what the schema of one minor says of one object."""
    api_version, kind = str(manifest.get("apiVersion")), str(manifest.get("kind"))
    try:
        validator = _validator(api_version, kind, minor)
    except (FileNotFoundError, LookupError):
        return (
            f"{api_version} {kind} {UNKNOWN} a custom resource needs its CustomResourceDefinition",
        )
    try:
        return tuple(f"{_path(e)}: {e.message[:300]}" for e in validator.iter_errors(manifest))
    except ValueError as error:  # a date, or a key that is no text
        return (f"object: not JSON: {error}",)


def _path(error: ValidationError) -> str:
    path = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in error.instance_path)
    return path.lstrip(".") or "object"


def forget_schemas() -> None:
    """Makes definitions count that are told after some were asked for."""
    _validator.cache_clear()
    _known.clear()


@cache
def _validator(api_version: str, kind: str, minor: int) -> Draft202012Validator:
    group, _, version = api_version.rpartition("/")
    if not is_built_in(api_version):
        return Draft202012Validator(close(custom_schema(api_version, kind)))
    prefix = group.split(".")[0] + "-" if group else ""
    schema = _packaged(f"{kind.lower()}-{prefix}{version}.json", minor)
    return Draft202012Validator(schema, registry=_definitions(minor))


@cache
def _definitions(minor: int) -> Registry:
    definitions = copy.deepcopy(_packaged("_definitions.json", minor))
    for name, field in NOT_REQUIRED.items():
        definition = definitions["$defs"][name]
        definition["required"] = [each for each in definition["required"] if each != field]
    return Registry([(definitions["$id"], definitions)])


def _packaged(file: str, minor: int) -> Any:
    folder = f"kubernetes-json-schema/v1.{minor}.0-local-strict"
    return utils.schema_contents(f"{folder}/{file}", f"1.{minor}")


def close(schema: Any) -> Any:
    """Return a custom resource's schema that refuses unknown fields, as the API server does."""
    if isinstance(schema, list):
        return [close(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: close(value) for key, value in schema.items()}
    open_ended = schema.get("x-kubernetes-preserve-unknown-fields")
    if schema.get("x-kubernetes-int-or-string") is True:
        closed["type"] = ["integer", "string"]
    if isinstance(schema.get("properties"), dict) and not open_ended:
        closed.setdefault("additionalProperties", False)
    return closed


def _without(manifest: Manifest, fields: list[str]) -> tuple[Manifest, set[str]]:
    """Return the object without the fields, and which of the fields it had."""
    removed: set[str] = set()
    document = copy.deepcopy(manifest) if fields else manifest
    pod = pod_of(document)
    for name in fields:
        kind, _, path = name.partition(".")
        if kind == "Pod":
            roots = [pod.spec] if pod else []
        else:
            roots = [document] if kind == document["kind"] else []
            if kind == "PersistentVolumeClaim" and pod:
                roots += pod.claim_templates
        if sum(_remove(root, path.split(".")) for root in roots):
            removed.add(name)
    return document, removed


def _remove(value: Any, path: list[str]) -> int:
    key, is_list = path[0].removesuffix("[]"), path[0].endswith("[]")
    if not isinstance(value, dict) or key not in value:
        return 0
    if len(path) == 1:
        del value[key]
        return 1
    return sum(_remove(item, path[1:]) for item in (value[key] if is_list else [value[key]]))
