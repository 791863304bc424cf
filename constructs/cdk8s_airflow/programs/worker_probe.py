"""Exits with 0 when this pod's Celery worker answers a ping over the broker.

Usage: python worker_probe.py SECONDS

A broker that cannot be reached, or is silent, is not the worker's fault: that is 0 as well, since a
restart would only kill the running tasks. It imports no Airflow, so it is cheap.
"""

import os
import signal
import socket
import sys

from celery import Celery
from url import option


def answers(worker: str, seconds: float) -> bool:
    """Whether the worker answers within that time.

    Raises:
        OSError: or another error of the broker's client, when the broker does not answer.
    """
    with Celery(broker=option("AIRFLOW__CELERY__BROKER_URL"), set_as_current=False) as app:
        with app.connection_for_write(connect_timeout=seconds) as connection:
            connection.ensure_connection(max_retries=1, timeout=seconds)
            replies = app.control.ping(
                destination=[worker], timeout=seconds, connection=connection, limit=1
            )
    return bool(replies)


def no_answer(*_: object) -> None:
    """Ends the probe where a broker takes connections but says nothing."""
    print("the broker is silent", flush=True)
    os._exit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, no_answer)
    signal.alarm(2 * int(sys.argv[1]))
    name = f"celery@{socket.gethostname()}"
    try:
        well = answers(name, float(sys.argv[1]))
    except Exception as error:  # each transport has its own errors
        print(f"the broker does not answer: {type(error).__name__}")
        sys.exit(0)
    if not well:
        sys.exit(f"{name} does not answer")
