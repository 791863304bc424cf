"""What secret material each pod may hold: the table, and its check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch

from cdk8s_airflow.checks.bundle import Bundle, Manifest, Pod
from cdk8s_airflow.roles import ROLES, Key, Role, Server

MATERIAL_BY_ENV = {
    "fernet key": re.compile(r"AIRFLOW__CORE__FERNET_KEY(_CMD|_SECRET)?|FERNET_KEY(_\d+)?"),
    "JWT key": re.compile(
        r"AIRFLOW__API_AUTH__JWT_(SECRET|PRIVATE_KEY_PATH)(_CMD|_SECRET)?|TOKEN_KEY_\d+"
    ),
    "API secret key": re.compile(r"AIRFLOW__API__SECRET_KEY(_CMD|_SECRET)?"),
    "metadata database": re.compile(
        r"AIRFLOW__(DATABASE|CORE)__SQL_ALCHEMY_CONN(_ASYNC)?(_CMD|_SECRET)?"
        r"|DATABASE_(PASSWORD|URL|ROLE_\d+)|POSTGRES_PASSWORD|DATA_SOURCE_PASS"
    ),
    "broker": re.compile(
        r"AIRFLOW__CELERY__BROKER_URL(_CMD|_SECRET)?|(BROKER|REDIS)_(SENTINEL_)?(PASSWORD|URL)(_\d+)?"
        r"|AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__SENTINEL_KWARGS(_CMD|_SECRET)?"
        r"|RABBITMQ_DEFAULT_PASS|ERLANG_COOKIE|PASSWORD_\d+"
    ),
    "result backend": re.compile(
        r"AIRFLOW__CELERY__RESULT_BACKEND(_CMD|_SECRET)?|RESULT_BACKEND_(SENTINEL_)?(PASSWORD|URL)(_\d+)?"
        r"|AIRFLOW__CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS__SENTINEL_KWARGS(_CMD|_SECRET)?"
    ),
    "flower password": re.compile(r"FLOWER_(PASSWORD|BASIC_AUTH)"),
    "objects password": re.compile(r"OBJECTS_PASSWORD"),
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
    "admin-password": "admin password",
    "flower-password": "flower password",
    "objects-password": "objects password",
    "pgbouncer": "metadata database",
    "pgbouncer-results": "result backend",
}
"""Generated Secret, `{release}-...` -> which material it is."""

MATERIAL: dict[Key | Server, str] = {
    "fernet-key": "fernet key",
    "jwt-secret": "JWT key",
    "api-secret-key": "API secret key",
    "admin-password": "admin password",
    "flower-password": "flower password",
    "objects-password": "objects password",
    "database": "metadata database",
    "broker": "broker",
    "result backend": "result backend",
}
"""Word of the table of roles -> the material; logs of tasks are opened by a key."""


def row(role: Role) -> set[str]:
    """Return the material of a role, as the table of roles has it."""
    duties = ROLES[role]
    return {MATERIAL[word] for word in (*duties.holds, *duties.reaches) if word in MATERIAL}


BESIDE: dict[str, set[str]] = {
    "backup": set(MATERIAL.values()),
    "scheduler": row(Role.WORKER),
    "migrations": {"result backend"},
    "restore": {"result backend"},
    "pgbouncer": {"result backend"},
    "postgresql": {"metadata database"},
    "redis": {"broker"},
    "rabbitmq": {"broker"},
    "postgresql-exporter": {"metadata database"},
    "redis-exporter": {"broker"},
    "releases": {"metadata database", "broker"},
}
"""What the table cannot say: a scheduler with the LocalExecutor is a worker too, who migrates makes
the database of the results, a backup has files of all that is generated, PgBouncer may stand before
the database, servers know their password, exporters ask them, and the Job of a fleet's servers
makes databases and users there."""
ALLOWED: dict[str, set[str]] = {
    **BESIDE,
    **{role.value: row(role) | BESIDE.get(role.value, set()) for role in Role},
    "dag-processor-*": row(Role.DAG_PROCESSOR),
    "worker-*": row(Role.WORKER),
}
"""Material by component; a component that is not here may hold none.

It follows from the table by which the pods are made. What of it must never change is said once
more, without the table: in `tests/unit/test_roles.py` and `test_secrecy_checks.py`.
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
    prefix = f"{pod.release}-"
    if name and name.startswith(prefix):
        rest = name.removeprefix(prefix)
        for suffix in dict.fromkeys((rest, re.sub(r"-\d+$", "", rest))):
            if suffix in MATERIAL_BY_SECRET:
                yield MATERIAL_BY_SECRET[suffix], where
