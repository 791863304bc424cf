#!/usr/bin/env python3
"""Writes what each generated key opens, who holds it and how it is replaced into docs/security.md.

Usage: key_table.py

The Secrets, and the pods that have them, are those of the manifests.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "constructs"), str(ROOT / "scripts")]

from security_table import manifests, pods_of  # noqa: E402

from cdk8s_airflow import (  # noqa: E402
    AirflowProps,
    DagsInImage,
    EmbeddedRabbitmq,
    ExecutionApiProps,
    Flower,
    Image,
    PgBouncer,
)
from cdk8s_airflow.part import generated_by  # noqa: E402
from cdk8s_airflow.platform import GeneratedSecret  # noqa: E402
from cdk8s_airflow.release.resolve import resolve  # noqa: E402

DOCUMENT = ROOT / "docs" / "security.md"
_TABLE = re.compile(r"(?<=<!-- keys -->\n).*?(?=<!-- end of keys -->)", re.DOTALL)
_SECRET = re.compile(r"'(?:secretName|name)': 'af1-([a-z0-9-]+)'")
_COLUMNS = (
    "Secret",
    "account or use, and its rights",
    "pods that have it",
    "new one by",
    "meanwhile",
)
_RELEASE = "af1"
_GIVEN: Mapping[str, Any] = {
    "image": Image(repository="registry.example.com/airflow", tag="3.3.2"),
    "dags": DagsInImage(),
    "flower": Flower(),
    "execution_api": ExecutionApiProps(),
}
RELEASES = (
    AirflowProps(**_GIVEN),
    AirflowProps(**_GIVEN, broker=EmbeddedRabbitmq(), pgbouncer=PgBouncer()),
)
_STEPS = "old and new are known: no request and no task fails"
_ROWS: Mapping[str, tuple[str, str, str]] = {
    "fernet-key": (
        "encrypts connections, variables and triggers in the metadata database",
        '`Secrets(rotation={"fernet-key": ...})`',
        f"{_STEPS}; the Job `rotate-fernet-key` encrypts anew",
    ),
    "jwt-secret": (
        "signs the tokens of users and of tasks",
        '`Secrets(rotation={"jwt-secret": ...})`',
        _STEPS,
    ),
    "api-secret-key": (
        "signs sessions, and requests for logs of running tasks",
        '`Secrets(rotation={"api-secret-key": [2]})`',
        "no task fails; users log in again, and logs of running tasks cannot be read from pods "
        "that are not replaced yet",
    ),
    "admin-password": (
        "the first user, role Admin",
        '`Secrets(rotation={"admin-password": [2]})`',
        "the Job `create-admin` sets it; sessions and tokens of the admin go on until they end",
    ),
    "flower-password": (
        "Flower's user: sees and stops workers and tasks",
        '`Secrets(rotation={"flower-password": [2]})`',
        "Flower restarts",
    ),
    "postgresql": (
        "`airflow`, with [2] `airflow_2`: owns the metadata; superuser of the embedded server",
        "`EmbeddedPostgresql(rotation=...)`",
        f"{_STEPS}; the migrations Job makes the role; the server restarts with the last step",
    ),
    "result-backend": (
        "`airflow_results`, with [2] `airflow_results_2`: owns Celery's results, and nothing else",
        "`EmbeddedPostgresql(rotation=...)`",
        "as that of `postgresql`, with the same numbers",
    ),
    "redis": (
        "the default user: all commands of the embedded server",
        "`EmbeddedRedis(rotation=...)`",
        f"{_STEPS}; the server restarts with the first and the last step",
    ),
    "rabbitmq": (
        "`airflow`, with [2] `airflow_2`: all queues of the virtual host, no administration",
        "`EmbeddedRabbitmq(rotation=...)`",
        f"{_STEPS}; the server restarts with each step that adds or removes a number",
    ),
    "rabbitmq-cookie": (
        "commands inside the pod of RabbitMQ, which listens for none from outside",
        "delete the Secret and the bootstrap Job, apply, restart RabbitMQ",
        "RabbitMQ restarts",
    ),
    "pgbouncer": (
        "`airflow` at PgBouncer, with [2] `airflow_2`: the metadata database alone",
        "`PgBouncer(rotation=...)`",
        _STEPS,
    ),
    "pgbouncer-results": (
        "`results` at PgBouncer, with [2] `results_2`: Celery's results alone",
        "`PgBouncer(rotation=...)`",
        _STEPS,
    ),
}
"""Generated Secret -> what it opens, how it is replaced, and what happens meanwhile."""


def generated() -> dict[str, GeneratedSecret]:
    """The Secrets that the bootstrap Job makes, without the name of the release."""
    found = [secret for props in RELEASES for secret in generated_by(resolve(props, _RELEASE))]
    return {each.secret.name.removeprefix(f"{_RELEASE}-"): each for each in found}


@cache
def holders() -> Mapping[str, list[str]]:
    """Secret -> the pods that have it in their environment or their volumes."""
    found: dict[str, set[str]] = {}
    for props in RELEASES:
        for pod in pods_of(manifests(props)):
            for name in _SECRET.findall(str(pod.spec)):
                found.setdefault(name, set()).add(pod.component)
    return {name: sorted(pods) for name, pods in found.items()}


def table() -> str:
    """A row for each generated Secret.

    Raises:
        KeyError: for one that has no words here.
    """
    lines = [f"| {' | '.join(_COLUMNS)} |", "|---" * len(_COLUMNS) + "|"]
    for name in sorted(generated(), key=list(_ROWS).index):
        use, way, meanwhile = _ROWS[name]
        pods = ", ".join(holders()[name])
        lines.append(f"| `{{release}}-{name}` | {use} | {pods} | {way} | {meanwhile} |")
    return "\n".join(lines) + "\n"


def with_table(text: str) -> str:
    """The document with the table in its place."""
    return _TABLE.sub(lambda _: table(), text)


if __name__ == "__main__":
    DOCUMENT.write_text(with_table(DOCUMENT.read_text()))
