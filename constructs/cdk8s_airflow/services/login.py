"""A database of PostgreSQL, and who asks it: the URL of libpq, with its files and time-outs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.services.authority import (
    Authority,
    authority_file,
    authority_parts,
    certificate_files,
    certificate_parts,
)
from cdk8s_airflow.services.timeouts import LIBPQ
from cdk8s_airflow.services.urls import Url, server_url


@dataclass(frozen=True, kw_only=True)
class Login:
    """A database, and who asks it."""

    host: str
    port: int
    database: str
    user: str | SecretKey
    password: SecretKey | None
    parameters: Mapping[str, str] = field(default_factory=dict)
    """Parameters of libpq that the user gives."""
    ca: Authority | None = None
    client_certificate: str | None = None

    @property
    def sslmode(self) -> str | None:
        """How libpq encrypts and verifies; None: as it does by default."""
        verifies = self.ca or self.parameters.get("sslrootcert") == "system"
        usual = "verify-full" if verifies else "require" if self.client_certificate else None
        return self.parameters.get("sslmode", usual)

    def url(self, scheme: str, prefix: str) -> Url:
        """Its URL, and the files that it names."""
        tls = {"sslmode": self.sslmode} if self.sslmode else {}
        if self.ca:
            tls["sslrootcert"] = authority_file(prefix)
        if self.client_certificate:
            tls["sslcert"], tls["sslkey"] = certificate_files(prefix)
        return server_url(
            scheme,
            host=self.host,
            port=self.port,
            path=self.database,
            prefix=prefix,
            user=self.user,
            password=self.password,
            parameters={**LIBPQ, **tls, **self.parameters},
            beside=authority_parts(prefix, self.ca)
            + certificate_parts(prefix, self.client_certificate),
        )
