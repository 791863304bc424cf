"""Containers, hardened by default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cdk8s_plus_27 import k8s

from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.objects import Manifest, wire_mapping
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.probes import Probe
from cdk8s_airflow.kubernetes.quantities import canonical_resources
from cdk8s_airflow.kubernetes.security import CONTAINER_SECURITY_CONTEXT


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
    env: Sequence[k8s.EnvVar] | None = None
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


def resources(*, cpu: str, memory: str, memory_limit: str) -> Mapping[str, object]:
    """Requests and a memory limit; no CPU limit, which throttles even on an idle node."""
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"memory": memory_limit}}


def hardened(container: k8s.Container | Manifest) -> Manifest:
    """A user's container, hardened in each field of the security context that it does not set."""
    form = wire_mapping(container)
    security_context = wire_mapping(form.get("securityContext") or {})
    return {
        **form,
        "resources": canonical_resources(wire_mapping(form.get("resources") or {})) or None,
        "securityContext": {**CONTAINER_SECURITY_CONTEXT, **security_context},
    }


def empty_dir(name: str, path: str) -> PodParts:
    """A volume that lives as long as the pod, at `path`."""
    return PodParts(
        volumes=({"name": name, "emptyDir": {}},),
        mounts=({"name": name, "mountPath": path},),
    )
