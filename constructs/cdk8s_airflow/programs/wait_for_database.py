"""Waits until the metadata database answers, and with --migrations until it is migrated.

Usage: python wait_for_database.py SECONDS [--migrations]

Exits with 1 when SECONDS have passed; the kubelet then starts it again.
"""

import os
import sys
import time

from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool
from url import option


def wait(deadline: float) -> None:
    """Returns once a query succeeds.

    Raises:
        SystemExit: when the deadline, a `time.monotonic()`, has passed.
    """
    engine = create_engine(option("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"), poolclass=NullPool)
    while True:
        try:
            with engine.connect() as connection:
                connection.execute(text("select 1"))
            return
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            if time.monotonic() > deadline:
                sys.exit(f"the database did not answer in time: {reason}")
            print(f"waiting for the database: {reason}", flush=True)
            time.sleep(2)


if __name__ == "__main__":
    last = time.monotonic() + float(sys.argv[1])
    wait(last)
    if "--migrations" in sys.argv:
        left = str(max(int(last - time.monotonic()), 1))
        check = ["airflow", "db", "check-migrations", "--migration-wait-timeout", left]
        os.execvp(check[0], check)
