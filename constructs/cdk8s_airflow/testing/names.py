"""Names, labels and values that the schemas let through and the API server does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cdk8s_airflow.checks.bundle import INSTANCE, Bundle, Manifest, namespace_of, title
from cdk8s_airflow.kubernetes.objects import CLUSTER_SCOPED
from cdk8s_airflow.testing.walk import walk

LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
SERVICE = re.compile(r"[a-z]([-a-z0-9]*[a-z0-9])?")
SUBDOMAIN = re.compile(rf"{LABEL.pattern}(\.{LABEL.pattern})*")
LABEL_VALUE = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?")
QUALIFIED = re.compile(r"[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?")
DATA_KEY = re.compile(r"[-._a-zA-Z0-9]+")
PATH_SEGMENT = re.compile(r"[^/%]+")
NONSENSE = re.compile(r"\b(None|undefined|NaN)\b|\[object Object\]|<[\w.]+ object at 0x|Token\[")

LIMITS = {
    "StatefulSet": 52,
    "CronJob": 52,
    "Deployment": 63,
    "DaemonSet": 63,
    "Job": 63,
    "Service": 63,
    "Namespace": 63,
}
"""Longest name by kind: the kind's own suffix must fit a label value, or the name is one."""

PATH_SEGMENT_KINDS = {"Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"}
MAXIMUM_DATA = 1024 * 1024
ENUMS: dict[str, set[str]] = {
    "decodingStrategy": {"Auto", "Base64", "Base64URL", "None"},
    "metadataPolicy": {"Fetch", "None"},
    "accessModes": {"ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"},
    "concurrencyPolicy": {"Allow", "Forbid", "Replace"},
    "dnsPolicy": {"ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"},
    "fsGroupChangePolicy": {"OnRootMismatch", "Always"},
    "imagePullPolicy": {"Always", "IfNotPresent", "Never"},
    "podManagementPolicy": {"OrderedReady", "Parallel"},
    "protocol": {"TCP", "UDP", "SCTP"},
    "restartPolicy": {"Always", "OnFailure", "Never"},
    "unhealthyPodEvictionPolicy": {"IfHealthyBudget", "AlwaysAllow"},
    "whenUnsatisfiable": {"DoNotSchedule", "ScheduleAnyway"},
    "pathType": {"Exact", "Prefix", "ImplementationSpecific"},
    "policyTypes": {"Ingress", "Egress"},
}
TYPES = {
    "Service.spec.type": {"ClusterIP", "NodePort", "LoadBalancer", "ExternalName"},
    "Deployment.spec.strategy.type": {"RollingUpdate", "Recreate"},
    "StatefulSet.spec.updateStrategy.type": {"RollingUpdate", "OnDelete"},
}


def check_unique(bundle: Bundle) -> Iterator[str]:
    """No two objects have the same group, kind, namespace and name."""
    identities = Counter(
        (m["apiVersion"].rpartition("/")[0], namespace_of(m), title(m)) for m in bundle.manifests
    )
    for (_, namespace, name), count in identities.items():
        if count > 1:
            yield f"{name}: is there {count} times in namespace {namespace!r}"


def check_namespaces(bundle: Bundle) -> Iterator[str]:
    """Cluster-scoped objects have no namespace; a release is in one namespace, wholly."""
    for manifest in bundle.manifests:
        if manifest["kind"] in CLUSTER_SCOPED and namespace_of(manifest):
            yield f"{title(manifest)}: is cluster-scoped, but has a namespace"
    for release in {_release(m) for m in bundle.manifests}:
        placed = [
            m
            for m in bundle.manifests
            if _release(m) == release and m["kind"] not in CLUSTER_SCOPED
        ]
        if any(namespace_of(m) for m in placed):
            for manifest in placed:
                if not namespace_of(manifest):
                    yield f"{title(manifest)}: has no namespace, though others have"


def _release(manifest: Manifest) -> str:
    return str((manifest["metadata"].get("labels") or {}).get(INSTANCE, ""))


