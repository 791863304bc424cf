"""Kubernetes objects in wire form: what is written here is what reaches `dist/`, verbatim."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import ClassVar, TypeAlias

from cdk8s import ApiObject, ApiObjectMetadata, ApiObjectMetadataDefinition, JsonPatch
from cdk8s_plus_27 import k8s
from constructs import Construct

from cdk8s_airflow.kubernetes.acronyms import ACRONYMS
from cdk8s_airflow.kubernetes.charts import chart_defaults
from cdk8s_airflow.kubernetes.hashing import content_hash

Wire: TypeAlias = "str | int | float | bool | list[Wire] | dict[str, Wire] | None"
"""A manifest, or a piece of one, as JSON knows it."""

Piece: TypeAlias = Mapping[str, object]
"""A piece of a manifest in the wire spelling of the Kubernetes documentation (`runAsUser`)."""

CLUSTER_SCOPED: frozenset[str] = frozenset(
    {
        "APIService",
        "ClusterIssuer",
        "ClusterRole",
        "ClusterRoleBinding",
        "ClusterSecretStore",
        "CustomResourceDefinition",
        "GatewayClass",
        "IngressClass",
        "MutatingWebhookConfiguration",
        "Namespace",
        "PersistentVolume",
        "PriorityClass",
        "RuntimeClass",
        "StorageClass",
        "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding",
        "ValidatingWebhookConfiguration",
        "VolumeAttributesClass",
    }
)
"""Kinds that live outside namespaces: a chart's namespace is not stamped on them."""


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
    if type(value) in _FINISHED:
        return value  # type: ignore[return-value]
    if isinstance(value, Enum | k8s.Quantity | k8s.IntOrString):
        return wire(value.value)
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return _ordered(value)
    if isinstance(value, Sequence):
        return [wire(item) for item in value]
    fields = getattr(value, "_values", None)
    if fields is None:
        raise TypeError(
            f"{value!r} ({type(value).__name__}) has no wire form: expected a k8s struct, a "
            "mapping, a list, a string, a number, a bool or None"
        )
    names = type(value).__jsii_name_mapping__  # type: ignore[attr-defined]
    return _ordered({ACRONYMS.get(names[key], names[key]): item for key, item in fields.items()})


def wire_mapping(value: object) -> dict[str, Wire]:
    """`wire(value)` for a value that is a struct or a mapping.

    Raises:
        TypeError: when it is neither.
    """
    form = wire(value)
    if not isinstance(form, dict):
        raise TypeError(f"expected a k8s struct or a mapping, got {value!r}")
    return form


class _Ordered(dict[str, Wire]):
    """A mapping in wire form: it is not walked again when it becomes part of another."""


_FINISHED = frozenset({str, int, float, bool, type(None), _Ordered})


def _ordered(fields: Mapping[str, object]) -> dict[str, Wire]:
    keys = sorted(key for key, item in fields.items() if item is not None)
    if "name" in keys:
        keys.remove("name")
        keys.insert(0, "name")
    return _Ordered((key, wire(fields[key])) for key in keys)


DEFAULT_CHILD = "Resource"
"""The id that makes an object its construct's own, for `ApiObject.of(construct)`."""


