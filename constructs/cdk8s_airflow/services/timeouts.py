"""Time-outs of clients of SQL servers, for servers that do not answer.

Without them, `connect()` to a dead address hangs for two minutes, and an open connection for a
quarter of an hour, while the kernel sends again and again.
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
"""Probes without an answer after which a connection is closed: after 10 + 2 x 5 s of silence in
all. So clients continue at most 15 s after a new server is ready, and shorter network outages do no
harm."""
UNCONFIRMED_MILLISECONDS = 1000 * (IDLE_SECONDS + PROBES * INTERVAL_SECONDS)
"""`TCP_USER_TIMEOUT`: how long sent data may stay unacknowledged, the same 20 s."""

LIBPQ: Mapping[str, str] = {
    "connect_timeout": str(CONNECT_SECONDS),
    "keepalives": "1",
    "keepalives_idle": str(IDLE_SECONDS),
    "keepalives_interval": str(INTERVAL_SECONDS),
    "keepalives_count": str(PROBES),
    "tcp_user_timeout": str(UNCONFIRMED_MILLISECONDS),
}
"""These numbers as parameters of libpq."""
MYSQL: Mapping[str, str] = {"connect_timeout": str(CONNECT_SECONDS)}
"""As parameters of mysqlclient; the program cdk8s_airflow_database.py sets the others on its
sockets."""
PGBOUNCER: Mapping[str, str] = {
    "server_connect_timeout": str(CONNECT_SECONDS),
    "tcp_keepidle": str(IDLE_SECONDS),
    "tcp_keepintvl": str(INTERVAL_SECONDS),
    "tcp_keepcnt": str(PROBES),
    "tcp_user_timeout": str(UNCONFIRMED_MILLISECONDS),
}
"""As options of PgBouncer, for servers and clients; it sends keepalives by default."""
WHOLE_URLS = tuple(
    f"{kind}={urlencode(parameters)}"
    for kind, parameters in (("postgresql", LIBPQ), ("mysql", MYSQL))
)
"""As arguments of url.py, for a URL in a Secret."""
