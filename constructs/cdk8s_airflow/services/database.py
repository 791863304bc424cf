"""Databases by their parts: where they are, who connects, and what a user says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.part import Part
from cdk8s_airflow.services.authority import Authority, authority_parts, certificate_parts
from cdk8s_airflow.services.urls import Url, server_url

Kind: TypeAlias = Literal["mysql", "postgresql"]
"""The protocol that a server speaks."""


@dataclass(frozen=True, kw_only=True)
class DatabaseUser:
    """A database of a server, and who connects to it."""

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

    def server_url(self, scheme: str, prefix: str, parameters: Mapping[str, str]) -> Url:
        """Its URL, and the files of `ca` and `client_certificate`, which the parameters name.

        Args:
            scheme: for example `mysql+mysqldb`.
            prefix: begins the environment variables of the credentials.
            parameters: query parameters.
        """
        return server_url(
            scheme,
            host=self.host,
            port=self.port,
            path=self.database,
            prefix=prefix,
            user=self.user,
            password=self.password,
            parameters=parameters,
            beside=authority_parts(prefix, self.ca)
            + certificate_parts(prefix, self.client_certificate),
        )


@dataclass(frozen=True, kw_only=True)
class DatabaseServer(DatabaseUser):
    """Where the metadata is, for clients that do not read Airflow's URL."""

    kind: Kind
    """The protocol that it speaks."""
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


@dataclass(frozen=True, kw_only=True)
class ExternalDatabase(Props, Part):
    """What can be said of each SQL server that exists already."""

    host: str
    """Host name or address."""
    user: str | SecretKey = "airflow"
    """User with all rights on the database, literal or from a Secret."""
    password: SecretKey | None = None
    """Password, any characters; default: none, for servers that know their clients otherwise."""
    client_certificate: str | None = None
    """Name of a `kubernetes.io/tls` Secret with a certificate by which the server knows Airflow;
    its key has no passphrase. Default: none."""
