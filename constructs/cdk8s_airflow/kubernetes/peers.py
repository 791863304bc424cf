"""Peers that pods connect to: a host or component, and a port."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Literal, TypeAlias

Protocol: TypeAlias = Literal["TCP", "UDP"]


@dataclass(frozen=True, kw_only=True)
class Peer:
    """A destination of connections; without host and component, any address."""

    port: int | None = None
    """Port. Default: all ports."""
    host: str = ""
    """Name of a Service of the release, another host name, or an address."""
    component: str = ""
    """A component or role of the release that opens the port; without such a component there is no
    rule."""
    protocol: Protocol = "TCP"
    """Protocol of the port."""
    public: bool = False
    """Of any address, only those outside of private networks."""

    @property
    def own_networks(self) -> Sequence[str]:
        """The network of `host` if it is an address; empty for a name."""
        try:
            return [str(ip_network(ip_address(self.host.strip("[]"))))]
        except ValueError:
            return []


ANYWHERE = Peer()
"""Any port of any address, except the metadata services of clouds."""

PUBLIC = Peer(public=True)
"""Any port of any address outside of private networks."""

KUBERNETES_API = Peer(host="kubernetes.default.svc", port=443)
"""The API server of the cluster."""
