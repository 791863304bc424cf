"""A PostgreSQL database and its user: the URL of libpq, with TLS files and time-outs."""

from __future__ import annotations

from dataclasses import dataclass

from cdk8s_airflow.services.authority import authority_file, certificate_files
from cdk8s_airflow.services.database import DatabaseUser
from cdk8s_airflow.services.timeouts import LIBPQ
from cdk8s_airflow.services.urls import Url


@dataclass(frozen=True, kw_only=True)
class Login(DatabaseUser):
    """A PostgreSQL database, and the user that connects to it; `parameters` are those of libpq."""

    @property
    def sslmode(self) -> str | None:
        """`sslmode` of libpq; None: its default."""
        verifies = self.ca or self.parameters.get("sslrootcert") == "system"
        encrypts = self.client_certificate or self.token
        default_mode = "verify-full" if verifies else "require" if encrypts else None
        return self.parameters.get("sslmode", default_mode)

    def url(self, scheme: str, prefix: str) -> Url:
        """The URL, and the files that it names."""
        tls = {"sslmode": self.sslmode} if self.sslmode else {}
        if self.ca:
            tls["sslrootcert"] = authority_file(prefix)
        if self.client_certificate:
            tls["sslcert"], tls["sslkey"] = certificate_files(prefix)
        return self.server_url(scheme, prefix, {**LIBPQ, **tls, **self.parameters})
