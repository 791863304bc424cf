"""A lock in the metadata database, for programs of which one may run at a time.

It holds against all pods that use this database, whoever made them, and ends with its connection.
"""

import hashlib
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from database import OPTION, DatabaseError, has_local_settings, login, refused
from url import option

WAIT_SECONDS, POLL_SECONDS = 600, 5
TRY_AGAIN = 75
"""EX_TEMPFAIL, which counts for no failure of a Job."""


@contextmanager
def locked(name: str, seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Holds the lock of a name, and waits for it; ends the process when it has waited in vain.

    Raises:
        DatabaseError: when the server does not answer.
    """
    from sqlalchemy import create_engine, text
    from sqlalchemy.exc import SQLAlchemyError
    from sqlalchemy.pool import NullPool

    has_local_settings()
    url = option(OPTION)
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    try:
        engine = create_engine(url, poolclass=NullPool, connect_args=login(url))
        connection = engine.connect()
    except SQLAlchemyError as error:
        refused()
        cause = getattr(error, "orig", None) or error
        raise DatabaseError(str(cause).strip().splitlines()[0]) from error
    statements = {
        # Held by the transaction, so that a pooler of the user's own keeps it too.
        "postgresql": (
            "set local idle_in_transaction_session_timeout = 0",
            f"select pg_try_advisory_xact_lock({number})",
        ),
        # Names of locks are the server's.
        "mysql": (f"select get_lock(concat(left(database(), 40), '{number}'), 0)",),
    }.get(engine.dialect.name, ("select 1",))
    end, told = time.monotonic() + seconds, False
    with connection:
        for statement in statements[:-1]:
            connection.execute(text(statement))
        while not connection.execute(text(statements[-1])).scalar():
            if not told:
                print("another one runs: waiting for its end", flush=True)
                told = True
            if time.monotonic() > end:
                print(f"another one has run for {seconds:.0f} s more: trying again later")
                sys.exit(TRY_AGAIN)
            time.sleep(POLL_SECONDS)
        yield
