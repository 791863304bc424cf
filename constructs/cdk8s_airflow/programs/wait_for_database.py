"""Waits until the metadata database answers, and with --migrations until it is migrated.

Usage: python wait_for_database.py SECONDS [--migrations]

Whether it is migrated, Airflow knows, but is slow to import, and takes the processors from the
migrations. So it is asked only where these leave no note, see `migrated.py`.
Exits with 75 (`os.EX_TEMPFAIL`) when SECONDS have passed; it is then started again, with the
Secrets of that time.
"""

import os
import subprocess
import sys
import time

import migrated
from database import DatabaseError, run

PAUSE, SAY = 0.5, 10.0
"""Seconds from one question to the next, and from one line in the log to the next."""
NOTE_SECONDS = 240.0
"""How long migrations of an empty database may take to leave a note."""


def wait(deadline: float) -> None:
    """Returns once a query succeeds.

    Raises:
        SystemExit: when the deadline, a `time.monotonic()`, has passed.
    """
    said = 0.0
    while True:
        try:
            run("select 1")
            return
        except DatabaseError as error:
            now = time.monotonic()
            if now > deadline:
                print(f"the database did not answer in time: {error}", file=sys.stderr)
                sys.exit(os.EX_TEMPFAIL)
            if not said or now - said > SAY:
                said = now
                print(f"waiting for the database: {error}", flush=True)
        time.sleep(PAUSE)


def noted(deadline: float) -> bool:
    """Whether a note says that the database is migrated; waits for it where that is empty."""
    empty = False
    while migrated.possible() and time.monotonic() < deadline:
        try:
            found, tables = migrated.read(), migrated.versions()
            if found or (tables and not empty):
                return found == migrated.note(tables)
            if not empty:
                print("waiting for the migrations", flush=True)
            empty = True
        except DatabaseError as error:
            print(f"waiting for the database: {error}", flush=True)
        time.sleep(PAUSE)
    return False


if __name__ == "__main__":
    last = time.monotonic() + float(sys.argv[1])
    wait(last)
    if "--migrations" in sys.argv and not noted(min(last, time.monotonic() + NOTE_SECONDS)):
        left = str(max(int(last - time.monotonic()), 1))
        check = ["airflow", "db", "check-migrations", "--migration-wait-timeout", left]
        if subprocess.call(check):
            sys.exit(os.EX_TEMPFAIL)
