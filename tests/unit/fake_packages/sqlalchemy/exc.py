"""Errors."""

from __future__ import annotations


class SQLAlchemyError(Exception):
    pass


class OperationalError(SQLAlchemyError):
    def __init__(self, reason: str) -> None:
        super().__init__(f"(OperationalError) {reason} [SQL: select 1]")
        self.orig = Exception(reason)


class DBAPIError(SQLAlchemyError):
    connection_invalidated = False


class DisconnectionError(SQLAlchemyError):
    pass


class PendingRollbackError(SQLAlchemyError):
    code = ""
