"""What users' code may connect to, beside all that the release itself needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from constructs import Construct

from cdk8s_airflow.kubernetes.network_props import PolicyProps
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.peers import ANYWHERE
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import RUNS_TASKS

UserRole: TypeAlias = Literal["worker", "triggerer", "dag-processor"]
"""Roles that run what users write."""


@dataclass(frozen=True, kw_only=True)
class NetworkPolicies(PolicyProps, Part):
    """One NetworkPolicy for each component, ingress and egress, that names its real peers.

    They follow from the other settings: servers, repositories, connections with host and port,
    URLs in `config` and `env`. A cluster whose network plugin knows no policies ignores them.
    """

    user_egress: Sequence[UserRole] = ("worker",)
    """Who may connect anywhere: tasks (`worker`), triggers of deferred tasks (`triggerer`), DAG
    files while they are parsed, and their callbacks (`dag-processor`). What is not here reaches
    what the settings name, and `extra_egress`. Default: tasks alone."""

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The right to connect anywhere, for the roles that run such code."""
        known = Role.WORKER if role in RUNS_TASKS else role
        return PodParts(peers=(ANYWHERE,)) if known.value in self.user_egress else NOTHING

    def build(self, scope: Construct, platform: Platform) -> None:
        """Lets the synth fail where the props name what there is not; components add policies."""
        platform.network.check_names(scope)
