"""Exits with 0 when this pod's Celery worker answers a ping over the broker.

Usage: python worker_probe.py SECONDS [STALLED_SECONDS QUEUE ...]

With queues it has to take tasks as well, see `worker_progress.py`.

A broker that cannot be reached, or is silent, is not the worker's fault: that is 0 as well, since a
restart would only kill the running tasks. It imports no Airflow, so it is cheap.
"""

import json
import os
import signal
import socket
import ssl
import sys

import worker_progress
from celery import Celery
from url import option

EXTRA = "AIRFLOW__CELERY__EXTRA_CELERY_CONFIG"
TRANSPORT = "AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__"
FILES = {"CACERT": "ca_certs", "CERT": "certfile", "KEY": "keyfile"}


def transport_options() -> dict[str, object]:
    """`[celery_broker_transport_options]`, as Airflow reads it from the environment."""
    names = {name.removesuffix("_CMD") for name in os.environ if name.startswith(TRANSPORT)}
    return {name.removeprefix(TRANSPORT).lower(): converted(option(name)) for name in names}


def converted(value: str) -> object:
    """Numbers, truth values and mappings as such, all else as text."""
    try:
        return json.loads(value)
    except ValueError:
        return value


def tls_options(url: str) -> dict[str, object] | None:
    """What `[celery] ssl_active` and its options say of the broker; None: what the URL says."""
    options_set = {
        name: os.environ.get(f"AIRFLOW__CELERY__SSL_{name}") for name in (*FILES, "ACTIVE")
    }
    if str(options_set["ACTIVE"]).lower() not in ("t", "true", "1"):
        return None
    files = {FILES[name]: options_set[name] for name in FILES if options_set[name]}
    prefix = "" if url.startswith("amqp") else "ssl_"
    options = {"cert_reqs": ssl.CERT_REQUIRED, **files}
    return {prefix + name: value for name, value in options.items()}


def problem(worker: str, seconds: float, stalled: float, queues: list[str]) -> str:
    """What is wrong with the worker.

    Args:
        worker: its name.
        seconds: that it may take to answer.
        stalled: seconds that it may begin no task while some wait.
        queues: where they would wait; none: it has to answer, no more.

    Raises:
        OSError: or another error of the broker's client, when the broker does not answer.
    """
    url = option("AIRFLOW__CELERY__BROKER_URL")
    with Celery(broker=url, set_as_current=False) as app:
        app.conf.broker_transport_options = transport_options()
        # Queues are declared as the worker declares them, or the broker refuses.
        app.conf.update(json.loads(os.environ.get(EXTRA, "{}")))
        app.conf.broker_use_ssl = tls_options(url)
        with app.connection_for_write(connect_timeout=seconds) as connection:
            connection.ensure_connection(max_retries=1, timeout=seconds)
            if queues:
                return worker_progress.problem(app, connection, worker, seconds, queues, stalled)
            replies = app.control.ping(
                destination=[worker], timeout=seconds, connection=connection, limit=1
            )
    return "" if replies else f"{worker} does not answer"


def no_answer(*_: object) -> None:
    """Ends the probe where a broker takes connections but says nothing."""
    worker_progress.forget()
    print("the broker is silent", flush=True)
    os._exit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, no_answer)
    signal.alarm(2 * int(sys.argv[1]))
    name = f"celery@{socket.gethostname()}"
    try:
        found = problem(name, float(sys.argv[1]), float((*sys.argv, "0")[2]), sys.argv[3:])
    except Exception as error:  # each transport has its own errors
        worker_progress.forget()
        print(f"the broker does not answer: {type(error).__name__}")
        sys.exit(0)
    if found:
        sys.exit(found)
