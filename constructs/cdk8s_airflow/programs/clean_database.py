"""Deletes old rows of the metadata database by `airflow db clean`.

Usage: python clean_database.py KEEP_DAYS [OPTION ...]

The options are those of the command. It exits with the command's code; an Airflow that can fail
when a table was not cleaned does so, which Airflow can from 3.2 on.
"""

import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone

COMMAND = ("airflow", "db", "clean")
FAIL = "--error-on-cleanup-failure"


def command(days: float, options: list[str], text: str, now: datetime) -> list[str]:
    """The command line.

    Args:
        days: what is younger stays.
        options: of the command.
        text: its help, which tells what it knows.
        now: the present time.
    """
    before = now - timedelta(days=days)
    known = [FAIL] if FAIL in text else []
    return [*COMMAND, "--yes", "--clean-before-timestamp", before.isoformat(), *known, *options]


if __name__ == "__main__":
    help_text = subprocess.run(
        [*COMMAND, "--help"], capture_output=True, text=True, check=True
    ).stdout
    if FAIL not in help_text:
        print("this Airflow does not fail when it cannot clean a table: read its log")
    words = command(float(sys.argv[1]), sys.argv[2:], help_text, datetime.now(timezone.utc))
    print(*words, flush=True)
    os.execvp(words[0], words)
