"""Databases by host, port and credentials, and the props of external ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from cdk8s_airflow.kubernetes.key_numbers import FIRST, numbered
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.part import Part
from cdk8s_airflow.services.authority import Authority, authority_parts, certificate_parts
from cdk8s_airflow.services.tokens import Token
from cdk8s_airflow.services.urls import Url, server_url

Kind: TypeAlias = Literal["mysql", "postgresql"]
"""The protocol that a server speaks."""


@dataclass(frozen=True, kw_only=True)
class DatabaseUser:
    """A database of a server, and the user that connects to it."""

    host: str | SecretKey
    """Host name or address, as the pods of the release know it, literal or from a Secret."""
    port: int | SecretKey
    """Port, literal or from a Secret."""
    database: str | SecretKey
    """Name of the database, literal or from a Secret."""
    user: str | SecretKey
    """User, literal or from a Secret."""
    password: SecretKey | None
    """Password; None: the server authenticates clients in another way."""
    number: int = FIRST
    """Number of the password, if the release generates it. Default: 1."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """Connection parameters of Airflow's client library."""
    ca: Authority | None = None
    """CA certificates of the server. Default: none."""
    client_certificate: str | None = None
    """Name of the Secret with Airflow's client certificate. Default: none."""
    token: Token | None = None
    """How Airflow makes its password at each connection. Default: it has one that stays, or none.
    """

    def credential(self, pool: str, part: str) -> str:
        """The file of PgBouncer with a part that is from a Secret; another number is another file.

        A running PgBouncer reads its new settings before it is replaced, and must not log in as
        another user with the password that it has.
        """
        return numbered(f"{pool}.{part}", self.number)

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
            pod_parts=authority_parts(prefix, self.ca)
            + certificate_parts(prefix, self.client_certificate),
        )


@dataclass(frozen=True, kw_only=True)
class DatabaseServer(DatabaseUser):
    """The metadata database, for clients that do not read Airflow's URL."""

    kind: Kind
    """The protocol that it speaks."""
    pooled: DatabaseServer | None = None
    """The database behind the release's PgBouncer. Default: there is no PgBouncer."""

    def host_in_other_namespaces(self, namespace: str | None) -> str | None:
        """The host name for pods of other namespaces; None: it is not known.

        Args:
            namespace: the release's, if it is known.
        """
        if isinstance(self.host, SecretKey):
            return None
        if "." in self.host or ":" in self.host:
            return self.host
        return f"{self.host}.{namespace}.svc" if namespace else None


@dataclass(frozen=True, kw_only=True)
class ExternalDatabase(Props, Part):
    """The props that all external SQL servers share."""

    host: str | SecretKey
    """Host name or address, literal or from a Secret. What connects may reach any address on the
    server's port then, as for any name: a NetworkPolicy knows addresses alone."""
    user: str | SecretKey = "airflow"
    """User with all rights on the database, literal or from a Secret. Default: `airflow`."""
    password: SecretKey | None = None
    """Password, with any characters. Default: none, for servers that authenticate clients in
    another way."""
    token: Token | None = None
    """A login by a token in place of a password, made anew for connections: `RdsIam`,
    `CloudSqlIam`, `AzureEntra`, or a `TokenCommand` or `TokenFunction` of yours. It needs TLS,
    which is then required; give `ca` too, so that the token goes to your server alone. Default:
    none."""
    client_certificate: str | None = None
    """Name of a `kubernetes.io/tls` Secret with Airflow's client certificate; its key has no
    passphrase. Default: none."""
