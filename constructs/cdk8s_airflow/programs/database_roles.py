"""Makes the roles of the embedded PostgreSQL whose passwords have other numbers than the first.

Usage: python database_roles.py SECONDS HOST PORT NAME [ROLE=VARIABLE ...]

NAME is that of the database and of the superuser who owns it. Each ROLE has the password of
VARIABLE and does all as NAME. NAME itself is given without a role where its password is no longer
known: it then has none, and can log in from inside the server's pod alone. Whoever of them may log
in already is taken to make the others; SECONDS is how long to wait for one.
"""

import os
import sys
import time
from typing import Any

from psycopg2 import OperationalError, connect
from psycopg2.sql import SQL, Identifier
from result_database import ensure_login, hashed
from url import credential

PAUSE, SAY = 1.0, 10.0
"""Seconds from one try to the next, and from one line in the log to the next."""


def connected(host: str, port: str, name: str, passwords: dict[str, str], deadline: float) -> Any:
    """A connection as one of the roles.

    Args:
        host: of the server.
        port: of the server.
        name: of the database and its owner, who had each of the passwords in an empty volume.
        passwords: role -> password.
        deadline: a `time.monotonic()`.

    Raises:
        SystemExit: when none could log in until the deadline.
    """
    logins = [*passwords.items(), *((name, password) for password in passwords.values())]
    said = 0.0
    while True:
        for role, password in logins:
            try:
                return connect(
                    host=host, port=port, dbname=name, user=role, password=password,
                    connect_timeout=5,
                )  # fmt: skip
            except OperationalError as error:
                why = str(error).strip().splitlines()[-1]
        now = time.monotonic()
        if now > deadline:
            sys.exit(f"no role could log in: {why}")
        if not said or now - said > SAY:
            said = now
            print(f"waiting for the database: {why}", flush=True)
        time.sleep(PAUSE)


def main(seconds: str, host: str, port: str, name: str, *roles: str) -> None:
    """Makes the roles."""
    variables = dict(role.split("=", 1) for role in roles)
    passwords = {role: credential(variable) for role, variable in variables.items()}
    deadline = time.monotonic() + float(seconds)
    connection = connected(host, port, name, passwords, deadline)
    connection.autocommit = True
    for role, password in passwords.items():
        if role != name:
            ensure_login(connection, role, name, password, "superuser")
            print(f"role {role}: ready", flush=True)
    with connection.cursor() as cursor:
        owner = hashed(connection, name, passwords.get(name))
        cursor.execute(SQL("alter role {} password {}").format(Identifier(name), owner))
    connection.close()


if __name__ == "__main__":
    os.umask(0o077)
    main(*sys.argv[1:])
