"""Suspension of a release: no pods, while its other objects and its data stay."""

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
    """Applies `AirflowProps.suspended`."""

    suspended: Suspended
    """The value of the prop."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Suspends the parts before this one."""
        suspend(scope, self.suspended)


def suspend(release: Construct, suspended: Suspended) -> None:
    """Sets the workloads of a release to 0 replicas.

    It also removes autoscalers; with True it suspends Jobs that need the database. The user's own
    manifests stay as they are.

    Args:
        release: its construct.
        suspended: the value of the prop.
    """
    for part in list(release.node.children):
        if not suspended or isinstance(part, ExtraObjects):
            continue
        role = part.role if isinstance(part, AirflowComponent) else None
        if suspended is True and role in _JOBS_ON_THE_DATABASE:
            _suspend_jobs(part)
        elif suspended is True or role in WORKS_UNASKED:
            _scale_to_zero(part)


def _suspend_jobs(part: IConstruct) -> None:
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
