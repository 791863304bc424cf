"""Asks the metadata database, at the cost of its driver alone where that is psycopg2.

SQLAlchemy takes ten times as long to import as what is asked takes, in each wait and each probe.
"""

import importlib
import importlib.util
import os
import re
import sys
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from url import option

OPTION = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
LIGHT = ("postgresql", "postgresql+psycopg2")
"""How the URLs begin of which libpq knows every parameter."""


LOCAL_SETTINGS = "airflow_local_settings"


class DatabaseError(Exception):
    """Why the database does not answer, in one line."""


def kind() -> str:
    """The kind of server, as SQLAlchemy calls it."""
    return option(OPTION).partition(":")[0].partition("+")[0]


def run(statement: str, values: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
    """The rows of one statement, in a connection of its own that is committed.

    Args:
        statement: SQL with `:name` where a value goes.
        values: name -> value.

    Raises:
        DatabaseError: when the server does not answer, or does not take it.
    """
    url = option(OPTION)
    scheme, _, rest = url.partition(":")
    if not has_local_settings() and scheme in LIGHT:
        try:
            import psycopg2
        except ImportError:  # an image with another driver
            return _by_sqlalchemy(url, statement, values or {})
        return _by_psycopg2(psycopg2, f"postgresql:{rest}", statement, values or {})
    return _by_sqlalchemy(url, statement, values or {})


def login(url: str) -> dict[str, str]:
    """What a connection needs beside the URL: a token in place of a password, if there is one.

    Raises:
        DatabaseError: when no token can be made.
    """
    if "DATABASE_LOGIN" not in os.environ:
        return {}
    tokens, server = importlib.import_module("cdk8s_airflow_token"), urlsplit(url)
    host, user = server.hostname or "", unquote(server.username or "")
    try:
        return {"password": tokens.password(host, server.port, user)}
    except tokens.TokenError as error:
        raise DatabaseError(_reason(error)) from error


def refused() -> None:
    """A connection failed: the next one tries another token."""
    if "DATABASE_LOGIN" in os.environ:
        importlib.import_module("cdk8s_airflow_token").forget()


def has_local_settings() -> bool:
    """Whether there are settings of the user's own; imports them, as Airflow does.

    They may give SQLAlchemy what it connects with, such as a token in place of a password.
    """
    home = os.environ.get("AIRFLOW_HOME", "/opt/airflow")
    plugins = os.environ.get("AIRFLOW__CORE__PLUGINS_FOLDER") or os.path.join(home, "plugins")
    for folder in (os.path.join(home, "config"), plugins):
        if folder not in sys.path:
            sys.path.append(folder)
    if importlib.util.find_spec(LOCAL_SETTINGS) is None:
        return False
    importlib.import_module(LOCAL_SETTINGS)
    return True


def connect(driver: Any, url: str) -> Any:
    """A connection of psycopg2."""
    try:
        return driver.connect(url, **login(url))
    except driver.Error:
        refused()
        raise


def _by_psycopg2(
    driver: Any, url: str, statement: str, values: Mapping[str, object]
) -> list[tuple[Any, ...]]:
    statement = re.sub(r":(\w+)", r"%(\1)s", statement.replace("%", "%%"))
    try:
        connection = connect(driver, url)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement, values)
                return list(cursor.fetchall()) if cursor.description else []
        finally:
            connection.close()
    except driver.Error as error:
        raise DatabaseError(_reason(error)) from error


def _by_sqlalchemy(url: str, statement: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
    from sqlalchemy import create_engine, text
    from sqlalchemy.exc import SQLAlchemyError
    from sqlalchemy.pool import NullPool

    password = login(url)
    try:
        engine = create_engine(url, poolclass=NullPool, connect_args=password)
        with engine.begin() as connection:
            if connection.dialect.name == "mysql":  # timestamps come in the session's time zone
                connection.execute(text("set time_zone = '+00:00'"))
            result = connection.execute(text(statement), values)
            return [tuple(row) for row in result] if result.returns_rows else []
    except SQLAlchemyError as error:
        refused()
        raise DatabaseError(_reason(getattr(error, "orig", None) or error)) from error


def _reason(error: object) -> str:
    return (str(error).strip().splitlines() or [repr(error)])[0]
