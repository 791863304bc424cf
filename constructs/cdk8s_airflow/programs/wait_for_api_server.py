"""Waits until the API server answers with a version of Airflow that is not older than ours.

Usage: python wait_for_api_server.py VERSION_URL SECONDS [--or-away]

A worker speaks the execution API of its own version, which an older API server does not know.
With --or-away it does not wait for one that does not answer: tasks have patience with that.
Exits with 75 (`os.EX_TEMPFAIL`) when SECONDS have passed; it is then started again.
"""

import json
import os
import re
import sys
import time
from importlib.metadata import version
from urllib.request import urlopen

PAUSE, SAY = 0.5, 10.0
"""Seconds from one question to the next, and from one line in the log to the next."""


def release(text: str) -> tuple[int, ...]:
    """`3.3.2rc1` -> (3, 3, 2)."""
    return tuple(int(number) for number in re.findall(r"\d+", text)[:3])


def answer(url: str, ours: str, or_away: bool = False) -> str:
    """What keeps us waiting, or nothing."""
    try:
        with urlopen(url, timeout=10) as response:
            theirs = json.load(response)["version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        return "" if or_away else f"{url}: {error}"
    return "" if release(theirs) >= release(ours) else f"{url} is {theirs}, older than {ours}"


def wait(url: str, deadline: float, or_away: bool = False) -> None:
    """Returns once nothing keeps us waiting.

    Raises:
        SystemExit: when the deadline, a `time.monotonic()`, has passed.
    """
    ours, said = version("apache-airflow-core"), 0.0
    while reason := answer(url, ours, or_away):
        now = time.monotonic()
        if now > deadline:
            print(f"the API server did not answer in time: {reason}", file=sys.stderr)
            sys.exit(os.EX_TEMPFAIL)
        if not said or now - said > SAY:
            said = now
            print(f"waiting for the API server: {reason}", flush=True)
        time.sleep(PAUSE)


if __name__ == "__main__":
    wait(sys.argv[1], time.monotonic() + float(sys.argv[2]), "--or-away" in sys.argv)
