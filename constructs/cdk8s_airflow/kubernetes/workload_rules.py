"""Rules of whole workloads: what their pod templates and they have to agree on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cdk8s_airflow.kubernetes.nearest import nearest
from cdk8s_airflow.kubernetes.problems import Problem


def pod_problems(value: Mapping[str, Any]) -> Iterator[Problem]:
    """The problems of a pod."""
    for problem in _spec_problems(value.get("spec") or {}, set()):
        yield problem.below("spec")


def workload_problems(value: Mapping[str, Any]) -> Iterator[Problem]:
    """The problems of the spec of a Deployment, StatefulSet, DaemonSet or Job."""
    template = value.get("template") or {}
    claims = value.get("volumeClaimTemplates") or ()
    names = {str((claim.get("metadata") or {}).get("name")) for claim in claims}
    for problem in _spec_problems(template.get("spec") or {}, names):
        yield problem.below("template", "spec")
    labels = (template.get("metadata") or {}).get("labels") or {}
    wanted = (value.get("selector") or {}).get("matchLabels") or {}
    for key, text in wanted.items():
        if labels.get(key) != text:
            yield Problem(
                ("selector", "matchLabels", key),
                f"={text!r} is no label of template: expected the same in both",
            )


def _spec_problems(spec: Mapping[str, Any], claims: set[str]) -> Iterator[Problem]:
    volumes = {str(volume.get("name")) for volume in spec.get("volumes") or ()} | claims
    seen: set[str] = set()
    for part in ("initContainers", "containers"):
        for place, container in enumerate(spec.get(part) or ()):
            name = str(container.get("name"))
            if name in seen and part == "containers":
                yield Problem(
                    (part, place, "name"), f"={name!r} is an init container too; rename one"
                )
            seen |= {name} if part == "initContainers" else set()
            for number, mount in enumerate(container.get("volumeMounts") or ()):
                if str(mount.get("name")) not in volumes:
                    yield Problem(
                        (part, place, "volumeMounts", number, "name"),
                        f"={mount.get('name')!r} is no volume of the pod"
                        f"{nearest(str(mount.get('name')), volumes)}",
                    )
