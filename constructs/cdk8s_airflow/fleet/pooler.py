"""PgBouncer of a fleet: a database for each release, whose users it looks up in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk8s_airflow.components.pgbouncer import PgBouncer
from cdk8s_airflow.kubernetes.key_numbers import FIRST
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.platform import Role
from cdk8s_airflow.services.login import Login
from cdk8s_airflow.services.pgbouncer import METADATA, Pooler
from cdk8s_airflow.services.pgbouncer_pool import Pool
from cdk8s_airflow.services.server import server_host

POOLER = "airflow_pooler"
"""User by whom PgBouncer looks up the passwords of others; the program share_servers.py makes it,
and the function that it calls."""
LOOKUPS = 1
"""Connections of one PgBouncer for that, to each database."""
_FILE = f"{METADATA}.client"


class LookupPool(Pool):
    """PostgreSQL's own database, for the user who looks up passwords, and for readiness."""

    @property
    def users(self) -> Sequence[tuple[str, str, SecretKey]]:
        """The one user."""
        return [(POOLER, _FILE, self.clients[FIRST])]


class SharedPooler(Pooler):
    """The settings of a PgBouncer for many releases.

    It holds no password of theirs: the database that a user connects to tells how the password is
    hashed, and by what the client proves with that PgBouncer logs in to the server in turn.
    """

    def _ini(self) -> Iterator[str]:
        yield from super()._ini()
        yield f"auth_user = {POOLER}"
        yield "auth_query = SELECT login, word FROM pooler.login($1)"

    def _hba(self) -> Iterator[str]:
        """The lines of hba.conf: each user may connect to the database of its name only."""
        if self.exporter:
            yield "local pgbouncer exporter trust"
        yield f"local {METADATA} {POOLER} scram-sha-256"
        for pool in self.pools[1:]:
            yield f"host {pool.name} {pool.name} 0.0.0.0/0 scram-sha-256"
            yield f"host {pool.name} {pool.name} ::/0 scram-sha-256"


def _pool(login: Login, size: int) -> Pool:
    limit = size + LOOKUPS
    return Pool(name=str(login.database), login=login, clients={}, size=size, limit=limit)


def shared_pooler(
    servers: str, props: PgBouncer, login: Login, pools: Sequence[tuple[str, int]], clients: int
) -> SharedPooler:
    """The settings of the PgBouncer of a fleet.

    Args:
        servers: name of the fleet's servers.
        props: the user's settings for it.
        login: the database of PostgreSQL's own, as its superuser.
        pools: name of each database and of its user, and the connections of one pod to it.
        clients: connections that all releases may open.
    """

    def to(database: str) -> Login:
        host = server_host(servers, "postgresql")
        return Login(host=host, port=login.port, database=database, user="", password=None)

    name = f"{servers}-{Role.PGBOUNCER.value}"
    password = SecretKey(name=name, key="password")
    own = LookupPool(
        name=METADATA, login=to(str(login.database)), clients={FIRST: password}, size=LOOKUPS
    )
    return SharedPooler(
        host=name,
        pools=[own, *(_pool(to(database), size) for database, size in pools)],
        clients=props.max_client_connections or clients,
        server_tls="prefer",
        exporter=props.exporter is not None,
    )
