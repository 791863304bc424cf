"""What talks to what in a bundle, and what holds which Secret, read from its manifests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cdk8s_airflow.cli.cluster.kubectl import Object

INSTANCE = "app.kubernetes.io/instance"
COMPONENT = "app.kubernetes.io/component"
RUN = ("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob")
DNS = 53


@dataclass(frozen=True, kw_only=True, order=True)
class Edge:
    """One arrow."""

    start: str
    end: str
    label: str
    """Ports, or the keys of a Secret."""
    kind: str
    """`flow` or `secret`."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A bundle as nodes and arrows."""

    nodes: Mapping[str, tuple[str, str]]
    """Id -> its kind (`pods`, `outside`, `secret`) and what it is called."""
    edges: Sequence[Edge]


def picture_of(objects: Iterable[Object], release: str = "", show: str = "both") -> Picture:
    """The picture of a bundle.

    A flow is drawn where the policy of one side lets it out and that of the other lets it in, or
    one side has none; name resolution, which every pod has, is left out.

    Args:
        objects: the bundle.
        release: of which; empty: all.
        show: `flows`, `secrets` or `both`.
    """
    found = list(objects)
    pods = {
        f"{thing['metadata'].get('namespace', '')}/{thing['metadata']['name']}": thing
        for thing in found
        if thing["kind"] in RUN
        if not release or (thing["metadata"].get("labels") or {}).get(INSTANCE) == release
    }
    nodes = {name: ("pods", _called(thing)) for name, thing in pods.items()}
    edges: list[Edge] = []
    if show != "secrets":
        edges += _flows(pods, [thing for thing in found if thing["kind"] == "NetworkPolicy"])
    if show != "flows":
        edges += _secrets(pods)
    for edge in edges:
        if edge.end not in nodes:
            kind = "secret" if edge.kind == "secret" else "outside"
            nodes[edge.end] = (kind, edge.end.partition(":")[2])
        if edge.start not in nodes:
            nodes[edge.start] = ("outside", edge.start.partition(":")[2])
    return Picture(nodes=nodes, edges=sorted(set(edges)))


def template(thing: Object) -> dict[str, Any]:
    """The pod template of a workload."""
    spec = thing["spec"]
    spec = spec["jobTemplate"]["spec"] if thing["kind"] == "CronJob" else spec
    found: dict[str, Any] = spec["template"]
    return found


def _called(thing: Object) -> str:
    return f"{thing['metadata']['name']} ({thing['kind']})"


def _labels(thing: Object) -> Mapping[str, str]:
    return (template(thing).get("metadata") or {}).get("labels") or {}


def _flows(pods: Mapping[str, Object], policies: Sequence[Object]) -> Iterator[Edge]:
    sides = {name: {side: _rules(thing, policies, side) for side in ("egress", "ingress")}
             for name, thing in pods.items()}  # fmt: skip
    for start in pods:
        for rule in sides[start]["egress"] or ():
            ports = _ports(rule)
            if ports == {str(DNS)}:
                continue
            for peer in rule.get("to") or [{}]:
                for end in _matching(peer, pods):
                    allowed = sides[end]["ingress"]
                    let_in = allowed is None or any(
                        start in set(_matching(each, pods)) and _meet(ports, _ports(into))
                        for into in allowed
                        for each in into.get("from") or [{}]
                    )
                    if end != start and let_in:
                        yield _flow(start, end, ports)
                if outside := _outside(peer):
                    yield _flow(start, f"outside:{outside}", ports)
        for rule in sides[start]["ingress"] or ():
            for peer in rule.get("from") or [{}]:
                if outside := _outside(peer):
                    yield _flow(f"outside:{outside}", start, _ports(rule))


def _flow(start: str, end: str, ports: set[str]) -> Edge:
    return Edge(start=start, end=end, label=", ".join(sorted(ports)) or "any port", kind="flow")


def _rules(thing: Object, policies: Sequence[Object], side: str) -> list[dict[str, Any]] | None:
    """What the policies of its pods allow; None: there is no policy for that side."""
    found: list[dict[str, Any]] | None = None
    for policy in policies:
        spec = policy["spec"]
        same = policy["metadata"].get("namespace") == thing["metadata"].get("namespace")
        types = spec.get("policyTypes") or ["Ingress", *(["Egress"] if "egress" in spec else [])]
        if same and side.capitalize() in types and _selects(spec["podSelector"], _labels(thing)):
            found = [*(found or []), *(spec.get(side) or [])]
    return found


def _matching(peer: Mapping[str, Any], pods: Mapping[str, Object]) -> Iterator[str]:
    if "podSelector" in peer and "namespaceSelector" not in peer:
        selector = peer["podSelector"]
        yield from (name for name, thing in pods.items() if _selects(selector, _labels(thing)))


def _outside(peer: Mapping[str, Any]) -> str:
    """What a peer is that is no pod of the bundle."""
    if "ipBlock" in peer:
        cidr = str(peer["ipBlock"]["cidr"])
        return "any address" if cidr in ("0.0.0.0/0", "::/0") else cidr
    if "namespaceSelector" in peer:
        return "other namespaces"
    return "" if "podSelector" in peer else "anywhere"


def _selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    plain = (selector.get("matchLabels") or {}).items() <= labels.items()
    return plain and all(_holds(each, labels) for each in selector.get("matchExpressions") or ())


def _holds(expression: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    value, wanted = labels.get(expression["key"]), expression.get("values") or []
    return {
        "In": value in wanted,
        "NotIn": value not in wanted,
        "Exists": value is not None,
        "DoesNotExist": value is None,
    }[expression["operator"]]


def _ports(rule: Mapping[str, Any]) -> set[str]:
    return {str(each.get("port", "any port")) for each in rule.get("ports") or ()}


def _meet(left: set[str], right: set[str]) -> bool:
    return not left or not right or bool(left & right)


def _secrets(pods: Mapping[str, Object]) -> Iterator[Edge]:
    for name, thing in pods.items():
        held: dict[str, set[str]] = {}
        for secret, key in _references(template(thing)["spec"]):
            held.setdefault(secret, set()).add(key)
        for secret, keys in held.items():
            label = ", ".join(sorted(keys - {""})) or "all keys"
            yield Edge(start=name, end=f"secret:{secret}", label=label, kind="secret")


def _references(value: object) -> Iterator[tuple[str, str]]:
    """Name and key of each Secret that a pod reads; the key is empty for a whole one."""
    if isinstance(value, list):
        for item in value:
            yield from _references(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "secretKeyRef":
                yield item["name"], item["key"]
            elif key in ("secret", "secretRef") and isinstance(item, dict):
                name = str(item.get("secretName") or item.get("name"))
                yield from ((name, each["key"]) for each in item.get("items") or [{"key": ""}])
            else:
                yield from _references(item)
