"""What lies outside the cluster: hosts whose names its DNS knows, with addresses of their own."""

from __future__ import annotations

import subprocess

from .network import BRIDGE, PodNetwork, program


class Outside:
    """Names and addresses beyond the pod network; the node routes what pods send there."""

    def __init__(self) -> None:
        self._addresses: dict[str, str] = {}

    def resolve(self, name: str) -> list[str] | None:
        """The addresses of a full name, or None where there is no such host."""
        address = self._addresses.get(name)
        return [address] if address else None

    def add(self, name: str, address: str, pod: PodNetwork | None = None) -> None:
        """Adds a host.

        Args:
            name: As others call it, e.g. ``db.example.com``.
            address: Outside the networks of pods and Services; new to the node or that of
                another name of the same host.
            pod: Where the host's server runs; by default it is a process of the node itself.
        """
        if address not in self._addresses.values():
            device = ("dev", "eth0") if pod else ("dev", BRIDGE)
            space = ("-n", pod.namespace) if pod else ()
            _ip(*space, "addr", "add", f"{address}/32", *device)
            if pod:
                _ip("route", "replace", f"{address}/32", "via", pod.ip, "dev", BRIDGE)
        self._addresses[name] = address


def _ip(*arguments: str) -> None:
    subprocess.run([program("ip"), *arguments], check=True, capture_output=True)
