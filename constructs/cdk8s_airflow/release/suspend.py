"""A release that stands still: its objects are there, its pods are not, its data are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cdk8s import JsonPatch
from constructs import Construct, IConstruct

from cdk8s_airflow.components.base import AirflowComponent
from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.extra_manifests import ExtraObjects
from cdk8s_airflow.platform import Platform
from cdk8s_airflow.props import Suspended
from cdk8s_airflow.roles import LONG_RUNNING, USES_DATABASE, WORKS_UNASKED

_JOBS_ON_THE_DATABASE = USES_DATABASE - LONG_RUNNING
_SCALED = frozenset({"Deployment", "StatefulSet"})
_SCALERS = frozenset({"HorizontalPodAutoscaler", "ScaledObject"})


@dataclass(frozen=True)
class Suspension(Part):
    """How far a release stands still."""

    suspended: Suspended
    """How far."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Takes away the pods of all that is in the release by now."""
        suspend(scope, self.suspended)


def suspend(release: Construct, suspended: Suspended) -> None:
    """Takes the pods away from a release that is complete in the tree.

    Workloads have 0 replicas and no autoscaler; with True no Job starts either that would wait for
    the database or clean it. Manifests of the user's own stay as they are.

    Args:
        release: its construct.
        suspended: how far.
    """
    for part in list(release.node.children):
        if not suspended or isinstance(part, ExtraObjects):
            continue
        role = part.role if isinstance(part, AirflowComponent) else None
        if suspended is True and role in _JOBS_ON_THE_DATABASE:
            _hold_jobs(part)
        elif suspended is True or role in WORKS_UNASKED:
            _scale_to_zero(part)


def _hold_jobs(part: IConstruct) -> None:
    for item in _objects(part):
        if item.object_kind in ("CronJob", "Job"):
            item.add_json_patch(JsonPatch.add("/spec/suspend", True))


def _scale_to_zero(part: IConstruct) -> None:
    for item in list(_objects(part)):
        if item.object_kind in _SCALED:
            item.add_json_patch(JsonPatch.add("/spec/replicas", 0))
        elif item.object_kind in _SCALERS and item.node.scope is not None:
            item.node.scope.node.try_remove_child(item.node.id)


def _objects(part: IConstruct) -> Iterator[KubernetesObject]:
    return (item for item in part.node.find_all() if isinstance(item, KubernetesObject))
