"""What secret material each pod may hold: the table, and its check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch

from bundle.model import Bundle, Manifest, Pod

MATERIAL_BY_ENV = {
    "fernet key": re.compile(r"AIRFLOW__CORE__FERNET_KEY(_CMD|_SECRET)?|FERNET_KEY"),
    "JWT key": re.compile(r"AIRFLOW__API_AUTH__JWT_(SECRET|PRIVATE_KEY_PATH)(_CMD|_SECRET)?"),
    "API secret key": re.compile(r"AIRFLOW__API__SECRET_KEY(_CMD|_SECRET)?"),
    "metadata database": re.compile(
        r"AIRFLOW__(DATABASE|CORE)__SQL_ALCHEMY_CONN(_ASYNC)?(_CMD|_SECRET)?"
        r"|DATABASE_(PASSWORD|URL)|POSTGRES_PASSWORD"
    ),
    "broker": re.compile(
        r"AIRFLOW__CELERY__BROKER_URL(_CMD|_SECRET)?|(BROKER|REDIS)_(SENTINEL_)?(PASSWORD|URL)"
        r"|AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__SENTINEL_KWARGS(_CMD|_SECRET)?"
        r"|RABBITMQ_DEFAULT_PASS|ERLANG_COOKIE"
    ),
    "result backend": re.compile(
        r"AIRFLOW__CELERY__RESULT_BACKEND(_CMD|_SECRET)?|RESULT_BACKEND_(SENTINEL_)?(PASSWORD|URL)"
        r"|AIRFLOW__CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS__SENTINEL_KWARGS(_CMD|_SECRET)?"
    ),
    "flower password": re.compile(r"FLOWER_(PASSWORD|BASIC_AUTH)"),
    "admin password": re.compile(r"(AIRFLOW_)?ADMIN_PASSWORD|_AIRFLOW_WWW_USER_PASSWORD(_CMD)?"),
}

MATERIAL_BY_SECRET = {
    "fernet-key": "fernet key",
    "jwt-secret": "JWT key",
    "api-secret-key": "API secret key",
    "postgresql": "metadata database",
    "redis": "broker",
    "rabbitmq": "broker",
    "rabbitmq-cookie": "broker",
    "result-backend": "result backend",
    "admin": "admin password",
    "flower-password": "flower password",
    "pgbouncer": "metadata database",
    "pgbouncer-results": "result backend",
}
"""Generated Secret, `{release}-...` -> which material it is."""

DATABASE_PROCESS = {"fernet key", "metadata database"}
ALLOWED: dict[str, set[str]] = {
    "api-server": DATABASE_PROCESS | {"API secret key", "JWT key", "broker", "result backend"},
    "scheduler": DATABASE_PROCESS | {"API secret key", "JWT key", "broker", "result backend"},
    "dag-processor": DATABASE_PROCESS,
    "dag-processor-*": DATABASE_PROCESS,
    "execution-api": DATABASE_PROCESS | {"API secret key", "JWT key", "broker", "result backend"},
    "triggerer": DATABASE_PROCESS | {"API secret key"},
    "worker": {"API secret key", "broker", "result backend"},
    "worker-*": {"API secret key", "broker", "result backend"},
    "task": set(),
    "flower": {"broker", "flower password"},
    "migrations": DATABASE_PROCESS | {"result backend"},
    "database-cleanup": DATABASE_PROCESS,
    "create-admin": DATABASE_PROCESS | {"admin password"},
    "bootstrap": set(),
    "postgresql": {"metadata database"},
    "redis": {"broker"},
    "rabbitmq": {"broker"},
    "pgbouncer": {"metadata database", "result backend"},
    "git-sync": set(),
}
"""Material by component; a component that is not here may hold none.

Workers run the users' code: neither the metadata database, nor what decrypts connections, nor
what signs task tokens is theirs. The measured needs are in the Airflow documentation of each
option: all but the services were run with exactly this.
"""


def check_material(bundle: Bundle) -> Iterator[str]:
    """No pod holds secret material that its role does not need."""
    for pod in bundle.pods:
        allowed = allowed_material(pod.component)
        for material, where in sorted(held(pod)):
            if material not in allowed:
                yield f"{pod}: {where} gives {pod.component or 'it'} the {material}"


def allowed_material(component: str) -> set[str]:
    """Return what a component may hold."""
    for pattern, material in ALLOWED.items():
        if fnmatch(component, pattern):
            return material
    return set()


def held(pod: Pod) -> Iterator[tuple[str, str]]:
    """Yield (material, where) of all secret material that reaches a pod."""
    for container in pod.containers:
        here = f"container {container['name']}"
        for entry in container.get("env") or []:
            where = f"{here}, env {entry['name']}"
            for material, pattern in MATERIAL_BY_ENV.items():
                if pattern.fullmatch(entry["name"]):
                    yield material, where
            name = ((entry.get("valueFrom") or {}).get("secretKeyRef") or {}).get("name")
            yield from _of_secret(pod, name, where)
        for source in container.get("envFrom") or []:
            yield from _of_secret(pod, (source.get("secretRef") or {}).get("name"), here)
    for volume in pod.volumes:
        sources: list[Manifest] = [volume, *(volume.get("projected") or {}).get("sources", [])]
        for source in sources:
            secret = source.get("secret") or {}
            name = secret.get("secretName") or secret.get("name")
            yield from _of_secret(pod, name, f"volume {volume['name']}")


def _of_secret(pod: Pod, name: str | None, where: str) -> Iterator[tuple[str, str]]:
    for suffix, material in MATERIAL_BY_SECRET.items():
        if name == f"{pod.release}-{suffix}":
            yield material, where
