"""Exits with 0 when this host's Airflow job of a type has a fresh heartbeat in the database.

Usage: python job_probe.py TriggererJob SECONDS

What `airflow jobs check --job-type T --local` tells, for a tenth of its processor time: it imports
no Airflow.
"""

import socket
import sys
from datetime import datetime, timedelta, timezone

from database import DatabaseError, run

# The host name that Airflow stores is the short one or, in a StatefulSet, the full one.
QUERY = """
select max(latest_heartbeat) from job
where job_type = :type and state = 'running' and (hostname = :host or hostname like :full)
"""


def age(job_type: str, host: str) -> timedelta | None:
    """Time since the last heartbeat of the host's running jobs; None when it has none.

    Raises:
        DatabaseError: when the database does not answer.
    """
    ((beat,),) = run(QUERY, {"type": job_type, "host": host, "full": f"{host}.%"})
    return None if beat is None else elapsed(beat)


def elapsed(time: object) -> timedelta:
    """How long ago a time of the database was."""
    if not isinstance(time, datetime):
        time = datetime.fromisoformat(str(time))
    return datetime.now(timezone.utc) - (time if time.tzinfo else time.replace(tzinfo=timezone.utc))


if __name__ == "__main__":
    try:
        found = age(sys.argv[1], socket.gethostname())
    except DatabaseError as error:
        sys.exit(f"the database does not answer: {error}")
    if found is None:
        sys.exit(f"{socket.gethostname()} has no running {sys.argv[1]}")
    if found > timedelta(seconds=float(sys.argv[2])):
        sys.exit(f"the last heartbeat of {sys.argv[1]} is {found.total_seconds():.0f} s old")
