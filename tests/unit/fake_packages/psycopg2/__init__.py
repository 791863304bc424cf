"""As much of psycopg2 as the program uses; it prints what it is told to do."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence


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


def connect(**parts: object) -> Connection:
    print(json.dumps(["connect", parts]))
    return Connection()
