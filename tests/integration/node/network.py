"""The pod network: one bridge, and a network namespace with an address of its own for every pod.

Pods reach each other by way of the node. What is sent to an address that no pod has any more gets
no answer and no refusal, as in most clusters.
"""

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
        settings = Path("/proc/sys/net/ipv4")
        (settings / "ip_forward").write_text("1")
        for interfaces in ("all", "default"):
            (settings / "conf" / interfaces / "send_redirects").write_text("0")
        _ip("link", "add", BRIDGE, "type", "bridge")
        _ip("addr", "add", f"{NODE_ADDRESS}/32", "dev", BRIDGE)
        _ip("link", "set", BRIDGE, "up")
        _ip("route", "add", "blackhole", str(_PODS))
        _ip("route", "add", str(_SERVICES), "dev", BRIDGE, "src", NODE_ADDRESS)

    def add_pod(self) -> PodNetwork:
        """A new network namespace on the bridge."""
        with self._lock:
            number, address = next(_numbers), str(next(self._addresses))
        name, host_end = f"pod{number}", f"veth{number}"
        _ip("netns", "add", name)
        _ip("link", "add", host_end, "type", "veth", "peer", "name", "eth0", "netns", name)
        _ip("link", "set", host_end, "master", BRIDGE, "up")
        _ip("-n", name, "addr", "add", f"{address}/32", "dev", "eth0")
        _ip("-n", name, "link", "set", "eth0", "up")
        _ip("-n", name, "link", "set", "lo", "up")
        _ip("-n", name, "route", "add", "default", "via", NODE_ADDRESS, "dev", "eth0", "onlink")
        _ip("route", "add", f"{address}/32", "dev", BRIDGE, "src", NODE_ADDRESS)
        return PodNetwork(name, address)

    def cut_off(self, network: PodNetwork) -> None:
        """Cuts a pod's cable, so that nobody gets an answer or a refusal from it."""
        _ip("-n", network.namespace, "link", "set", "eth0", "down")
        _ip("route", "del", f"{network.ip}/32", check=False)

    def remove_pod(self, network: PodNetwork) -> None:
        """Removes a pod's namespace; its end of the cable goes with it."""
        _ip("route", "del", f"{network.ip}/32", check=False)
        _ip("netns", "delete", network.namespace)

    def cluster_ip(self) -> str:
        """A new address for a Service."""
        with self._lock:
            return str(next(self._service_addresses))

    def add_service_address(self) -> str:
        """A new cluster IP that sockets of this node can listen on."""
        address = self.cluster_ip()
        _ip("addr", "add", f"{address}/32", "dev", BRIDGE)
        return address

    def close(self) -> None:
        """Removes what is left."""
        for line in _ip("netns", "list").splitlines():
            _ip("netns", "delete", line.split()[0])
        _ip("link", "delete", BRIDGE)
        _ip("route", "del", "blackhole", str(_PODS))


def _ip(*arguments: str, check: bool = True) -> str:
    done = subprocess.run([program("ip"), *arguments], capture_output=True, text=True, check=False)
    if done.returncode and check:
        raise OSError(f"ip {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout
