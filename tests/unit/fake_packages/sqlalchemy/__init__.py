"""As much of SQLAlchemy as the programs use, on a SQLite file; one that is missing is away."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace, TracebackType

from .exc import OperationalError
from .pool import NullPool


def text(statement: str) -> str:
    return statement


class Result:
    returns_rows = True

    def __init__(self, rows: list[tuple[object, ...]]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        return iter(self._rows)

    def scalar(self) -> object:
        return self._rows[0][0]


class Connection:
    dialect = SimpleNamespace(name=os.environ.get("DIALECT", "sqlite"))
    locks = iter(os.environ.get("LOCKS", "").split())

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise OperationalError("connection refused\nIs the server running?")
        self._real = sqlite3.connect(path)
        self._real.create_function("now", 0, lambda: str(datetime.now(timezone.utc)))

    def execute(self, statement: str, values: Mapping[str, object] | None = None) -> Result:
        if "_lock(" in statement or statement.startswith("set "):
            print(statement, flush=True)
            return Result([(int(next(self.locks)) if "_lock(" in statement else None,)])
        return Result(self._real.execute(statement, dict(values or {})).fetchall())

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._real.close()


class Engine:
    dialect = Connection.dialect

    def __init__(self, url: str) -> None:
        self._path = Path(url.partition(":///")[2])

    def begin(self) -> Connection:
        return Connection(self._path)

    connect = begin


def create_engine(url: str, *, poolclass: type, connect_args: Mapping[str, object]) -> Engine:
    assert poolclass is NullPool
    if connect_args:
        print("by", connect_args)
    return Engine(url)
