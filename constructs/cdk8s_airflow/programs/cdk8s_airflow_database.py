"""What Airflow's connections to its database need that no URL can hold; Airflow imports it.

`[database] sql_alchemy_connect_args_async` names `asynchronous` here: the time to connect, as a
number, and TLS as aiomysql takes it. asyncpg, aiomysql and mysqlclient know no parameters for TCP
keepalives either, so the sockets of these get them once they are connected.

Airflow's scheduler, DAG processor and triggerer end when a connection is refused or breaks. Where
RECONNECT_SECONDS is set, it is tried again for so long. While they use a connection they hold a
lock for which a PostgreSQL that is told to stop waits. When one breaks in use nevertheless, they
begin anew in their container. So they outlive a database that is replaced.

Where DATABASE_LOGIN is set, each connection to the metadata database gets a token for a password.
"""

import os
import socket
import ssl
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any

from airflow.configuration import conf
from sqlalchemy import event
from sqlalchemy.engine import URL, Dialect, Engine, make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError, PendingRollbackError
from sqlalchemy.pool import Pool

# Seconds of silence, seconds between two probes, probes without an answer, and milliseconds for
# which what is sent may stay unconfirmed: how the URL tells libpq, and what it is otherwise.
OPTIONS = {
    socket.TCP_KEEPIDLE: ("keepalives_idle", 10),
    socket.TCP_KEEPINTVL: ("keepalives_interval", 5),
    socket.TCP_KEEPCNT: ("keepalives_count", 2),
    socket.TCP_USER_TIMEOUT: ("tcp_user_timeout", 20_000),
}

PAUSE, SAY = 0.5, 10.0
"""Seconds from one try to connect to the next, and from one line in the log to the next."""

USE = "select pg_try_advisory_xact_lock_shared(5432001)"
"""Fails as soon as the server waits for the lock; what it opens is a transaction of the user's."""

USED = "cdk8s_airflow_used"
"""What the pool notes of a connection that was used before."""

BEGUN = "BEGUN_ANEW"
"""Environment: when this process began anew; within a minute it does not again."""


def arguments(url: URL) -> dict[str, Any]:
    """The arguments of the asynchronous driver, by the URL of the other."""
    query = {name: str(value) for name, value in url.query.items()}
    if url.get_backend_name() == "postgresql":
        return {"timeout": float(query.get("connect_timeout", 5)) or None}
    if url.get_backend_name() == "mysql":
        return tls_of_mysql(query)
    return {}


def tls_of_mysql(query: dict[str, str]) -> dict[str, Any]:
    """TLS as mysqlclient is told to speak it."""
    mode, ca, certificate = (query.get(name) for name in ("ssl_mode", "ssl_ca", "ssl_cert"))
    if mode in {None, "DISABLED", "PREFERRED"} and not (ca or certificate):
        return {}
    context = ssl.create_default_context(cafile=ca)
    context.check_hostname = mode == "VERIFY_IDENTITY"
    if not ca and mode not in {"VERIFY_CA", "VERIFY_IDENTITY"}:
        context.verify_mode = ssl.CERT_NONE
    if certificate:
        context.load_cert_chain(certificate, query.get("ssl_key"))
    return {"ssl": context}


def descriptor(driver: Any) -> int | None:
    """The socket of a connection whose driver has no parameters for it."""
    kind = type(driver).__module__.partition(".")[0]
    if kind == "MySQLdb":
        return int(driver.fileno())
    transport = {"asyncpg": "_transport", "aiomysql": "_writer"}.get(kind)
    if transport is None:
        return None
    return int(getattr(driver, transport).get_extra_info("socket").fileno())


def keep_alive(connection: Any, record: Any) -> None:
    """Sets the options of the socket; one that has none of TCP stays as it is."""
    found = descriptor(record.driver_connection)
    if found is None:
        return
    with socket.socket(fileno=os.dup(found)) as opened, suppress(OSError):
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, (parameter, usual) in OPTIONS.items():
            opened.setsockopt(socket.IPPROTO_TCP, name, int(str(url.query.get(parameter, usual))))


