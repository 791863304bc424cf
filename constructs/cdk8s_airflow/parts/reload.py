"""Annotations by which a controller restarts pods when an object outside the bundle changes.

Objects of the bundle need none: a change of them changes the pods' checksum annotation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from constructs import Construct

from cdk8s_airflow.kubernetes.consumption import consumed, workloads_below
from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform

ReloadController: TypeAlias = Literal["reloader", "configmapcontroller"]
"""`reloader`: Stakater Reloader. `configmapcontroller`: fabric8's, for ConfigMaps alone."""

CONFIG_MAPS: Mapping[ReloadController, str] = {
    "reloader": "configmap.reloader.stakater.com/reload",
    "configmapcontroller": "configmap.fabric8.io/update-on-change",
}
"""The annotation that lists ConfigMaps."""
SECRETS: Mapping[ReloadController, str] = {"reloader": "secret.reloader.stakater.com/reload"}
"""The annotation that lists Secrets."""


@dataclass(frozen=True)
class Reload(Part):
    """Adds the annotations by which a controller of the cluster restarts pods."""

    controller: ReloadController
    """The controller."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Annotates the workloads of the parts before this one."""
        annotate(scope, self.controller)


def annotate(release: Construct, controller: ReloadController) -> None:
    """Annotates all workloads of a release with the objects outside of it that they reference.

    For components of your own that are not below the release, call it again with their scope.
    """
    made = {
        item.object_name
        for item in release.node.find_all()
        if isinstance(item, KubernetesObject) and item.object_kind == "ConfigMap"
    }
    for workload in workloads_below(release):
        for annotation, names in _annotations(workload, controller, made):
            workload.metadata.add_annotation(annotation, ",".join(names))


def _annotations(
    workload: KubernetesObject, controller: ReloadController, made: set[str]
) -> Iterator[tuple[str, Sequence[str]]]:
    uses = consumed(workload)
    config_maps = [name for name in uses.config_maps if name not in made]
    if config_maps:
        yield CONFIG_MAPS[controller], config_maps
    if uses.secrets and controller in SECRETS:
        yield SECRETS[controller], uses.secrets
