"""A database behind PgBouncer, and who may log in to it there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.key_numbers import numbered
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.services.login import Login
from cdk8s_airflow.services.server import user_name


@dataclass(frozen=True, kw_only=True)
class Pool:
    """A database behind PgBouncer."""

    name: str
    """`METADATA` or `RESULTS`."""
    login: Login
    """The database and the user by which PgBouncer connects."""
    clients: Mapping[int, SecretKey]
    """Number -> password with which Airflow logs in to PgBouncer, the one in use first; not the
    server's."""
    size: int
    """Connections to the server that one PgBouncer may open for a user."""
    limit: int | None = None
    """Those for all users of the database together. Default: no limit, there is one user."""

    @property
    def client(self) -> tuple[str, SecretKey]:
        """User and password with which Airflow logs in."""
        number, password = next(iter(self.clients.items()))
        return user_name(self.name, number), password

    @property
    def users(self) -> Sequence[tuple[str, str, SecretKey]]:
        """User, file of the password and password of all that may log in."""
        return [
            (user_name(self.name, number), numbered(f"{self.name}.client", number), password)
            for number, password in self.clients.items()
        ]
