"""Containers and pod templates, hardened by default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from constructs import Construct

from cdk8s_airflow.kubernetes.containers import Container as Container
from cdk8s_airflow.kubernetes.containers import empty_dir as empty_dir
from cdk8s_airflow.kubernetes.containers import empty_dir_volume as empty_dir_volume
from cdk8s_airflow.kubernetes.containers import hardened as hardened
from cdk8s_airflow.kubernetes.containers import resources as resources
from cdk8s_airflow.kubernetes.containers import resources_or as resources_or
from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.image_digests import PinnedImages
from cdk8s_airflow.kubernetes.images import Image, Registry
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.mounts import check_mounts
from cdk8s_airflow.kubernetes.objects import Manifest, wire_mapping
from cdk8s_airflow.kubernetes.parts import CHECKSUM, PodParts
from cdk8s_airflow.kubernetes.pod_defaults import PodDefaults, anti_affinity, merged, spread
from cdk8s_airflow.kubernetes.probe_props import ProbeProps
from cdk8s_airflow.kubernetes.references import EnvValue, env_problems, env_vars
from cdk8s_airflow.kubernetes.security import pod_security_context, security_context_problems
from cdk8s_airflow.kubernetes.structs import k8s


@dataclass(frozen=True, kw_only=True)
class PodProps(PodDefaults, ProbeProps):
    """Settings of the pods of one role. All fields are optional."""

    image: Image | None = None
    """Image of these pods, with the same version of Airflow. Default: the release's."""
    resources: k8s.ResourceRequirements | Manifest | None = None
    """Requests and limits of the main container; a request of `ephemeral-storage` stays unless you
    give one. Default: from the measured use of the process."""
    env: Mapping[str, EnvValue] | None = None
    """Environment variables of this role; they override the release's `env`. Default: none."""
    env_from: Sequence[k8s.EnvFromSource | Manifest] | None = None
    """`envFrom` of the main container: whole ConfigMaps or Secrets as environment; variables that
    the bundle sets by name override these. Default: none."""
    security_context: k8s.PodSecurityContext | Manifest | None = None
    """Fields of the pod's `securityContext` that override the bundle's, for an image of yours with
    another user: `{"runAsUser": 1000, "runAsGroup": 1000, "fsGroup": 1000}`. Airflow's own image
    wants group 0. Default: none."""
    lifecycle: k8s.Lifecycle | Manifest | None = None
    """`lifecycle` of the main container; a `preStop` hook uses up the grace period. Default:
    none."""
    termination_grace_seconds: int | None = None
    """`terminationGracePeriodSeconds`. Default: what the process needs."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        owner = type(self).__name__
        yield from env_problems(f"{owner}.env", self.env or {})
        yield from security_context_problems(f"{owner}.security_context", self.security_context)
        if self.termination_grace_seconds is not None and self.termination_grace_seconds < 1:
            yield (
                f"{owner}.termination_grace_seconds={self.termination_grace_seconds}: expected 1 "
                "or more seconds"
            )

    def with_defaults(self, release: PodDefaults) -> PodProps:
        """A copy in which the release's settings fill the fields that are not set."""
        own = {
            field.name: getattr(self, field.name)
            for field in fields(PodProps)
            if not hasattr(PodDefaults, field.name)
        }
        return PodProps(**own, **merged(self, release))

    @property
    def own_parts(self) -> PodParts:
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
class AirflowPods(PodDefaults):
    """Settings of all pods that run Airflow, Jobs and task pods included.

    They are not for embedded servers, PgBouncer, the git-sync of a shared volume, and the Job that
    generates Secrets. A role's settings override them, and they override those of `pods`.
    """

    env_from: Sequence[k8s.EnvFromSource | Manifest] | None = None
    """`envFrom` of the main containers: whole ConfigMaps or Secrets as environment, before those of
    a role. Single variables are `AirflowProps.env`. Default: none."""
    security_context: k8s.PodSecurityContext | Manifest | None = None
    """Fields of the pods' `securityContext`, as for a role, whose fields win. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from security_context_problems("AirflowPods.security_context", self.security_context)


def pod_template(
    labels: Labels,
    container: Container,
    *,
    parts: PodParts,
    props: PodProps,
    service_account: str,
    user: int | None,
    group: int | None,
    fs_group: int | None,
    init_containers: Sequence[Container] = (),
    api_token: bool = False,
    grace_seconds: int = 30,
    restart_policy: str | None = None,
    replicated: bool = False,
    registry: Registry | PinnedImages | None = None,
    scope: Construct | None = None,
) -> Mapping[str, object]:
    """A pod template: the container, the parts, and hardening.

    Args:
        labels: of the component; the pod's own labels cannot override them.
        container: the main container.
        parts: the sum of what all parts of the release add.
        props: the user's settings, which override the parts.
        service_account: name of the pod's own ServiceAccount.
        user: uid of all containers; None: the cluster assigns it.
        group: gid of all containers.
        fs_group: gid of the volumes.
        init_containers: run before all others, with the same mounts.
        api_token: mount a token for the Kubernetes API.
        grace_seconds: `terminationGracePeriodSeconds` unless the user sets it.
        restart_policy: `restartPolicy`. Default: that of the kind.
        replicated: add the anti-affinity for components with several pods.
        registry: where all images come from. Default: each from its own.
        scope: the component, for the ConfigMaps of the files that the pod names.

    Returns:
        The template, for Deployments, StatefulSets and Jobs.
    """
    if props.image is not None:
        parts = parts.with_image(container.image, props.image)
    check_mounts(parts, own := props.own_parts)
    everything = parts + own
    container = replace(
        container,
        resources=resources_or(props.resources, container.resources),
        lifecycle=container.lifecycle if props.lifecycle is None else props.lifecycle,
        env_from=props.env_from,
    )
    if props.image is not None:
        usual = container.image
        container = replace(container, image=props.image)
        init_containers = [
            replace(item, image=props.image) if item.image == usual else item
            for item in init_containers
        ]
    sidecars = [hardened(item) for item in everything.sidecars]
    extra = [hardened(item) for item in everything.init_containers]
    natives = [item for item in extra if item.get("restartPolicy") == "Always"]
    if restart_policy is not None:  # a pod that ends: a sidecar must not keep it from that
        natives += [{**item, "restartPolicy": "Always"} for item in sidecars]
        sidecars = []
    pull_secrets = dict.fromkeys((*container.image.pull_secrets, *everything.pull_secrets))
    pull_secrets |= dict.fromkeys(
        str(wire_mapping(each)["name"]) for each in props.image_pull_secrets or ()
    )
    main = props.with_probes(container.wire(everything))
    spec = wire_mapping(
        {
            "serviceAccountName": service_account,
            "automountServiceAccountToken": api_token or everything.api_token,
            "enableServiceLinks": False,
            "securityContext": {
                **pod_security_context(user=user, group=group, fs_group=fs_group),
                **wire_mapping(props.security_context or {}),
            },
            "terminationGracePeriodSeconds": props.termination_grace_seconds or grace_seconds,
            "restartPolicy": restart_policy,
            "imagePullSecrets": [{"name": name} for name in pull_secrets] or None,
            "initContainers": [
                *natives,
                *(item.wire(everything) for item in init_containers),
                *(item for item in extra if item not in natives),
            ]
            or None,
            "containers": [main, *sidecars],
            "volumes": everything.volumes or None,
            **_placement(props, labels.selector, replicated),
        }
    )
    if registry is not None:
        from_registry(spec, registry)
    annotations = dict(everything.annotations)
    consumed = dict(everything.checksum_inputs)
    for volume, files in everything.files.items():
        consumed |= files.mount(scope, spec, volume)
    if consumed:
        annotations[CHECKSUM] = content_hash(consumed, length=16)
    all_labels = {**everything.labels, **labels.with_version}
    return {"metadata": {"labels": all_labels, "annotations": annotations or None}, "spec": spec}


def _placement(props: PodProps, selector: Mapping[str, str], replicated: bool) -> Manifest:
    """The fields of a pod spec about scheduling and DNS."""
    default_affinity = (
        anti_affinity(selector) if replicated and props.topology_spread is None else {}
    )
    return {
        "nodeSelector": props.node_selector or None,
        "tolerations": props.tolerations or None,
        "affinity": {**default_affinity, **wire_mapping(props.affinity or {})} or None,
        "topologySpreadConstraints": spread(props.topology_spread or (), selector) or None,
        "priorityClassName": props.priority_class_name,
        "runtimeClassName": props.runtime_class_name,
        "schedulerName": props.scheduler_name,
        "hostAliases": props.host_aliases or None,
        "dnsPolicy": props.dns_policy,
        "dnsConfig": props.dns_config,
    }


def from_registry(spec: Manifest, registry: Registry | PinnedImages) -> None:
    """Changes the images of a pod spec in wire form, and adds the Secret of the registry."""
    form: Any = spec
    for container in (*(form.get("initContainers") or ()), *form["containers"]):
        container["image"] = registry.reference(container["image"])
    for volume in form.get("volumes") or ():
        if reference := (volume.get("image") or {}).get("reference"):
            volume["image"] = {**volume["image"], "reference": registry.reference(reference)}
    if registry.pull_secret:
        secrets = form.setdefault("imagePullSecrets", [])
        if {"name": registry.pull_secret} not in secrets:
            secrets.append({"name": registry.pull_secret})
