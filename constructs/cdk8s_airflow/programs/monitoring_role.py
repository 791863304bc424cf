"""Makes the role by which an exporter reads the statistics of the embedded PostgreSQL.

Usage: python monitoring_role.py SECONDS HOST PORT NAME OWNER ROLE

NAME is the metadata database, OWNER a superuser with the password of DATABASE_PASSWORD. ROLE gets
that of EXPORTER_PASSWORD each time and the rights of pg_monitor: it sees statistics and settings,
and no rows. SECONDS is how long to wait for the server.
"""

import os
import sys
import time
from typing import Any

from database_roles import connected
from psycopg2.sql import SQL, Identifier
from result_database import hashed
from url import credential


def ensure(connection: Any, database: str, role: str, password: str) -> None:
    """Makes the role, or gives it its password anew.

    Args:
        connection: to the server, as a superuser that commits each statement.
        database: that it may connect to.
        role: its name.
        password: the password.
    """
    with connection.cursor() as cursor:
        cursor.execute("select 1 from pg_roles where rolname = %s", (role,))
        name = Identifier(role)
        if not cursor.fetchone():
            cursor.execute(SQL("create role {}").format(name))
        cursor.execute(
            SQL(
                "alter role {} login nosuperuser nocreatedb nocreaterole noreplication password {}"
            ).format(name, hashed(connection, role, password))
        )
        cursor.execute(SQL("grant pg_monitor to {}").format(name))
        cursor.execute(SQL("grant connect on database {} to {}").format(Identifier(database), name))


if __name__ == "__main__":
    os.umask(0o077)
    seconds, host, port, database, owner, role = sys.argv[1:]
    passwords = {owner: credential("DATABASE_PASSWORD")}
    server = connected(host, port, database, passwords, time.monotonic() + float(seconds))
    server.autocommit = True
    ensure(server, database, role, credential("EXPORTER_PASSWORD"))
    server.close()
    print(f"role {role}: ready, with the rights of pg_monitor")
