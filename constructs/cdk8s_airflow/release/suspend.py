"""Suspension of a release: no pods, while its other objects and its data stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cdk8s import JsonPatch
from constructs import Construct, IConstruct

from cdk8s_airflow.components.base import AirflowComponent
from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.extra_manifests import ExtraObjects
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.props import AirflowProps, Suspended
from cdk8s_airflow.roles import LONG_RUNNING, USES_DATABASE, WORKS_UNASKED

_WAITING_JOBS = (USES_DATABASE - LONG_RUNNING) | {
    Role.OBJECTS,
    Role.FINISHED_PODS,
    Role.BACKUP_VERIFY,
}
_IN_THE_WAY = LONG_RUNNING | {Role.OBJECTS, Role.PGBOUNCER}
"""Who uses the database or a key, or holds a connection for those who do."""
_SCALED = frozenset({"Deployment", "StatefulSet"})
_SCALERS = frozenset({"HorizontalPodAutoscaler", "ScaledObject"})


@dataclass(frozen=True)
class Suspension(Part):
    """Applies `AirflowProps.suspended`."""

    suspended: Suspended | Literal["restore"]
    """The value of the prop; `restore`: only servers run, and the Job that restores."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Suspends the parts before this one."""
        suspend(scope, self.suspended)


def suspension_of(props: AirflowProps) -> Suspended | Literal["restore"]:
    """What of a release is suspended: what the user says, or what is in the way of a restore."""
    return "restore" if props.backup and props.backup.restore else props.suspended


def restore_problems(props: AirflowProps) -> Iterator[str]:
    """A problem, if a restore is asked for that nothing could run."""
    if props.backup and props.backup.restore and props.suspended:
        yield (
            f"suspended={props.suspended!r} and backup=Backup(restore=Restore(...)): a restore "
            "stops by itself what is in its way, and needs the database: leave suspended out"
        )


def suspend(release: Construct, suspended: Suspended | Literal["restore"]) -> None:
    """Sets the workloads of a release to 0 replicas.

    It also removes autoscalers; with True or `restore` it suspends Jobs that need the database or
    the API server. The user's own manifests stay as they are.

    Args:
        release: its construct.
        suspended: the value of the prop.
    """
    for part in list(release.node.children):
        if not suspended or isinstance(part, ExtraObjects):
            continue
        role = part.role if isinstance(part, AirflowComponent) else None
        if suspended != "tasks" and role in _WAITING_JOBS:
            if not (suspended == "restore" and role is Role.RESTORE):
                _suspend_jobs(part)
        if suspended is True or role in (_IN_THE_WAY if suspended == "restore" else WORKS_UNASKED):
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
