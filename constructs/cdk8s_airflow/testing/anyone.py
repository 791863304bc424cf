"""Which checks hold for manifests of anybody, and how severe each is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from cdk8s_airflow.checks.bundle import Bundle, namespace_of, title
from cdk8s_airflow.checks.references import (
    BUILT_IN,
    Reference,
    reference_problems,
    references,
)
from cdk8s_airflow.checks.selectors import (
    check_peers,
    check_stateful_services,
    own_selector,
    port_problems,
    selected,
)
from cdk8s_airflow.testing.addresses import check_addresses
from cdk8s_airflow.testing.agreement import check_agreement, check_distinct_keys
from cdk8s_airflow.testing.containers import (
    check_autoscaled,
    check_claims,
    check_env,
    check_names_in_pods,
    check_probes,
    check_volumes,
)
from cdk8s_airflow.testing.every_check import CHECKS, Check
from cdk8s_airflow.testing.names import (
    check_config_maps,
    check_metadata,
    check_names,
    check_namespaces,
    check_unique,
    check_values,
)
from cdk8s_airflow.testing.paths import check_programs
from cdk8s_airflow.testing.pod_security import check_restricted
from cdk8s_airflow.testing.policies import check_needed_flows
from cdk8s_airflow.testing.schema import is_built_in
from cdk8s_airflow.testing.secrecy import check_env_literals, check_no_secret_objects, check_texts
from cdk8s_airflow.testing.security import check_containers

Level: TypeAlias = Literal["error", "warning", "note"]

OUTSIDE = frozenset({"ClusterRole", "PersistentVolumeClaim", "PriorityClass", "RuntimeClass",
                     "Secret"})  # fmt: skip
"""Kinds of objects that are often in the cluster and in no folder."""


@dataclass(frozen=True)
class Rule:
    """A check by its name."""

    check: Check
    level: Level

    @property
    def name(self) -> str:
        """`own-selectors` of `check_own_selectors`."""
        return str(getattr(self.check, "__name__", "")).removeprefix("check_").replace("_", "-")

    @property
    def meaning(self) -> str:
        """What has to be so, in a sentence."""
        return (self.check.__doc__ or "").strip().partition("\n")[0]


def check_known_references(bundle: Bundle) -> Iterator[str]:
    """What an object names is there, with the key that it wants."""
    for reference in references(bundle):
        if not _is_outside(bundle, reference):
            yield from reference_problems(bundle, reference, known_only=False)
        else:
            yield from reference_problems(bundle, reference)


def check_outside_references(bundle: Bundle) -> Iterator[str]:
    """What an object names and the cluster may have is declared with --external."""
    for reference in references(bundle):
        if _is_outside(bundle, reference) and reference.target not in bundle.external:
            if (reference.kind, reference.name) not in BUILT_IN:
                yield from reference_problems(bundle, reference, known_only=False)


def _is_outside(bundle: Bundle, reference: Reference) -> bool:
    places = {namespace_of(manifest) for manifest in bundle.manifests}
    return (
        reference.kind in OUTSIDE
        or reference.target in bundle.external
        or (bool(reference.namespace) and reference.namespace not in places)
    )


def check_selectors(bundle: Bundle) -> Iterator[str]:
    """A selector finds pods, a workload's its own and nobody else's."""
    for manifest in bundle.manifests:
        selector = own_selector(manifest)
        # A Service without one has its addresses from elsewhere; a policy's means all pods.
        if not selector or not any(selector.values()):
            continue
        pods = selected(bundle, selector, namespace_of(manifest))
        if not pods:
            yield f"{title(manifest)}: selector matches no pod"
        if "template" in (manifest.get("spec") or {}):
            if not any(pod.owner is manifest for pod in pods):
                yield f"{title(manifest)}: selector does not match its own pods"
            for other in sorted({str(pod) for pod in pods if pod.owner is not manifest}):
                yield f"{title(manifest)}: selector matches the pods of {other}"


def check_ports(bundle: Bundle) -> Iterator[str]:
    """A port that a Service, Ingress or policy names is declared by the pods behind it."""
    yield from port_problems(bundle)


def check_words(bundle: Bundle) -> Iterator[str]:
    """No null, no text that a forgotten value leaves behind, no unknown word in an enum."""
    own = [each for each in bundle.manifests if is_built_in(str(each["apiVersion"]))]
    yield from check_values(replace(bundle, manifests=own))


ANYONE: tuple[Rule, ...] = (
    Rule(check_unique, "error"),
    Rule(check_namespaces, "warning"),
    Rule(check_names, "error"),
    Rule(check_metadata, "error"),
    Rule(check_words, "warning"),
    Rule(check_config_maps, "warning"),
    Rule(check_known_references, "error"),
    Rule(check_outside_references, "warning"),
    Rule(check_selectors, "error"),
    Rule(check_peers, "warning"),
    Rule(check_stateful_services, "warning"),
    Rule(check_ports, "warning"),
    Rule(check_addresses, "warning"),
    Rule(check_needed_flows, "warning"),
    Rule(check_volumes, "error"),
    Rule(check_names_in_pods, "error"),
    Rule(check_env, "error"),
    Rule(check_probes, "warning"),
    Rule(check_claims, "error"),
    Rule(check_autoscaled, "error"),
    Rule(check_programs, "error"),
    Rule(check_agreement, "error"),
    Rule(check_distinct_keys, "error"),
    Rule(check_restricted, "error"),
    Rule(check_containers, "warning"),
    Rule(check_no_secret_objects, "error"),
    Rule(check_env_literals, "error"),
    Rule(check_texts, "error"),
)
"""What holds whoever wrote the manifests. An error fails in a cluster or tells a secret; a warning
may be meant so, or be right in a cluster that has more than the folder."""

STRICT: tuple[Rule, ...] = tuple(Rule(each, "error") for each in CHECKS)
"""What holds for bundles of this package: all checks, and each is an error."""
