"""Makes Celery's result database in the metadata database's server, with a role of its own.

Usage: python result_database.py NAME [ROLE=VARIABLE ...]

NAME is that of the database and of the role, which owns it and can connect to no other. What
exists is kept; the role gets the password of RESULT_BACKEND_PASSWORD each time, or none without
that. Each further ROLE has the password of VARIABLE and does all as the role NAME.
"""

import os
import sys
from typing import Any

from psycopg2 import connect
from psycopg2.extensions import encrypt_password
from psycopg2.sql import SQL, Identifier, Literal
from sqlalchemy.engine import make_url
from url import credential, option


def hashed(connection: Any, name: str, password: str | None) -> Literal:
    """A password as SQL, hashed here so that it is in no log of the server; None forbids to log in.

    Args:
        connection: to the server.
        name: of the role.
        password: the password.
    """
    found = password and encrypt_password(password, name, connection, "scram-sha-256")
    return Literal(found)


def ensure_login(connection: Any, name: str, owner: str, password: str, kind: str) -> None:
    """Makes a further role, which does all as the owner.

    Args:
        connection: to the server, as a superuser that commits each statement.
        name: of the role.
        owner: whose objects it makes.
        password: the password.
        kind: `superuser` or `nosuperuser`.
    """
    with connection.cursor() as cursor:
        cursor.execute("select 1 from pg_roles where rolname = %s", (name,))
        role, of = Identifier(name), Identifier(owner)
        if not cursor.fetchone():
            cursor.execute(SQL("create role {}").format(role))
        cursor.execute(
            SQL(f"alter role {{}} login {kind} password {{}}").format(
                role, hashed(connection, name, password)
            )
        )
        cursor.execute(SQL("grant {} to {}").format(of, role))
        cursor.execute(SQL("alter role {} set role = {}").format(role, Literal(owner)))


def known(name: str) -> str | None:
    """A password, or none where it has no variable."""
    return credential(name) if name in os.environ or f"{name}_FILE" in os.environ else None


def ensure(connection: Any, name: str, password: str | None, metadata: str) -> None:
    """Makes the role and the database, and keeps the role out of the metadata."""
    connection.autocommit = True
    with connection.cursor() as cursor:

        def do(statement: str, *words: Any) -> None:
            cursor.execute(SQL(statement).format(*words))

        role = Identifier(name)
        cursor.execute("select 1 from pg_roles where rolname = %s", (name,))
        if not cursor.fetchone():
            do("create role {}", role)
        do("alter role {} login nosuperuser nocreatedb nocreaterole password {}", role,
           hashed(connection, name, password))  # fmt: skip
        cursor.execute("select 1 from pg_database where datname = %s", (name,))
        if not cursor.fetchone():
            do("create database {} owner {}", role, role)
        for database in (metadata, name, "postgres", "template1"):
            do("revoke connect, temporary on database {} from public", Identifier(database))


if __name__ == "__main__":
    url = make_url(option("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"))
    server = connect(
        host=url.host,
        port=url.port,
        dbname=url.database,
        user=url.username,
        password=url.password,
        **{name: str(value) for name, value in url.query.items()},
    )
    database, *others = sys.argv[1:]
    ensure(server, database, known("RESULT_BACKEND_PASSWORD"), str(url.database))
    for role, _, variable in (each.partition("=") for each in others):
        ensure_login(server, role, database, credential(variable), "nosuperuser")
    server.close()
    print(f"database {database}: ready, with a role of its own")
