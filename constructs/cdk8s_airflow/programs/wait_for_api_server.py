"""Waits until the API server answers with a version of Airflow that is not older than ours.

Usage: python wait_for_api_server.py VERSION_URL SECONDS

A worker speaks the execution API of its own version, which an older API server does not know.
Exits with 1 when SECONDS have passed; the kubelet then starts it again.
"""

import json
import re
import sys
import time
from importlib.metadata import version
from urllib.request import urlopen


def release(text: str) -> tuple[int, ...]:
    """`3.3.2rc1` -> (3, 3, 2)."""
    return tuple(int(number) for number in re.findall(r"\d+", text)[:3])


def answer(url: str, ours: str) -> str:
    """What keeps us waiting, or nothing."""
    try:
        with urlopen(url, timeout=10) as response:
            theirs = json.load(response)["version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        return f"{url}: {error}"
    return "" if release(theirs) >= release(ours) else f"{url} is {theirs}, older than {ours}"


if __name__ == "__main__":
    deadline = time.monotonic() + float(sys.argv[2])
    ours = version("apache-airflow-core")
    while reason := answer(sys.argv[1], ours):
        if time.monotonic() > deadline:
            sys.exit(f"the API server did not answer in time: {reason}")
        print(f"waiting for the API server: {reason}", flush=True)
        time.sleep(2)
