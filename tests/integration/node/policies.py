"""NetworkPolicies, enforced: packet filters in the pods' own namespaces.

What a pod sends to a cluster IP passes if it may go on to the Service's pods, as policies see pods,
not Services; it passes too while there is none, so that the node can refuse it. What comes from
the node itself is the kubelet's.
"""

from __future__ import annotations

import ipaddress
import subprocess
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from .network import NODE_ADDRESS, program
from .objects import Endpoint, Manifest, NodeError, ObjectStore, namespace_of
from .proxy import port_number

_NAMESPACE = "kubernetes.io/metadata.name"
_SIDES = {"ingress": ("from", "saddr", "input"), "egress": ("to", "daddr", "output")}


class Policies:
    """Keeps the filters of all pods as the policies want them, whoever comes and goes."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._namespaces: dict[str, str] = {}
        self._loaded: dict[str, str] = {}
        self._lock = threading.Lock()

    def add(self, pod: Endpoint, network: str) -> None:
        """Filters a new pod before anything runs in it, and lets the others know of it."""
        with self._lock:
            self._namespaces[_key(pod)] = network
        self.refresh()

    def remove(self, pod: Endpoint) -> None:
        """Forgets a pod, whose network goes with its filter."""
        with self._lock:
            self._namespaces.pop(_key(pod), None)
            self._loaded.pop(_key(pod), None)
        self.refresh()

    def refresh(self) -> None:
        """Loads the filters that have changed."""
        with self._lock:
            for pod in self._store.pods():
                network = self._namespaces.get(_key(pod))
                text = self._filter(pod) if network and pod.ip else ""
                if network and self._loaded.get(_key(pod)) != text:
                    _load(network, text)
                    self._loaded[_key(pod)] = text

    def _addressed(self) -> list[tuple[Endpoint, str]]:
        """The pods that have an address, which they may lose at any moment, with it."""
        return [(pod, address) for pod in self._store.pods() if (address := pod.ip)]

    def _between(self, pod: Endpoint, address: str, direction: str, port: tuple[str, int]) -> bool:
        rules = self._rules(pod, direction)
        return rules is None or any(
            port in ports or not ports
            for rule in rules
            for ports in [_ports(rule)]
            if any(
                network is None or ipaddress.ip_address(address) in network
                for network in self._networks(pod, rule, _SIDES[direction][0])
            )
        )

    def _rules(self, pod: Endpoint, direction: str) -> list[Manifest] | None:
        """The rules of all policies that select a pod; None where none does."""
        specs = [
            policy["spec"]
            for policy in self._store.all("NetworkPolicy", pod.namespace)
            if _matches(policy["spec"]["podSelector"], _labels(pod))
        ]
        specs = [spec for spec in specs if direction.capitalize() in spec["policyTypes"]]
        return [rule for spec in specs for rule in spec.get(direction) or []] if specs else None

    def _networks(
        self, pod: Endpoint, rule: Manifest, side: str
    ) -> Iterator[ipaddress.IPv4Network | ipaddress.IPv6Network | None]:
        """The addresses of the peers of a rule; None for any."""
        if not rule.get(side):
            yield None
        for peer in rule.get(side) or []:
            if set(peer) - {"podSelector", "namespaceSelector", "ipBlock"}:
                raise NodeError(f"the stand-in node does not know the peer {peer}")
            if "ipBlock" in peer:
                yield from _block(peer["ipBlock"])
                continue
            for other, address in self._addressed():
                if "namespaceSelector" in peer:
                    there = _matches(peer["namespaceSelector"], {_NAMESPACE: other.namespace})
                else:
                    there = other.namespace == pod.namespace
                if there and _matches(peer.get("podSelector") or {}, _labels(other)):
                    yield ipaddress.ip_network(address)

    def _services(self, pod: Endpoint) -> Iterator[str]:
        """Which ports of which cluster IPs a pod may connect to."""
        for service in self._store.all("Service"):
            address = service["spec"].get("clusterIP")
            if address in (None, "None"):
                continue
            others = [
                (other, place)
                for other, place in self._addressed()
                if other.namespace == namespace_of(service)
                if _matches({"matchLabels": service["spec"].get("selector")}, _labels(other))
            ]
            for entry in service["spec"]["ports"]:
                target = entry.get("targetPort", entry["port"])
                protocol = entry.get("protocol", "TCP").lower()
                if not others or any(
                    self._between(
                        pod, place, "egress", (protocol, port_number(other.manifest, target))
                    )
                    for other, place in others
                ):
                    yield f"ip daddr {address} {protocol} dport {entry['port']} accept"

    def _filter(self, pod: Endpoint) -> str:
        lines = ["table inet policies", "delete table inet policies", "table inet policies {"]
        for direction, (side, address, hook) in _SIDES.items():
            rules = self._rules(pod, direction)
            if rules is None:
                continue
            lines.append(f"chain {hook} {{ type filter hook {hook} priority 0; policy drop;")
            lines.append(f"{'iifname' if hook == 'input' else 'oifname'} lo accept")
            lines.append("ct state established,related accept")
            if direction == "ingress":
                lines.append(f"ip {address} {NODE_ADDRESS} accept")
            else:
                lines += self._services(pod)
            for rule in rules:
                for network in self._networks(pod, rule, side):
                    if network is None:
                        lines += _accepting("", rule)
                    elif network.version == 4:
                        lines += _accepting(f"ip {address} {network}", rule)
            # A refusal is told at once, where real networks may be silent.
            lines.append("reject")
            lines.append("}")
        return "\n".join([*lines, "}"]) + "\n"


def _block(block: Manifest) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """The networks of an `ipBlock` without those that it leaves out."""
    found: list[Any] = [ipaddress.ip_network(block["cidr"])]
    for excluded in map(ipaddress.ip_network, block.get("except", ())):
        found = [
            part
            for network in found
            for part in (
                network.address_exclude(excluded) if excluded.subnet_of(network) else [network]
            )
        ]
    return found


def _accepting(where: str, rule: Manifest) -> Iterator[str]:
    ports = _ports(rule)
    if not ports:
        yield f"{where} accept"
    for protocol, port in ports:
        yield f"{where} {protocol} dport {port} accept"


def _ports(rule: Manifest) -> list[tuple[str, int]]:
    found = []
    for entry in rule.get("ports") or []:
        if not isinstance(entry.get("port"), int) or "endPort" in entry:
            raise NodeError(f"the stand-in node does not know the port {entry} of a policy")
        found.append((entry.get("protocol", "TCP").lower(), entry["port"]))
    return found


def _matches(selector: Manifest, labels: Mapping[str, Any]) -> bool:
    expressions = selector.get("matchExpressions", [])
    known = all(each["operator"] == "In" for each in expressions)
    if set(selector) - {"matchLabels", "matchExpressions"} or not known:
        raise NodeError(f"the stand-in node does not know the selector {selector}")
    named = selector.get("matchLabels", {}).items()
    return all(labels.get(key) == value for key, value in named) and all(
        labels.get(each["key"]) in each["values"] for each in expressions
    )


def _labels(pod: Endpoint) -> Mapping[str, Any]:
    labels: Mapping[str, Any] = pod.manifest["metadata"].get("labels") or {}
    return labels


def _key(pod: Endpoint) -> str:
    return f"{namespace_of(pod.manifest)}/{pod.manifest['metadata']['uid']}"


def _load(network: str, text: str) -> None:
    done = subprocess.run(
        [program("nsenter"), f"--net=/run/netns/{network}", program("nft"), "-f", "-"],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NodeError(f"nft: {done.stderr.strip()}\n{text}")
