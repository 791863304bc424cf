"""What the programs of backups share: settings, names, and how they end."""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from types import FrameType
from typing import Any

from backup_archive import ArchiveError, Content
from backup_bucket import Bucket
from backup_client import ClientError
from backup_crypt import CryptError
from backup_folder import Folder
from backup_store import Store, StoreError
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from database import DatabaseError
from sqlalchemy import text
from sqlalchemy.engine import Connection

TIME = "%Y%m%dT%H%M%SZ"
SUFFIXES = ("age", "gpg")
PROBLEMS = (ArchiveError, ClientError, CryptError, DatabaseError, StoreError)
SAMPLE = 50
"""Encrypted rows of each table that are tried."""


class RefusedError(Exception):
    """Why nothing was done."""


def settings() -> dict[str, Any]:
    """The settings, from `BACKUP` in the environment."""
    found: dict[str, Any] = json.loads(os.environ["BACKUP"])
    return found


def store_of(place: dict[str, Any]) -> Store:
    """The store of backups, once it answers.

    Raises:
        StoreError: when it does not, or the image has not what it needs.
    """
    if "folder" in place:
        return Folder(Path(place["folder"]))
    return Bucket(place)


def airflow_version() -> str:
    """The version of Airflow in this image."""
    return version("apache-airflow-core")


def own_origin(found: dict[str, Any]) -> str:
    """`namespace.release`, with which the names of this release's backups begin."""
    return f"{os.environ['POD_NAMESPACE']}.{found['release']}"


def new_name(origin: str, suffix: str, now: datetime) -> str:
    """The name of a backup of this time."""
    return f"{origin}.{now.astimezone(timezone.utc):{TIME}}.tar.gz.{suffix}"


def taken(name: str, origin: str) -> datetime | None:
    """When a backup of a release was taken, by its name; None: it is none of that release."""
    if not name.startswith(f"{origin}."):
        return None
    when, _, rest = name[len(origin) + 1 :].partition(".")
    try:
        found = datetime.strptime(when, TIME)
    except ValueError:
        return None
    whole = rest in {f"tar.gz.{suffix}" for suffix in SUFFIXES}
    return found.replace(tzinfo=timezone.utc) if whole else None


def backups(store: Store, origin: str) -> list[str]:
    """The backups of a release, the oldest first."""
    return [name for name in store.names(f"{origin}.") if taken(name, origin)]


def chosen(store: Store, origin: str, name: str) -> str:
    """The backup of this name, or the newest of a release with `latest`.

    Raises:
        RefusedError: when there is none.
    """
    found = backups(store, origin)
    if name == "latest" and found:
        return found[-1]
    if name in store.names(name):
        return name
    there = f"; there are {len(found)}, the newest is {found[-1]}" if found else "; there is none"
    raise RefusedError(f"no backup {name!r} of {origin}{there}")


def check_origin(content: Content, origin: str) -> None:
    """Raises RefusedError for the backup of another release under the name of one of this."""
    if content.origin != origin:
        raise RefusedError(f"the backup is of {content.origin}, not of {origin}, as its name says")


def undecrypted(session: Connection, keys: list[bytes]) -> tuple[int, int]:
    """How many encrypted values were tried with the Fernet keys, and how many they do not fit."""
    fernet = MultiFernet([Fernet(each.strip()) for key in keys for each in key.split(b",")])
    queries = (
        "select password from connection where is_encrypted and password is not null",
        "select val from variable where is_encrypted and val is not null",
    )
    tried = wrong = 0
    for query in queries:
        for (value,) in session.execute(text(f"{query} limit {SAMPLE}")):
            tried += 1
            try:
                fernet.decrypt(value.encode() if isinstance(value, str) else bytes(value))
            except InvalidToken:
                wrong += 1
    return tried, wrong


def differences(wanted: dict[str, int], found: dict[str, int]) -> list[str]:
    """Where the rows of tables are others than a manifest tells."""
    return [
        f"{table}: {found.get(table, 'missing')} in place of {wanted.get(table, 'none')}"
        for table in sorted({*wanted, *found})
        if wanted.get(table) != found.get(table)
    ]


def say(line: str) -> None:
    """One line of the log, with the time in UTC."""
    print(f"{datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%SZ} {line}", flush=True)


def run(main: Callable[[], None]) -> None:
    """Runs a program, which ends with 0, or with 1 and the reason as the last line of its log."""
    os.umask(0o077)
    signal.signal(signal.SIGTERM, _stop)
    try:
        main()
    except RefusedError as error:
        say(f"REFUSED: {error}")
        sys.exit(1)
    except PROBLEMS as error:
        say(f"FAILED: {' '.join(str(error).split())}")
        sys.exit(1)


def _stop(number: int, frame: FrameType | None) -> None:
    say("FAILED: stopped by a signal, as when the pod is deleted or its deadline has passed")
    sys.exit(128 + number)
