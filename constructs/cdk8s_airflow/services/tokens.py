"""Logins to SQL servers by tokens: passwords that are made to connect, and end soon after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypeAlias

from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.services.cloud_tokens import AzureEntra, CloudSqlIam, RdsIam
from cdk8s_airflow.services.own_tokens import TokenCommand, TokenFunction

Token: TypeAlias = RdsIam | CloudSqlIam | AzureEntra | TokenCommand | TokenFunction
"""How the password of a SQL user is made, where it is none that stays."""


class _Server(Protocol):
    @property
    def host(self) -> str | SecretKey: ...
    @property
    def user(self) -> str | SecretKey: ...
    @property
    def password(self) -> SecretKey | None: ...


def token_problems(
    server: _Server, token: Token | None, *, mode: str | None, encrypts: frozenset[str]
) -> Iterator[str]:
    """What is wrong with a login by a token.

    Args:
        server: its props.
        token: the login, if it is one.
        mode: how the user wants TLS, if at all.
        encrypts: the modes that encrypt in any case.
    """
    if token is None:
        return
    kind, name = type(server).__name__, type(token).__name__
    yield from token.problems(kind, server.host, server.user)
    if server.password is not None:
        yield (
            f"{kind} has password= and token={name}(...): give the one by which the user logs in"
        )
    if mode is not None and mode not in encrypts:
        yield (
            f"{kind}(token={name}(...)) needs TLS, as the token goes to the server as it is, and "
            f"{mode!r} may do without: expected one of {sorted(encrypts)}, or leave it out"
        )
