"""What a release has of the servers of its fleet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cdk8s_airflow.fleet.clients import broker_clients, database_clients, direct_clients, pods_of
from cdk8s_airflow.fleet.places import FleetPostgresql, FleetRedis
from cdk8s_airflow.fleet.release import FleetRelease
from cdk8s_airflow.fleet.servers import BROKER_SECTION, PREFIX
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.pooling import load_of
from cdk8s_airflow.release.sizes import with_size_defaults
from cdk8s_airflow.services.pool_sizes import Load


@dataclass(frozen=True, kw_only=True)
class Share:
    """What a release has of the servers of its fleet."""

    release: FleetRelease
    """Its row."""
    database: FleetPostgresql | None
    """Its database; None: it has one elsewhere."""
    redis: FleetRedis | None
    """Its user of Redis; None: it has another broker or none."""
    prefix: str
    """The prefix of its keys."""
    load: Load
    """The number of its clients."""
    pooled_clients: list[str]
    """Components that connect to a pool before PostgreSQL."""
    database_clients: list[str]
    """Components that use the database."""
    broker_clients: list[str]
    """Components that use Redis."""

    @staticmethod
    def of(release: FleetRelease, props: AirflowProps) -> Share:
        """What a release has.

        Args:
            release: its row.
            props: all its settings, on the servers.
        """
        database, broker = props.database, props.broker
        uses_redis = isinstance(broker, FleetRedis) and bool(props.all_executors.celery)
        section = (props.config or {}).get(BROKER_SECTION) or {}
        return Share(
            release=release,
            database=database if isinstance(database, FleetPostgresql) else None,
            redis=broker if isinstance(broker, FleetRedis) and uses_redis else None,
            prefix=str(section.get(PREFIX, "")),
            load=load_of(with_size_defaults(props)),
            pooled_clients=database_clients(props, pooled=True),
            database_clients=database_clients(props, pooled=False),
            broker_clients=broker_clients(props),
        )

    @property
    def plan(self) -> Manifest:
        """What the program share_servers.py makes for it."""
        found: dict[str, object] = {"release": self.release.name, "namespace": self.release.place}
        if self.database and self.database.password:
            key = self.database.password
            found["database"] = {"name": self.database.database, "secret": [key.name, key.key]}
        if self.redis and self.redis.password:
            key = self.redis.password
            names = {"user": self.redis.user, "prefix": self.prefix}
            found["redis"] = {**names, "secret": [key.name, key.key]}
        return found

    def clients(self, *, pooled: bool) -> Iterator[tuple[str, Manifest]]:
        """Server -> the pods of the release that connect to it.

        Args:
            pooled: whether there is a PgBouncer before PostgreSQL.
        """

        def pods(components: list[str]) -> Manifest:
            return pods_of(self.release.release_name, self.release.place, components)

        if self.database and pooled:
            yield "postgresql", pods(direct_clients())
            yield "pgbouncer", pods(self.pooled_clients)
        elif self.database:
            yield "postgresql", pods(self.database_clients)
        if self.redis:
            yield "redis", pods(self.broker_clients)
