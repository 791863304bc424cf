"""The objects of the cluster: what has been applied, and the pods that run because of it."""

from __future__ import annotations

import base64
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from cdk8s_airflow.testing.kube_api.stored import is_changed, stored

Manifest = dict[str, Any]
"""One Kubernetes object in wire form, as ``yaml.safe_load`` yields it."""

IGNORED_KINDS = frozenset(
    {
        "CronJob", "ExternalSecret", "HTTPRoute", "HorizontalPodAutoscaler", "Ingress",
        "LimitRange", "Namespace", "PodDisruptionBudget", "PriorityClass", "PrometheusRule",
        "ResourceQuota", "ScaledObject", "ServiceMonitor", "TriggerAuthentication",
    }
)  # fmt: skip
"""Kinds that change nothing on a single node that evicts nobody, waits for no hour of the clock and
has no controllers for them; see ``nginx.py`` for one of Ingresses, ``example_cluster.py`` for the
replicas of autoscalers, ``bounds.py`` for ResourceQuota and LimitRange."""

HONOURED_KINDS = frozenset(
    {
        "ConfigMap", "Deployment", "Job", "NetworkPolicy", "PersistentVolumeClaim", "Role",
        "RoleBinding", "Secret", "Service", "ServiceAccount", "StatefulSet",
    }
)  # fmt: skip


_USUAL: Manifest = {
    "completionMode": "NonIndexed", "completions": 1, "dnsPolicy": "ClusterFirst",
    "manualSelector": False, "parallelism": 1, "podReplacementPolicy": "TerminatingOrFailed",
    "schedulerName": "default-scheduler", "suspend": False,
    "terminationMessagePath": "/dev/termination-log",
}  # fmt: skip
"""Fields that the API server fills in, with the values that mean what this node does anyway."""

_KEYED_FIELD = re.compile(r"metadata\.(labels|annotations)\['([^']+)'\]$")


class NodeError(Exception):
    """The manifest asks for something that a cluster would refuse or this node cannot do."""


class NotYetError(Exception):
    """Something that the pod refers to does not exist yet; the kubelet tries again."""


class Endpoint(Protocol):
    """What a Service needs to know of a pod."""

    name: str
    namespace: str
    manifest: Manifest

    @property
    def ip(self) -> str | None:
        """The pod's address, once it has one."""

    @property
    def ready(self) -> bool:
        """Whether the pod takes traffic."""


class ObjectStore:
    """All applied objects and all live pods; safe for use from any thread."""

    def __init__(self) -> None:
        self._objects: dict[tuple[str, str, str], Manifest] = {}
        self._pods: dict[str, Endpoint] = {}
        self._lock = threading.RLock()

    def put(self, manifest: Manifest) -> tuple[Manifest | None, Manifest]:
        """Stores an object as the API server would.

        Its `metadata.generation` rises when it is changed.

        Returns:
            The object that it replaces, and the one that is there now.
        """
        kind = manifest["kind"]
        if kind not in HONOURED_KINDS | IGNORED_KINDS:
            raise NodeError(f"the stand-in node does not know objects of kind {kind}")
        new = stored(manifest)
        with self._lock:
            key = (kind, namespace_of(manifest), manifest["metadata"]["name"])
            old = self._objects.get(key)
            if old is not None:
                _refuse_immutable_change(old, new)
            if "spec" in new:
                before = old["metadata"]["generation"] if old else 0
                changed = old is None or is_changed(old, manifest)
                new["metadata"]["generation"] = before + changed
            self._objects[key] = new
            return old, new

    def get(self, kind: str, namespace: str, name: str) -> Manifest | None:
        """The object, or None."""
        with self._lock:
            return self._objects.get((kind, namespace, name))

    def drop(self, kind: str, namespace: str, name: str) -> None:
        """Forgets an object; unknown ones are no error."""
        with self._lock:
            self._objects.pop((kind, namespace, name), None)

    def all(self, kind: str, namespace: str | None = None) -> list[Manifest]:
        """Every object of a kind, in the order of their names."""
        with self._lock:
            found = [o for (k, ns, _), o in sorted(self._objects.items()) if k == kind
                     and namespace in (None, ns)]  # fmt: skip
        return found

    def everything(self) -> dict[tuple[str, str, str], Manifest]:
        """Every object by kind, namespace and name."""
        with self._lock:
            return dict(self._objects)

    def add_pod(self, pod: Endpoint) -> None:
        """Registers a live pod."""
        with self._lock:
            self._pods[f"{pod.namespace}/{pod.name}"] = pod

    def remove_pod(self, pod: Endpoint) -> None:
        """Forgets a pod that is gone."""
        with self._lock:
            if self._pods.get(f"{pod.namespace}/{pod.name}") is pod:
                del self._pods[f"{pod.namespace}/{pod.name}"]

    def pods(self) -> list[Endpoint]:
        """All live pods."""
        with self._lock:
            return list(self._pods.values())

    def endpoints(self, service: Manifest) -> Iterator[Endpoint]:
        """The pods with an address that a Service sends its clients to."""
        selector = service["spec"].get("selector")
        if not selector:
            return
        everyone = service["spec"].get("publishNotReadyAddresses", False)
        with self._lock:
            pods = list(self._pods.values())
        for pod in pods:
            labels = pod.manifest["metadata"].get("labels", {})
            matches = pod.namespace == namespace_of(service) and selector.items() <= labels.items()
            if matches and pod.ip is not None and (everyone or pod.ready):
                yield pod


