"""Runs a command of Airflow that waits for its database instead of ending when it is away.

Usage: python reconnect.py SECONDS COMMAND [ARGUMENT ...]

Airflow's scheduler, DAG processor and triggerer end when a connection is refused. Here a connection
is tried again until SECONDS have passed, so that they outlive a database that is replaced.
"""

import sys
import time
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Dialect, Engine

PAUSE, SAY = 0.5, 10.0
"""Seconds from one try to the next, and from one line in the log to the next."""


def connect(seconds: float, dialect: Dialect, positional: Any, named: dict[str, Any]) -> Any:
    """A connection of the driver; None leaves asynchronous ones to SQLAlchemy.

    Raises:
        OperationalError: of the driver, when no try succeeds in time.
    """
    if dialect.is_async:
        return None
    start, said = time.monotonic(), 0.0
    while True:
        try:
            return dialect.connect(*positional, **named)
        except dialect.loaded_dbapi.OperationalError as error:
            now = time.monotonic()
            if now - start > seconds:
                raise
            if not said or now - said > SAY:
                said = now
                print(f"waiting for the database: {error}", file=sys.stderr, flush=True)
        time.sleep(PAUSE)


if __name__ == "__main__":
    # The folder of this program is no place for the imports of DAG files.
    sys.path.pop(0)
    patience = float(sys.argv[1])
    event.listen(
        Engine,
        "do_connect",
        lambda dialect, _, positional, named: connect(patience, dialect, positional, named),
    )
    sys.argv = ["airflow", *sys.argv[2:]]
    from airflow.__main__ import main

    sys.exit(main())
