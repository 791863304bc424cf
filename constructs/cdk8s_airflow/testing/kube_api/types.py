"""The types of the Kubernetes API: what fields they have, and how lists and maps are merged.

Built-in kinds come from the schemas of the newest minor that the validator ships, custom ones
from the CustomResourceDefinitions that this package carries, and from those that are told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from kubernetes_validate import utils

Manifest = dict[str, Any]
"""One JSON object: a whole Kubernetes object or a piece of one."""

_CARRIED = Path(__file__).parent / "crds"
DEFINITIONS = _CARRIED if _CARRIED.is_dir() else Path(__file__).parents[4] / "imports" / "crds"
"""CustomResourceDefinitions, a file for each group: `<group>.yaml`; a checkout has them elsewhere
than the wheel."""

NEWEST_MINOR = max(int(version.split(".")[1]) for version in set(utils.all_versions()))

_told: dict[tuple[str, str, str], Mapping[str, Any]] = {}
"""Schema by group, version and kind."""

_PACKAGES = re.compile(r"^io\.k8s\.(api|apimachinery\.pkg\.(apis|api|util)|kube-aggregator\S*)\.")


@dataclass(frozen=True)
class Type:
    """The type of one value.

    Attributes:
        name: `core.v1.Container`; of a custom resource the place, `HTTPRoute.spec.rules[]`.
        schema: What its definition says, and what the field says that holds the value.
        custom: Whether it belongs to a custom resource.
    """

    name: str
    schema: Mapping[str, Any]
    custom: bool = False

    @property
    def is_struct(self) -> bool:
        """Whether its fields have names of their own; else it is a map, a list or a scalar."""
        return "properties" in self.schema

    @property
    def merging(self) -> str:
        """`atomic`: a server-side apply sees one value, which belongs to whoever changed it.

        Otherwise `granular` (a map), `map` or `set` (a list).
        """
        if "items" in self.schema:
            return str(self.schema.get("x-kubernetes-list-type", "atomic"))
        return str(self.schema.get("x-kubernetes-map-type", "granular"))

    @property
    def keys(self) -> list[str]:
        """The fields that tell the items of a list apart, when it is merged as a map."""
        return list(self.schema.get("x-kubernetes-list-map-keys", []))

    def field(self, name: str) -> Type:
        """The type of a field, or of a map's value.

        Raises:
            LookupError: when the type has no such field.
        """
        fields = self.schema.get("properties", {})
        found = fields.get(name, self.schema.get("additionalProperties", self.custom))
        if found is False:
            raise LookupError(f"{self.name} has no field {name!r}")
        return self._of(found if isinstance(found, dict) else {}, f"{self.name}.{name}")

    @property
    def item(self) -> Type:
        """The type of a list's items."""
        return self._of(self.schema.get("items", {}), f"{self.name}[]")

    def _of(self, schema: Mapping[str, Any], place: str) -> Type:
        if self.custom:
            return Type(place, schema, custom=True)
        reference = schema.get("$ref", "").rpartition("/")[2]
        if not reference:
            return Type(place, schema)
        return Type(_PACKAGES.sub("", reference), {**_definitions()[reference], **schema})


@cache
def type_of(api_version: str, kind: str) -> Type:
    """The type of an object.

    Raises:
        LookupError: when there is no such kind.
    """
    group, _, version = api_version.rpartition("/")
    if is_custom(group):
        return Type(kind, custom_schema(api_version, kind), custom=True)
    wanted = {"group": group, "version": version, "kind": kind}
    for name, schema in _definitions().items():
        if wanted in schema.get("x-kubernetes-group-version-kind", []):
            return Type(_PACKAGES.sub("", name), schema)
    raise LookupError(f"there is no {kind} of {api_version}")


def define(definition: Manifest) -> None:
    """Makes a CustomResourceDefinition known, beside those that are carried; it wins over them."""
    spec = definition["spec"]
    for served in spec["versions"]:
        if schema := (served.get("schema") or {}).get("openAPIV3Schema"):
            _told[spec["group"], served["name"], spec["names"]["kind"]] = schema


def is_custom(group: str) -> bool:
    """Whether the kinds of a group are custom resources with a definition that is known."""
    told = any(each == group for each, _, _ in _told)
    return told or (DEFINITIONS / f"{group}.yaml").exists()


def custom_schema(api_version: str, kind: str) -> Mapping[str, Any]:
    """The schema of a custom resource, from its definition.

    Raises:
        FileNotFoundError: when its group has no definitions here.
        LookupError: when there is no such kind in it.
    """
    group, _, version = api_version.rpartition("/")
    if (told := _told.get((group, version, kind))) is not None:
        return told
    for definition in _documents(DEFINITIONS / f"{group}.yaml"):
        for served in definition["spec"]["versions"]:
            if (definition["spec"]["names"]["kind"], served["name"]) == (kind, version):
                found: Mapping[str, Any] = served["schema"]["openAPIV3Schema"]
                return found
    raise LookupError(f"there is no {kind} of {api_version}")


@cache
def _documents(file: Path) -> list[Any]:
    return list(yaml.load_all(file.read_text(), getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


@cache
def _definitions() -> Mapping[str, Any]:
    minor = f"1.{NEWEST_MINOR}"
    file = f"kubernetes-json-schema/v{minor}.0-local-strict/_definitions.json"
    found: Mapping[str, Any] = utils.schema_contents(file, minor)["$defs"]
    return found
