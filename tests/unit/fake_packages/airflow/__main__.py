"""Opens a connection as SQLAlchemy does, to a database that is away for the first tries.

Before, it imports the module that its settings name. With LOCKS it uses a connection instead, to a
server that answers so; with BREAKS it ends on an error.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.event import listeners
from sqlalchemy.exc import DBAPIError, DisconnectionError, PendingRollbackError
from sqlalchemy.pool import Pool


class Driver:
    class OperationalError(Exception):
        pass


class Dialect:
    loaded_dbapi = Driver
    is_async = os.environ.get("ASYNC") == "yes"
    tries = 0

    def connect(self, host: str, port: int) -> str:
        self.tries += 1
        if os.environ["FAILS"] == "otherwise":
            raise ValueError("no fault of the server")
        if self.tries <= int(os.environ["FAILS"]):
            raise Driver.OperationalError("connection refused")
        return f"{host}:{port} at try {self.tries}"


class Connection:
    answers = iter(os.environ.get("LOCKS", "").split())
    closed = 0
    __module__ = os.environ.get("DRIVER", "psycopg2.extensions")
    info = SimpleNamespace(host="db", dbname=os.environ.get("DATABASE", "metadata"))

    def cursor(self) -> AbstractContextManager[Connection]:
        return nullcontext(self)

    def execute(self, statement: str) -> None:
        print(statement)

    def fetchone(self) -> tuple[bool]:
        answer = next(self.answers)
        self.closed = int(answer == "broken")
        return ({"yes": True, "no": False}[answer],)

    def rollback(self) -> None:
        print("rollback")


def use() -> str:
    record = SimpleNamespace(info={})
    for _ in range(int(os.environ.get("TIMES", "1"))):
        try:
            listeners[Pool, "checkout"](Connection(), record, None)
        except DisconnectionError as error:
            return f"another connection, please: {error!r}"
        except KeyError as error:
            return f"the driver's error: {error!r}"
    return "used"


def broken(how: str) -> Any:
    if how.startswith("pending "):
        pending = PendingRollbackError("in use")
        pending.code = how.removeprefix("pending ")
        return pending
    error = DBAPIError("in use")
    error.connection_invalidated = how == "yes"
    return error


import_module("cdk8s_airflow_database")
if "BREAKS" in os.environ:
    print("it runs", flush=True)
    raise broken(os.environ["BREAKS"])
if "LOCKS" in os.environ:
    print(use())
else:
    asked = listeners.get((Engine, "do_connect"))
    print(asked(Dialect(), None, ["db"], {"port": 5432}) if asked else "nobody is asked")
