"""The props of a release's NetworkPolicies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_network

from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.structs import k8s


@dataclass(frozen=True, kw_only=True)
class PolicyProps(Props):
    """Props of a release's NetworkPolicies. All fields are optional."""

    ingress_from: Sequence[k8s.NetworkPolicyPeer | Manifest] | None = None
    """Sources that may connect to the API server (and the execution API on the same port), to
    Flower, and to whatever has a Service of type `NodePort` or `LoadBalancer`: for example the
    Ingress controller, `[{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name":
    "ingress-nginx"}}}]`. `kubectl port-forward` needs no rule. Default: all, if `exposure` or
    `base_url` is set or the Service is of such a type, else none."""
    hosts: Mapping[str, Sequence[str]] | None = None
    """Networks of hosts outside the release, by the host name in the other props:
    `{"db.example.com": ["10.1.0.0/16"]}`. `kubernetes.default.svc` is the cluster's API server.
    Default: any address on the host's port, as a NetworkPolicy cannot name hosts; only the one
    address if the host is given as an address."""
    metadata_services: bool = False
    """Whether pods that may connect to any address may ask the metadata services of clouds
    (169.254.169.254 and its kin), which hand out the credentials of the node or, with EKS Pod
    Identity and on GKE, those of the pod. Default: False."""
    dns_ports: Sequence[int] = (53,)
    """UDP and TCP ports of the cluster's DNS pods; OpenShift needs 5353 too. Default: 53."""
    kubernetes_api_ports: Sequence[int] = (443, 6443)
    """Ports of the cluster's API server, before and behind its Service. Default: 443 and 6443."""
    extra_ingress: Mapping[str, Sequence[k8s.NetworkPolicyIngressRule | Manifest]] | None = None
    """Additional ingress rules by component, for example `{"postgresql": [{"from": [...]}]}`;
    `worker` means all worker groups, `*` all components. Default: none."""
    extra_egress: Mapping[str, Sequence[k8s.NetworkPolicyEgressRule | Manifest]] | None = None
    """Additional egress rules by component, in the form of `extra_ingress`. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        owner = type(self).__name__
        for host, networks in (self.hosts or {}).items():
            for network in networks:
                if not _is_network(network):
                    yield (
                        f"{owner}.hosts[{host!r}] has {network!r}: expected a network such as "
                        "'10.1.0.0/16', without bits behind its prefix"
                    )
            if not networks:
                yield f"{owner}.hosts[{host!r}] is empty: name a network, or leave it out"
        for option in ("dns_ports", "kubernetes_api_ports"):
            ports = getattr(self, option)
            if not ports or not all(1 <= port <= 65535 for port in ports):
                yield f"{owner}.{option}={list(ports)}: expected ports from 1 to 65535"


def _is_network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return "/" in text
