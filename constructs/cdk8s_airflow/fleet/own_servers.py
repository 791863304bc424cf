"""Servers that a fleet makes for all its releases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from cdk8s_airflow.components.pgbouncer import PgBouncer
from cdk8s_airflow.components.release_namespace import Namespace
from cdk8s_airflow.fleet.places import FleetPostgresql, FleetRedis, Place
from cdk8s_airflow.fleet.pooler import LOOKUPS, POOLER
from cdk8s_airflow.fleet.release import FleetRelease
from cdk8s_airflow.fleet.servers import SharedServers
from cdk8s_airflow.fleet.share import Share
from cdk8s_airflow.kubernetes.names import dns_label_problems, release_name_problems
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.platform import Role
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.services import pgbouncer, postgresql, redis
from cdk8s_airflow.services.pool_sizes import Load
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql
from cdk8s_airflow.services.redis import EmbeddedRedis
from cdk8s_airflow.services.server import server_host

_POOL = Role.PGBOUNCER.value
_OWN = ("airflow", "pgbouncer", "postgres", "template0", "template1", POOLER)
"""Names of databases and users that the servers have themselves."""
_SPARE, _DIRECT = 10, 2
"""Connections for superusers and a look by hand, and for the Jobs of each release that connect to
PostgreSQL directly, all of which run at once after an upgrade."""
_OWN_WAY = {
    "user": "a user has the name of its database",
    "secret": "each release generates Secrets of its own",
    "result_database": "Celery's results are in Redis",
    "vhost": "the broker is Redis",
}
"""Options of `SharedServers` that are not for servers of the fleet's own."""
_NOT_HERE = {
    "postgresql": ("exporter", "rotation", "service"),
    "redis": ("exporter", "rotation", "service"),
    "pgbouncer": (
        *("ca", "password", "results_password", "results_pool_size", "rotation"),
        *("server_ca", "server_tls", "service", "tls"),
    ),
}
"""Options of servers that a release has of its own, and a fleet's have not."""


