"""What a user may say of all NetworkPolicies of a release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_network

from cdk8s_plus_27 import k8s

from cdk8s_airflow.kubernetes.objects import Piece
from cdk8s_airflow.kubernetes.props import Props


@dataclass(frozen=True, kw_only=True)
class PolicyProps(Props):
    """What can be said of the NetworkPolicies of a release. All fields are optional."""

    ingress_from: Sequence[k8s.NetworkPolicyPeer | Piece] | None = None
    """Who else may reach what users see, the API server (with the execution API on the same port)
    and Flower: for example the Ingress controller, `[{"namespaceSelector": {"matchLabels":
    {"kubernetes.io/metadata.name": "ingress-nginx"}}}]`. Default: everyone, where `exposure` or
    `base_url` says that users come, else nobody; `kubectl port-forward` works without."""
    hosts: Mapping[str, Sequence[str]] | None = None
    """Networks in which hosts outside the release are, by the name that the props have for them:
    `{"db.example.com": ["10.1.0.0/16"]}`. `kubernetes.default.svc` is the cluster's API server.
    Default: any address on the port of the host, as a NetworkPolicy cannot name hosts; of a host
    that is given as an address, that one."""
    dns_ports: Sequence[int] = (53,)
    """Ports on which the cluster's DNS pods listen, by UDP and TCP; OpenShift: 5353 besides.
    Default 53."""
    kubernetes_api_ports: Sequence[int] = (443, 6443)
    """Ports of the cluster's API server, before and behind its Service. Default 443 and 6443."""
    extra_ingress: Mapping[str, Sequence[k8s.NetworkPolicyIngressRule | Piece]] | None = None
    """Further ingress rules by component, for example `{"postgresql": [{"from": [...]}]}`; `worker`
    means all worker groups, `*` all components. Default: none."""
    extra_egress: Mapping[str, Sequence[k8s.NetworkPolicyEgressRule | Piece]] | None = None
    """Further egress rules by component, likewise. Default: none."""

    def __post_init__(self) -> None:
        """Checks networks and ports.

        Raises:
            ValueError: with all findings at once.
        """
        super().__post_init__()
        owner = type(self).__name__
        findings = []
        for host, networks in (self.hosts or {}).items():
            findings += [
                f"{owner}.hosts[{host!r}] has {network!r}: expected a network such as "
                "'10.1.0.0/16', without bits behind its prefix"
                for network in networks
                if not _is_network(network)
            ]
            if not networks:
                findings.append(
                    f"{owner}.hosts[{host!r}] is empty: name a network, or leave it out"
                )
        for option in ("dns_ports", "kubernetes_api_ports"):
            ports = getattr(self, option)
            if not ports or not all(1 <= port <= 65535 for port in ports):
                findings.append(f"{owner}.{option}={list(ports)}: expected ports from 1 to 65535")
        if findings:
            raise ValueError("\n".join(findings))


def _is_network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return "/" in text
