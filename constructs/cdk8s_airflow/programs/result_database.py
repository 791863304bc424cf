"""Makes Celery's result database in the metadata database's server, with a role of its own.

Usage: python result_database.py NAME

NAME is that of the database and of the role, which owns it and can connect to no other. What
exists is kept; the role gets the password of RESULT_BACKEND_PASSWORD each time.
"""

import sys
from typing import Any

from psycopg2 import connect
from psycopg2.extensions import encrypt_password
from psycopg2.sql import SQL, Identifier, Literal
from sqlalchemy.engine import make_url
from url import credential, option


def ensure(connection: Any, name: str, password: str, metadata: str) -> None:
    """Makes the role and the database, and keeps the role out of the metadata."""
    connection.autocommit = True
    with connection.cursor() as cursor:

        def do(statement: str, *words: Any) -> None:
            cursor.execute(SQL(statement).format(*words))

        role = Identifier(name)
        cursor.execute("select 1 from pg_roles where rolname = %s", (name,))
        if not cursor.fetchone():
            do("create role {}", role)
        # Hashed here, so that the password is in no log of the server.
        hashed = encrypt_password(password, name, connection, "scram-sha-256")
        do("alter role {} login nosuperuser nocreatedb nocreaterole password {}", role,
           Literal(hashed))  # fmt: skip
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
    ensure(server, sys.argv[1], credential("RESULT_BACKEND_PASSWORD"), str(url.database))
    server.close()
    print(f"database {sys.argv[1]}: ready, with a role of its own")
