"""kube-proxy: the kernel leads connections to a cluster IP to one of the Service's ready pods.

A connection keeps the pod that it began with, and hangs when that pod is gone. Where no pod is
ready it is refused.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator

from .network import program
from .objects import Manifest, NodeError, ObjectStore

_LOOP_SECONDS = 0.3


class ServiceProxy:
    """Keeps the node's packet filter as Services and the readiness of pods want it."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._loaded = ""
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="proxy", daemon=True)
        self._thread.start()

    def refresh(self) -> None:
        """Loads the rules, if they have changed."""
        with self._lock:
            text = self._rules()
            if text != self._loaded:
                _load(text)
                self._loaded = text

    def close(self) -> None:
        """Stops looking for changes; the rules end with the network."""
        self._closing.set()
        self._thread.join(10)

    def _run(self) -> None:
        while not self._closing.wait(_LOOP_SECONDS):
            self.refresh()

    def _rules(self) -> str:
        leads, refuses = [], []
        for service in self._store.all("Service"):
            for condition, targets in self._ports(service):
                if targets:
                    pods = ", ".join(f"{number} : {pod}" for number, pod in enumerate(targets))
                    pick = f"numgen random mod {len(targets)} map {{ {pods} }}"
                    leads.append(f"{condition} dnat ip to {pick}")
                else:
                    refuses.append(f"{condition} reject with icmp port-unreachable")
        return "\n".join([
            "table ip services", "delete table ip services", "table ip services {",
            "chain leads {", *leads, "}",
            "chain refuses {", *refuses, "}",
            "chain arriving { type nat hook prerouting priority -100; jump leads; }",
            "chain departing { type nat hook output priority -100; jump leads; }",
            "chain passing { type filter hook forward priority 0; jump refuses; }",
            "chain leaving { type filter hook output priority 0; jump refuses; }",
            "}", "",
        ])  # fmt: skip

    def _ports(self, service: Manifest) -> Iterator[tuple[str, list[str]]]:
        """For each port of a Service: what a packet to it looks like, and where it may go."""
        address = service["spec"].get("clusterIP")
        if address in (None, "None"):
            return
        pods = sorted(self._store.endpoints(service), key=lambda pod: pod.name)
        for port in service["spec"]["ports"]:
            protocol = port.get("protocol", "TCP").lower()
            target = port.get("targetPort", port["port"])
            yield (
                f"ip daddr {address} {protocol} dport {port['port']}",
                [
                    f"{pod_address} . {port_number(pod.manifest, target)}"
                    for pod in pods
                    if (pod_address := pod.ip)
                ],
            )


def port_number(pod: Manifest, port: int | str) -> int:
    """The number of a port that a manifest gives by number or by name."""
    if isinstance(port, int):
        return port
    for container in [*pod["spec"]["containers"], *pod["spec"].get("initContainers", [])]:
        for entry in container.get("ports", []):
            if entry.get("name") == port:
                return int(entry["containerPort"])
    raise NodeError(f"no container of the pod has a port named {port!r}")


def _load(text: str) -> None:
    done = subprocess.run(
        [program("nft"), "-f", "-"], input=text, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NodeError(f"nft: {done.stderr.strip()}\n{text}")
