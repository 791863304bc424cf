"""How git authenticates at a server: by token, by ssh key, or as a GitHub App."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from cdk8s_airflow.kubernetes.addresses import split_url
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import ConfigMapKey, SecretKey

_USERNAME = re.compile(r"[\w.@+-]+")
_CLIENT_ID = re.compile(r"[\w.-]+")


@dataclass(frozen=True, kw_only=True)
class GitToken(Props):
    """An access token (or password) for a repository behind https.

    It is mounted as a file that git reads at each fetch: it may hold any character, and a new one
    needs no restart.
    """

    token: SecretKey
    """The token."""
    username: str | SecretKey = "git"
    """User name that goes with it, literal or from a Secret. Most servers take any name for a
    token; others want a fixed one: `oauth2`, `x-access-token`, `x-token-auth`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if isinstance(self.username, str) and not _USERNAME.fullmatch(self.username):
            yield (
                f"GitToken(username={self.username!r}): expected letters, digits and `_.@+-`; "
                "give any other name as SecretKey(name=..., key=...)"
            )


@dataclass(frozen=True, kw_only=True)
class GitSshKey(Props):
    """A private key for a repository behind ssh, and the server's public keys."""

    key: SecretKey
    """The private key, without passphrase, in a format of OpenSSH."""
    known_hosts: SecretKey | ConfigMapKey
    """The server's public keys in the format of `known_hosts`; a server with another key is
    refused. Pods cannot trust a key on first use, as each new pod would do so again. `ssh-keyscan`
    writes the lines; compare them with what the server's operator publishes."""


@dataclass(frozen=True, kw_only=True)
class GitHubApp(Props):
    """A GitHub App, for which git-sync gets a new token each hour; no person has to have one.

    Create an app with the permission to read contents, install it for the repository, and store its
    private key in a Secret. The key is mounted as a file, into git-sync alone.
    """

    FILE: ClassVar[str] = "github-app.pem"
    """Name of the file with the private key."""

    private_key: SecretKey
    """The app's private key (PEM)."""
    installation_id: int
    """Id of the installation, the last part of its URL in the settings of the organisation."""
    application_id: int | None = None
    """App ID; or give `client_id`."""
    client_id: str | None = None
    """Client ID, which GitHub prefers to the App ID. Default: none, `application_id`."""
    api_url: str | None = None
    """URL of the API. Default: `https://api.github.com/`; for a server of yours
    `https://{host of the repository}/api/v3/`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if (self.application_id is None) is (self.client_id is None):
            given = "neither" if self.client_id is None else "both"
            yield f"GitHubApp: has {given} of application_id and client_id: give one of them"
        for name in ("installation_id", "application_id"):
            value = getattr(self, name)
            if value is not None and value < 1:
                yield f"GitHubApp: {name}={value}: expected the number that GitHub shows"
        if self.client_id is not None and not _CLIENT_ID.fullmatch(self.client_id):
            yield f"GitHubApp: client_id={self.client_id!r}: expected letters and digits"
        if self.api_url is not None:
            url = split_url(self.api_url)
            if url.scheme != "https" or not url.hostname or url.query:
                yield "GitHubApp: api_url: expected an https URL such as https://HOST/api/v3/"

    def url(self, host: str) -> str:
        """URL of the API for a repository on this host."""
        if self.api_url:
            return self.api_url
        return "https://api.github.com/" if host == "github.com" else f"https://{host}/api/v3/"

    def peer(self, host: str) -> Peer:
        """The server of the API for a repository on this host."""
        url = split_url(self.url(host))
        return Peer(host=url.hostname or "", port=url.port or 443)

    def flags(self, host: str, key_file: str) -> Mapping[str, str]:
        """Flags of git-sync.

        Args:
            host: of the repository.
            key_file: path of the private key.
        """
        app = (
            {"github-app-client-id": self.client_id}
            if self.client_id
            else {"github-app-application-id": str(self.application_id)}
        )
        return {
            "github-base-url": self.url(host),
            **app,
            "github-app-installation-id": str(self.installation_id),
            "github-app-private-key-file": key_file,
        }
