"""Celery's broker and result backend, and Flower."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from cdk8s_airflow.components.flower import Flower
from cdk8s_airflow.components.pgbouncer_server import PgBouncerPods
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.parts.access import CeleryAccess
from cdk8s_airflow.parts.celery_settings import CelerySettings
from cdk8s_airflow.parts.result_database import ResultDatabase
from cdk8s_airflow.platform import GeneratedSecret, Platform, Role
from cdk8s_airflow.services.mysql import ExternalMysql
from cdk8s_airflow.services.postgresql import (
    RESULT_DATABASE,
    EmbeddedPostgresql,
    ExternalPostgresql,
)
from cdk8s_airflow.services.rabbitmq import EmbeddedRabbitmq, ExternalRabbitmq
from cdk8s_airflow.services.redis import EmbeddedRedis, ExternalRedis
from cdk8s_airflow.services.redis_sentinel import RedisSentinel
from cdk8s_airflow.services.urls import BROKER, RESULT_BACKEND, Url

Database: TypeAlias = EmbeddedPostgresql | ExternalPostgresql | ExternalMysql | SecretKey
Broker: TypeAlias = (
    EmbeddedRedis | ExternalRedis | RedisSentinel | EmbeddedRabbitmq | ExternalRabbitmq | SecretKey
)
ResultBackend: TypeAlias = ExternalRedis | RedisSentinel | ExternalPostgresql | SecretKey
Results: TypeAlias = ResultBackend | EmbeddedRedis | EmbeddedPostgresql


@dataclass(frozen=True, kw_only=True)
class Backends:
    """The props of broker, result backend, database and Flower."""

    broker: Broker
    """Celery's broker."""
    result_backend: ResultBackend | None
    """The result backend that the user has set, if any; see `results`."""
    database: object
    """The metadata database."""
    flower: Flower | None = None
    """The props of Flower, if it is enabled."""

    @property
    def results(self) -> Results:
        """The result backend: the one that is set, else the broker, else the database.

        Raises:
            ValueError: when none of these can be one.
        """
        if self.result_backend is not None:
            return self.result_backend
        if isinstance(self.broker, EmbeddedRedis | ExternalRedis | RedisSentinel):
            return self.broker
        if isinstance(self.database, EmbeddedPostgresql):
            return self.database
        kept = "a broker URL from a Secret" if isinstance(self.broker, SecretKey) else "RabbitMQ"
        raise ValueError(
            f"result_backend is not set: {kept} does not say where Celery's results go, and "
            "database= is not the release's own PostgreSQL; give an ExternalPostgresql with a user "
            "that cannot read the metadata, an ExternalRedis, a RedisSentinel or a SecretKey"
        )

    @property
    def problems(self) -> list[str]:
        """The problems of their combination."""
        try:
            results = self.results
        except ValueError as error:
            return [str(error)]
        token = results.token if isinstance(results, ExternalPostgresql) else None
        if token is None:
            return []
        return [
            f"result_backend=ExternalPostgresql(token={type(token).__name__}(...)): Celery opens "
            "that database itself, by a password that stays, and workers have no token for the "
            "metadata; give a user with password=, or an ExternalRedis"
        ]


@dataclass(frozen=True, kw_only=True)
class CeleryBackends(CelerySettings):
    """The URLs of broker and result backend, and the embedded database for results."""

    backends: Backends
    """The props of broker, result backend, database and Flower."""

    def settings(self, platform: Platform) -> Mapping[str, object]:
        """Settings of Celery for these servers, for `[celery] extra_celery_config`."""
        return self._access(platform).settings

    def generated(self, platform: Platform) -> Sequence[GeneratedSecret]:
        """The password of the database for results, if there is one."""
        database = self._database(platform)
        return database.generated(platform) if database else []

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The URLs; in the migrations Job, what creates the database for results."""
        parts, database = self._access(platform).parts(role, platform), self._database(platform)
        return parts + database.parts(role, platform) if database else parts

    def _database(self, platform: Platform) -> ResultDatabase | None:
        results = self.backends.results
        if not isinstance(results, EmbeddedPostgresql):
            return None
        passwords = results.result_passwords(platform.release)
        return ResultDatabase(name=RESULT_DATABASE, passwords=passwords)

    def _access(self, platform: Platform) -> CeleryAccess:
        broker, release = self.backends.broker, platform.release
        url = Url(template=broker) if isinstance(broker, SecretKey) else broker.url(release)
        return CeleryAccess(broker=url, result_backend=self._results(platform))

    def _results(self, platform: Platform) -> Url:
        results, pooled = self.backends.results, platform.find(PgBouncerPods)
        if pooled and pooled.pooler.results_url:
            return pooled.pooler.results_url
        if isinstance(results, SecretKey):
            return Url(template=results, url_variable="RESULT_BACKEND_WHOLE_URL")
        prefix = BROKER if results is self.backends.broker else RESULT_BACKEND
        return results.result_backend_url(platform.release, prefix)
