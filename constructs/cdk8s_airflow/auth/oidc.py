"""Users of an OpenID Connect provider, by FAB: Entra ID, Okta, Google, Keycloak, Dex ..."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cdk8s_airflow.auth.groups import role_lists
from cdk8s_airflow.auth.oauth import OAuthLogin
from cdk8s_airflow.auth.provider import (
    MODULE,
    Provider,
    client,
    https_problems,
    name_problems,
    secret_variable,
)
from cdk8s_airflow.auth.webserver_config import Code
from cdk8s_airflow.kubernetes.addresses import split_url
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.references import ConfigMapKey, SecretKey

_CA = "/opt/cdk8s-airflow-login"
_DOMAIN = re.compile(r"[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\.[A-Za-z0-9][-A-Za-z0-9]*)+")


@dataclass(frozen=True, kw_only=True)
class Oidc(OAuthLogin):
    """Users log in at an OpenID Connect provider; several are `OAuth(providers=[Oidc(...), ...])`.

    Register at the provider a client of the type "web" or "confidential" with the redirect URI
    `<URL of the UI>/auth/oauth-authorized/<name>`. The client finds all other URLs by the issuer.
    """

    issuer: str
    """The issuer, exactly as the provider calls itself: `https://login.example.com/realms/data`."""
    client_id: str
    """Id of the client."""
    client_secret: SecretKey | None = None
    """Secret of the client. Default: none, a public client; all use PKCE."""
    name: str = "oidc"
    """Its name on the login page and in the redirect URI. Default: `oidc`."""
    scopes: Sequence[str] = ("openid", "profile", "email")
    """What the client asks for; many providers send groups only if `groups` is among it.
    Default: `openid`, `profile`, `email`."""
    username_claim: str = "preferred_username"
    """Claim that becomes the user's name in Airflow. With Entra ID take `oid`, as users and guests
    may change other claims. Default: `preferred_username`."""
    username_prefix: str = ""
    """What names of users in Airflow begin with, so that those of several providers differ.
    Default: nothing."""
    groups_claim: str = "groups"
    """Claim with the groups; dots lead into a claim, as in Keycloak's `realm_access.roles`.
    Default: `groups`."""
    email_domains: Sequence[str] | None = None
    """Only users with an e-mail address of these domains may come in. Default: any."""
    ca: ConfigMapKey | SecretKey | None = None
    """The certificate authority of the provider (PEM). Default: public ones, and those of
    `ca_bundle`."""

    def problems(self) -> Iterator[str]:
        """The problems of its fields, a sentence each."""
        yield from super().problems()
        yield from https_problems("Oidc(issuer", self.issuer)
        yield from name_problems("Oidc", self.name)
        if self.issuer.rstrip("/").endswith("/.well-known/openid-configuration"):
            yield "Oidc(issuer=...) ends in /.well-known/openid-configuration: leave this part out"
        if not self.client_id.strip():
            yield "Oidc(client_id=''): expected the id that the provider has for this client"
        if "openid" not in self.scopes:
            yield (
                f"Oidc(scopes={list(self.scopes)!r}): expected 'openid' among them; without it a "
                "provider sends no ID token, which says who has logged in"
            )
        for option in ("username_claim", "groups_claim"):
            if not getattr(self, option).strip():
                yield f"Oidc({option}=''): expected the name of a claim"
        for domain in self.email_domains or ():
            if not _DOMAIN.fullmatch(domain):
                yield f"Oidc(email_domains=...): {domain!r} is no domain such as 'example.com'"

    @property
    def all_providers(self) -> Sequence[Provider]:
        """Itself."""
        return (self,)

    @property
    def secret_variable(self) -> str:
        """Environment variable of the client secret."""
        return secret_variable(self.name)

    @property
    def prefix_of_users(self) -> str:
        """What the names of its users in Airflow begin with."""
        return self.username_prefix

    @property
    def own_roles(self) -> Mapping[str, Sequence[str]]:
        """Group of this provider -> roles."""
        return role_lists(self.roles)

    def provider_settings(self, url: str) -> Mapping[str, object]:
        """Its entry of OAUTH_PROVIDERS.

        Args:
            url: of the UI.
        """
        ca = {"ca": self._ca_file} if self.ca else {}
        domains = {"email_domains": list(self.email_domains)} if self.email_domains else {}
        discovery = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
        return {
            "name": self.name,
            "icon": "fa-sign-in",
            "token_key": "access_token",
            "remote_app": {
                "client_cls": Code(f"{MODULE}.OidcClient"),
                **client(
                    self.client_id,
                    self.secret_variable if self.client_secret else None,
                    self.scopes,
                ),
                "server_metadata_url": discovery,
                "issuer": self.issuer,
                "redirect_uri": f"{url}/auth/oauth-authorized/{self.name}",
                **ca,
            },
            "username_claim": self.username_claim,
            "username_prefix": self.username_prefix,
            "groups_claim": self.groups_claim,
            **domains,
            "roles": self.own_roles,
        }

    @property
    def pod_parts(self) -> PodParts:
        """The provider as a peer, and the file of its certificate authority."""
        found = split_url(self.issuer)
        parts = PodParts(peers=(Peer(host=found.hostname or "", port=found.port or 443),))
        if not self.ca:
            return parts
        volume = f"login-ca-{self.name}"
        where = {"mountPath": self._ca_file.rpartition("/")[0], "readOnly": True}
        return parts + PodParts(
            volumes=(self.ca.volume(volume, "ca.crt"),), mounts=({"name": volume, **where},)
        )

    @property
    def _ca_file(self) -> str:
        return f"{_CA}/ca-{self.name}/ca.crt"
