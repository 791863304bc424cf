"""Every check of a bundle, and which of them hold for manifests of anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.checks.references import check_references
from cdk8s_airflow.checks.selectors import (
    check_own_selectors,
    check_peers,
    check_ports,
    check_stateful_services,
)
from cdk8s_airflow.testing.addresses import check_addresses
from cdk8s_airflow.testing.agreement import check_agreement, check_base_path, check_distinct_keys
from cdk8s_airflow.testing.containers import (
    check_autoscaled,
    check_claims,
    check_env,
    check_names_in_pods,
    check_probes,
    check_volumes,
)
from cdk8s_airflow.testing.growth import check_growth
from cdk8s_airflow.testing.lifecycle import (
    check_first_containers,
    check_hooks,
    check_jobs,
    check_migrations,
    check_signals,
    check_waits,
)
from cdk8s_airflow.testing.local_storage import check_local_storage
from cdk8s_airflow.testing.names import (
    check_config_maps,
    check_metadata,
    check_names,
    check_namespaces,
    check_unique,
    check_values,
)
from cdk8s_airflow.testing.paths import check_folders, check_programs
from cdk8s_airflow.testing.pod_security import check_restricted
from cdk8s_airflow.testing.policies import check_flows, check_one_policy, check_scalers
from cdk8s_airflow.testing.roles import check_material
from cdk8s_airflow.testing.schema import check_schema
from cdk8s_airflow.testing.secrecy import check_env_literals, check_no_secret_objects, check_texts
from cdk8s_airflow.testing.security import (
    check_accounts,
    check_containers,
    check_disruption_budgets,
    check_labels,
    check_roles,
)
from cdk8s_airflow.testing.stored import check_stored

Check: TypeAlias = Callable[[Bundle], Iterator[str]]

CHECKS: tuple[Check, ...] = (
    check_stored,
    check_unique,
    check_namespaces,
    check_names,
    check_metadata,
    check_values,
    check_config_maps,
    check_references,
    check_own_selectors,
    check_peers,
    check_stateful_services,
    check_ports,
    check_addresses,
    check_one_policy,
    check_flows,
    check_scalers,
    check_volumes,
    check_names_in_pods,
    check_env,
    check_probes,
    check_claims,
    check_autoscaled,
    check_folders,
    check_programs,
    check_agreement,
    check_base_path,
    check_distinct_keys,
    check_first_containers,
    check_hooks,
    check_jobs,
    check_migrations,
    check_signals,
    check_waits,
    check_growth,
    check_local_storage,
    check_restricted,
    check_containers,
    check_accounts,
    check_roles,
    check_disruption_budgets,
    check_labels,
    check_no_secret_objects,
    check_env_literals,
    check_texts,
    check_material,
)
"""All that `synthesize()` runs when the schemas are content."""


def check(bundle: Bundle, problems: Iterable[str] = ()) -> None:
    """Run every check on a bundle.

    Args:
        bundle: The bundle.
        problems: What is known already.

    Raises:
        AssertionError: Something was found, `problems` included.
    """
    found = [*problems, *check_schema(bundle)]
    # The other checks read manifests by their schema; they would trip over an invalid one.
    if not found:
        found = [problem for each in CHECKS for problem in each(bundle)]
    if found:
        lines = "\n".join(f"  - {problem}" for problem in dict.fromkeys(found))
        raise AssertionError(f"{len(set(found))} problems in the bundle:\n{lines}")
