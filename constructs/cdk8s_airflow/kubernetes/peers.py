"""Whom pods connect to, as they know it: a name and a port."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Literal, TypeAlias

Protocol: TypeAlias = Literal["TCP", "UDP"]


@dataclass(frozen=True, kw_only=True)
class Peer:
    """Somewhere that pods open connections to; without host and component, any address."""

    port: int | None = None
    """Port; default: all ports."""
    host: str = ""
    """Name of a Service of the release, or of a host elsewhere, or an address."""
    component: str = ""
    """A component of the release, or a role that several of them have, if it opens the port;
    nobody, where there is no such component."""
    protocol: Protocol = "TCP"
    """Protocol of the port."""

    @property
    def own_networks(self) -> Sequence[str]:
        """The network of the one address that `host` is; nothing for a name."""
        try:
            return [str(ip_network(ip_address(self.host.strip("[]"))))]
        except ValueError:
            return []


ANYWHERE = Peer()
"""Any port of any address."""

KUBERNETES_API = Peer(host="kubernetes.default.svc", port=443)
"""The API server of the cluster."""
