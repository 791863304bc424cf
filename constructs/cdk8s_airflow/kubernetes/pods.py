"""Containers and pod templates, hardened unless told otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cdk8s_plus_27 import k8s

from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.objects import Piece, wire_mapping
from cdk8s_airflow.kubernetes.parts import CHECKSUM, PodParts
from cdk8s_airflow.kubernetes.probes import Probe
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import EnvValue, check_env, env_vars
from cdk8s_airflow.kubernetes.security import CONTAINER_SECURITY_CONTEXT, pod_security_context


@dataclass(frozen=True, kw_only=True)
class PodProps(Props):
    """What can be said of every pod of the release. All fields are optional."""

    image: Image | None = None
    """Image of these pods, with the same version of Airflow; default: the release's."""
    resources: k8s.ResourceRequirements | Piece | None = None
    """Requests and limits of the main container; default: from the measured use of the process."""
    env: Mapping[str, EnvValue] | None = None
    """Environment of this role alone; wins over the release's `env`."""
    labels: Mapping[str, str] | None = None
    """Labels of the pods beside the release's own, which cannot be changed."""
    annotations: Mapping[str, str] | None = None
    """Annotations of the pods."""
    node_selector: Mapping[str, str] | None = None
    """`nodeSelector`; default: any node."""
    tolerations: Sequence[k8s.Toleration | Piece] | None = None
    """`tolerations`."""
    affinity: k8s.Affinity | Piece | None = None
    """`affinity`."""
    priority_class_name: str | None = None
    """`priorityClassName` of an existing PriorityClass."""
    extra_init_containers: Sequence[k8s.Container | Piece] | None = None
    """Init containers that run after ours; hardened where they say nothing else."""
    extra_containers: Sequence[k8s.Container | Piece] | None = None
    """Containers beside the main one; hardened where they say nothing else."""
    extra_volumes: Sequence[k8s.Volume | Piece] | None = None
    """Volumes of the pod."""
    extra_volume_mounts: Sequence[k8s.VolumeMount | Piece] | None = None
    """Mounts of the main container."""

    def __post_init__(self) -> None:
        """Checks what would be overridden or lie open.

        Raises:
            ValueError: for a label or annotation of ours, or a credential given in the open.
        """
        super().__post_init__()
        owner = type(self).__name__
        check_env(f"{owner}.env", self.env or {})
        for label in self.labels or {}:
            if label.startswith("app.kubernetes.io/"):
                raise ValueError(
                    f"{owner}.labels[{label!r}]: labels of app.kubernetes.io/ tell whose a pod is "
                    "and cannot be changed; use a prefix of your own"
                )
        if CHECKSUM in (self.annotations or {}):
            raise ValueError(
                f"{owner}.annotations[{CHECKSUM!r}] is computed from what the pod consumes; to "
                "roll the pods set an annotation of your own"
            )

    @property
    def parts(self) -> PodParts:
        """What these props add to the pod."""
        return PodParts(
            env=env_vars(self.env or {}),
            volumes=tuple(self.extra_volumes or ()),
            mounts=tuple(self.extra_volume_mounts or ()),
            init_containers=tuple(self.extra_init_containers or ()),
            sidecars=tuple(self.extra_containers or ()),
            annotations=self.annotations or {},
            labels=self.labels or {},
        )


@dataclass(frozen=True, kw_only=True)
class Container:
    """The main container of a pod, or an init container with the same mounts."""

    name: str
    image: Image
    command: Sequence[str] | None = None
    args: Sequence[str] | None = None
    ports: Mapping[str, int] = field(default_factory=dict)
    """Name of the port -> number."""
    startup: Probe | None = None
    readiness: Probe | None = None
    liveness: Probe | None = None
    resources: k8s.ResourceRequirements | Piece | None = None
    env: Sequence[k8s.EnvVar] | None = None
    """Environment, where it is not that of the pod's parts."""
    user: int | None = None
    """uid, where it is not the pod's."""

    def wire(self, parts: PodParts) -> Mapping[str, object]:
        """The container in wire form, with the mounts of `parts`, and its environment too."""
        return {
            "name": self.name,
            "image": self.image.reference,
            "imagePullPolicy": self.image.pull_policy,
            "command": self.command,
            "args": self.args,
            "ports": [{"name": name, "containerPort": port} for name, port in self.ports.items()]
            or None,
            "env": (parts.env if self.env is None else self.env) or None,
            "volumeMounts": parts.mounts or None,
            "startupProbe": self.startup and self.startup.wire(),
            "readinessProbe": self.readiness and self.readiness.wire(),
            "livenessProbe": self.liveness and self.liveness.wire(),
            "resources": self.resources,
            "securityContext": {**CONTAINER_SECURITY_CONTEXT, "runAsUser": self.user},
        }


