"""Dumps the metadata database and the generated Secrets into an encrypted backup.

Usage: python backup.py

`BACKUP` in the environment holds the settings as JSON. All that is needed is looked for before
anything is dumped. Nothing is written to a disk of the pod: what the database's client writes is
compressed, encrypted and stored as it comes. A backup is there only once it is whole; then the
oldest ones go, but never after a failure.
"""

import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import backup_crypt
from backup_archive import Writer
from backup_client import ClientError
from backup_database import Database
from backup_mysql import RowCounter
from backup_settings import (
    airflow_version,
    backups,
    new_name,
    own_origin,
    run,
    say,
    settings,
    store_of,
)
from backup_store import Store, StoreError


def main() -> None:
    """Takes a backup."""
    found = settings()
    suffix = backup_crypt.check_recipients(found["encrypt_to"])
    store = store_of(found["store"])
    store.check()
    database = Database()
    tool = database.tool()
    origin = own_origin(found)
    name = new_name(origin, suffix, datetime.now(timezone.utc))
    with database.session() as session:
        server = database.version(session)
    say(f"backup {name}: server {server}, client {tool}")
    _check_versions(tool, server, database.kind)
    begun = time.monotonic()
    size, dumped, rows = take(found, database, store, name, {"server": server, "client": tool})
    say(
        f"DONE: {name} has {size} bytes, from a dump of {dumped} with {rows} rows, in "
        f"{time.monotonic() - begun:.0f} s"
    )
    prune(store, origin, name, found["keep"])


def _check_versions(tool: str, server: str, kind: str) -> None:
    """Raises ClientError for a pg_dump that is older than the server, which it would not dump."""
    if kind != "postgresql":
        return
    ours, theirs = major(tool), major(server)
    if ours < theirs:
        raise ClientError(
            f"pg_dump {ours} cannot dump a server {theirs}: set client_image= to an image with "
            f"pg_dump {theirs}, such as postgres:{theirs}"
        )
    if ours > theirs:
        say(f"note: pg_dump {ours} is newer than the server; restore with psql {ours} or newer")


def take(
    found: dict[str, Any], database: Database, store: Store, name: str, about: dict[str, str]
) -> tuple[int, int, int]:
    """Writes one backup; its size, that of the dump, and the number of rows."""
    secrets = _secrets(Path(found["secrets"]))
    with database.session() as session:
        snapshot = database.snapshot(session)
        rows = database.rows(session) if snapshot else {}
        target = store.create(name)
        archive = None
        try:
            archive = Writer(backup_crypt.encrypting(target, found["encrypt_to"]))
            for (secret, key), value in secrets.items():
                archive.secret(secret, key, value)
            counter = None if snapshot else RowCounter()
            for data in database.dump(snapshot).chunks():
                archive.dump(data)
                if counter:
                    counter.add(data)
            rows = counter.rows if counter else rows
            if not rows:
                raise ClientError("the database has no tables: there is nothing to back up")
            manifest = {
                "release": found["release"],
                "namespace": own_origin(found).partition(".")[0],
                "airflow": airflow_version(),
                "taken": f"{datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%SZ}",
                "kind": database.kind,
                "rows": rows,
                "secrets": sorted(f"{secret}/{key}" for secret, key in secrets),
                **about,
            }
            dumped = archive.finish(manifest)
            target.commit()
        except BaseException:
            if archive is not None:
                archive.discard()
            target.abort()
            raise
    return target.size, dumped, sum(rows.values())


def _secrets(folder: Path) -> dict[tuple[str, str], bytes]:
    """Name and key of each mounted Secret -> its value."""
    files = sorted(folder.glob("*/*"))  # the kubelet's own entries begin with a dot
    kept = [file for file in files if not file.parent.name.startswith(".")]
    return {(file.parent.name, file.name): file.read_bytes() for file in kept}


def prune(store: Store, origin: str, name: str, keep: int | None) -> None:
    """Deletes all but so many, and what others have left half; a failure is only told.

    Args:
        store: where they are.
        origin: of the release.
        name: the one that has just been taken, which stays in any case.
        keep: how many; None: all.
    """
    try:
        for each in store.tidy(f"{origin}."):
            say(f"removed {each}, which a run had left half")
        there = backups(store, origin)
        if name not in there:
            raise StoreError(f"{name} is not there: nothing is deleted")
        old = there[: -max(keep, 1)] if keep else []
        for each in old:
            if each != name:
                store.delete(each)
                say(f"deleted {each}, as keep={keep}")
        left = [each for each in there if each not in old]
        say(f"{len(left)} backups are kept, from {left[0]} on")
    except StoreError as error:
        say(f"WARNING: the backup is good, but old ones could not be deleted: {error}")


def major(version: str) -> int:
    """The first number of a version: of `17.6 (Debian ...)`, of `pg_dump (PostgreSQL) 17.6`."""
    word = next(each for each in version.split() if each[0].isdigit())
    return int(word.partition(".")[0])


if __name__ == "__main__":
    run(main)
