"""Writes the files of PgBouncer, and keeps them equal to the Secrets that they are made of.

Usage: python pgbouncer.py write     once, before PgBouncer starts
       python pgbouncer.py watch     for ever, beside it: after a change it writes and reloads
       python pgbouncer.py ready [USER FILE]     0 when a query through PgBouncer reaches the
                                     database, as this user whose password is in that file
       python pgbouncer.py alive     0 when `watch` still looks

Each file of SOURCE is copied to FILES. In it `'{NAME}'` or `"{NAME}"` becomes the content of the
file NAME in CREDENTIALS between the same quotes, doubled where it has one: so PgBouncer reads them,
and a password may hold any character. Hosts, ports and names of databases lose the newline that an
editor has left at their end.
"""

import os
import re
import signal
import sys
import time
from pathlib import Path
from typing import Any

SOURCE = Path("/etc/pgbouncer")
CREDENTIALS = SOURCE / "credentials"
FILES = Path("/run/pgbouncer/files")
SOCKETS = Path("/run/pgbouncer/sockets")
BEAT = FILES / "beat"
PORT = 6432
PERIOD = 5.0
LATE = 60.0


def fill(text: str, credentials: Path) -> str:
    """The text with each quoted `{NAME}` replaced.

    Raises:
        ValueError: for a credential of several lines, which PgBouncer cannot read.
    """

    def value(match: re.Match[str]) -> str:
        quote, name = match[1], match[2]
        credential = (credentials / name).read_text("utf-8")
        if name.endswith((".host", ".port", ".database")):
            credential = credential.strip()
        if re.search(r"[\0\r\n]", credential):
            raise ValueError(f"{name} has several lines, PgBouncer takes one: mend its Secret")
        return quote + credential.replace(quote, quote * 2) + quote

    return re.sub(r"(['\"])\{([\w.-]+)\}\1", value, text)


def write(source: Path, credentials: Path, files: Path) -> bool:
    """Writes what differs; whether anything did."""
    changed = False
    for path in sorted(item for item in source.iterdir() if item.is_file()):
        if path.name.startswith("."):
            continue
        text, target = fill(path.read_text("utf-8"), credentials), files / path.name
        if not target.exists() or target.read_text("utf-8") != text:
            new = target.with_suffix(".new")
            new.touch(0o600)
            new.write_text(text, "utf-8")
            new.replace(target)
            changed = True
    return changed


def connect(user: str, database: str, **more: str) -> Any:
    """A connection to PgBouncer by its socket in this pod."""
    import psycopg2

    connection = psycopg2.connect(
        host=str(SOCKETS), port=PORT, user=user, dbname=database, connect_timeout=5, **more
    )
    connection.autocommit = True
    return connection


def reload() -> None:
    """Lets PgBouncer read its files again; it trusts its own uid on the socket."""
    connection = connect("pgbouncer", "pgbouncer")
    connection.cursor().execute("RELOAD")
    connection.close()


def watch() -> None:
    """Looks for changes for ever; one that could not be read or told is tried again."""
    stale = True
    while True:
        try:
            stale = write(SOURCE, CREDENTIALS, FILES) or stale
            if stale:
                reload()
                print("PgBouncer has read its files", flush=True)
            stale = False
        except Exception as error:
            print(f"to be tried again: {error}", flush=True)
        BEAT.touch()
        time.sleep(PERIOD)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        os.umask(0o077)
        write(SOURCE, CREDENTIALS, FILES)
    elif sys.argv[1] == "watch":
        os.umask(0o077)
        # The first process of a container ignores signals that it does not handle.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        watch()
    elif sys.argv[1] == "ready":
        user, file = sys.argv[2:] or ("airflow", "airflow.client")
        password = (CREDENTIALS / file).read_text("utf-8")
        connect(user, "airflow", password=password).cursor().execute("select 1")
    elif sys.argv[1] == "alive":
        age = time.time() - BEAT.stat().st_mtime
        sys.exit(f"the last look was {age:.0f} s ago" if age > LATE else 0)
