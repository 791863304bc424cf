"""Opens a connection as SQLAlchemy does, to a database that is away for the first tries.

Before, it imports the module that its settings name. With LOCKS it uses a connection instead, to a
server that answers so; with BREAKS it ends on an error.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import psycopg2
from sqlalchemy.engine import Engine
from sqlalchemy.event import listeners
from sqlalchemy.exc import DBAPIError, DisconnectionError
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


class Cursor(psycopg2.Cursor):
    answers = iter(os.environ.get("LOCKS", "").split())

    def execute(self, statement: str, values: object = ()) -> None:
        print(statement)

    def fetchone(self) -> Any:
        return {"yes": (True,), "no": (False,)}[next(self.answers)]


class Connection(psycopg2.Connection):
    __module__ = os.environ.get("DRIVER", "psycopg2.extensions")

    def cursor(self) -> Cursor:
        return Cursor()

    def rollback(self) -> None:
        print("rollback")


def use() -> str:
    try:
        listeners[Pool, "checkout"](Connection(), None, None)
    except DisconnectionError as error:
        return f"another connection, please: {error!r}"
    return "used"


import_module("cdk8s_airflow_database")
if "BREAKS" in os.environ:
    print("it runs", flush=True)
    error = DBAPIError("in use")
    error.connection_invalidated = os.environ["BREAKS"] == "yes"
    raise error
if "LOCKS" in os.environ:
    print(use())
else:
    asked = listeners.get((Engine, "do_connect"))
    print(asked(Dialect(), None, ["db"], {"port": 5432}) if asked else "nobody is asked")
