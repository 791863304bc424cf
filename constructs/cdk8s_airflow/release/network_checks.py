"""Warnings about servers that pods of a release need and its NetworkPolicies do not know."""

from __future__ import annotations

from collections.abc import Iterator

from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.parts.config_check import variable
from cdk8s_airflow.parts.peers import peers_in
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.options import option_value

_READERS = {"*", "api-server"}
"""Keys of `extra_egress` that open a way to the API server, which reads logs and secrets too."""
_WAY_OUT = (
    "name its ports: network_policies=NetworkPolicies(extra_egress={'*': [{'ports': [{'port': "
    "9000}]}]})"
)


def unknown_servers(props: AirflowProps) -> Iterator[str]:
    """A warning for each server that only the pods will know."""
    policies = props.network_policies
    if policies is None or _READERS & set(policies.extra_egress or ()):
        return
    yield from _log_store(props)
    yield from _secrets_backends(props)


def _log_store(props: AirflowProps) -> Iterator[str]:
    id = option_value(props, "logging", "remote_log_conn_id")
    if not isinstance(id, str) or not id:
        return
    for option, connection in (
        (f"connections[{id!r}]", (props.connections or {}).get(id)),
        (f"env['AIRFLOW_CONN_{id.upper()}']", (props.env or {}).get(f"AIRFLOW_CONN_{id.upper()}")),
    ):
        if isinstance(connection, SecretKey):
            yield (
                f"{option} is the store of task logs ([logging] remote_log_conn_id) and whole in a "
                "Secret, so its server is not known: api-server, scheduler, triggerer and "
                "dag-processor have no way out to it but port 443; give a Connection(...) by its "
                f"parts, or {_WAY_OUT}"
            )


def _secrets_backends(props: AirflowProps) -> Iterator[str]:
    for section, option in (("secrets", "backend"), ("workers", "secrets_backend")):
        backend = option_value(props, section, option)
        arguments = option_value(props, section, f"{option}_kwargs")
        if not isinstance(backend, str) or backend.startswith("airflow.secrets."):
            continue
        given = {variable(section, option): backend, "KWARGS": str(arguments or "")}
        if not peers_in(given):
            yield (
                f"[{section}] {option} is {backend!r}, and no option names its server: api-server, "
                f"scheduler, triggerer and dag-processor have no way out to it; {_WAY_OUT}"
            )
