"""Options that the processes of one release must agree on, and keys that must differ."""

from __future__ import annotations

import json
from collections.abc import Iterator

from cdk8s_airflow.checks.bundle import Bundle, Manifest, Pod, env_literals, namespace_of, title
from cdk8s_airflow.checks.ways_in import ways_in
from cdk8s_airflow.kubernetes.addresses import split_url

SAME = (
    "AIRFLOW__API__BASE_URL",
    "AIRFLOW__API__SECRET_KEY",
    "AIRFLOW__API_AUTH__JWT_SECRET",
    "AIRFLOW__CELERY__BROKER_URL",
    "AIRFLOW__CELERY__RESULT_BACKEND",
    "AIRFLOW__CORE__AUTH_MANAGER",
    "AIRFLOW__CORE__EXECUTION_API_SERVER_URL",
    "AIRFLOW__CORE__EXECUTOR",
    "AIRFLOW__CORE__FERNET_KEY",
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
)
"""Options that mean one thing in a release: two values are a failure at run time."""

DISTINCT = (
    "AIRFLOW__API__SECRET_KEY",
    "AIRFLOW__API_AUTH__JWT_SECRET",
    "AIRFLOW__CORE__FERNET_KEY",
)
"""Keys with a purpose each: who may hold one must not thereby hold another."""


def check_agreement(bundle: Bundle) -> Iterator[str]:
    """Each option of `SAME` has one value, or one source, in all pods of a release."""
    found: dict[tuple[str, str, str], dict[str, list[str]]] = {}
    for pod in bundle.pods:
        for container in pod.containers:
            for entry in container.get("env") or []:
                option = entry["name"].removesuffix("_CMD")
                if _straight(bundle, pod, option):
                    continue
                if option in SAME:
                    values = found.setdefault((pod.namespace, pod.release, option), {})
                    values.setdefault(_value(entry), []).append(str(pod))
    for (_, release, option), values in found.items():
        if len(values) > 1:
            owners = "; ".join(", ".join(dict.fromkeys(pods)) for pods in values.values())
            yield f"{release}: {option} has {len(values)} values: {owners}"


def _straight(bundle: Bundle, pod: Pod, option: str) -> bool:
    """Tell whether it passes by PgBouncer: migrations, with a session lock, and the cleanup.

    That of a fleet is in another namespace, of which its name tells.
    """
    pooled = any(
        p.component == "pgbouncer" and (p.release == pod.release or p.namespace != pod.namespace)
        for p in bundle.pods
    )
    straight = pod.component in (
        *("backup", "database-cleanup", "migrations", "restore", "rotate-fernet-key"),
    )
    return pooled and straight and option.endswith("SQL_ALCHEMY_CONN")


def check_distinct_keys(bundle: Bundle) -> Iterator[str]:
    """No two keys of `DISTINCT` come from the same place."""
    for pod in bundle.pods:
        for container in pod.containers:
            sources: dict[str, str] = {}
            for entry in container.get("env") or []:
                if (name := entry["name"].removesuffix("_CMD")) in DISTINCT:
                    other = sources.setdefault(_value(entry), name)
                    if other != name:
                        yield (
                            f"{pod}: container {container['name']}: {name} and {other} are one key"
                        )


def check_base_path(bundle: Bundle) -> Iterator[str]:
    """Probes, workers and Ingress follow the path of `[api] base_url`, and a host is its own.

    With a path in it the API server answers `/execution/` below that path only.
    """
    for api_server in (pod for pod in bundle.pods if pod.component == "api-server"):
        base = split_url(_literal(api_server, "AIRFLOW__API__BASE_URL"))
        path = base.path.rstrip("/")
        for container in api_server.main_containers:
            for kind in ("startupProbe", "readinessProbe", "livenessProbe"):
                asked = ((container.get(kind) or {}).get("httpGet") or {}).get("path", "")
                if asked and not asked.startswith(f"{path}/"):
                    yield f"{api_server}: {kind} asks {asked}, which is not below {path!r}"
        for pod in bundle.pods:
            url = _literal(pod, "AIRFLOW__CORE__EXECUTION_API_SERVER_URL")
            ours = (pod.namespace, pod.release) == (api_server.namespace, api_server.release)
            if ours and url and split_url(url).path != f"{path}/execution/":
                yield f"{pod}: its execution API is {url}, but base_url has the path {path!r}"
        ways = [
            way
            for way in ways_in(bundle)
            if namespace_of(way.source) == api_server.namespace
            and way.service == f"{api_server.release}-api-server"
        ]
        # Of several hosts links use one; where a rule has no host, any may lead there.
        known = not base.hostname or any(way.host in ("", base.hostname) for way in ways)
        for way in ways:
            if not known or way.path != path:
                yield (
                    f"{title(way.source)}: users come by {way.host}{way.path}, but base_url is "
                    f"{base.geturl()!r}"
                )


def _literal(pod: Pod, name: str) -> str:
    return next((str(env_literals(c)[name]) for c in pod.main_containers
                 if name in env_literals(c)), "")  # fmt: skip


def _value(entry: Manifest) -> str:
    return json.dumps({k: v for k, v in entry.items() if k != "name"}, sort_keys=True)
