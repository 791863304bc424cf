"""At most two bundles start at a time, however many run: a start needs both processors.

The third begins while another waits for an outage to end, which needs none.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

STARTS = 2
FOLDER = Path(__file__).resolve().parents[2] / "build" / "turns"
"""Shared by the processes of a run; what a process holds there ends with it."""


@contextmanager
def turn(folder: Path = FOLDER) -> Iterator[None]:
    """Waits until fewer than `STARTS` others start, and counts as one of them."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [(folder / str(number)).open("w") for number in range(STARTS)]
    try:
        while not any(map(_taken, files)):
            time.sleep(0.5)
        yield
    finally:
        for file in files:
            file.close()


def _taken(file: IO[str]) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
