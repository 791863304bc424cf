"""Waits until servers of the release take connections; needs no credentials.

Usage: python -IS wait_for_servers.py SECONDS HOST:PORT ...

A Service leads to a server that is ready, so the Secrets that the release generates exist by then.
A container that asked for one before would be tried again after 10 to 15 s.
Exits with 75 (`os.EX_TEMPFAIL`) when SECONDS have passed; it is then started again.
"""

import os
import socket
import sys
import time

PAUSE, SAY = 0.25, 10.0
"""Seconds from one try to the next, and from one line in the log to the next."""


def wait(address: str, deadline: float) -> None:
    """Returns once a server takes a connection.

    Raises:
        SystemExit: when the deadline, a `time.monotonic()`, has passed.
    """
    host, _, port = address.rpartition(":")
    said = 0.0
    while True:
        try:
            socket.create_connection((host, int(port)), timeout=5).close()
            return
        except OSError as error:
            now = time.monotonic()
            if now > deadline:
                print(f"{address} did not answer in time: {error}", file=sys.stderr)
                sys.exit(os.EX_TEMPFAIL)
            if not said or now - said > SAY:
                said = now
                print(f"waiting for {address}: {error}", flush=True)
        time.sleep(PAUSE)


if __name__ == "__main__":
    last = time.monotonic() + float(sys.argv[1])
    for server in sys.argv[2:]:
        wait(server, last)
