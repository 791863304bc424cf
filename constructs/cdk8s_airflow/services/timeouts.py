"""How long clients of SQL servers wait for one that does not answer: an address that is dead.

A dead address is silent: connections to it hang in `connect()` for two minutes, and open ones for a
quarter of an hour, as the kernel sends again and again. So each client gives up by these numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

CONNECT_SECONDS = 5
"""To connect and to log in. A healthy server needs milliseconds; five seconds leave room for a
packet that is lost twice (the kernel sends it again after 1 and 3 s)."""
IDLE_SECONDS = 10
"""Silence after which an open connection is probed."""
INTERVAL_SECONDS = 5
"""Between two probes."""
PROBES = 2
"""Probes without an answer after which it is given up: 10 + 2 x 5 s of silence in all, so that who
waits on a dead server goes on within 15 s after a new one is ready, which takes some seconds
itself; and a network that is gone for less is not noticed."""
UNCONFIRMED_MILLISECONDS = 1000 * (IDLE_SECONDS + PROBES * INTERVAL_SECONDS)
"""For which what was sent may stay unconfirmed, `TCP_USER_TIMEOUT`: the same 20 s."""

LIBPQ: Mapping[str, str] = {
    "connect_timeout": str(CONNECT_SECONDS),
    "keepalives": "1",
    "keepalives_idle": str(IDLE_SECONDS),
    "keepalives_interval": str(INTERVAL_SECONDS),
    "keepalives_count": str(PROBES),
    "tcp_user_timeout": str(UNCONFIRMED_MILLISECONDS),
}
"""As parameters of libpq spell it."""
MYSQL: Mapping[str, str] = {"connect_timeout": str(CONNECT_SECONDS)}
"""As mysqlclient does; the program cdk8s_airflow_database.py sets the rest on its sockets."""
PGBOUNCER: Mapping[str, str] = {
    "server_connect_timeout": str(CONNECT_SECONDS),
    "tcp_keepidle": str(IDLE_SECONDS),
    "tcp_keepintvl": str(INTERVAL_SECONDS),
    "tcp_keepcnt": str(PROBES),
    "tcp_user_timeout": str(UNCONFIRMED_MILLISECONDS),
}
"""As PgBouncer does, for servers and clients alike; it sends keepalives by default."""
WHOLE_URLS = tuple(
    f"{kind}={urlencode(parameters)}"
    for kind, parameters in (("postgresql", LIBPQ), ("mysql", MYSQL))
)
"""As url.py takes it for a URL of which only a Secret knows the kind."""
