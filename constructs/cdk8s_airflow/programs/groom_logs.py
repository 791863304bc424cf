"""Deletes old logs, again and again: by age, then the oldest until the rest fits; empty folders.

Usage: python -IS groom_logs.py FOLDER RETENTION_DAYS MAX_BYTES INTERVAL_SECONDS [--check]

MAX_BYTES 0: no limit but 80 % of the volume, which holds always. With --check it exits with 0 when
it has started, or ended a round, within the last three intervals or the last hour. It follows no
symbolic link, leaves alone what was written within the last hour, and keeps no list of files, of
which there may be millions.
"""

from __future__ import annotations

import os
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator

STATE = "/tmp/groom-logs"
HOUR, DAY = 3600, 86400
SHARE = 0.8


def files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """All files below a folder: path, and what the system knows of each."""
    for path, _, names in os.walk(folder):
        for name in names:
            file = os.path.join(path, name)
            try:
                known = os.lstat(file)
            except OSError:  # somebody else deleted it
                continue
            if stat.S_ISREG(known.st_mode):
                yield file, known


def used(known: os.stat_result) -> int:
    """Bytes that a file takes of its volume."""
    return known.st_blocks * 512


def deleted(path: str, how: Callable[[str], None] = os.remove) -> bool:
    """Deletes a file, or an empty folder; whether it was there to be deleted."""
    try:
        how(path)
    except OSError:
        return False
    return True


def groom(folder: str, days: float, most: int, now: float) -> tuple[int, int]:
    """One round over the files: how many it deleted, and the bytes that are left."""
    count, left = 0, 0
    by_minute: dict[int, int] = {}
    for file, known in files(folder):
        age = now - known.st_mtime
        if age > max(days * DAY, HOUR) and deleted(file):
            count += 1
            continue
        left += used(known)
        if age > HOUR:
            minute = int(known.st_mtime // 60)
            by_minute[minute] = by_minute.get(minute, 0) + used(known)
    volume = os.statvfs(folder)
    share = int(volume.f_blocks * volume.f_frsize * SHARE)
    limit = min(most or left, share or left)
    planned, last = left, -1
    for minute in sorted(by_minute):
        if planned > limit:
            planned, last = planned - by_minute[minute], minute
    for file, known in files(folder) if left > limit else ():
        wanted = known.st_mtime // 60 <= last and now - known.st_mtime > HOUR
        if left > limit and wanted and deleted(file):
            count, left = count + 1, left - used(known)
    return count, left


def prune(top: str, now: float) -> int:
    """Deletes the empty folders in which nothing has changed for an hour: how many."""
    count = 0
    for path, _, _ in os.walk(top, topdown=False):
        try:
            idle = now - os.lstat(path).st_mtime > HOUR
        except OSError:
            continue
        # A folder that is not empty cannot be deleted this way.
        if idle and path != top and os.path.basename(path) != "lost+found":
            count += deleted(path, os.rmdir)
    return count


def is_alive(interval: float) -> bool:
    """Whether the heartbeat is newer than three intervals, or an hour if that is longer."""
    try:
        return time.time() - os.stat(STATE).st_mtime < max(3 * interval, HOUR)
    except FileNotFoundError:
        return False


def touch_heartbeat() -> None:
    """Updates the heartbeat, the modification time of STATE."""
    with open(STATE, "w"):
        pass


def main(folder: str, days: float, most: int, interval: float) -> None:
    """Deletes until SIGTERM, which the first process of a container ignores by default."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    touch_heartbeat()
    while True:
        now = time.time()
        count, left = groom(folder, days, most, now)
        if empty := prune(folder, now) + count:
            print(f"deleted {empty} files and folders; {left >> 20} MiB are left", flush=True)
        touch_heartbeat()
        time.sleep(interval)


if __name__ == "__main__":
    if "--check" in sys.argv and not is_alive(float(sys.argv[4])):
        sys.exit("no round has ended for a long time")
    if "--check" not in sys.argv:
        main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