@dataclass(frozen=True, kw_only=True)
class FleetServers(SharedServers):
    """One PostgreSQL, one PgBouncer and one Redis for all releases, in a namespace of their own.

    Each release has a database, a user and a password there, which it generates in its own
    namespace; a Job of the servers makes them. A release that leaves the table leaves its database.
    """

    name: str = "servers"
    """Name of their chart and folder, which begins the names of their objects; that of no release.
    Default: `servers`."""
    namespace: str = "airflow-servers"
    """Their namespace; no release is in it. Default: `airflow-servers`."""
    create_namespace: Namespace | None = None
    """Adds the namespace to the bundle. Default: it is there, or the deploy tool makes it."""
    postgresql: EmbeddedPostgresql = EmbeddedPostgresql()
    """The server of all databases. Its `max_connections`, where not set, is 200 or as many times
    twice that as all releases need, so that a new release seldom restarts it. Default: 10 GiB."""
    pgbouncer: PgBouncer | None = PgBouncer()
    """The pool before it, with `pool_size` connections for each release. None: Airflow connects to
    PostgreSQL itself. Default: two pods, each pool by the size of its release."""
    redis: EmbeddedRedis = EmbeddedRedis()
    """The broker of the releases that have a Celery executor, and the place of their results.
    Default: 1 GiB."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from release_name_problems(self.name)
        yield from dns_label_problems("FleetServers.namespace", self.namespace)
        for option, why in _OWN_WAY.items():
            if getattr(self, option) != getattr(FleetServers, option):
                yield f"FleetServers({option}={getattr(self, option)!r}): {why}; leave it out"
        for server, options in _NOT_HERE.items():
            given = getattr(self, server)
            for option in options if given else ():
                if (value := getattr(given, option)) != getattr(type(given), option):
                    yield (
                        f"FleetServers({server}={type(given).__name__}({option}={value!r})) is not "
                        "for the servers of a fleet: leave it out, or bring servers of yours, on "
                        "which SharedServers tells the releases apart"
                    )

    def applied(self, props: AirflowProps, release: FleetRelease) -> AirflowProps:
        """The props of a release, on the fleet's servers.

        Args:
            props: all settings of the release.
            release: its row.

        Raises:
            ValueError: for a name that is none in SQL.
        """
        changes: dict[str, Any] = {}
        if "database" not in release.overrides:
            changes["database"] = self._database(release)
        if "broker" not in release.overrides and props.all_executors.celery:
            changes["broker"] = FleetRedis(
                place=self.place,
                host=self._host("redis"),
                port=self.place.ports["redis"],
                user=release.name,
                password=SecretKey(name=f"{release.release_name}-redis", key="password"),
            )
        return super().applied(replace(props, **changes), release)

    def max_connections(self, shares: Sequence[Share]) -> int:
        """`max_connections` of PostgreSQL.

        Raises:
            ValueError: when the number that is set is too small.
        """
        needed = self._connections(shares)
        given, default = self.postgresql.max_connections, EmbeddedPostgresql.max_connections
        if given == default:
            while given < needed:
                given *= 2
        elif given < needed:
            remedy = "lower PgBouncer(pool_size=...)" if self.pgbouncer else "add PgBouncer()"
            raise ValueError(
                f"FleetServers(postgresql=EmbeddedPostgresql(max_connections={given})): "
                f"{len(shares)} releases may open {needed}; raise it, leave it out, or {remedy}"
            )
        return given

    def service(self, component: str) -> str:
        """Name of the Service of a server, for its clients."""
        return server_host(self.name, component) if component != _POOL else f"{self.name}-{_POOL}"

    def pool_size(self, load: Load) -> int:
        """Connections of one PgBouncer to the database of a release."""
        return self.pgbouncer.sizes(load)[0] if self.pgbouncer else 0

    def problems(self, defaults: AirflowProps, shares: Sequence[Share]) -> Iterator[str]:
        """What does not fit together in a fleet.

        Args:
            defaults: of the fleet.
            shares: of all releases.
        """
        for option in ("database", "broker", "pgbouncer", "result_backend"):
            if getattr(defaults, option) is not getattr(AirflowProps, option):
                yield (
                    f"Fleet(defaults=AirflowProps({option}=...), servers=FleetServers(...)): both "
                    "name a server for all; leave one out, or give it to a release by its overrides"
                )
        for share in shares:
            row = share.release
            if self.name in (row.name, row.release_name):
                yield (
                    f"release {self.name!r} of the fleet has the name of the servers: give "
                    "FleetServers(name=...) another"
                )
            if row.place == self.namespace:
                yield (
                    f"release {row.name!r} of the fleet is in the namespace of the servers, "
                    f"{self.namespace!r}: give one of them another"
                )
            name = str(share.database.database) if share.database else ""
            if name in _OWN:
                yield (
                    f"release {row.name!r} of the fleet: PostgreSQL has a user or database {name!r}"
                    " itself; give FleetServers(database='airflow_{name}')"
                )
            if share.redis and row.name == "default":
                yield (
                    "release 'default' of the fleet: Redis has a user 'default' itself; give the "
                    "release another name"
                )
        prefixes = sorted((each.prefix, each.release.name) for each in shares if each.redis)
        for (one, name), (other, longer) in pairwise(prefixes):
            if other.startswith(one):
                yield (
                    f"releases {name!r} and {longer!r} of the fleet: the prefix {one!r} begins "
                    f"{other!r}, so one could read the keys of the other; give "
                    "FleetServers(keyprefix='{name}:')"
                )
        try:
            self.max_connections(shares)
        except ValueError as error:
            yield str(error)

    @property
    def _user(self) -> str | None:
        return self.database

    @property
    def _remedy(self) -> str:
        return "database='airflow_{name}'"

    def _connections(self, shares: Sequence[Share]) -> int:
        """Connections to PostgreSQL that may be open at a time, a rollout of PgBouncer included."""
        loads = [each.load for each in shares if each.database]
        if self.pgbouncer is None:
            return _SPARE + sum(each.engine_connections * each.processes for each in loads)
        each_pod = LOOKUPS + sum(self.pool_size(each) + LOOKUPS for each in loads)
        return _SPARE + _DIRECT * len(loads) + (self.pgbouncer.replicas + 1) * each_pod

    @property
    def place(self) -> Place:
        """Where the servers are."""
        ports = {"postgresql": postgresql.PORT, "redis": redis.PORT}
        if self.pgbouncer:
            ports[_POOL] = pgbouncer.PORT
        return Place(servers=self.name, namespace=self.namespace, ports=ports)

    def _host(self, component: str) -> str:
        return f"{self.service(component)}.{self.namespace}.svc"

    def _database(self, release: FleetRelease) -> FleetPostgresql:
        direct, place = self._host("postgresql"), self.place
        password = SecretKey(name=f"{release.release_name}-postgresql", key="password")
        port = place.ports["postgresql"]
        if self.pgbouncer is None:
            return FleetPostgresql(place=place, host=direct, port=port, password=password)
        return FleetPostgresql(
            place=place,
            host=self._host(_POOL),
            port=place.ports[_POOL],
            direct_host=direct,
            direct_port=port,
            password=password,
        )
