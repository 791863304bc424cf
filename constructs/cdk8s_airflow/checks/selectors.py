"""Selectors, Services and ports: each finds its own pods, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cdk8s_airflow.checks.bundle import (
    COMPONENT,
    INSTANCE,
    NAME,
    Bundle,
    Manifest,
    Pod,
    namespace_of,
    spec_of,
    title,
)
from cdk8s_airflow.checks.ways_in import ways_in

OWN_KEYS = {NAME, INSTANCE, COMPONENT}


def matches(selector: Manifest, labels: dict[str, str]) -> bool:
    """Tell whether a LabelSelector matches the labels, as the API server would."""
    for key, value in (selector.get("matchLabels") or {}).items():
        if labels.get(key) != value:
            return False
    for rule in selector.get("matchExpressions") or []:
        key, values = rule["key"], rule.get("values") or []
        present = key in labels
        holds = {
            "In": present and labels.get(key) in values,
            "NotIn": not present or labels[key] not in values,
            "Exists": present,
            "DoesNotExist": not present,
        }[rule["operator"]]
        if not holds:
            return False
    return True


def selected(bundle: Bundle, selector: Manifest, namespace: str) -> list[Pod]:
    """Return the pods of a namespace that a LabelSelector matches."""
    return [p for p in bundle.pods if p.namespace == namespace and matches(selector, p.labels)]


def check_own_selectors(bundle: Bundle) -> Iterator[str]:
    """Workloads, Services, budgets and policies select exactly one component of one release.

    Their selector is name, instance and component and nothing else, so that no upgrade
    changes it.
    """
    for manifest in bundle.manifests:
        if (selector := own_selector(manifest)) is None:
            continue
        keys = set(selector.get("matchLabels") or {})
        if keys != OWN_KEYS or selector.get("matchExpressions"):
            yield f"{title(manifest)}: selector has keys {sorted(keys)}, not {sorted(OWN_KEYS)}"
        pods = selected(bundle, selector, namespace_of(manifest))
        if not pods:
            yield f"{title(manifest)}: selector matches no pod"
        if len({(p.release, p.component) for p in pods}) > 1:
            yield f"{title(manifest)}: selector matches several components: {_names(pods)}"
        if "template" in spec_of(manifest):
            if not any(pod.owner is manifest for pod in pods):
                yield f"{title(manifest)}: selector does not match its own pods"
            if others := [pod for pod in pods if pod.owner is not manifest]:
                yield f"{title(manifest)}: selector matches the pods of {_names(others)}"
        release = (manifest["metadata"].get("labels") or {}).get(INSTANCE)
        if others := [pod for pod in pods if pod.release != release]:
            yield f"{title(manifest)}: of release {release}, selects pods of {_names(others)}"


def own_selector(manifest: Manifest) -> Manifest | None:
    """Return the selector with which an object claims pods, as a LabelSelector."""
    spec = spec_of(manifest)
    match manifest["kind"]:
        case "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "PodDisruptionBudget":
            selector: Manifest = spec.get("selector") or {}
            return selector
        case "Service" if spec.get("type") != "ExternalName":
            return {"matchLabels": spec.get("selector") or {}}
        case "NetworkPolicy":
            policy: Manifest = spec.get("podSelector") or {}
            return policy
    return None


def check_peers(bundle: Bundle) -> Iterator[str]:
    """Selectors that mean other pods (policy peers, affinity, spread) mean real ones."""
    for policy in bundle.all("NetworkPolicy"):
        for where, peer in _policy_peers(policy):
            if "podSelector" not in peer or "namespaceSelector" in peer:
                continue
            pods = selected(bundle, peer["podSelector"] or {}, namespace_of(policy))
            yield from _one_release(f"{title(policy)}: {where}", pods)
    for pod in bundle.pods:
        for where, selector in _spreads(pod):
            pods = selected(bundle, selector, pod.namespace)
            if {(p.release, p.component) for p in pods} != {(pod.release, pod.component)}:
                yield f"{pod}: {where} matches {_names(pods)}, not its own component only"
        affinity = (pod.spec.get("affinity") or {}).get("podAffinity") or {}
        for selector in _affinity_selectors(affinity):
            yield from _one_release(
                f"{pod}: podAffinity", selected(bundle, selector, pod.namespace)
            )


def _one_release(where: str, pods: list[Pod]) -> Iterator[str]:
    if not pods:
        yield f"{where}: a selector matches no pod"
    elif len({pod.release for pod in pods}) > 1:
        yield f"{where}: a selector matches pods of several releases: {_names(pods)}"


def _policy_peers(policy: Manifest) -> Iterator[tuple[str, Manifest]]:
    for rule in spec_of(policy).get("ingress") or []:
        for peer in rule.get("from") or []:
            yield "ingress", peer
    for rule in spec_of(policy).get("egress") or []:
        for peer in rule.get("to") or []:
            yield "egress", peer


def _spreads(pod: Pod) -> Iterator[tuple[str, Manifest]]:
    for constraint in pod.spec.get("topologySpreadConstraints") or []:
        yield "topologySpreadConstraints", constraint.get("labelSelector") or {}
    affinity = (pod.spec.get("affinity") or {}).get("podAntiAffinity") or {}
    for selector in _affinity_selectors(affinity):
        yield "podAntiAffinity", selector


def _affinity_selectors(affinity: Manifest) -> Iterator[Manifest]:
    for term in affinity.get("requiredDuringSchedulingIgnoredDuringExecution") or []:
        yield term.get("labelSelector") or {}
    for entry in affinity.get("preferredDuringSchedulingIgnoredDuringExecution") or []:
        yield entry["podAffinityTerm"].get("labelSelector") or {}


def check_stateful_services(bundle: Bundle) -> Iterator[str]:
    """A StatefulSet's serviceName is a headless Service of its pods that answers early.

    `publishNotReadyAddresses` is what lets the log of a worker be read before it is ready
    and while it drains.
    """
    for pod in bundle.pods:
        if pod.owner["kind"] != "StatefulSet":
            continue
        name = spec_of(pod.owner).get("serviceName", "")
        service = bundle.find("Service", name, pod.namespace)
        if service is None:
            continue
        if spec_of(service).get("clusterIP") != "None":
            yield f"{pod}: serviceName {name} is no headless Service"
        if not spec_of(service).get("publishNotReadyAddresses"):
            yield f"{pod}: Service {name} does not publish addresses that are not ready"
        if not matches({"matchLabels": spec_of(service).get("selector") or {}}, pod.labels):
            yield f"{pod}: Service {name} does not select its pods"


def check_ports(bundle: Bundle) -> Iterator[str]:
    """Every port that a Service, Ingress or policy names is open in the pods behind it."""
    yield from port_problems(bundle)
    for way in ways_in(bundle):
        if not way.host and any(w.host for w in ways_in(bundle) if w.source is way.source):
            yield f"{title(way.source)}: a rule has no host beside others that have one"


def port_problems(bundle: Bundle) -> Iterator[str]:
    """The ports that no pod or Service behind them opens."""
    for service in bundle.all("Service"):
        pods = selected(bundle, own_selector(service) or {}, namespace_of(service))
        headless = spec_of(service).get("clusterIP") == "None"
        for port in spec_of(service).get("ports") or []:
            target = port.get("targetPort", port["port"])
            for pod in pods:
                number = _open_port(pod, target, port.get("protocol", "TCP"))
                if number is None:
                    yield f"{title(service)}: port {target} is not open in {pod}"
                elif headless and number != port["port"]:
                    yield f"{title(service)}: is headless, so {port['port']} means not {number}"
    for policy in bundle.all("NetworkPolicy"):
        pods = selected(bundle, own_selector(policy) or {}, namespace_of(policy))
        for rule in spec_of(policy).get("ingress") or []:
            for port in rule.get("ports") or []:
                for pod in pods:
                    if _open_port(pod, port.get("port"), port.get("protocol", "TCP")) is None:
                        yield f"{title(policy)}: port {port.get('port')} is not open in {pod}"
    for way in ways_in(bundle):
        target = bundle.find("Service", way.service, namespace_of(way.source))
        ports = spec_of(target).get("ports") or [] if target else []
        known = {value for p in ports for value in (p["port"], p.get("name"))}
        if target and way.port not in known:
            yield f"{title(way.source)}: Service {way.service} has no port {way.port}"


def _open_port(pod: Pod, wanted: object, protocol: str) -> int | None:
    for name, number, open_protocol in pod.ports():
        if wanted in (name, number) and wanted != "" and protocol == open_protocol:
            return number
    return None


def _names(pods: Iterable[Pod]) -> str:
    return ", ".join(sorted({str(pod) for pod in pods})) or "nothing"
