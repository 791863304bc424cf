"""The metadata database by its parts: for those outside the release who look into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.services.authority import Authority

Kind: TypeAlias = Literal["mysql", "postgresql"]
"""The protocol that a server speaks."""


@dataclass(frozen=True, kw_only=True)
class DatabaseServer:
    """Where the metadata is, for clients that do not read Airflow's URL."""

    kind: Kind
    """The protocol that it speaks."""
    host: str
    """Host name or address, as the pods of the release know it."""
    port: int
    """Port."""
    database: str
    """Name of the database."""
    user: str | SecretKey
    """User, literal or from a Secret."""
    password: SecretKey | None
    """Password; none, where the server knows its clients otherwise."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """Parameters of the connection, as the client library of Airflow spells them."""
    ca: Authority | None = None
    """Who vouches for it; default: those whom everybody knows, or nobody."""
    client_certificate: str | None = None
    """Name of the Secret with the certificate by which it knows Airflow."""
    pooled: DatabaseServer | None = None
    """The same behind the release's PgBouncer, if there is one."""

    def seen_from_elsewhere(self, namespace: str | None) -> str | None:
        """The host as pods of other namespaces know it; None where that cannot be told.

        Args:
            namespace: the release's, if it is known.
        """
        if "." in self.host or ":" in self.host:
            return self.host
        return f"{self.host}.{namespace}.svc" if namespace else None
