"""The NetworkPolicies of a release, and what user code may connect to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from constructs import Construct

from cdk8s_airflow.kubernetes.network_props import PolicyProps
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.peers import ANYWHERE, PUBLIC, Peer
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import RUNS_TASKS

UserRole: TypeAlias = Literal["worker", "triggerer", "dag-processor"]
"""Roles that run what users write."""
UserEgress: TypeAlias = Literal["everything", "public", "nothing"]
_PEERS: Mapping[UserEgress, tuple[Peer, ...]] = {
    "everything": (ANYWHERE,),
    "public": (PUBLIC,),
    "nothing": (),
}


@dataclass(frozen=True, kw_only=True)
class NetworkPolicies(PolicyProps, Part):
    """One NetworkPolicy for each component, with ingress and egress rules for its real peers.

    The peers come from the other props: servers, repositories, connections with host and port, URLs
    in `config` and `env`. A cluster whose network plugin does not implement policies ignores them.
    """

    user_egress: Sequence[UserRole] = ("worker",)
    """Roles that may connect to what `user_egress_to` says: `worker` for tasks, `triggerer` for
    triggers, `dag-processor` for DAG files and callbacks. Other roles reach the servers in the
    props, and `extra_egress`; a deferred task or a DAG file that connects elsewhere hangs until it
    times out. Default: `worker`."""
    user_egress_to: UserEgress = "everything"
    """What these roles may connect to: `everything` is any address, except the metadata services of
    clouds (`metadata_services`); `public` leaves out private networks too, the cluster's own
    included; `nothing` leaves them the servers in the props. Default: `everything`."""

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """Egress to `user_egress_to`, for the roles in `user_egress`."""
        known = Role.WORKER if role in RUNS_TASKS else role
        peers = _PEERS[self.user_egress_to] if known.value in self.user_egress else ()
        return PodParts(peers=peers) if peers else NOTHING

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds a validation of the names in the props; the components add their policies."""
        platform.network.check_names(scope)
