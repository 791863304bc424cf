"""Kubernetes objects in wire form, written to `dist/` verbatim."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from cdk8s import ApiObject, ApiObjectMetadata, ApiObjectMetadataDefinition, JsonPatch
from constructs import Construct

from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.inherited import Inherited, inherited
from cdk8s_airflow.kubernetes.json_patch import Op, patched
from cdk8s_airflow.kubernetes.merge import merged
from cdk8s_airflow.kubernetes.wire import ACRONYMS as ACRONYMS
from cdk8s_airflow.kubernetes.wire import Manifest as Manifest
from cdk8s_airflow.kubernetes.wire import Wire as Wire
from cdk8s_airflow.kubernetes.wire import wire as wire
from cdk8s_airflow.kubernetes.wire import wire_mapping as wire_mapping

CLUSTER_SCOPED: frozenset[str] = frozenset(
    {
        "APIService",
        "CSIDriver",
        "ClusterIssuer",
        "ClusterRole",
        "ClusterRoleBinding",
        "ClusterSecretStore",
        "ClusterTriggerAuthentication",
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
"""Kinds without a namespace; they do not get the chart's."""


DEFAULT_CHILD = "Resource"
"""The construct id by which `ApiObject.of(construct)` finds a construct's main object."""


class KubernetesObject(ApiObject):
    """One object of the bundle, rendered as given: no field is dropped, whatever its age.

    `ApiObject.of(component).add_json_patch(...)` applies to the finished manifest, verbatim.
    """

    made: ClassVar[int] = 0
    """Number of objects created in this process, by which validations notice new ones."""

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
            id: its construct id; API, so short and fixed.
            api_version: for example `apps/v1`.
            kind: for example `Deployment`.
            name: `metadata.name`, used as it is.
            namespace: `metadata.namespace`. Default: the chart's.
            labels: `metadata.labels`.
            annotations: `metadata.annotations`.
            body: the fields beside `metadata` (`spec`, `data`, `rules` ...), structs or mappings;
                or a function that returns them at the synth, when the tree is complete.
            name_ends_in_hash: append a hash of the final body to the name, patches included: for
                objects that the cluster does not let change, such as Jobs.
        """
        super().__init__(
            scope,
            id,
            api_version=api_version,
            kind=kind,
            metadata=ApiObjectMetadata(
                name=name,
                namespace=namespace,
                labels=dict(labels) if labels else None,
                annotations=dict(annotations) if annotations else None,
            ),
        )
        self.object_kind = kind
        self.object_name = name
        KubernetesObject.made += 1
        self._scope, self._api_version, self._namespace = scope, api_version, namespace
        self._labels, self._annotations = dict(labels or {}), dict(annotations or {})
        self._metadata_read = False
        self._body = body if callable(body) else dict(body or {})
        self._common: dict[str, dict[str, str]] = {}
        self._merges: tuple[tuple[Manifest, bool], ...] = ()
        self._patches: tuple[tuple[JsonPatch, ...] | list[Op], ...] = ()
        self._name_ends_in_hash = name_ends_in_hash

    @property
    def metadata(self) -> ApiObjectMetadataDefinition:
        """The metadata, for more labels and annotations. Who reads it may change it."""
        self._metadata_read = True
        return super().metadata

    @property
    def object_namespace(self) -> str | None:
        """Its namespace, the chart's unless it has its own; None: it has none."""
        if self.object_kind in CLUSTER_SCOPED:
            return None
        return inherited(self._scope).namespace if self._namespace is None else self._namespace

    @property
    def object_labels(self) -> Mapping[str, str]:
        """The labels that it was made with."""
        return self._labels

    @property
    def object_chart(self) -> Inherited:
        """What it has of its chart; objects of one chart have the same."""
        return inherited(self._scope)

    @property
    def is_changed(self) -> bool:
        """Whether it has patches, so that it may be what nobody has checked yet."""
        return bool(self._merges or self._patches)

    def add_metadata(self, labels: Mapping[str, str], annotations: Mapping[str, str]) -> None:
        """Adds labels and annotations; those that it has already stay as they are."""
        for key, added in (("labels", labels), ("annotations", annotations)):
            self._common[key] = {**self._common.get(key, {}), **added}

    def add_merge(self, patch: Manifest, *, exact: bool = False) -> None:
        """Adds a strategic merge, which is applied before the JSON patches.

        Args:
            patch: what is laid over the manifest.
            exact: refuse typing errors in what it removes.
        """
        self._merges = (*self._merges, (patch, exact))

    def add_json_patch(self, *ops: JsonPatch) -> None:
        """Adds RFC 6902 operations that are applied to the finished manifest."""
        self._patches = (*self._patches, ops)

    def add_ops(self, ops: Sequence[Op]) -> None:
        """Adds RFC 6902 operations in wire form, which tell a path that is not there."""
        self._patches = (*self._patches, list(ops))

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
        manifest = self._head()
        try:
            body = self._body() if callable(self._body) else self._body
            manifest.update(wire_mapping(body))
            self._add_common(manifest)
            for merge, exact in self._merges:
                manifest = merged(manifest, merge, exact=exact)
            for patch in self._patches:
                if isinstance(patch, tuple):
                    manifest = JsonPatch.apply(manifest, *patch)
                else:
                    manifest = patched(manifest, patch)
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

    def _add_common(self, manifest: dict[str, Wire]) -> None:
        metadata = manifest["metadata"]
        for key, common in self._common.items():
            if common and isinstance(metadata, dict):
                own = metadata.get(key)
                both = {**common, **(own if isinstance(own, dict) else {})}
                metadata[key] = {name: both[name] for name in sorted(both)}

    def _head(self) -> dict[str, Wire]:
        """All but the body. Node is asked only where it may know more than is known here."""
        chart = inherited(self._scope)
        if self._metadata_read or chart.resolvers:
            native: dict[str, Wire] = super().to_json()
            return native
        return {
            "apiVersion": self._api_version,
            "kind": self.object_kind,
            "metadata": chart.metadata(
                self.object_name, self._namespace, self._labels, self._annotations
            ),
        }
