"""Whom pods connect to, as they know it: a name and a port."""

from __future__ import annotations

from dataclasses import dataclass
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


ANYWHERE = Peer()
"""Any port of any address."""

KUBERNETES_API = Peer(host="kubernetes.default.svc", port=443)
"""The API server of the cluster."""
