"""NetworkPolicies: what the wiring needs is allowed, and nothing else between components."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from ipaddress import ip_address, ip_network

from cdk8s_airflow.checks.bundle import Bundle, Manifest, Pod, env_literals, namespace_of, title
from cdk8s_airflow.checks.selectors import matches, own_selector
from cdk8s_airflow.checks.ways_in import ways_in
from cdk8s_airflow.testing.flows import Flow, behind, flows, runs_user_code

NAMESPACE = "kubernetes.io/metadata.name"
OTHER_CLUSTERS = {(5353, "UDP"), (5353, "TCP"), (16443, "TCP")}
"""DNS on OpenShift, and the Kubernetes API on MicroK8s: for the users who say that they need it."""


@dataclass(frozen=True)
class Rules:
    """The policies of a bundle, as a network plugin applies them."""

    bundle: Bundle

    @cached_property
    def _of(self) -> dict[int, list[Manifest]]:
        policies = self.bundle.all("NetworkPolicy")
        return {
            id(pod.owner): [
                policy
                for policy in policies
                if namespace_of(policy) == pod.namespace
                and matches(policy["spec"]["podSelector"], pod.labels)
            ]
            for pod in self.bundle.pods
        }

    def policies(self, pod: Pod) -> list[Manifest]:
        """Return the policies that select a pod."""
        return self._of[id(pod.owner)]

    def rules(self, pod: Pod, direction: str) -> list[Manifest] | None:
        """Return the `ingress` or `egress` rules of a pod; None: no policy, all is allowed."""
        kind = direction.capitalize()
        policies = [p for p in self.policies(pod) if kind in p["spec"].get("policyTypes", [])]
        if not policies:
            return None
        return [rule for policy in policies for rule in policy["spec"].get(direction) or []]

    def between(self, source: Pod, target: Pod, port: int, protocol: str) -> bool:
        """Tell whether a pod may connect to another: both have to agree."""
        out, into = self.rules(source, "egress"), self.rules(target, "ingress")
        return (out is None or _any(out, "to", source, target, port, protocol)) and (
            into is None or _any(into, "from", target, source, port, protocol)
        )

    def for_everyone(self, target: Pod, port: int, protocol: str) -> bool:
        """Tell whether a port of a pod is open to all the world, as behind an Ingress."""
        rules = self.rules(target, "ingress")
        return rules is None or any(
            not rule.get("from") and _has_port(rule, port, protocol) for rule in rules
        )

    def outward(self, flow: Flow) -> bool:
        """Tell whether a pod may connect to what is not in the bundle."""
        rules = self.rules(flow.source, "egress")
        return rules is None or any(
            _has_port(rule, flow.port, flow.protocol) and _has_address(rule, flow.host)
            for rule in rules
        )


def check_one_policy(bundle: Bundle) -> Iterator[str]:
    """A release has no policies at all, or each pod has one, for both directions."""
    rules = Rules(bundle)
    guarded = {(pod.namespace, pod.release) for pod in bundle.pods if rules.policies(pod)}
    for pod in bundle.pods:
        if (pod.namespace, pod.release) not in guarded:
            continue
        policies = rules.policies(pod)
        if len(policies) != 1:
            yield f"{pod}: {len(policies)} NetworkPolicies select it: {[*map(title, policies)]}"
        for policy in policies:
            if policy["spec"].get("policyTypes") != ["Ingress", "Egress"]:
                yield f"{title(policy)}: is not for ingress and egress"


def check_needed_flows(bundle: Bundle) -> Iterator[str]:
    """What the wiring needs is allowed by the NetworkPolicies, where there are any."""
    yield from _needed(Rules(bundle), list(flows(bundle)))


def check_flows(bundle: Bundle) -> Iterator[str]:
    """What the wiring needs is allowed, and components may do nothing else to each other."""
    rules, needed = Rules(bundle), list(flows(bundle))
    yield from _needed(rules, needed)
    yield from _needless(bundle, rules, needed)


def _needed(rules: Rules, needed: list[Flow]) -> Iterator[str]:
    for flow in needed:
        if flow.target is None:
            if not rules.outward(flow):
                where = f"{flow.host or 'any address'}:{flow.port or 'any port'}/{flow.protocol}"
                yield f"{flow.source}: may not connect to {where}, as it has to: {flow.why}"
        elif not rules.between(flow.source, flow.target, flow.port or 0, flow.protocol):
            yield (
                f"{flow.source}: may not connect to {flow.target} on port {flow.port}, as it has "
                f"to: {flow.why}"
            )


def _needless(bundle: Bundle, rules: Rules, needed: list[Flow]) -> Iterator[str]:
    known = {(id(f.source.owner), id(f.target.owner), f.port) for f in needed if f.target}
    guarded = [pod for pod in bundle.pods if rules.policies(pod)]
    for source in guarded:
        for target in guarded:
            for _, port, protocol in target.ports():
                if (id(source.owner), id(target.owner), port) in known:
                    continue
                if rules.for_everyone(target, port, protocol):
                    continue
                if rules.between(source, target, port, protocol):
                    yield f"{source}: may connect to {target} on port {port}, for no reason"
        yield from _too_open(source, rules, [f for f in needed if f.source is source])
        yield from _open_to_all(bundle, source, rules)


def check_scalers(bundle: Bundle) -> Iterator[str]:
    """KEDA's operator, in its namespace alone, reaches what a ScaledObject lets it ask."""
    for scaler in bundle.all("ScaledObject"):
        for trigger in scaler["spec"]["triggers"]:
            place = trigger.get("metadata") or {}
            host = str(place.get("host", "")).split(".")[0]
            service = bundle.find("Service", host, namespace_of(scaler))
            for pod in bundle.pods if service else []:
                selector = own_selector(service or {}) or {}
                if pod.namespace != namespace_of(scaler) or not matches(selector, pod.labels):
                    continue
                rules = Rules(bundle).rules(pod, "ingress")
                ports = {number for _, number in behind(bundle, pod, host, int(place["port"]))}
                if rules is not None and not any(
                    any(_has_port(rule, port, "TCP") for port in ports)
                    and any(_is_keda(peer) for peer in rule.get("from") or [])
                    for rule in rules
                ):
                    yield f"{title(scaler)}: KEDA may not connect to {pod} on port {place['port']}"


