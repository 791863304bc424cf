"""NetworkPolicies, derived from the peers that each component connects to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import jsii
from constructs import Construct, IValidation

from cdk8s_airflow.kubernetes.address_ranges import (
    ALL_PODS,
    METADATA,
    PRIVATE,
    everything_but,
)
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.network_members import Member, selector
from cdk8s_airflow.kubernetes.network_props import PolicyProps
from cdk8s_airflow.kubernetes.objects import KubernetesObject, wire, wire_mapping
from cdk8s_airflow.kubernetes.peers import ANYWHERE, KUBERNETES_API, PUBLIC, Peer, Protocol
from cdk8s_airflow.kubernetes.props import nearest

_ALL = "*"
_METADATA_PORT = 80
_DNS_PROTOCOLS: Sequence[Protocol] = ("UDP", "TCP")


@dataclass(frozen=True, kw_only=True)
class Network:
    """The components of a release, and a NetworkPolicy for each of them.

    Egress rules are the peers of the component, ingress rules the components that have it as a
    peer. The rules are built at the synth, so components may be added in any order.
    """

    props: PolicyProps | None = None
    """None: no policies."""
    members: list[Member] = field(default_factory=list)
    exposed_components: set[str] = field(default_factory=set)
    allowed: list[tuple[Peer, object]] = field(default_factory=list)

    def add_policy(
        self,
        scope: Construct,
        name: str,
        labels: Labels,
        *,
        role: str = "",
        peers: Iterable[Peer] = (),
        ports: Iterable[int] = (),
        services: Iterable[str] = (),
        service_ports: Mapping[int, int] | None = None,
        exposed: bool | None = None,
        namespace: str | None = None,
        all_namespaces: bool = False,
    ) -> None:
        """Adds a component and its NetworkPolicy.

        Args:
            scope: the construct that owns the policy.
            name: name of the component's objects, a Service among them.
            labels: of its pods.
            role: its role; a peer may mean all components of a role.
            peers: what its pods connect to; DNS is always allowed.
            ports: that its pods open for others.
            services: names of further Services that lead to its pods.
            service_ports: port of a Service -> port of the pods, where they are not the same.
            exposed: whether users reach its ports from outside; None: the ports are not for users.
            namespace: where its pods are. Default: in the release's namespace.
            all_namespaces: other namespaces may have pods of it, too.
        """
        if self.props is None:
            return
        member = Member(
            scope=scope,
            name=name,
            labels=labels,
            role=role,
            peers=tuple(dict.fromkeys(peers)),
            ports=tuple(ports),
            services=(name, *services),
            for_users=exposed is not None,
            exposed=bool(exposed),
            namespace=namespace,
            all_namespaces=all_namespaces,
            service_ports=service_ports or {},
        )
        self.members.append(member)
        props = self.props
        KubernetesObject(
            scope,
            f"NetworkPolicy-{namespace}" if namespace else "NetworkPolicy",
            api_version="networking.k8s.io/v1",
            kind="NetworkPolicy",
            name=name,
            namespace=namespace,
            labels=labels.all,
            body=lambda: {
                "spec": {
                    "podSelector": {"matchLabels": labels.selector},
                    "policyTypes": ["Ingress", "Egress"],
                    # No rules are written as none at all: the API server drops an empty list.
                    "ingress": self._ingress(member, props) or None,
                    "egress": self._egress(member, props) or None,
                }
            },
        )

    def add_elsewhere(
        self, scope: Construct, labels: Labels, *, service: str, port: int, namespace: str
    ) -> None:
        """Tells of pods outside the release, so that the rules of egress to them name them.

        Args:
            scope: any construct of the release.
            labels: of the pods.
            service: name of the Service that leads to them.
            port: of the pods and of the Service.
            namespace: of both.
        """
        self.members.append(
            Member(
                scope=scope, name=service, labels=labels, role="", peers=(), ports=(port,),
                services=(service,), for_users=False, exposed=False, namespace=namespace,
                all_namespaces=False, service_ports={},
            )
        )  # fmt: skip

    def expose(self, component: str) -> None:
        """Allows ingress from anywhere to a component that is exposed to users."""
        self.exposed_components.add(component)

    def allow(self, client: object, peer: Peer) -> None:
        """Allows pods outside the release to connect to one of its components.

        Args:
            client: the pods, as an entry of a rule's `from`.
            peer: the component and its port.
        """
        if (peer, client) not in self.allowed:
            self.allowed.append((peer, client))

    def check_names(self, scope: Construct) -> None:
        """Fails the synth when the props name a component or host that does not exist."""
        if self.props and (self.props.hosts or self.props.extra_ingress or self.props.extra_egress):
            scope.node.add_validation(_NamesValidation(self, self.props))

    def _ingress(self, me: Member, props: PolicyProps) -> list[object]:
        clients: dict[tuple[int, Protocol], list[Member]] = {}
        for member in self._sorted():
            for peer in member.peers:
                if me.matches(peer) and (port := me.pod_port(peer)) is not None:
                    clients.setdefault((port, peer.protocol), []).append(member)
        rules: list[object] = [
            {"from": [selector(me, client) for client in clients[key]], "ports": [_port(*key)]}
            for key in sorted(clients)
        ]
        rules += [
            {"from": [client], "ports": [_port(port, peer.protocol)]}
            for peer, client in self.allowed
            if me.matches(peer) and (port := me.pod_port(peer)) is not None
        ]
        exposed = me.exposed or me.labels.component in self.exposed_components
        if me.for_users and (exposed if props.ingress_from is None else props.ingress_from):
            ports = [_port(number) for number in me.ports]
            rules.append({"from": props.ingress_from, "ports": ports})
        return rules + _extra(me, props.extra_ingress)

    def _egress(self, me: Member, props: PolicyProps) -> list[object]:
        dns = [_port(port, kind) for port in props.dns_ports for kind in _DNS_PROTOCOLS]
        ports: dict[str, list[object]] = {}
        for peer in me.peers:
            found = self._to(me, peer, props)
            if found is None or peer.port is None:
                continue
            if not found and peer.port == _METADATA_PORT:
                found = _anywhere(props)
            own = next((member for member in self.members if member.matches(peer)), None)
            number = own.pod_port(peer) if own else peer.port
            numbers = props.kubernetes_api_ports if peer == KUBERNETES_API else (number,)
            known = ports.setdefault(json.dumps(wire(found or None)), [])
            known += [p for n in numbers if n and (p := _port(n, peer.protocol)) not in known]
        rules: list[object] = [{"ports": dns}]
        rules += [{"to": json.loads(to), "ports": numbers} for to, numbers in ports.items()]
        if ANYWHERE in me.peers:
            rules.append({"to": to} if (to := _anywhere(props)) else {})
        elif PUBLIC in me.peers:
            rules.append({"to": everything_but(PRIVATE)})
        return rules + _extra(me, props.extra_egress)

    def _to(self, me: Member, peer: Peer, props: PolicyProps) -> list[object] | None:
        """Selectors and networks of a peer; empty: any address; None: no rule."""
        found = [selector(me, member) for member in self._sorted() if member.matches(peer)]
        if found or peer.component:
            return found or None
        networks = (props.hosts or {}).get(peer.host, peer.own_networks)
        return [{"ipBlock": {"cidr": network}} for network in networks]

    def _sorted(self) -> list[Member]:
        return sorted(self.members, key=lambda member: member.labels.component)


def _anywhere(props: PolicyProps) -> list[object]:
    """Entries of `to` for any address; empty: really any."""
    return [] if props.metadata_services else [*everything_but(METADATA), ALL_PODS]


def _port(number: int, protocol: Protocol = "TCP") -> object:
    return {"port": number, "protocol": protocol}


def _extra(me: Member, rules: Mapping[str, Sequence[object]] | None) -> list[object]:
    names = dict.fromkeys((_ALL, me.role, me.labels.component))
    found = [wire_mapping(rule) for name in names for rule in (rules or {}).get(name, ())]
    # The API server fills in the protocol, and rules belong to one field manager as a whole.
    return [
        {**rule, "ports": [{"protocol": "TCP", **wire_mapping(port)} for port in ports]}
        if isinstance(ports := rule.get("ports"), list)
        else rule
        for rule in found
    ]


@jsii.implements(IValidation)
class _NamesValidation:
    def __init__(self, network: Network, props: PolicyProps) -> None:
        self._network, self._props = network, props

    def validate(self) -> list[str]:
        """One problem for each unknown name."""
        members, props = self._network.members, self._props
        hosts = {peer.host for member in members for peer in member.peers if peer.host}
        names = {name for member in members for name in (member.role, member.labels.component)}
        known = {
            "hosts": hosts - {name for member in members for name in member.services}
            | {KUBERNETES_API.host},
            "extra_ingress": names - {""} | {_ALL},
            "extra_egress": names - {""} | {_ALL},
        }
        return [
            f"network_policies: {option}[{name!r}] is unknown in this release{nearest(name, right)}"
            for option, right in known.items()
            for name in getattr(props, option) or {}
            if name not in right
        ]
