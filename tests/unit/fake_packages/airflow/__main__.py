"""Opens a connection as SQLAlchemy does, to a database that is away for the first tries.

Before, it imports the module that its settings name.
"""

from __future__ import annotations

import os
from importlib import import_module

from sqlalchemy.engine import Engine
from sqlalchemy.event import listeners


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


import_module("cdk8s_airflow_database")
asked = listeners.get((Engine, "do_connect"))
print(asked(Dialect(), None, ["db"], {"port": 5432}) if asked else "nobody is asked")
