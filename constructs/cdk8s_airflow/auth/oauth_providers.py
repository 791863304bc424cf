"""Users of several providers, and of those that speak OAuth without OpenID Connect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias

from cdk8s_airflow.auth.groups import GroupLogin, role_lists
from cdk8s_airflow.auth.oauth import OAuthLogin, same_names
from cdk8s_airflow.auth.oidc import Oidc
from cdk8s_airflow.auth.provider import MODULE, Provider, client, https_problems, secret_variable
from cdk8s_airflow.auth.webserver_config import Code
from cdk8s_airflow.kubernetes.addresses import split_url
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import SecretKey

PlainProvider: TypeAlias = Literal["github", "githublocal", "openshift"]
"""Providers without OpenID Connect whose answers FAB understands; `githublocal` is GitHub
Enterprise."""
_GITHUB = {
    "api_base_url": "https://api.github.com/",
    "authorize_url": "https://github.com/login/oauth/authorize",
    "access_token_url": "https://github.com/login/oauth/access_token",
}
_SCOPES: Mapping[str, Sequence[str]] = {"openshift": ("user:info",)}


@dataclass(frozen=True, kw_only=True)
class OAuthProvider(Props):
    """A provider that speaks OAuth 2 without OpenID Connect; it tells no groups."""

    name: PlainProvider
    """Which one; users are called `github_<login>`, or `openshift_<name>`."""
    client_id: str
    """Id of the client."""
    client_secret: SecretKey
    """Secret of the client."""
    api_base_url: str | None = None
    """URL of its API, with a slash at the end. Default: that of github.com."""
    authorize_url: str | None = None
    """URL where users log in. Default: that of github.com."""
    access_token_url: str | None = None
    """URL of its tokens. Default: that of github.com."""
    scopes: Sequence[str] | None = None
    """What the client asks for. Default: `read:user`; for OpenShift `user:info`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        for option in _GITHUB:
            url = getattr(self, option)
            if url is not None:
                yield from https_problems(f"OAuthProvider({option}", url)
            elif self.name != "github":
                yield f"OAuthProvider(name={self.name!r}) needs {option}="
        if self.api_base_url is not None and not self.api_base_url.endswith("/"):
            yield (
                f"OAuthProvider(api_base_url={self.api_base_url!r}): expected a slash at its end"
            )

    @property
    def secret_variable(self) -> str:
        """Environment variable of the client secret."""
        return secret_variable(self.name)

    @property
    def prefix_of_users(self) -> str:
        """What the names of its users in Airflow begin with."""
        return f"{self.name}_"

    @property
    def own_roles(self) -> Mapping[str, Sequence[str]]:
        """None, as it tells no groups."""
        return {}

    @property
    def urls(self) -> Mapping[str, str]:
        """Setting of the client -> URL."""
        return {option: getattr(self, option) or url for option, url in _GITHUB.items()}

    @property
    def pod_parts(self) -> PodParts:
        """The provider as peers: its API and its tokens; users' browsers reach the login."""
        found = [split_url(self.urls[name]) for name in ("api_base_url", "access_token_url")]
        return PodParts(peers=tuple(Peer(host=u.hostname or "", port=u.port or 443) for u in found))

    def provider_settings(self, url: str) -> Mapping[str, object]:
        """Its entry of OAUTH_PROVIDERS.

        Args:
            url: of the UI.
        """
        scopes = self.scopes or _SCOPES.get(self.name, ("read:user",))
        return {
            "name": self.name,
            "icon": "fa-github" if self.name.startswith("github") else "fa-circle-o-notch",
            "token_key": "access_token",
            "remote_app": {
                "client_cls": Code(f"{MODULE}.OAuthClient"),
                **client(self.client_id, self.secret_variable, scopes),
                **self.urls,
                "redirect_uri": f"{url}/auth/oauth-authorized/{self.name}",
            },
        }


@dataclass(frozen=True, kw_only=True)
class OAuth(OAuthLogin):
    """Users log in at one of several providers.

    `roles` here are of groups of any provider; those of `Oidc(roles=...)` of its own groups alone.
    """

    providers: Sequence[Oidc | OAuthProvider]
    """The providers, in the order of the login page."""

    def problems(self) -> Iterator[str]:
        """The problems of its fields, a sentence each."""
        yield from super().problems()
        if not self.providers:
            yield "OAuth(providers=[]): expected a provider, such as Oidc(issuer=..., ...)"
        yield from same_names(self.all_providers)
        for provider in self.providers:
            if not isinstance(provider, Oidc):
                continue
            for field in fields(GroupLogin):
                if field.name != "roles" and getattr(provider, field.name) != field.default:
                    yield (
                        f"OAuth(providers=...): Oidc(name={provider.name!r}).{field.name} holds "
                        f"for all providers: give it to OAuth({field.name}=...)"
                    )

    @property
    def all_providers(self) -> Sequence[Provider]:
        """The providers."""
        return self.providers

    @property
    def shared_roles(self) -> Mapping[str, Sequence[str]]:
        """Group of any provider -> its roles."""
        return role_lists(self.roles)