class KubernetesObject(ApiObject):
    """One object of the bundle, rendered as given: no field is dropped, whatever its age.

    It costs two messages between Python and Node: it is made, and asked for its manifest.
    `ApiObject.of(component).add_json_patch(...)` applies to the finished manifest, verbatim.
    """

    made: ClassVar[int] = 0
    """How many there are in this process: tells whether any is new since a last look."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        api_version: str,
        kind: str,
        name: str,
        namespace: str | None = None,
        labels: Mapping[str, str] | None = None,
        annotations: Mapping[str, str] | None = None,
        body: Mapping[str, object] | Callable[[], Mapping[str, object]] | None = None,
        name_ends_in_hash: bool = False,
    ) -> None:
        """Adds an object to the tree.

        Args:
            scope: the construct that owns it.
            id: its id in the tree; API, so short and fixed.
            api_version: for example `apps/v1`.
            kind: for example `Deployment`.
            name: `metadata.name`, used as it is.
            namespace: `metadata.namespace`; default: the chart's.
            labels: `metadata.labels`.
            annotations: `metadata.annotations`.
            body: the fields beside `metadata` (`spec`, `data`, `rules` ...), structs or mappings;
                or what makes them at the synth, when the whole tree is known.
            name_ends_in_hash: append a hash of the final body to the name, patches included: for
                objects that the cluster does not let change, such as Jobs.
        """
        self._scope = scope
        self._asked = False
        super().__init__(
            scope,
            id,
            api_version=api_version,
            kind=kind,
            metadata=ApiObjectMetadata(name=name, namespace=namespace),
        )
        self._api_version = api_version
        self.object_kind = kind
        self.object_name = name
        KubernetesObject.made += 1
        self._namespace = namespace
        self._labels = labels
        self._annotations = annotations
        self._body = body if callable(body) else dict(body or {})
        self._patches: tuple[JsonPatch, ...] = ()
        self._name_ends_in_hash = name_ends_in_hash

    @property
    def metadata(self) -> ApiObjectMetadataDefinition:
        """Labels, annotations and the like; who asks for it may change it, so Node is asked too."""
        metadata = super().metadata
        if not self._asked:
            self._asked = True
            for key, value in (self._labels or {}).items():
                metadata.add_label(key, value)
            for key, value in (self._annotations or {}).items():
                metadata.add_annotation(key, value)
        return metadata

    @property
    def object_namespace(self) -> str | None:
        """Its namespace; None where the deploy tool decides, or where there is none."""
        if self.object_kind in CLUSTER_SCOPED:
            return None
        return self._namespace or chart_defaults(self._scope).namespace

    def add_json_patch(self, *ops: JsonPatch) -> None:
        """Adds RFC 6902 operations that are applied to the finished manifest."""
        self._patches = (*self._patches, *ops)

    def copy_to(self, scope: Construct, id: str, namespace: str | None) -> KubernetesObject:
        """Adds the same object in another namespace; patches stay with the original."""
        return KubernetesObject(
            scope,
            id,
            api_version=self._api_version,
            kind=self.object_kind,
            name=self.object_name,
            namespace=namespace,
            labels=self._labels,
            body=self._body,
        )

    def to_json(self) -> Wire:
        """The manifest in wire form.

        Raises:
            ValueError: when a patch does not apply or a value has no wire form; names the object.
        """
        if os.environ.get("CDK8S_DISABLE_SORT"):
            _ = self.metadata  # it is Node that does not sort
        manifest: dict[str, Wire] = super().to_json() if self._asked else self._head()
        try:
            body = self._body() if callable(self._body) else self._body
            manifest.update(wire_mapping(body))
            if self._patches:
                manifest = JsonPatch.apply(manifest, *self._patches)
        except Exception as error:
            raise ValueError(f"{self.object_kind} {self.object_name!r}: {error}") from error
        metadata = manifest["metadata"]
        if isinstance(metadata, dict):
            if self.object_kind in CLUSTER_SCOPED:
                metadata.pop("namespace", None)
            if self._name_ends_in_hash:
                content = {key: item for key, item in manifest.items() if key != "metadata"}
                if isinstance(spec := content.get("spec"), dict):
                    # The one field of a Job that may change; so a stopped one goes on as itself.
                    content["spec"] = {k: v for k, v in spec.items() if k != "suspend"}
                metadata["name"] = f"{metadata['name']}-{content_hash(content)}"
        return manifest

    def _head(self) -> dict[str, Wire]:
        """What cdk8s makes of metadata that nobody has asked for: known here, without Node."""
        defaults = chart_defaults(self._scope)
        metadata: dict[str, Wire] = {
            "annotations": dict(sorted((self._annotations or {}).items())),
            "labels": dict(sorted({**defaults.labels, **(self._labels or {})}.items())),
            "name": self.object_name,
            "namespace": self.object_namespace,
        }
        return {
            "apiVersion": self._api_version,
            "kind": self.object_kind,
            "metadata": {key: value for key, value in metadata.items() if value},
        }