def connect(dialect: Dialect, record: object, positional: Any, named: dict[str, Any]) -> Any:
    """A connection of the driver; None leaves asynchronous ones to SQLAlchemy.

    Raises:
        OperationalError: of the driver, when no try succeeds in time.
    """
    if dialect.is_async:
        return log_in(dialect, record, positional, named)
    start, said = time.monotonic(), 0.0
    while True:
        try:
            return log_in(dialect, record, positional, named) or dialect.connect(
                *positional, **named
            )
        except dialect.loaded_dbapi.OperationalError as error:
            now = time.monotonic()
            if now - start > float(os.environ["RECONNECT_SECONDS"]):
                raise
            if not said or now - said > SAY:
                said = now
                print(f"waiting for the database: {error}", file=sys.stderr, flush=True)
        time.sleep(PAUSE)


def is_ours(named: Mapping[str, Any]) -> bool:
    """Whether a connection is to the metadata database, and by no password."""
    database = next((named[key] for key in ("dbname", "database", "db") if key in named), None)
    place = [named.get("host"), str(named.get("port")), named.get("user"), database]
    ours = [url.host, str(url.port), url.username, url.database]
    return place == ours and not (named.get("password") or named.get("passwd"))


def log_in(dialect: Dialect, record: object, positional: Any, named: dict[str, Any]) -> Any:
    """A connection by a token; None if it is none to the metadata database, or without one.

    Raises:
        OperationalError: of the driver, when there is no token; Airflow tries again then, as when
            the server does not answer.
    """
    if tokens is None or not is_ours(named):
        return None
    try:
        token = tokens.password(url.host or "", url.port or 0, url.username or "")
    except tokens.TokenError as error:
        raise dialect.loaded_dbapi.OperationalError(str(error)) from error
    try:
        return dialect.connect(*positional, **{**named, "password": token})
    except Exception:
        tokens.forget()
        raise


def use(connection: Any, record: Any, proxy: object) -> None:
    """Takes the lock for a connection that is about to be used; a server that stops gives none.

    Raises:
        DisconnectionError: when the server has ended; the pool then opens another connection.
        Error: of the driver, when that one breaks too. The pool would give up then with an error
            of its own, which Airflow does not try again.
    """
    if type(connection).__module__.partition(".")[0] != "psycopg2":
        return
    if (connection.info.host, connection.info.dbname) != (url.host, url.database):
        return  # of a user's hook, to something that may know no locks
    deadline = time.monotonic() + float(os.environ["RECONNECT_SECONDS"])
    while time.monotonic() < deadline:
        try:
            with connection.cursor() as cursor:
                cursor.execute(USE)
                if cursor.fetchone()[0]:
                    record.info[USED] = True
                    return
            connection.rollback()
        except Exception as error:
            if not connection.closed:
                connection.rollback()
                return  # a server without such locks
            if USED not in record.info:
                raise
            raise DisconnectionError(str(error)) from error
        time.sleep(PAUSE)
    raise DisconnectionError("the server stops")


def broke(error: BaseException) -> bool:
    """Whether a connection broke in use; Airflow's second tries without a rollback tell the other.

    `8s2b` is SQLAlchemy's code of "Can't reconnect until invalid transaction is rolled back".
    """
    if isinstance(error, DBAPIError):
        return bool(error.connection_invalidated)
    return isinstance(error, PendingRollbackError) and error.code == "8s2b"


def begin_anew(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    """Starts the same program in the same process, where a connection that broke has ended it."""
    shown(kind, error, trace)
    since = time.monotonic() - float(os.environ.get(BEGUN, "-inf"))
    if not broke(error) or os.getpid() != process or since < 60:
        return
    print("the connection to the database broke: beginning anew", file=sys.stderr, flush=True)
    os.environ[BEGUN] = str(time.monotonic())
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


url = make_url(conf.get("database", "sql_alchemy_conn"))
tokens: Any = import_module("cdk8s_airflow_token") if "DATABASE_LOGIN" in os.environ else None
if "RECONNECT_SECONDS" in os.environ:
    event.listen(Engine, "do_connect", connect)
    event.listen(Pool, "checkout", use)
    if sys.argv[1:2] in (["scheduler"], ["dag-processor"], ["triggerer"]):
        shown, process = sys.excepthook, os.getpid()
        sys.excepthook = begin_anew
elif tokens:
    event.listen(Engine, "do_connect", log_in)
event.listen(Pool, "connect", keep_alive)
asynchronous = arguments(url)
