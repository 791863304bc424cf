"""The user's mounts and the volumes that they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk8s_airflow.kubernetes.nearest import nearest
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.problems import refuse
from cdk8s_airflow.kubernetes.wire import Wire, wire_mapping


def check_mounts(parts: PodParts, own: PodParts) -> None:
    """Checks that each mount of the user has a volume in the pod.

    Args:
        parts: what the release adds to the pod; some volumes of its mounts are claim templates.
        own: what the user adds.

    Raises:
        ValueError: with all mounts that have none.
    """
    mounts = list(_mounts(own))
    if not mounts:
        return
    known = {
        str(wire_mapping(item)["name"]) for item in (*parts.volumes, *parts.mounts, *own.volumes)
    }
    problems = [
        f"the mount of {mount.get('name')!r} at {mount.get('mountPath')!r} is no volume of this "
        f"pod{nearest(str(mount.get('name')), known)}; add it to extra_volumes"
        for mount in mounts
        if str(mount.get("name")) not in known
    ]
    refuse(problems)


def _mounts(own: PodParts) -> Iterator[Mapping[str, Wire]]:
    yield from map(wire_mapping, own.mounts)
    for container in (*own.init_containers, *own.sidecars):
        mounts = wire_mapping(container).get("volumeMounts")
        if isinstance(mounts, list):
            yield from (mount for mount in mounts if isinstance(mount, dict))