def _is_keda(peer: Manifest) -> bool:
    labels = {"app": "keda-operator", "app.kubernetes.io/name": "keda-operator"}
    namespaces = (peer.get("namespaceSelector") or {}).get("matchLabels") or {}
    named = set(namespaces) == {"kubernetes.io/metadata.name"}
    return named and matches(peer.get("podSelector") or {}, labels)


def _too_open(pod: Pod, rules: Rules, needed: list[Flow]) -> Iterator[str]:
    """Egress to any address is for what is outside, on its port; all ports for users' code."""
    outside = [flow for flow in needed if flow.target is None]
    if runs_user_code(pod) or any(flow.port is None for flow in outside):
        return
    wanted = {(flow.port, flow.protocol) for flow in outside}
    for rule in rules.rules(pod, "egress") or []:
        if not _is_open(rule):
            continue
        opened = {(p["port"], p.get("protocol", "TCP")) for p in rule.get("ports") or []}
        if not opened:
            yield f"{pod}: may connect anywhere, for no reason"
        for port, protocol in sorted(opened - wanted - OTHER_CLUSTERS):
            yield f"{pod}: may connect to port {port}/{protocol} of any address, for no reason"


def _open_to_all(bundle: Bundle, pod: Pod, rules: Rules) -> Iterator[str]:
    """Ingress from any address is for what an Ingress, or another proxy, shows to users."""
    shown = any("AIRFLOW__API__BASE_URL" in env_literals(c) for c in pod.main_containers)
    shown = shown and pod.component == "api-server"
    shown |= any("FLOWER_URL_PREFIX" in key for c in pod.main_containers for key in env_literals(c))
    ways = {(namespace_of(way.source), way.service) for way in ways_in(bundle)}
    for service in bundle.all("Service"):
        led = (namespace_of(service), service["metadata"]["name"]) in ways
        led |= service["spec"].get("type") in {"LoadBalancer", "NodePort"}
        ours = namespace_of(service) == pod.namespace
        shown |= led and ours and matches(own_selector(service) or {}, pod.labels)
    if not shown and any(not rule.get("from") for rule in rules.rules(pod, "ingress") or []):
        yield f"{pod}: everyone may connect to it, for no reason"


def _any(rules: list[Manifest], side: str, here: Pod, other: Pod, port: int, protocol: str) -> bool:
    return any(
        _has_port(rule, port, protocol)
        and (not rule.get(side) or any(_is_pod(peer, here, other) for peer in rule[side]))
        for rule in rules
    )


def _has_port(rule: Manifest, port: int | None, protocol: str) -> bool:
    ports = rule.get("ports") or []
    return not ports or any(
        _is_port(entry, port) and entry.get("protocol", "TCP") == protocol for entry in ports
    )


def _is_port(entry: Manifest, port: int | None) -> bool:
    """A name stands for a port of pods that are outside, perhaps, so it may be any."""
    first = entry.get("port")
    if first is None or isinstance(first, str):
        return True
    return port is not None and int(first) <= port <= int(entry.get("endPort") or first)


def _is_pod(peer: Manifest, here: Pod, other: Pod) -> bool:
    if "ipBlock" in peer:
        return False
    if "namespaceSelector" in peer:
        if not matches(peer["namespaceSelector"] or {}, {NAMESPACE: other.namespace}):
            return False
    elif other.namespace != here.namespace:
        return False
    return matches(peer.get("podSelector") or {}, other.labels)


def _is_open(rule: Manifest) -> bool:
    """Whether a rule allows any address, or all but some."""
    blocks = [peer["ipBlock"]["cidr"] for peer in rule.get("to") or [] if "ipBlock" in peer]
    return not rule.get("to") or bool({"0.0.0.0/0", "::/0"} & set(blocks))


def _has_address(rule: Manifest, host: str) -> bool:
    """Where a name leads only the user knows, and networks are the user's word."""
    blocks = [peer["ipBlock"] for peer in rule.get("to") or [] if "ipBlock" in peer]
    try:
        address = ip_address(host)
    except ValueError:
        return _is_open(rule) or bool(blocks and host)
    return not rule.get("to") or any(
        address in ip_network(block["cidr"], strict=False)
        and not any(
            address in ip_network(excluded, strict=False) for excluded in block.get("except", ())
        )
        for block in blocks
    )