def resources(*, cpu: str, memory: str, memory_limit: str) -> Mapping[str, object]:
    """Requests and a memory limit; no CPU limit, which would only make idle cores unusable."""
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"memory": memory_limit}}


def pod_template(
    labels: Labels,
    container: Container,
    *,
    parts: PodParts,
    props: PodProps,
    service_account: str,
    user: int,
    group: int,
    fs_group: int,
    init_containers: Sequence[Container] = (),
    api_token: bool = False,
    grace_seconds: int = 30,
    restart_policy: str | None = None,
) -> Mapping[str, object]:
    """A pod template: the container, the parts, and what every pod of ours has.

    Args:
        labels: of the component; the pod's own labels cannot override them.
        container: the main container.
        parts: the sum of what the contributors add.
        props: what the user says of this pod; comes last, so it wins.
        service_account: name of the pod's own ServiceAccount.
        user: uid of all containers.
        group: gid of all containers.
        fs_group: gid of the volumes.
        init_containers: run before all others, with the same mounts.
        api_token: mount a token for the Kubernetes API.
        grace_seconds: `terminationGracePeriodSeconds`.
        restart_policy: `restartPolicy`; default: that of the kind.

    Returns:
        The template, for Deployments, StatefulSets and Jobs.
    """
    if props.image is not None:
        parts = parts.with_image(container.image.reference, props.image.reference)
    everything = parts + props.parts
    annotations = dict(everything.annotations)
    if everything.hashed:
        annotations[CHECKSUM] = content_hash(dict(everything.hashed), length=16)
    if props.resources is not None:
        container = replace(container, resources=props.resources)
    if props.image is not None:
        container = replace(container, image=props.image)
        init_containers = [replace(item, image=props.image) for item in init_containers]
    pull_secrets = dict.fromkeys((*container.image.pull_secrets, *everything.pull_secrets))
    spec = {
        "serviceAccountName": service_account,
        "automountServiceAccountToken": api_token,
        "enableServiceLinks": False,
        "securityContext": pod_security_context(user=user, group=group, fs_group=fs_group),
        "terminationGracePeriodSeconds": grace_seconds,
        "restartPolicy": restart_policy,
        "imagePullSecrets": [{"name": name} for name in pull_secrets] or None,
        "initContainers": [
            *(item.wire(everything) for item in init_containers),
            *(hardened(item) for item in everything.init_containers),
        ]
        or None,
        "containers": [
            container.wire(everything),
            *(hardened(item) for item in everything.sidecars),
        ],
        "volumes": everything.volumes or None,
        "nodeSelector": props.node_selector,
        "tolerations": props.tolerations,
        "affinity": props.affinity,
        "priorityClassName": props.priority_class_name,
    }
    metadata = {
        "labels": {**everything.labels, **labels.all},
        "annotations": annotations or None,
    }
    return {"metadata": metadata, "spec": spec}


def hardened(container: k8s.Container | Piece) -> Piece:
    """A container that someone else describes, hardened in each field that it does not set."""
    form = wire_mapping(container)
    said = wire_mapping(form.get("securityContext") or {})
    return {**form, "securityContext": {**CONTAINER_SECURITY_CONTEXT, **said}}


def empty_dir(name: str, path: str) -> PodParts:
    """A volume that lives as long as the pod, at `path`."""
    return PodParts(
        volumes=({"name": name, "emptyDir": {}},),
        mounts=({"name": name, "mountPath": path},),
    )