def check_names(bundle: Bundle) -> Iterator[str]:
    """Object names are legal for their kind and leave room for what Kubernetes appends."""
    for manifest in bundle.manifests:
        kind, name = manifest["kind"], str(manifest["metadata"].get("name", ""))
        limit = LIMITS.get(kind, 253)
        if len(name) > limit:
            yield f"{title(manifest)}: name has {len(name)} characters, {limit} fit a {kind}"
        if kind == "Service":
            legal = SERVICE.fullmatch(name)
        elif limit < 253:
            legal = LABEL.fullmatch(name)
        elif kind in PATH_SEGMENT_KINDS:
            legal = PATH_SEGMENT.fullmatch(name)
        else:
            legal = SUBDOMAIN.fullmatch(name)
        if not legal:
            yield f"{title(manifest)}: {name!r} is no legal name of a {kind}"
        if (namespace := namespace_of(manifest)) and not _is_label(namespace):
            yield f"{title(manifest)}: {namespace!r} is no legal namespace"
    for pod in bundle.pods:
        for what in ("containers", "initContainers", "volumes"):
            for item in pod.spec.get(what) or []:
                if not _is_label(item["name"]):
                    yield f"{pod}: {item['name']!r} is no legal name in {what}"
        for name, number, _ in pod.ports():
            if name and (len(name) > 15 or not _is_label(name) or name.isdigit()):
                yield f"{pod}: {name!r} is no legal port name (at most 15 characters)"
            if not 0 < number < 65536:
                yield f"{pod}: {number} is no port"


def _is_label(name: str) -> bool:
    return len(name) <= 63 and LABEL.fullmatch(name) is not None


def check_metadata(bundle: Bundle) -> Iterator[str]:
    """Label keys and values and annotation keys are legal, all of them text."""
    for manifest in bundle.manifests:
        for where, metadata in _metadata_of(bundle, manifest):
            for key, value in (metadata.get("labels") or {}).items():
                if not _is_qualified(key):
                    yield f"{where}: {key!r} is no legal label"
                if not isinstance(value, str) or len(value) > 63:
                    yield f"{where}: label {key} has the value {value!r}, not text of <= 63"
                elif not LABEL_VALUE.fullmatch(value):
                    yield f"{where}: label {key} has the illegal value {value!r}"
            for key, value in (metadata.get("annotations") or {}).items():
                if not _is_qualified(key) or not isinstance(value, str):
                    yield f"{where}: annotation {key!r}: {value!r} is not legal"


def _metadata_of(bundle: Bundle, manifest: Manifest) -> Iterator[tuple[str, Manifest]]:
    yield title(manifest), manifest["metadata"]
    for pod in bundle.pods:
        if pod.owner is manifest and pod.metadata is not manifest["metadata"]:
            yield f"{pod}: pod", pod.metadata
            for claim in pod.claim_templates:
                yield f"{pod}: claim template", claim["metadata"]


def _is_qualified(key: str) -> bool:
    prefix, slash, name = key.rpartition("/")
    if slash and (len(prefix) > 253 or not SUBDOMAIN.fullmatch(prefix)):
        return False
    return len(name) <= 63 and QUALIFIED.fullmatch(name) is not None


def check_values(bundle: Bundle) -> Iterator[str]:
    """No null, no text that a forgotten value leaves behind, no unknown word in an enum."""
    for manifest in bundle.manifests:
        for path, value in walk(manifest):
            if value is None:
                yield f"{title(manifest)}: {path} is null"
            if not isinstance(value, str) or path.startswith(("data.", "binaryData.")):
                continue
            field = re.sub(r"\[\d+\]$", "", path).rpartition(".")[2]
            if field in ENUMS and value not in ENUMS[field]:
                yield f"{title(manifest)}: {path} is {value!r}, not one of {sorted(ENUMS[field])}"
            elif field not in {"clusterIP", "clusterIPs", *ENUMS} and "\n" not in value:
                if found := NONSENSE.search(value):
                    yield f"{title(manifest)}: {path} holds the text {found[0]!r}"
            known = TYPES.get(f"{manifest['kind']}.{path}")
            if known and value not in known:
                yield f"{title(manifest)}: {path} is {value!r}, not one of {sorted(known)}"


def check_config_maps(bundle: Bundle) -> Iterator[str]:
    """ConfigMaps hold text under legal keys, and fit etcd."""
    for config_map in bundle.all("ConfigMap"):
        data = {**(config_map.get("data") or {}), **(config_map.get("binaryData") or {})}
        for key, value in data.items():
            if not isinstance(value, str):
                yield f"{title(config_map)}: {key} is {value!r}, not text"
            if len(key) > 253 or not DATA_KEY.fullmatch(key):
                yield f"{title(config_map)}: {key!r} is no legal key"
        size = sum(len(str(k).encode()) + len(str(v).encode()) for k, v in data.items())
        if size > MAXIMUM_DATA:
            yield f"{title(config_map)}: holds {size} bytes, more than {MAXIMUM_DATA}"
        if not data:
            yield f"{title(config_map)}: is empty"


def releases(bundle: Bundle) -> set[tuple[str, str]]:
    """Return (namespace, release) of every release in the bundle."""
    return {(namespace_of(m), release) for m in bundle.manifests if (release := _release(m))}
