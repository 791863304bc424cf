"""Makes what each release of a fleet has on the fleet's servers: databases, users, rights.

Usage: python share_servers.py SECONDS FILE

FILE is JSON, a list of the releases with the names of what they have; the environment names the
servers, POSTGRESQL_..., POOLER_... where PgBouncer looks up users, and REDIS_.... The passwords are
in Secrets of the releases' namespaces, each made by its release and read here by its name. What
exists is kept, and gets the password of the Secret each time; nothing is ever deleted.

A release whose Secret cannot be read yet keeps no other waiting. Exits with 75 (`os.EX_TEMPFAIL`)
when SECONDS have passed and one is still missing; the Job is then tried again.
"""

import base64
import hashlib
import json
import os
import ssl
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from bootstrap import ACCOUNT
from psycopg2 import Error, connect
from psycopg2.sql import SQL, Identifier
from result_database import ensure, hashed
from url import credential

PAUSE, SAY = 1.0, 30.0
"""Seconds from one try to the next, and from one line in the log to the next."""
LOOKUP = """
create schema if not exists pooler;
create or replace function pooler.login(name text, out login text, out word text)
    language sql security definer set search_path = pg_catalog as
    'select rolname::text, rolpassword from pg_authid
     where rolname = $1 and rolname = current_database() and not rolsuper';
revoke all on function pooler.login(text) from public;
"""
"""What PgBouncer asks, in the database to which a user wants to connect, for the user's password,
which comes hashed. Whatever the owner of a database may do there, it tells of that owner alone."""
COMMANDS = (
    *("+@read", "+@write", "+@connection", "+@transaction", "+@pubsub", "+@scripting", "+time"),
    # Names of the keys and channels of all.
    *("-@dangerous", "-@admin", "-scan", "-randomkey", "-dbsize", "-pubsub"),
    # Scripts and functions are of all users, too.
    *("-function", "-script", "+script|load", "+script|exists"),
)
"""What a user of Redis may do, for Celery and Flower."""
PATTERNS = ("/0.celery.pidbox", "/0.celeryev/worker.*", "/0.celeryev/*")
"""The patterns to which Celery and Flower subscribe. Redis compares those of a user with these
letter by letter, so one with a star for all of a prefix would not do."""


Release: TypeAlias = Mapping[str, Any]
"""Its name and namespace, and by server the names of what it has and of the Secret."""


class NotYetError(Exception):
    """Why something cannot be done now."""


def read_secret(namespace: str, name: str, key: str) -> str:
    """A value of a Secret.

    Raises:
        NotYetError: when it is not there, or may not be read.
    """
    host, port = os.environ["KUBERNETES_SERVICE_HOST"], os.environ["KUBERNETES_SERVICE_PORT"]
    host = f"[{host}]" if ":" in host else host
    request = Request(
        f"https://{host}:{port}/api/v1/namespaces/{namespace}/secrets/{name}",
        headers={"Authorization": f"Bearer {(ACCOUNT / 'token').read_text().strip()}"},
    )
    context = ssl.create_default_context(cafile=str(ACCOUNT / "ca.crt"))
    try:
        with urlopen(request, timeout=30, context=context) as answer:
            data = json.load(answer).get("data") or {}
    except HTTPError as error:
        why = {403: "may not be read yet", 404: "is not there yet"}.get(error.code, str(error))
        raise NotYetError(f"Secret {name} of namespace {namespace} {why}") from error
    except URLError as error:
        raise NotYetError(f"Secret {name} of namespace {namespace}: {error}") from error
    if key not in data:
        raise NotYetError(f"Secret {name} of namespace {namespace} has no key {key!r}")
    return base64.b64decode(data[key]).decode()


def make_pooler(connection: Any, name: str, database: str, password: str) -> None:
    """Makes the user by whom PgBouncer looks up the others."""
    with connection.cursor() as cursor:
        cursor.execute("select 1 from pg_roles where rolname = %s", (name,))
        role = Identifier(name)
        if not cursor.fetchone():
            cursor.execute(SQL("create role {}").format(role))
        word = hashed(connection, name, password)
        cursor.execute(SQL("alter role {} login nosuperuser password {}").format(role, word))
        cursor.execute(SQL("grant connect on database {} to {}").format(Identifier(database), role))


