"""Migrates the metadata database, and notes in it that it is migrated.

Usage: python migrate.py SECONDS airflow db migrate

Waits for the database first, see `wait_for_database.py`.
"""

import subprocess
import sys
import time

import migrated
from database import DatabaseError
from wait_for_database import wait

if __name__ == "__main__":
    wait(time.monotonic() + float(sys.argv[1]))
    ended = subprocess.run(sys.argv[2:], check=False)
    if ended.returncode:
        sys.exit(ended.returncode)
    try:
        if migrated.possible():
            migrated.write()
    except DatabaseError as error:
        print(f"no note of it in the database, so others ask Airflow: {error}", flush=True)
