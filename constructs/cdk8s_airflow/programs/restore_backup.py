"""Restores the metadata database and the generated Secrets from a backup.

Usage: python restore_backup.py

`BACKUP` in the environment holds the settings as JSON. The whole backup is read and checked before
anything is touched: a cut, damaged or foreign one is refused, and so are a database that is not
empty, unless that is wanted, and one that is in use. PostgreSQL is restored in one transaction.
"""

import os
import subprocess
import time

import backup_crypt
from backup_archive import ArchiveError, Content, read
from backup_client import ClientError
from backup_database import Database
from backup_secrets import put
from backup_settings import (
    RefusedError,
    airflow_version,
    check_origin,
    chosen,
    differences,
    own_origin,
    run,
    say,
    settings,
    store_of,
    undecrypted,
)
from backup_store import Store
from database import DatabaseError

PAUSE = 3.0
IDLE_SECONDS = 600.0
"""How long the processes of the release have to end."""


def main() -> None:
    """Restores."""
    found = settings()
    store = store_of(found["store"])
    database = Database()
    tool = database.tool()
    origin = found.get("origin") or own_origin(found)
    name = chosen(store, origin, found["backup"])
    identity = backup_crypt.identity_of(found["identity"])
    say(f"reading {name} to its end")
    content = read(backup_crypt.decrypting(store.open(name), identity))
    manifest = content.manifest
    say(
        f"it is of {content.origin}, Airflow {manifest['airflow']}, {manifest['taken']}, with "
        f"{sum(content.rows.values())} rows of {len(content.rows)} tables; client {tool}"
    )
    _check(content, database, origin, airflow_version())
    wait_until_idle(database)
    if not holds(content, database, found["replace"]):
        load(content, database, store, name, identity, found["replace"])
    with database.session() as session:
        if keys := [value for (_, key), value in content.secrets.items() if key == "fernet-key"]:
            tried, wrong = undecrypted(session, keys)
            say(f"{tried - wrong} of {tried} encrypted values decrypt with its Fernet key")
    restore_secrets(content, found["wanted"], found["release"])
    say("migrating")
    if subprocess.run(found["migrate"], check=False).returncode:
        raise ClientError("all is restored, but the migrations failed: see above")
    say(f"DONE: {name} is restored; take restore= out of the props, and apply the bundle")


def _check(content: Content, database: Database, origin: str, airflow: str) -> None:
    """Raises RefusedError for a backup of another release, kind of database, or a newer Airflow."""
    check_origin(content, origin)
    if content.manifest["kind"] != database.kind:
        raise RefusedError(f"the backup is of {content.manifest['kind']}, not of {database.kind}")
    if _numbers(content.manifest["airflow"]) > _numbers(airflow):
        raise RefusedError(
            f"the backup is of Airflow {content.manifest['airflow']}, and migrations do not go "
            f"back to {airflow}: set airflow_version= to that of the backup"
        )


def _numbers(version: str) -> list[int]:
    return [int(each) for each in version.split(".")[:2] if each.isdigit()]


def wait_until_idle(database: Database) -> None:
    """Returns once the release's user has no other session; a server may be away meanwhile.

    Raises:
        DatabaseError: when the server does not answer in the end.
        RefusedError: when there still is one in the end.
    """
    deadline, said = time.monotonic() + IDLE_SECONDS, False
    while True:
        try:
            with database.session() as session:
                users = database.users(session)
        except DatabaseError as error:
            if time.monotonic() > deadline:
                raise
            users = [f"it does not answer: {error}"]
        if not users:
            return
        shown = ", ".join(users[:5])
        if time.monotonic() > deadline:
            raise RefusedError(f"the database is in use, nothing was touched: {shown}")
        if not said:
            say(f"waiting until nothing uses the database: {shown}")
            said = True
        time.sleep(PAUSE)


def holds(content: Content, database: Database, replace: bool) -> bool:
    """Whether the database has the rows of the backup already, as after a try before this one.

    Raises:
        RefusedError: when it has others, and may not be replaced.
    """
    with database.session() as session:
        there = database.rows(session)
    if there == dict(content.rows) and not replace:
        say("the database has all tables and rows of the backup: it stays as it is")
        return True
    if there and not replace:
        raise RefusedError(
            f"the database is not empty, nothing was touched: {len(there)} tables with "
            f"{sum(there.values())} rows; Restore(replace=True) deletes them"
        )
    return False


def load(
    content: Content,
    database: Database,
    store: Store,
    name: str,
    identity: str,
    replace: bool,
) -> None:
    """Loads the dump; after a failure the database is as it was, or with MySQL empty."""
    wipe = database.wipe() if replace else b""
    whole = database.kind == "postgresql"
    command = database.load()
    pipe = command.open()
    say("loading")
    try:
        try:
            command.write(pipe, (b"BEGIN;\n" if whole else b"") + wipe)
            again = read(
                backup_crypt.decrypting(store.open(name), identity),
                lambda data: command.write(pipe, data),
            )
            if again.manifest != content.manifest:
                raise ArchiveError("the backup is another than a moment ago")
            command.write(pipe, b"\nCOMMIT;\n" if whole else b"\n")
        finally:
            os.close(pipe)
        command.result()
        with database.session() as session:
            if wrong := differences(dict(content.rows), database.rows(session)):
                raise ClientError(f"the rows are not those of the backup: {'; '.join(wrong)}")
    except BaseException:
        if not whole:
            empty(database)
        raise
    say("all tables have the rows that the manifest tells")


def empty(database: Database) -> None:
    """Drops what a load of MySQL has left half."""
    say("dropping what is half restored")
    command = database.load()
    pipe = command.open()
    try:
        command.write(pipe, database.wipe())
    finally:
        os.close(pipe)
    command.result()


def restore_secrets(content: Content, wanted: list[list[str]], release: str) -> None:
    """Sets the Secrets that are wanted, under the names that this release has for them."""
    for name, key in wanted:
        original = f"{content.manifest['release']}{name.removeprefix(release)}"
        if (value := content.secrets.get((original, key))) is None:
            say(f"Secret {name} is not in the backup, and stays as it is")
        else:
            say(f"Secret {name}: {put(name, {key: value})}")


if __name__ == "__main__":
    run(main)
