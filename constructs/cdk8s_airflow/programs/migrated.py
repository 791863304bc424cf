"""The note that migrations leave in the database, so that nobody has to import Airflow to wait.

It says with which providers all tables had been migrated, and how the versions of the tables were
then: it holds for an image with the same providers as long as these are the same. It is a comment
on the table of Airflow's own version.
"""

import hashlib
import os
import sysconfig
from pathlib import Path

import database

TABLE = "alembic_version"
UNKNOWN = ("EXTERNAL_DB_MANAGERS", "SQL_ALCHEMY_SCHEMA")
"""Options of `[database]` by which there are tables that are not seen here."""
QUOTE = {"postgresql": '"', "mysql": "`"}
"""Servers that know comments -> how they quote names."""
SCHEMA = {"postgresql": "current_schema()", "mysql": "database()"}
COMMENT = {
    "postgresql": f"select obj_description(to_regclass('{TABLE}'))",
    "mysql": (
        "select table_comment from information_schema.tables "
        f"where table_schema = database() and table_name = '{TABLE}'"
    ),
}
WRITE = {
    "postgresql": f"comment on table {TABLE} is '{{}}'",
    "mysql": f"alter table {TABLE} comment = '{{}}'",
}


def possible() -> bool:
    """Whether there may be a note: not of tables elsewhere, nor of what is no provider."""
    elsewhere = any(os.environ.get(f"AIRFLOW__DATABASE__{name}") for name in UNKNOWN)
    return database.kind() in QUOTE and not elsewhere


def providers(folder: Path | None = None) -> list[str]:
    """Airflow and its providers, as they are installed: each may have tables."""
    where = folder or Path(sysconfig.get_path("purelib"))
    found = {path.name for path in where.glob("apache_airflow*.dist-info")}
    for path in where.glob("*.dist-info/entry_points.txt"):
        if "[apache_airflow_provider]" in path.read_text():
            found.add(path.parent.name)
    return sorted(found)


def versions() -> list[str]:
    """The versions of all tables, as the database has them now; nothing before migrations."""
    kind = database.kind()
    tables = database.run(
        "select table_name from information_schema.tables "
        f"where table_schema = {SCHEMA[kind]} and table_name like '{TABLE}%'"
    )
    found = []
    for (table,) in sorted(tables):
        quoted = f"{QUOTE[kind]}{table}{QUOTE[kind]}"
        rows = database.run(f"select version_num from {quoted}")
        found += [f"{table} {version}" for (version,) in rows]
    return sorted(found)


def note(tables: list[str]) -> str:
    """What is noted by this image of a database whose tables have these versions."""
    text = "\n".join([*providers(), *tables])
    return f"migrated {hashlib.sha256(text.encode()).hexdigest()}"


def read() -> str:
    """The note; empty if there is none."""
    rows = database.run(COMMENT[database.kind()])
    return str(rows[0][0] or "") if rows else ""


def write() -> None:
    """Notes that all tables are migrated for this image."""
    database.run(WRITE[database.kind()].format(note(versions())))
