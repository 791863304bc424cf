"""One provider of OAuth, as FAB and its client know it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from cdk8s_airflow.auth.webserver_config import Code
from cdk8s_airflow.kubernetes.addresses import split_url
from cdk8s_airflow.kubernetes.credentials import without_credentials
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.references import SecretKey

MODULE = "cdk8s_airflow_oidc"
TIMEOUT = 10
"""Seconds for an answer of a provider; a user waits, and so does a thread of the API server."""
_NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")


class Provider(Protocol):
    """What the logins need to know of a provider."""

    @property
    def name(self) -> str:
        """Its name on the login page and in the redirect URI."""
        ...

    @property
    def client_secret(self) -> SecretKey | None:
        """The secret that it shares with this release."""
        ...

    @property
    def secret_variable(self) -> str:
        """Environment variable of the client secret."""
        ...

    @property
    def prefix_of_users(self) -> str:
        """What the names of its users in Airflow begin with."""
        ...

    @property
    def own_roles(self) -> Mapping[str, Sequence[str]]:
        """Group of this provider alone -> roles."""
        ...

    @property
    def pod_parts(self) -> PodParts:
        """What pods need to reach it."""
        ...

    def provider_settings(self, url: str) -> Mapping[str, object]:
        """Its entry of OAUTH_PROVIDERS."""
        ...


def secret_variable(name: str) -> str:
    """Environment variable of the client secret of a provider."""
    return f"LOGIN_{name.upper().replace('-', '_')}_CLIENT_SECRET"


def client(client_id: str, variable: str | None, scopes: Sequence[str]) -> dict[str, object]:
    """The settings of a client that all providers have.

    Args:
        client_id: its id.
        variable: environment variable of its secret; None: it has none.
        scopes: what it asks for.
    """
    secret = {"client_secret": Code(f'{MODULE}.secret("{variable}")')} if variable else {}
    return {
        "client_id": client_id,
        **secret,
        "client_kwargs": {
            "scope": " ".join(scopes),
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT,
            **({} if variable else {"token_endpoint_auth_method": "none"}),
        },
    }


def name_problems(owner: str, name: str) -> Iterator[str]:
    """The problems of a provider's name, which is a part of a URL."""
    if not _NAME.fullmatch(name):
        yield (
            f"{owner}(name={name!r}): expected lower-case letters, digits and dashes, such as "
            "'corp': it is in the redirect URI, .../auth/oauth-authorized/corp"
        )


def https_problems(where: str, url: str) -> Iterator[str]:
    """The problems of a URL of a provider."""
    parts = split_url(url)
    plain = not (parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme != "https" or not parts.hostname or not plain:
        yield (
            f"{where}={without_credentials(url)!r}): expected a URL such as "
            "'https://login.example.com', by https, without query and credentials"
        )
