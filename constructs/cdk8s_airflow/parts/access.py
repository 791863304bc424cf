"""Access to the database, the broker and the result backend: who gets which URL."""

from __future__ import annotations

from dataclasses import dataclass

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.platform import USES_DATABASE, Role
from cdk8s_airflow.services.urls import Url

_RESULTS = frozenset({Role.SCHEDULER, Role.WORKER})
_BROKER = _RESULTS | {Role.FLOWER}


@dataclass(frozen=True, kw_only=True)
class DatabaseAccess:
    """Contributor: the metadata database, for the roles that use it; tasks never do."""

    url: Url
    """`[database] sql_alchemy_conn`."""
    async_url: Url | None = None
    """`[database] sql_alchemy_conn_async`; default: Airflow derives it from the other."""

    def parts(self, role: Role) -> PodParts:
        """The URLs, and the credentials in them."""
        if role not in USES_DATABASE:
            return NOTHING
        parts = self.url.parts("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN")
        if self.async_url:
            parts += self.async_url.parts("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC")
        return parts + self.url.for_scheduler if role is Role.SCHEDULER else parts


@dataclass(frozen=True, kw_only=True)
class CeleryAccess:
    """Contributor: Celery's broker and its result backend."""

    broker: Url
    """`[celery] broker_url`."""
    result_backend: Url
    """`[celery] result_backend`."""

    def parts(self, role: Role) -> PodParts:
        """The URLs, for those that send and run tasks."""
        parts = NOTHING
        if role in _BROKER:
            parts += self.broker.parts("AIRFLOW__CELERY__BROKER_URL")
        if role in _RESULTS:
            parts += self.result_backend.parts("AIRFLOW__CELERY__RESULT_BACKEND")
        return parts
