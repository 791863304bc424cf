"""Writes the types of Kubernetes, from the oldest supported minor to the newest, into the package.

Usage: python scripts/generate_kubernetes_schema.py [FILE]

The source is the package kubernetes-validate, which carries the API's own schemas. A field is
known if one of the minors has it, and required if all of them require it. The schemas have no
values of enumerations; those are in ENUMS, from the API's documentation.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kubernetes_validate import utils

FILE = Path(__file__).parent.parent / "constructs/cdk8s_airflow/kubernetes/types.json"
OLDEST_MINOR = 27
PREFIXES = (
    "io.k8s.api.",
    "io.k8s.apimachinery.pkg.apis.",
    "io.k8s.kube-aggregator.pkg.apis.",
    "io.k8s.apiextensions-apiserver.pkg.apis.",
    "io.k8s.",
)
SPECIAL = {
    "io.k8s.apimachinery.pkg.api.resource.Quantity": "quantity",
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": "int-or-string",
    "io.k8s.apimachinery.pkg.apis.meta.v1.Time": "string",
    "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": "string",
    "io.k8s.apimachinery.pkg.runtime.RawExtension": "any",
    "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": "any",
}

ENUMS = {
    "Container.imagePullPolicy": "Always IfNotPresent Never",
    "Container.terminationMessagePolicy": "FallbackToLogsOnError File",
    "ContainerPort.protocol": "SCTP TCP UDP",
    "DaemonSetUpdateStrategy.type": "OnDelete RollingUpdate",
    "DeploymentStrategy.type": "Recreate RollingUpdate",
    "StatefulSetUpdateStrategy.type": "OnDelete RollingUpdate",
    "StatefulSetSpec.podManagementPolicy": "OrderedReady Parallel",
    "StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted": "Delete Retain",
    "StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled": "Delete Retain",
    "EmptyDirVolumeSource.medium": "HugePages HugePages-1Gi HugePages-2Mi Memory",
    "HPAScalingPolicy.type": "Percent Pods",
    "HPAScalingRules.selectPolicy": "Disabled Max Min",
    "HTTPGetAction.scheme": "HTTP HTTPS",
    "HostPathVolumeSource.type": (
        "BlockDevice CharDevice Directory DirectoryOrCreate File FileOrCreate Socket"
    ),
    "HTTPIngressPath.pathType": "Exact ImplementationSpecific Prefix",
    "JobSpec.completionMode": "Indexed NonIndexed",
    "CronJobSpec.concurrencyPolicy": "Allow Forbid Replace",
    "LabelSelectorRequirement.operator": "DoesNotExist Exists In NotIn",
    "LimitRangeItem.type": "Container PersistentVolumeClaim Pod",
    "NetworkPolicyPort.protocol": "SCTP TCP UDP",
    "NetworkPolicySpec.policyTypes": "Egress Ingress",
    "NodeSelectorRequirement.operator": "DoesNotExist Exists Gt In Lt NotIn",
    "PersistentVolumeClaimSpec.accessModes": (
        "ReadOnlyMany ReadWriteMany ReadWriteOnce ReadWriteOncePod"
    ),
    "PersistentVolumeClaimSpec.volumeMode": "Block Filesystem",
    "PersistentVolumeSpec.accessModes": "ReadOnlyMany ReadWriteMany ReadWriteOnce ReadWriteOncePod",
    "PersistentVolumeSpec.persistentVolumeReclaimPolicy": "Delete Recycle Retain",
    "PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy": "AlwaysAllow IfHealthyBudget",
    "PodSecurityContext.fsGroupChangePolicy": "Always OnRootMismatch",
    "PodSpec.dnsPolicy": "ClusterFirst ClusterFirstWithHostNet Default None",
    "PodSpec.preemptionPolicy": "Never PreemptLowerPriority",
    "PodSpec.restartPolicy": "Always Never OnFailure",
    "PriorityClass.preemptionPolicy": "Never PreemptLowerPriority",
    "SeccompProfile.type": "Localhost RuntimeDefault Unconfined",
    "AppArmorProfile.type": "Localhost RuntimeDefault Unconfined",
    "SecurityContext.procMount": "Default Unmasked",
    "ServicePort.protocol": "SCTP TCP UDP",
    "ServiceSpec.externalTrafficPolicy": "Cluster Local",
    "ServiceSpec.internalTrafficPolicy": "Cluster Local",
    "ServiceSpec.ipFamilyPolicy": "PreferDualStack RequireDualStack SingleStack",
    "ServiceSpec.sessionAffinity": "ClientIP None",
    "ServiceSpec.type": "ClusterIP ExternalName LoadBalancer NodePort",
    "StorageClass.reclaimPolicy": "Delete Recycle Retain",
    "StorageClass.volumeBindingMode": "Immediate WaitForFirstConsumer",
    "Toleration.effect": "NoExecute NoSchedule PreferNoSchedule",
    "Toleration.operator": "Equal Exists Gt Lt",
    "TopologySpreadConstraint.nodeAffinityPolicy": "Honor Ignore",
    "TopologySpreadConstraint.nodeTaintsPolicy": "Honor Ignore",
    "TopologySpreadConstraint.whenUnsatisfiable": "DoNotSchedule ScheduleAnyway",
    "VolumeMount.mountPropagation": "Bidirectional HostToContainer None",
    "VolumeMount.recursiveReadOnly": "Disabled Enabled IfPossible",
}
"""Type and field -> values; the empty text, which stands for a default, is always allowed."""


def main(arguments: list[str]) -> None:
    """Writes the file."""
    path = Path(arguments[0]) if arguments else FILE
    path.write_text(text())


def text() -> str:
    """The content of the file."""
    minors = sorted({int(version.split(".")[1]) for version in set(utils.all_versions())})
    merged: dict[str, dict[str, Any]] = {}
    kinds: dict[str, str] = {}
    for minor in (each for each in minors if each >= OLDEST_MINOR):
        folder = f"kubernetes-json-schema/v1.{minor}.0-local-strict"
        definitions = utils.schema_contents(f"{folder}/_definitions.json", f"1.{minor}")["$defs"]
        for name, definition in definitions.items():
            if name in SPECIAL or "properties" not in definition:
                continue
            described = dict(fields(definition, definitions, short(name)))
            required = set(definition.get("required", ()))
            before = merged.get(short(name))
            if before is None:
                merged[short(name)] = {"fields": described, "required": required}
            else:
                before["fields"].update(described)
                before["required"] &= required
            for found in definition.get("x-kubernetes-group-version-kind", ()):
                group = f"{found['group']}/" if found["group"] else ""
                if "metadata" in described and not found["kind"].endswith("List"):
                    kinds[f"{group}{found['version']} {found['kind']}"] = short(name)
    types = {name: merged[name] for name in sorted(reached(merged, kinds.values()))}
    lines = [
        f" {json.dumps(name)}: "
        + json.dumps({"fields": found["fields"], "required": sorted(found["required"])})
        for name, found in types.items()
    ]
    head = json.dumps({"kinds": kinds}, indent=1, sort_keys=True).removesuffix("\n}")
    return f'{head},\n "types": {{\n' + ",\n".join(lines) + "\n }\n}\n"


def short(name: str) -> str:
    """`io.k8s.api.core.v1.Container` is `core.v1.Container`."""
    for prefix in PREFIXES:
        if name.startswith(prefix):
            return name.removeprefix(prefix)
    return name


def fields(
    definition: Mapping[str, Any], definitions: Mapping[str, Any], owner: str
) -> Iterator[tuple[str, str]]:
    """The name and type of each field."""
    is_kind = "x-kubernetes-group-version-kind" in definition
    for name, schema in sorted(definition["properties"].items()):
        values = ENUMS.get(f"{owner.rpartition('.')[2]}.{name}")
        if is_kind and name == "status":
            yield name, "any"
        elif values:
            is_list = "array" in schema.get("type", ())
            yield name, f"{'[]' if is_list else ''}={'|'.join(values.split())}"
        else:
            yield name, type_of(schema, definitions)


def type_of(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    """The type of a value: a scalar, `[]` and `{}` of a type, or the name of one with fields."""
    if reference := schema.get("$ref"):
        name = reference.rpartition("/")[2]
        if name in SPECIAL:
            return SPECIAL[name]
        return short(name) if "properties" in definitions[name] else type_of(definitions[name], {})
    kinds = schema.get("type", ())
    (kind,) = {*([kinds] if isinstance(kinds, str) else kinds)} - {"null"} or {"any"}
    if kind == "array":
        return "[]" + type_of(schema.get("items", {}), definitions)
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return "{}" + type_of(schema["additionalProperties"], definitions)
    return "any" if kind == "object" else kind


def reached(types: Mapping[str, Mapping[str, Any]], names: Any) -> set[str]:
    """The types that these kinds consist of."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in types and name not in found:
            found.add(name)
            waiting += [each.lstrip("[]{}") for each in types[name]["fields"].values()]
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
