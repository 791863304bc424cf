"""In-place adoption: the new release keeps what the old one left in the cluster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdk8s_airflow.migration.conversion import Conversion
from cdk8s_airflow.migration.rules import reference

_GENERATED = (("apiSecretKey", "api-secret-key"), ("jwtSecret", "jwt-secret"))
"""Option -> key of the Secret that the official chart generates for Airflow 3."""
_UI_PORT = 8080
_KINDS = (
    *("deployment", "statefulset", "job", "cronjob", "service", "ingress", "networkpolicy"),
    *("poddisruptionbudget", "horizontalpodautoscaler", "configmap", "serviceaccount"),
    *("role", "rolebinding"),
)
"""All that a chart makes but claims and Secrets."""


def adopt(made: Conversion) -> None:
    """Names the volumes, keys and Services of the old release, and tells how they outlive it."""
    kept = [*_claims(made), *_keys(made)]
    if made.airflow2:
        _old_service(made, "webserver" if made.family == "official" else "web")
    selector = f"release={made.release}"
    if made.family == "community":
        selector = f"app=airflow,{selector}"
    made.step(
        "Take the old release away by kind, not by `helm uninstall`, which deletes claims and "
        f"Secrets too{', such as ' + ', '.join(kept) if kept else ''}: `{_delete(made, selector)}`."
    )
    for name, chosen in _servers(made):
        made.step(
            f"Once the dump is made, take {name} away too, with its Secret, of which the new "
            f"server makes its own: `{_delete(made, chosen, 'secret')}`. Its claims stay."
        )


def _delete(made: Conversion, selector: str, *more: str) -> str:
    scaled = ["scaledobject"] if _keda(made) else []
    kinds = ",".join([*scaled, *_KINDS, *more])
    return f"kubectl delete {kinds} --namespace {made.namespace} --selector {selector}"


def _keda(made: Conversion) -> bool:
    """Whether there are objects of KEDA, which would start pods again."""
    scaled = [*made.groups, made.out.get("triggerer") or {}, made.out.get("apiServer") or {}]
    return any(each.get("autoscaling", {}).get("kind") == "KedaAutoscaling" for each in scaled)


def _servers(made: Conversion) -> Iterator[tuple[str, str]]:
    """Servers of sub-charts whose names the bundle's own have, and their labels."""
    if made.on("postgresql.enabled") and made.out["database"].get("kind") == "EmbeddedPostgresql":
        name = "the PostgreSQL of the sub-chart"
        if made.family == "community":
            yield name, f"app=postgresql,release={made.release}"
        else:
            labels = f"app.kubernetes.io/name=postgresql,app.kubernetes.io/instance={made.release}"
            yield name, labels
    broker = made.out.get("broker") or {}
    if made.family == "community" and broker.get("kind") == "EmbeddedRedis":
        yield "the Redis of the sub-chart", f"app=redis,release={made.release}"


def _claims(made: Conversion) -> Iterator[str]:
    """The claims that the chart made, by name in place of new ones."""
    dags, logs = made.out.get("dags"), (made.out.get("logs") or {}).get("store")
    for place, field, suffix in (
        (dags, "claim", "dags"),
        (dags, "volume", "dags"),
        (logs, "claim", "logs"),
    ):
        if isinstance(place, dict) and isinstance(place.get(field), dict):
            place[field] = made.name(suffix)
            yield made.name(suffix)


def _keys(made: Conversion) -> Iterator[str]:
    """The keys that the chart generated for Airflow 3."""
    secrets: dict[str, Any] = made.out.setdefault("secrets", {})
    if made.family != "official" or made.airflow2:
        return
    for option, key in _GENERATED:
        if option not in secrets:
            name = f"{made.release}-{key}"
            secrets[option] = reference(name, key)
            yield name


def _old_service(made: Conversion, suffix: str) -> None:
    """A Service with the old name and port, for who knows the UI by it."""
    labels = {"name": "airflow", "instance": made.release, "component": "api-server"}
    selector = {f"app.kubernetes.io/{key}": value for key, value in labels.items()}
    service = (made.out.get("apiServer") or {}).get("service") or {}
    port = {"name": "airflow-ui", "port": service.get("port", _UI_PORT), "targetPort": _UI_PORT}
    made.manifests.append(
        {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {"name": made.name(suffix)},
            "spec": {"selector": selector, "ports": [port]},
        }
    )
