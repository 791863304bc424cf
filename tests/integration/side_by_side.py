"""Which tests need the same bundle: with SCENES=2 two bundles run side by side, see ``run``."""

from __future__ import annotations

import pytest

_DEFAULT = ("test_a_start", "test_b_dags", "test_b_docs", "test_b_policies", "test_b_ui",
            "test_c_probes", "test_d_failures", "test_e_node")  # fmt: skip
SHARED = {
    **dict.fromkeys(_DEFAULT, "default"),
    **dict.fromkeys(("test_g_git", "test_h_git_sync"), "git"),
    **dict.fromkeys(("test_l_connections", "test_l_ingress"), "ingress"),
}
"""Module -> the bundle that it shares with others; one that is not here has its own, or none."""

LONG = {
    "test_a_ipv6": "nothing; addresses are IPv4 in the others",
    "test_m_rabbitmq": "nothing; the broker is Redis in the others",
    "test_n_kubernetes::test_no_task_fails_while_the_api_server_is_away": "test_d_failures",
    "test_n_kubernetes::test_running_tasks_are_taken_over_by_the_next_scheduler": "test_d_failures",
    "test_n_sentinel_mysql": "test_k_external, with other servers",
    "test_r_arbitrary_uid": "nothing; the other bundles have uids of their own",
    "test_s_kerberos": "nothing",
    "test_t_examples": "test_a_start; the bundle tests check each",
    "test_u_exporters": "nothing",
    "test_u_metrics": "test_airflow_metrics has the names; of Prometheus and dashboards nothing",
    "test_u_otel_collector": "nothing, see test_u_otlp",
    "test_u_otlp": "nothing; test_airflow_metrics has the names",
    "test_u_secret_files": "nothing; test_l_connections has credentials that are in no environment",
    "test_v_objects": "nothing; the account and the programs have tests of their own",
    "test_v_rotation": "test_p_pgbouncer replaces a password; of keys nothing",
    "test_v_rotation_rabbitmq": "as test_v_rotation",
    "test_v_secrets_backends": "nothing",
    "test_v_token_login": "nothing",
    "test_v_token_mysql": "nothing, see test_v_token_login",
    "test_w_keycloak": "test_w_oidc",
    "test_w_ldap": "test_w_oidc has the roles and the page, from another server",
    "test_w_log_search": "nothing, see test_w_log_stores",
    "test_w_log_stores": "nothing",
    "test_w_simple": "nothing; the default logs in with a password, too",
    "test_x_backup_mysql": "test_x_backup",
    "test_x_stalls": "nothing; test_c_probes asks the same probes of what is well",
}
"""What `make integration` leaves to `make integration-long`, and what of it runs in the former."""

APART = ("test_x_takeover",)
"""What a target of its own runs alone, after a set-up of its own."""


def is_long(nodeid: str) -> bool:
    """Whether a test is left to `make integration-long`."""
    file, _, test = nodeid.partition("::")
    module = _module(file)
    return module in LONG or f"{module}::{test.partition('[')[0]}" in LONG


def _module(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".py")


def scene(nodeid: str) -> str:
    """What the tests of one process have in common: a bundle, or the module; an example is alone.

    Args:
        nodeid: As pytest names a test: ``tests/integration/test_a.py::test_b[c]``.
    """
    file, _, _ = nodeid.partition("::")
    module = _module(file)
    return nodeid if module == "test_t_examples" else SHARED.get(module, module)


def longest_first(items: list[pytest.Item]) -> None:
    """Orders tests: those of the default bundle, those that start others, those that start none."""

    def starts(item: pytest.Item) -> bool:
        return bool({"bundle", "cluster"} & set(getattr(item, "fixturenames", ())))

    bundles = {scene(item.nodeid) for item in items if starts(item)}
    items.sort(key=lambda i: (scene(i.nodeid) != "default", scene(i.nodeid) not in bundles))
