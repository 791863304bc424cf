"""What Celery talks to: a broker, a place for results, and Flower beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from cdk8s_airflow.components.flower import Flower
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql, ExternalPostgresql
from cdk8s_airflow.services.rabbitmq import EmbeddedRabbitmq, ExternalRabbitmq
from cdk8s_airflow.services.redis import EmbeddedRedis, ExternalRedis
from cdk8s_airflow.services.redis_sentinel import RedisSentinel

Broker: TypeAlias = (
    EmbeddedRedis | ExternalRedis | RedisSentinel | EmbeddedRabbitmq | ExternalRabbitmq | SecretKey
)
ResultBackend: TypeAlias = ExternalRedis | RedisSentinel | ExternalPostgresql | SecretKey
Results: TypeAlias = ResultBackend | EmbeddedRedis | EmbeddedPostgresql


@dataclass(frozen=True, kw_only=True)
class Backends:
    """What the props say of them."""

    broker: Broker
    """What feeds the workers."""
    result_backend: ResultBackend | None
    """Where results go; None: what `results` finds."""
    database: object
    """The metadata database."""
    flower: Flower | None = None
    """Flower, if it is wanted."""

    @property
    def results(self) -> Results:
        """Where results go: the result backend, else the broker, else the database.

        Raises:
            ValueError: when nothing of the release can keep them.
        """
        if self.result_backend is not None:
            return self.result_backend
        if isinstance(self.broker, EmbeddedRedis | ExternalRedis | RedisSentinel):
            return self.broker
        if isinstance(self.database, EmbeddedPostgresql):
            return self.database
        kept = "a broker URL from a Secret" if isinstance(self.broker, SecretKey) else "RabbitMQ"
        raise ValueError(
            f"result_backend is not set: {kept} says nothing of where Celery's results go, and "
            "database= is not the release's own PostgreSQL; give an ExternalPostgresql with a user "
            "that cannot read the metadata, an ExternalRedis, a RedisSentinel or a SecretKey"
        )

    @property
    def findings(self) -> list[str]:
        """What is wrong with them together."""
        try:
            _ = self.results
        except ValueError as error:
            return [str(error)]
        return []
