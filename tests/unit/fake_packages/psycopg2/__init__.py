"""As much of psycopg2 as the programs use.

By its parts, a connection prints what it is told to do. By a URL it is to a SQLite file, which
knows the schema and the comments on tables as PostgreSQL does; one that is missing is away.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class Error(Exception):
    pass


class OperationalError(Error):
    pass


class Cursor:
    def __enter__(self) -> Cursor:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def execute(self, statement: str, values: Sequence[str] = ()) -> None:
        self._found = any(name in statement for name in os.environ["EXISTS"].split())
        print(json.dumps([statement, *values]))

    def fetchone(self) -> tuple[int] | None:
        return (1,) if self._found else None


class Connection:
    autocommit = False

    def cursor(self) -> Cursor:
        assert self.autocommit, "PostgreSQL makes no database in a transaction"
        return Cursor()

    def close(self) -> None:
        print(json.dumps(["close"]))


class FileCursor:
    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise Error("connection refused\nIs the server running?")
        self._real = sqlite3.connect(path)
        self._real.execute("create table if not exists main.comments (name, text)")
        self._real.execute("attach ':memory:' as information_schema")
        self._real.execute(
            "create table information_schema.tables as select 'public' as table_schema, "
            "name as table_name from main.sqlite_master"
        )
        self._real.create_function("current_schema", 0, lambda: "public")

    def __enter__(self) -> FileCursor:
        return self

    def __exit__(self, kind: object, *error: object) -> None:
        if kind is None:
            self._real.commit()

    def execute(self, statement: str, values: Mapping[str, object]) -> None:
        made = re.fullmatch(r"comment on table (\w+) is ('[\w ]*')", statement)
        if made:
            statement = f"insert into comments values ('{made[1]}', {made[2]})"
        asked = re.fullmatch(r"select obj_description\(to_regclass\('(\w+)'\)\)", statement)
        if asked:
            statement = f"select max(text) from comments where name = '{asked[1]}'"
        statement = re.sub(r"%\((\w+)\)s", r":\1", statement).replace("%%", "%")
        try:
            self._result = self._real.execute(statement, dict(values))
        except sqlite3.Error as error:
            raise Error(str(error)) from error

    @property
    def description(self) -> Any:
        return self._result.description

    def fetchall(self) -> list[Any]:
        return self._result.fetchall()

    def close(self) -> None:
        self._real.close()


class FileConnection(FileCursor):
    def cursor(self) -> FileCursor:
        return self


def connect(url: str = "", **parts: object) -> Connection | FileConnection:
    if url:
        assert url.startswith("postgresql:"), "libpq knows no drivers"
        if parts:
            print("by", parts)
        return FileConnection(Path(urlsplit(url).path))
    if parts["user"] in os.environ.get("REFUSED", "").split():
        raise OperationalError(f'password authentication failed for user "{parts["user"]}"')
    print(json.dumps(["connect", parts]))
    return Connection()
