"""Containers, hardened by default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.objects import Manifest, wire_mapping
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.probes import Probe
from cdk8s_airflow.kubernetes.quantities import canonical, canonical_resources
from cdk8s_airflow.kubernetes.security import CONTAINER_SECURITY_CONTEXT
from cdk8s_airflow.kubernetes.structs import k8s

_STORAGE = "ephemeral-storage"
LOG_STORAGE = "64Mi"
"""What a container takes that writes to its standard output alone, of which the kubelet keeps five
files of 10 MiB."""


@dataclass(frozen=True, kw_only=True)
class Container:
    """The main container of a pod, or one that runs before or beside it."""

    name: str
    image: Image
    command: Sequence[str] | None = None
    args: Sequence[str] | None = None
    ports: Mapping[str, int] = field(default_factory=dict)
    """Name of the port -> number."""
    udp_ports: Sequence[str] = ()
    """Names of the ports that are UDP; the others are TCP."""
    startup: Probe | None = None
    readiness: Probe | None = None
    liveness: Probe | None = None
    resources: k8s.ResourceRequirements | Manifest | None = None
    lifecycle: k8s.Lifecycle | Manifest | None = None
    env_from: Sequence[k8s.EnvFromSource | Manifest] | None = None
    env: Sequence[k8s.EnvVar | Manifest] | None = None
    """Environment in place of that of the pod's parts."""
    mounts: Sequence[k8s.VolumeMount | Manifest] | None = None
    """Mounts, where they are not those of the pod's parts."""
    user: int | None = None
    """uid in place of the pod's."""
    peers: Sequence[Peer] = ()
    """Peers of this container, beside those of the pod's parts."""

    def wire(self, parts: PodParts = NOTHING) -> Mapping[str, object]:
        """The container in wire form; environment and mounts are those of `parts`, or its own."""
        return {
            "name": self.name,
            "image": self.image.reference,
            "imagePullPolicy": self.image.pull_policy,
            "command": self.command or None,
            "args": self.args or None,
            "ports": [
                {
                    "name": name,
                    "containerPort": port,
                    "protocol": "UDP" if name in self.udp_ports else None,
                }
                for name, port in self.ports.items()
            ]
            or None,
            "env": (parts.env if self.env is None else self.env) or None,
            "envFrom": self.env_from or None,
            "volumeMounts": (parts.mounts if self.mounts is None else self.mounts) or None,
            "startupProbe": self.startup and self.startup.wire(),
            "readinessProbe": self.readiness and self.readiness.wire(),
            "livenessProbe": self.liveness and self.liveness.wire(),
            "resources": self.resources and canonical_resources(self.resources),
            "lifecycle": self.lifecycle,
            "securityContext": {**CONTAINER_SECURITY_CONTEXT, "runAsUser": self.user},
        }


def resources(
    *, cpu: str, memory: str, memory_limit: str, storage: str | None = LOG_STORAGE
) -> Mapping[str, object]:
    """Requests and a memory limit; no CPU limit, which throttles even on an idle node.

    Args:
        cpu: requested.
        memory: requested.
        memory_limit: beyond it the kernel kills the process.
        storage: requested `ephemeral-storage`: what the process usually writes to the pod's
            `emptyDir` volumes and to its standard output. Their sizes are limited by `sizeLimit`,
            and standard output by the kubelet, so there is no limit, which would count both.
            Default: standard output alone. None: no request.
    """
    disk = {} if storage is None else {_STORAGE: storage}
    requests = {"cpu": cpu, "memory": memory, **disk}
    return {"requests": requests, "limits": {"memory": memory_limit}}


def resources_or(
    given: k8s.ResourceRequirements | Manifest | None,
    default: k8s.ResourceRequirements | Manifest | None,
) -> Mapping[str, object] | None:
    """The user's resources; those who do not mention `ephemeral-storage` keep the default's.

    Args:
        given: by the user, in place of the default.
        default: from `resources`.
    """
    if given is None or default is None:
        return wire_mapping(given or default or {}) or None
    form, requests = wire_mapping(given), wire_mapping(wire_mapping(given).get("requests") or {})
    limits = wire_mapping(form.get("limits") or {})
    usual = wire_mapping(wire_mapping(default).get("requests") or {})
    if _STORAGE in requests or _STORAGE in limits or _STORAGE not in usual:
        return form
    return {**form, "requests": {**requests, _STORAGE: usual[_STORAGE]}}


def hardened(container: k8s.Container | Manifest) -> Manifest:
    """A user's container, hardened in each field of the security context that it does not set."""
    form = wire_mapping(container)
    security_context = wire_mapping(form.get("securityContext") or {})
    return {
        **form,
        "resources": canonical_resources(wire_mapping(form.get("resources") or {})) or None,
        "securityContext": {**CONTAINER_SECURITY_CONTEXT, **security_context},
    }


def empty_dir_volume(name: str, size_limit: str, *, memory: bool = False) -> Manifest:
    """A volume that lives as long as the pod.

    Args:
        name: of the volume.
        size_limit: `sizeLimit`, a Kubernetes quantity. A pod that writes more is evicted, and not
            the other pods of its node, whose disk would be full. Nothing is reserved.
        memory: keep it in memory, which counts as the containers' own.
    """
    medium = {"medium": "Memory"} if memory else {}
    return {"name": name, "emptyDir": {**medium, "sizeLimit": canonical(size_limit)}}


def empty_dir(name: str, path: str, size_limit: str, *, memory: bool = False) -> PodParts:
    """A volume that lives as long as the pod, at `path`; see `empty_dir_volume`."""
    return PodParts(
        volumes=(empty_dir_volume(name, size_limit, memory=memory),),
        mounts=({"name": name, "mountPath": path},),
    )
