"""Ranges of addresses that a NetworkPolicy keeps pods from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cdk8s_airflow.kubernetes.objects import Manifest

METADATA: Mapping[str, Sequence[str]] = {
    "0.0.0.0/0": (
        "100.100.100.200/32",  # Alibaba Cloud
        "168.63.129.16/32",  # Azure's WireServer
        "169.254.0.0/16",  # AWS, Azure, Google Cloud, Oracle, OpenStack; EKS Pod Identity, ECS
    ),
    "::/0": (
        "fd00:c1::a9fe:a9fe/128",  # Oracle
        "fd00:ec2::/32",  # AWS; EKS Pod Identity
        "fd20:ce::254/128",  # Google Cloud
        "fe80::/10",
    ),
}
"""All addresses -> where clouds hand the credentials of a node, or of its pods, to who asks."""

PRIVATE: Mapping[str, Sequence[str]] = {
    "0.0.0.0/0": (
        "10.0.0.0/8",
        "100.64.0.0/10",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
    ),
    "::/0": ("fc00::/7", "fe80::/10"),
}
"""All addresses -> those of private networks (RFC 1918, 4193, 6598), and `METADATA`."""

ALL_PODS: Manifest = {"namespaceSelector": {}}
"""The pods of all namespaces, which some network plugins find in no range of addresses."""


def everything_but(ranges: Mapping[str, Sequence[str]]) -> list[Manifest]:
    """Entries of a rule's `to` for all addresses but some.

    Args:
        ranges: all addresses of a family -> those that are left out.
    """
    return [
        {"ipBlock": {"cidr": cidr, "except": list(excluded)}} for cidr, excluded in ranges.items()
    ]
