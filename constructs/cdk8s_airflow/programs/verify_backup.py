"""Restores the newest backup into a scratch database, and compares it with its manifest.

Usage: python verify_backup.py

`BACKUP` in the environment holds the settings as JSON. It fails when there is no backup, or
the newest is too old, damaged, cannot be decrypted or loaded, or has other rows than its manifest
tells.
"""

import os
import time
from datetime import datetime, timezone

import backup_crypt
from backup_archive import ArchiveError, read
from backup_database import Database
from backup_settings import (
    RefusedError,
    check_origin,
    chosen,
    differences,
    own_origin,
    run,
    say,
    settings,
    store_of,
    taken,
    undecrypted,
)
from database import DatabaseError

PAUSE = 1.0
SERVER_SECONDS = 300.0
"""How long the scratch server may take to start."""


def main() -> None:
    """Verifies."""
    found = settings()
    store = store_of(found["store"])
    origin = own_origin(found)
    name = chosen(store, origin, "latest")
    identity = backup_crypt.identity_of(found["identity"])
    when = taken(name, origin)
    hours = (datetime.now(timezone.utc) - when).total_seconds() / 3600 if when else 0.0
    if hours > found["max_age_hours"]:
        raise RefusedError(
            f"the newest backup, {name}, is {hours:.0f} hours old, more than max_age_hours="
            f"{found['max_age_hours']}: see why there is none since"
        )
    scratch = Database(found["scratch"])
    wait(scratch)
    say(f"loading {name} into the scratch database")
    command = scratch.load()
    pipe = command.open()
    try:
        content = read(
            backup_crypt.decrypting(store.open(name), identity),
            lambda data: command.write(pipe, data),
        )
    finally:
        os.close(pipe)
    command.result()
    check_origin(content, origin)
    with scratch.session() as session:
        if wrong := differences(dict(content.rows), scratch.rows(session)):
            raise ArchiveError(f"other rows than its manifest tells: {'; '.join(wrong)}")
        if keys := [value for (_, key), value in content.secrets.items() if key == "fernet-key"]:
            tried, bad = undecrypted(session, keys)
            if bad:
                raise ArchiveError(f"{bad} of {tried} encrypted values do not fit its Fernet key")
            say(f"{tried} encrypted values decrypt with its Fernet key")
    say(
        f"DONE: {name} is whole: {sum(content.rows.values())} rows of {len(content.rows)} tables, "
        f"and {len(content.secrets)} keys of Secrets"
    )


def wait(scratch: Database) -> None:
    """Returns once the scratch server answers.

    Raises:
        DatabaseError: when it does not in time.
    """
    deadline = time.monotonic() + SERVER_SECONDS
    while True:
        try:
            with scratch.session() as session:
                scratch.version(session)
            return
        except DatabaseError:
            if time.monotonic() > deadline:
                raise
        time.sleep(PAUSE)


if __name__ == "__main__":
    run(main)