def make_lookup(connection: Any, pooler: str, database: str) -> None:
    """Makes what PgBouncer asks in the database of a release.

    Args:
        connection: to that database, as a superuser that commits each statement.
        pooler: the user by whom it asks.
        database: the database.
    """
    role, place = Identifier(pooler), Identifier(database)
    with connection.cursor() as cursor:
        cursor.execute(LOOKUP)
        cursor.execute(SQL("grant connect on database {} to {}").format(place, role))
        cursor.execute(SQL("grant usage on schema pooler to {}").format(role))
        cursor.execute(SQL("grant execute on function pooler.login(text) to {}").format(role))


def access(prefix: str, password: str) -> list[str]:
    """The rules of a user of Redis, for `ACL SETUSER`: the keys and channels of a prefix alone."""
    word = hashlib.sha256(password.encode()).hexdigest()
    channels = [f"&{prefix}{pattern}" for pattern in PATTERNS]
    return ["reset", "on", f"#{word}", f"~{prefix}*", f"&{prefix}*", *channels, *COMMANDS]


class Servers:
    """The connections to the servers."""

    def __init__(self) -> None:
        """Connects, and makes what all releases need.

        Raises:
            NotYetError: when a server does not answer.
        """
        self._database = os.environ["POSTGRESQL_DATABASE"]
        self._pooler = os.environ.get("POOLER_USER", "")
        try:
            self._sql = self._connected(self._database)
            if self._pooler:
                word = credential("POOLER_PASSWORD")
                make_pooler(self._sql, self._pooler, self._database, word)
        except Error as error:
            raise NotYetError(f"PostgreSQL: {str(error).strip()}") from error
        self._redis: Any = None
        if host := os.environ.get("REDIS_HOST"):
            from redis import Redis

            self._redis = Redis(
                host=host,
                port=int(os.environ["REDIS_PORT"]),
                password=credential("REDIS_PASSWORD"),
                socket_connect_timeout=5,
            )

    def make(self, release: Release) -> None:
        """Makes what a release has.

        Raises:
            NotYetError: when a password is not there, or a server does not answer.
        """
        words = {
            kind: read_secret(release["namespace"], *release[kind]["secret"])
            for kind in ("database", "redis")
            if release.get(kind)
        }
        if "database" in words:
            try:
                self._own_database(release["database"]["name"], words["database"])
            except Error as error:
                raise NotYetError(f"PostgreSQL: {str(error).strip()}") from error
        if "redis" in words:
            self._acl(release["redis"], words["redis"])

    def close(self) -> None:
        """Closes the connections."""
        self._sql.close()
        if self._redis is not None:
            self._redis.close()

    def _connected(self, database: str) -> Any:
        connection = connect(
            host=os.environ["POSTGRESQL_HOST"],
            port=os.environ["POSTGRESQL_PORT"],
            dbname=database,
            user=os.environ["POSTGRESQL_USER"],
            password=credential("POSTGRESQL_PASSWORD"),
            connect_timeout=5,
        )
        connection.autocommit = True
        return connection

    def _own_database(self, name: str, password: str) -> None:
        ensure(self._sql, name, password, self._database)
        if self._pooler:
            connection = self._connected(name)
            try:
                make_lookup(connection, self._pooler, name)
            finally:
                connection.close()

    def _acl(self, user: Mapping[str, str], password: str) -> None:
        from redis import RedisError

        try:
            rules = access(user["prefix"], password)
            self._redis.execute_command("ACL", "SETUSER", user["user"], *rules)
            self._redis.execute_command("ACL", "SAVE")
        except RedisError as error:
            raise NotYetError(f"Redis: {error}") from error


def made(waiting: Sequence[Release]) -> Sequence[tuple[Release, str]]:
    """Tries the releases; those that have to be tried again, and why."""
    try:
        servers = Servers()
    except NotYetError as error:
        return [(release, str(error)) for release in waiting]
    left = []
    for release in waiting:
        try:
            servers.make(release)
            print(f"release {release['release']}: ready", flush=True)
        except NotYetError as error:
            left.append((release, str(error)))
    servers.close()
    return left


def main(seconds: str, file: str) -> None:
    """Makes what all releases have."""
    waiting = json.loads(Path(file).read_text("utf-8"))
    deadline, said = time.monotonic() + float(seconds), 0.0
    while left := made(waiting):
        waiting = [release for release, _ in left]
        now = time.monotonic()
        if now > deadline:
            print(f"{len(left)} releases are not ready: {left[0][1]}", file=sys.stderr)
            sys.exit(os.EX_TEMPFAIL)
        if not said or now - said > SAY:
            said = now
            print(f"{len(left)} releases to be tried again: {left[0][1]}", flush=True)
        time.sleep(PAUSE)


if __name__ == "__main__":
    main(*sys.argv[1:])
