"""Opens a connection as SQLAlchemy does, to a database that is away for the first tries."""

from __future__ import annotations

import os
import sys

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


def main() -> int:
    connection = listeners[Engine, "do_connect"](Dialect(), None, ["db"], {"port": 5432})
    print(sys.argv, connection)
    print("own folder" if any(path.endswith("programs") for path in sys.path) else "no own folder")
    return 3
