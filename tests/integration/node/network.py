"""The pod network: one bridge, and a network namespace with an address of its own for every pod."""

from __future__ import annotations

import ipaddress
import itertools
import shutil
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

BRIDGE = "cni0"
NODE_ADDRESS = "10.244.0.1"
"""The node on the bridge; the DNS server answers here, and probes come from here."""

_PODS = ipaddress.ip_network("10.244.0.0/16")
_SERVICES = ipaddress.ip_network("10.96.0.0/16")


def program(name: str) -> str:
    """The absolute path of a system program, looked for where root's programs are, too."""
    found = shutil.which(name, path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
    if found is None:
        raise FileNotFoundError(f"{name} is not installed")
    return found


@dataclass(frozen=True)
class PodNetwork:
    """A pod's network namespace and its address."""

    namespace: str
    ip: str

    @property
    def path(self) -> Path:
        """The file that ``nsenter --net=`` takes."""
        return Path("/run/netns") / self.namespace


# The kernel takes its time to remove a namespace and its cable, so no name is used twice.
_numbers = itertools.count(1)


class Network:
    """Makes and removes the networks of pods; lives in the node's own network namespace."""

    def __init__(self) -> None:
        self._addresses = iter(_PODS.hosts())
        self._service_addresses = iter(_SERVICES.hosts())
        self._lock = threading.Lock()
        next(self._addresses)
        _ip("link", "set", "lo", "up")
        _ip("link", "add", BRIDGE, "type", "bridge")
        _ip("addr", "add", f"{NODE_ADDRESS}/16", "dev", BRIDGE)
        _ip("link", "set", BRIDGE, "up")

    def add_pod(self) -> PodNetwork:
        """A new network namespace on the bridge."""
        with self._lock:
            number, address = next(_numbers), str(next(self._addresses))
        name, host_end = f"pod{number}", f"veth{number}"
        _ip("netns", "add", name)
        _ip("link", "add", host_end, "type", "veth", "peer", "name", "eth0", "netns", name)
        _ip("link", "set", host_end, "master", BRIDGE, "up")
        _ip("-n", name, "addr", "add", f"{address}/16", "dev", "eth0")
        _ip("-n", name, "link", "set", "eth0", "up")
        _ip("-n", name, "link", "set", "lo", "up")
        _ip("-n", name, "route", "add", "default", "via", NODE_ADDRESS)
        return PodNetwork(name, address)

    def cut_off(self, network: PodNetwork) -> None:
        """Drops whatever a pod sends from now on, so that nobody gets an answer or a refusal."""
        _ip("-n", network.namespace, "route", "replace", "blackhole", str(_PODS))

    def remove_pod(self, network: PodNetwork) -> None:
        """Removes a pod's namespace; its end of the cable goes with it."""
        _ip("netns", "delete", network.namespace)

    def add_service_address(self) -> str:
        """A new cluster IP that sockets of this node can listen on."""
        with self._lock:
            address = str(next(self._service_addresses))
        _ip("addr", "add", f"{address}/32", "dev", BRIDGE)
        return address

    def close(self) -> None:
        """Removes what is left."""
        for line in _ip("netns", "list").splitlines():
            _ip("netns", "delete", line.split()[0])
        _ip("link", "delete", BRIDGE)


def _ip(*arguments: str) -> str:
    done = subprocess.run([program("ip"), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"ip {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout
