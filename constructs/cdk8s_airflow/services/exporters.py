"""Exporters of servers: metrics of PostgreSQL and Redis for Prometheus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.pods import PodProps
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.kubernetes.scraped import Scraped

POSTGRESQL, REDIS = "postgresql-exporter", "redis-exporter"
"""Their components."""
USER = "exporter"
"""The user that they have in embedded servers, who may read metrics alone."""


@dataclass(frozen=True, kw_only=True)
class ServerExporter(Scraped, PodProps):
    """Props of an exporter that asks a server at each scrape, in a pod of its own."""

    user: str | SecretKey | None = None
    """User of an external server, literal or from a Secret; one with no more rights than it needs.
    Default: the server's `user` and `password`; in an embedded server the user `exporter`, which
    the release makes."""
    password: SecretKey | None = None
    """Its password. Default: none for an external `user`; generated for an embedded server."""

    def embedded_problems(self, owner: str) -> Iterator[str]:
        """What is wrong with the exporter of an embedded server, which messages call `owner`."""
        if self.user is not None:
            yield (
                f"{owner}(exporter={type(self).__name__}(user=...)): the release makes the user "
                f"{USER!r} there, with no more rights than the exporter needs; leave user= out"
            )

    def external_problems(self, owner: str) -> Iterator[str]:
        """What is wrong with the exporter of an external server, which messages call `owner`."""
        if self.password is not None and self.user is None:
            yield (
                f"{owner}(exporter={type(self).__name__}(password=...)): expected user= too, whose "
                "password it is; without both the exporter logs in as Airflow does"
            )


@dataclass(frozen=True, kw_only=True)
class PostgresqlExporter(ServerExporter):
    """postgres_exporter: metrics of a PostgreSQL for Prometheus, on port 9187, path `/metrics`.

    In an embedded server it logs in with the rights of `pg_monitor`, which sees statistics and no
    rows. It goes past PgBouncer. Its driver knows no `prefer`: it encrypts unless `sslmode` is
    `disable`. It cannot read a user, password or database with a space, and writes them into its
    log then. Default: `prometheuscommunity/postgres-exporter:v0.17.1`. Default resources: 20m CPU,
    32Mi, limit 128Mi.
    """

    def words_problems(self, **words: object) -> Iterator[str]:
        """What the exporter cannot read, as far as it is known: literals with a space.

        Args:
            words: option of the server -> its value.
        """
        for option, value in words.items():
            if isinstance(value, str) and len(value.split()) > 1:
                yield (
                    f"ExternalPostgresql({option}={value!r}, exporter=PostgresqlExporter()): the "
                    "exporter cannot read one with a space; leave exporter= out, or give it a user "
                    "or a database without"
                )


@dataclass(frozen=True, kw_only=True)
class RedisExporter(ServerExporter):
    """redis_exporter: metrics of a Redis for Prometheus, on port 9121, path `/metrics`.

    `redis_key_size` has the length of each queue of the workers. In an embedded server its user may
    read statistics and lengths, and neither values nor settings. Default:
    `oliver006/redis_exporter:v1.74.0`. Default resources: 20m CPU, 32Mi, limit 128Mi.
    """


def exporter_password(release: str, component: str, props: ServerExporter) -> SecretKey:
    """The password of `USER` in an embedded server; the release generates what is not brought.

    Args:
        release: name of the release.
        component: `POSTGRESQL` or `REDIS`.
        props: the user's settings.
    """
    return props.password or SecretKey(name=f"{release}-{component}", key="password")
