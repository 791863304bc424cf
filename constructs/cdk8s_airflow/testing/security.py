"""Safe by default: what we ask of a bundle beyond the Pod Security Standard."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
from cdk8s_airflow.checks.selectors import matches
from cdk8s_airflow.testing.containers import maximum_replicas

LABELS = frozenset(
    {
        NAME,
        INSTANCE,
        COMPONENT,
        "app.kubernetes.io/part-of",
        "app.kubernetes.io/managed-by",
    }
)
VERSION = "app.kubernetes.io/version"
"""Label of what runs an image: on anything else an upgrade would change every object."""
RUNNING = ("CronJob", "Deployment", "Job", "Pod", "StatefulSet")
FIXED_LABELS = {
    "app.kubernetes.io/part-of": "airflow",
    "app.kubernetes.io/managed-by": "cdk8s-airflow",
}
CHANGING_LABELS = (LABELS | {VERSION}) - {NAME, INSTANCE, COMPONENT}


def check_containers(bundle: Bundle) -> Iterator[str]:
    """Containers: read-only root, requests, a memory limit, a pinned image, probes."""
    for pod in bundle.pods:
        for container in pod.containers:
            here = f"{pod}: container {container['name']}"
            if not (container.get("securityContext") or {}).get("readOnlyRootFilesystem"):
                yield f"{here}: root file system is not read-only"
            resources = container.get("resources") or {}
            for kind, name in (
                ("requests", "cpu"),
                ("requests", "memory"),
                ("limits", "memory"),
            ):
                if name not in (resources.get(kind) or {}):
                    yield f"{here}: has no {name} in {kind}"
            yield from (f"{here}: {problem}" for problem in image_problems(container["image"]))
        if pod.long_running:
            behind_service = _is_behind_service(bundle, pod)
            for number, container in enumerate(pod.main_containers):
                sidecar = number > 0 and behind_service
                for probe in ("livenessProbe", *([] if sidecar else ["readinessProbe"])):
                    if probe not in container:
                        yield f"{pod}: container {container['name']}: has no {probe}"


def _is_behind_service(bundle: Bundle, pod: Pod) -> bool:
    """Whether a Service sends nothing to the pod while any of its containers is not ready."""
    return any(
        spec_of(service).get("selector")
        and not spec_of(service).get("publishNotReadyAddresses")
        and namespace_of(service) == pod.namespace
        and matches({"matchLabels": spec_of(service)["selector"]}, pod.labels)
        for service in bundle.all("Service")
    )


def image_problems(image: str) -> Iterator[str]:
    """Tell what is wrong with an image reference: it needs a digest, or a tag that stays."""
    if re.search(r"@sha256:[0-9a-f]{64}$", image):
        return
    name, colon, tag = image.rpartition(":")
    if "@" in image:
        yield f"image {image!r} has an illegal digest"
        return
    if not colon or "/" in tag:
        yield f"image {image!r} has neither tag nor digest"
    elif tag == "latest":
        yield f"image {name!r} is pinned to nothing: {tag}"
    elif not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}", tag):
        yield f"image {image!r} has an illegal tag"


def check_accounts(bundle: Bundle) -> Iterator[str]:
    """Each component has its own ServiceAccount, with a token only where a Role is bound to it.

    Unless the user says otherwise: one account of another name for several, a token for others.
    """
    users: dict[tuple[str, str], set[tuple[str, str]]] = {}
    bound = _bound_accounts(bundle)
    for pod in bundle.pods:
        name = pod.spec.get("serviceAccountName", "default")
        if name == "default":
            yield f"{pod}: runs as the default ServiceAccount"
        users.setdefault((pod.namespace, name), set()).add((pod.release, pod.component))
        automount = pod.spec.get("automountServiceAccountToken")
        wants = (pod.namespace, name) in bound
        shares = name != f"{pod.release}-{pod.component}" and automount is False
        if automount is not wants and not shares and name not in bundle.tokens:
            reason = "a Role is bound to it" if wants else "no Role is bound to it"
            yield f"{pod}: automountServiceAccountToken is {automount}, but {reason}"
        if not wants and _projects_token(pod):
            yield f"{pod}: projects a token for the Kubernetes API, but no Role is bound to it"
        if pod.spec.get("enableServiceLinks") is not False:
            yield f"{pod}: enableServiceLinks is not false"
    for (_, name), components in users.items():
        own = {f"{release}-{component}" for release, component in components}
        if name in own and len(components) > 1:
            yield f"ServiceAccount/{name}: is shared by {sorted(components)}"
    having = {
        pod.spec.get("serviceAccountName")
        for pod in bundle.pods
        if pod.spec.get("automountServiceAccountToken")
    }
    for name in sorted(bundle.tokens - having):
        yield f"ServiceAccount/{name} is declared to have a token, but no pod has one"
    for account in bundle.all("ServiceAccount"):
        if (namespace_of(account), account["metadata"]["name"]) not in users:
            yield f"{title(account)}: no pod runs as it"


def _bound_accounts(bundle: Bundle) -> set[tuple[str, str]]:
    return {
        (subject.get("namespace") or namespace_of(binding), subject["name"])
        for kind in ("RoleBinding", "ClusterRoleBinding")
        for binding in bundle.all(kind)
        for subject in binding.get("subjects") or []
        if subject["kind"] == "ServiceAccount"
    }


def _projects_token(pod: Pod) -> bool:
    return any(
        "serviceAccountToken" in source and "audience" not in source["serviceAccountToken"]
        for volume in pod.volumes
        for source in (volume.get("projected") or {}).get("sources") or []
    )


_SHARED = ("postgresql", "redis")
"""Servers of a fleet, which may read the one password by which a release logs in to them."""


def check_roles(bundle: Bundle) -> Iterator[str]:
    """RBAC stays in the namespace, names what it means, and creates Secrets or sets named ones.

    Task pods may be in any namespace, by choice; nothing else but pods is touched there.
    """
    for kind in ("ClusterRole", "ClusterRoleBinding"):
        for manifest in bundle.all(kind):
            labels = manifest["metadata"].get("labels") or {}
            touched = {
                r for rule in manifest.get("rules") or [] for r in rule.get("resources") or []
            }
            if labels.get(COMPONENT) not in ("task", "finished-pods") or touched - {"pods"}:
                yield f"{title(manifest)}: reaches beyond the namespace"
    for role in [*bundle.all("Role"), *bundle.all("ClusterRole")]:
        for rule in role.get("rules") or []:
            for field in ("apiGroups", "resources", "verbs"):
                if any("*" in value for value in rule.get(field) or []):
                    yield f"{title(role)}: has a wildcard in {field}"
            labels = role["metadata"].get("labels") or {}
            of_fleet = labels.get(COMPONENT) in _SHARED
            named = ["get" if of_fleet else "patch"] if rule.get("resourceNames") else ["create"]
            if "secrets" in (rule.get("resources") or []) and rule["verbs"] != named:
                yield f"{title(role)}: may {', '.join(rule['verbs'])} Secrets, not only create"
        bindings = [*bundle.all("RoleBinding"), *bundle.all("ClusterRoleBinding")]
        if not any(b["roleRef"]["name"] == role["metadata"]["name"] for b in bindings):
            yield f"{title(role)}: is bound to nobody"


def check_disruption_budgets(bundle: Bundle) -> Iterator[str]:
    """Several replicas have one budget that lets a pod go; a single one has none."""
    for pod in bundle.pods:
        if not pod.long_running or pod.owner["kind"] == "DaemonSet":
            continue
        replicas = maximum_replicas(bundle, pod.owner)
        budgets = [
            budget
            for budget in bundle.all("PodDisruptionBudget")
            if namespace_of(budget) == pod.namespace
            and matches(budget["spec"].get("selector") or {}, pod.labels)
        ]
        if replicas > 1 and len(budgets) != 1:
            yield f"{pod}: has {replicas} replicas and {len(budgets)} PodDisruptionBudgets"
        for budget in budgets:
            spec = budget["spec"]
            least = spec.get("minAvailable")
            if spec.get("unhealthyPodEvictionPolicy") != "AlwaysAllow":
                yield f"{title(budget)}: keeps pods that never become ready, so no node drains"
            if spec.get("maxUnavailable") in (0, "0%") or (
                isinstance(least, int) and least >= replicas
            ):
                yield f"{title(budget)}: lets no pod of {pod} go, so no node drains"


def check_labels(bundle: Bundle) -> Iterator[str]:
    """Objects and their pods carry the recommended labels, the same on both."""
    for manifest in bundle.manifests:
        labels = manifest["metadata"].get("labels") or {}
        if manifest["kind"] == "Namespace":
            if ours := sorted((LABELS | {VERSION}) & set(labels)):
                yield f"{title(manifest)}: would go with a release, as it has its labels {ours}"
        else:
            yield from _label_problems(title(manifest), labels, manifest["kind"] in RUNNING)
    for pod in bundle.pods:
        yield from _label_problems(f"{pod}: pod", pod.labels, True)
        owner: Manifest = pod.owner["metadata"].get("labels") or {}
        for key in sorted(LABELS | {VERSION} if pod.owner["kind"] in RUNNING else LABELS):
            if pod.labels.get(key) != owner.get(key):
                yield f"{pod}: label {key} is {owner.get(key)!r}, its pods have another"
        for claim in pod.claim_templates:
            changing = sorted(CHANGING_LABELS & set(claim["metadata"].get("labels") or {}))
            if changing:
                yield f"{pod}: a claim template cannot change, but has the labels {changing}"


def _label_problems(where: str, labels: dict[str, str], runs: bool) -> Iterator[str]:
    wanted = LABELS | {VERSION} if runs else LABELS
    if missing := sorted(key for key in wanted if not labels.get(key)):
        yield f"{where}: lacks the labels {missing}"
    if not runs and VERSION in labels:
        yield f"{where}: runs no image, but each upgrade changes its label {VERSION}"
    for key, value in FIXED_LABELS.items():
        if labels.get(key, value) != value:
            yield f"{where}: label {key} is {labels[key]!r}, not {value!r}"
