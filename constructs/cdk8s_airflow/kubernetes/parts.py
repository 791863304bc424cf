"""`PodParts`: what parts of a release add to a pod, which is their sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.named_files import NamedFiles
from cdk8s_airflow.kubernetes.objects import Manifest, wire_mapping
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.references import EnvVar
from cdk8s_airflow.kubernetes.structs import k8s

CHECKSUM = "cdk8s-airflow/checksum"
"""Pod annotation with a hash of the data outside the template that the pod reads."""

_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class PodParts:
    """What one part of a release adds to a pod; they can be summed.

    If two of them have an environment variable, volume, annotation or checksum input of the same
    name, the later one replaces the earlier, in its position.
    """

    env: tuple[k8s.EnvVar | EnvVar, ...] = ()
    """Environment of the main container and of the component's own init containers."""
    volumes: tuple[k8s.Volume | Manifest, ...] = ()
    """Volumes of the pod."""
    mounts: tuple[k8s.VolumeMount | Manifest, ...] = ()
    """Mounts of the main container and of the component's own init containers."""
    init_containers: tuple[k8s.Container | Manifest, ...] = ()
    """Init containers, in order; a native sidecar is one with `restartPolicy: Always`."""
    sidecars: tuple[k8s.Container | Manifest, ...] = ()
    """Further containers beside the main one."""
    annotations: Mapping[str, str] = field(default_factory=dict)
    """Annotations of the pod."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Labels of the pod beside the release's own."""
    checksum_inputs: Mapping[str, str] = field(default_factory=dict)
    """Name -> hash of data outside the template that the pod reads: a change restarts the pod."""
    files: Mapping[str, NamedFiles] = field(default_factory=dict)
    """Name of a volume -> its files, of which the pod gets those that it names."""
    api_token: bool = False
    """Whether the pod calls the Kubernetes API, and so gets a token."""
    pull_secrets: tuple[str, ...] = ()
    """Names of the Secrets that the images of `init_containers` and `sidecars` need."""
    peers: tuple[Peer, ...] = ()
    """Peers that the pod connects to; its NetworkPolicy allows them."""

    def __add__(self, other: PodParts) -> PodParts:
        """The sum of both, with the items of `other` last."""
        if other is NOTHING:
            return self
        return PodParts(
            env=merge_named(self.env, other.env, "name"),
            volumes=merge_named(self.volumes, other.volumes, "name"),
            mounts=merge_named(self.mounts, other.mounts, "mount_path"),
            init_containers=merge_named(self.init_containers, other.init_containers, "name"),
            sidecars=merge_named(self.sidecars, other.sidecars, "name"),
            annotations={**self.annotations, **other.annotations},
            labels={**self.labels, **other.labels},
            checksum_inputs={**self.checksum_inputs, **other.checksum_inputs},
            files={**self.files, **other.files},
            api_token=self.api_token or other.api_token,
            pull_secrets=(*self.pull_secrets, *other.pull_secrets),
            peers=(*self.peers, *other.peers),
        )

    def with_image(self, old: Image, new: Image) -> PodParts:
        """A copy in which init containers and sidecars with the old image have the new one."""
        image = {"image": new.reference, "imagePullPolicy": new.pull_policy}

        def changed(containers: Sequence[k8s.Container | Manifest]) -> tuple[Manifest, ...]:
            forms = [wire_mapping(item) for item in containers]
            return tuple({**it, **image} if it["image"] == old.reference else it for it in forms)

        return replace(
            self,
            init_containers=changed(self.init_containers),
            sidecars=changed(self.sidecars),
        )

    def without_volumes(self, names: Sequence[str]) -> PodParts:
        """A copy without these volumes, which come from claim templates; their mounts stay."""
        kept = tuple(volume for volume in self.volumes if _key(volume, "name") not in names)
        return replace(self, volumes=kept)


NOTHING = PodParts()
"""The empty `PodParts`."""


def check_mount_paths(
    mounts: Sequence[k8s.VolumeMount | Manifest], others: Sequence[object]
) -> None:
    """Checks that no volume of the user is mounted over a file of the bundle.

    Args:
        mounts: the bundle's mounts.
        others: the user's mounts.

    Raises:
        ValueError: when a file of the bundle would have to be mounted inside a volume of the user.
    """
    files = [form["mountPath"] for form in map(wire_mapping, mounts) if "subPath" in form]
    for folder in [str(_key(other, "mount_path")).rstrip("/") for other in others]:
        for file in files:
            if str(file).startswith(f"{folder}/"):
                raise ValueError(
                    f"extra_volume_mounts has a volume at {folder!r}, where the bundle has a file, "
                    f"{file!r}, and Kubernetes mounts none into a volume of another: mount your "
                    f"files there one by one, {{'mountPath': '{folder}/<file>', 'subPath': "
                    "'<file>'}"
                )


def total(parts: Iterable[PodParts]) -> PodParts:
    """The sum of all parts, in order."""
    return sum(parts, start=NOTHING)


def merge_named(ours: Sequence[_T], others: Sequence[_T], key: str) -> tuple[_T, ...]:
    """Both lists; an item of `others` replaces one of `ours` with the same `key`."""
    if not others:
        return tuple(ours)
    merged = {_key(item, key): item for item in ours}
    merged.update({_key(item, key): item for item in others})
    return tuple(merged.values())


def _key(item: object, key: str) -> object:
    if isinstance(item, Mapping):
        camel = "mountPath" if key == "mount_path" else key
        if camel not in item:
            raise ValueError(f"{wire_mapping(item)} has no {camel!r}: give it one")
        return item[camel]
    return getattr(item, key)
