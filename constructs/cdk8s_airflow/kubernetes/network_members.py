"""The components of a release, as their NetworkPolicies see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.kubernetes.inherited import inherited
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.peers import Peer

_NAMESPACE = "kubernetes.io/metadata.name"


@dataclass(frozen=True, kw_only=True)
class Member:
    """The pods of one component, and their peers."""

    scope: Construct
    name: str
    labels: Labels
    role: str
    peers: Sequence[Peer]
    ports: Sequence[int]
    services: Sequence[str]
    for_users: bool
    exposed: bool
    namespace: str | None
    all_namespaces: bool
    service_ports: Mapping[int, int]

    def matches(self, peer: Peer) -> bool:
        """Whether a peer means this component, by its name, its role or one of its Services."""
        if peer.component:
            return peer.port in self.ports and peer.component in (self.role, self.labels.component)
        host, *rest = peer.host.split(".")
        return host in self.services and (not rest or rest[1:2] == ["svc"])

    def pod_port(self, peer: Peer) -> int | None:
        """The port of its pods behind a peer: a policy sees a connection after its Service."""
        if peer.port is None or peer.component:
            return peer.port
        return self.service_ports.get(peer.port, peer.port)


def namespace_selector(name: str) -> Mapping[str, object]:
    """The `namespaceSelector` of one namespace."""
    return {"matchLabels": {_NAMESPACE: name}}


def selector(me: Member, other: Member) -> object:
    """The pods of a component as an entry of a rule of another."""
    pods = {"podSelector": {"matchLabels": other.labels.selector}}
    if me.namespace == other.namespace and not other.all_namespaces:
        return pods
    namespace = other.namespace or inherited(other.scope).namespace
    if other.all_namespaces:
        namespace = None
    names = namespace_selector(namespace) if namespace else {}
    return {"namespaceSelector": names, **pods}