def namespace_of(manifest: Manifest) -> str:
    """The namespace of an object; ``default`` where none is written, as kubectl does."""
    return str(manifest["metadata"].get("namespace", "default"))


def secret_data(secret: Manifest) -> dict[str, bytes]:
    """The decoded entries of a Secret."""
    data = {key: base64.b64decode(value) for key, value in (secret.get("data") or {}).items()}
    plain = {key: value.encode() for key, value in (secret.get("stringData") or {}).items()}
    return {**data, **plain}


def config_map_data(config_map: Manifest) -> dict[str, bytes]:
    """The entries of a ConfigMap as the bytes of files."""
    plain = {key: value.encode() for key, value in (config_map.get("data") or {}).items()}
    binary = {
        key: base64.b64decode(value) for key, value in (config_map.get("binaryData") or {}).items()
    }
    return {**plain, **binary}


def pod_field(path: str, pod: Manifest, addresses: Mapping[str, str]) -> str:
    """The value of a downward API field."""
    metadata = pod["metadata"]
    keyed = _KEYED_FIELD.match(path)
    if keyed:
        return str(metadata.get(keyed[1], {}).get(keyed[2], ""))
    fields = {
        "metadata.name": metadata["name"],
        "metadata.namespace": namespace_of(pod),
        "metadata.uid": metadata["uid"],
        "spec.nodeName": "stand-in-node",
        "spec.serviceAccountName": pod["spec"].get("serviceAccountName", "default"),
        **addresses,
    }
    if path not in fields:
        raise NodeError(f"the stand-in node does not know the field {path}")
    return str(fields[path])


def refuse_unknown_fields(what: str, value: Mapping[str, Any], known: Iterable[str]) -> None:
    """Fails when a manifest has a field that this node would silently ignore."""
    unusual = {name for name, item in value.items() if item != _USUAL.get(name, ...)}
    unknown = sorted(unusual - set(known))
    if unknown:
        raise NodeError(f"the stand-in node does not honour {', '.join(unknown)} of {what}")


def _refuse_immutable_change(old: Manifest, new: Manifest) -> None:
    """Refuses what the API server refuses to change in place."""
    immutable = {
        "Job": ("template", "selector", "completions"),
        "Deployment": ("selector",),
        "StatefulSet": ("selector", "serviceName", "podManagementPolicy", "volumeClaimTemplates"),
    }.get(new["kind"], ())
    for field in immutable:
        if old["spec"].get(field) != new["spec"].get(field):
            name = f"{new['kind']}/{new['metadata']['name']}"
            raise NodeError(f"{name}: spec.{field}: field is immutable")
    if new["kind"] in ("ConfigMap", "Secret") and old.get("immutable"):
        for field in ("immutable", "data", "binaryData", "stringData"):
            if old.get(field) != new.get(field):
                name = f"{new['kind']}/{new['metadata']['name']}"
                raise NodeError(f"{name}: {field}: field is immutable when `immutable` is set")
