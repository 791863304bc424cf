"""Users of OAuth and OpenID Connect providers, by FAB: what one and several have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cdk8s_airflow.auth.groups import GroupLogin
from cdk8s_airflow.auth.login import READS_LOGIN
from cdk8s_airflow.auth.provider import MODULE, Provider
from cdk8s_airflow.auth.webserver_config import Code
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.platform import Platform, Role


@dataclass(frozen=True, kw_only=True)
class OAuthLogin(GroupLogin):
    """The base of `Oidc` and `OAuth`: users log in at providers, which send them back."""

    @property
    def all_providers(self) -> Sequence[Provider]:
        """The providers, in the order of the login page."""
        raise NotImplementedError

    @property
    def needs_url(self) -> bool:
        """Providers send users back."""
        return True

    @property
    def classes(self) -> tuple[str, str]:
        """Module and name of the security manager."""
        return MODULE, "OidcLogin"

    @property
    def secrets(self) -> Mapping[str, SecretKey]:
        """The providers' client secrets."""
        return {
            provider.secret_variable: provider.client_secret
            for provider in self.all_providers
            if provider.client_secret
        }

    @property
    def all_roles(self) -> Mapping[str, Sequence[str]]:
        """Group -> its roles, those of single providers included."""
        of_providers = {
            group: roles
            for provider in self.all_providers
            for group, roles in provider.own_roles.items()
        }
        return {**of_providers, **self.shared_roles}

    @property
    def shared_roles(self) -> Mapping[str, Sequence[str]]:
        """Group of any provider -> its roles."""
        return {}

    def settings(self, platform: Platform) -> Mapping[str, object]:
        """The settings of FAB for OAuth."""
        url = platform.base_url
        found = [provider.provider_settings(url) for provider in self.all_providers]
        return {
            "AUTH_TYPE": Code(f"{MODULE}.AUTH_OAUTH"),
            "OAUTH_PROVIDERS": found,
            **self.group_settings,
            "AUTH_ROLES_MAPPING": dict(self.shared_roles),
        }

    def login_parts(self, role: Role, platform: Platform) -> PodParts:
        """The providers as peers, and the files of their certificate authorities."""
        parts = super().login_parts(role, platform)
        if role not in READS_LOGIN:
            return parts
        for provider in self.all_providers:
            parts += provider.pod_parts
        return parts


def same_names(providers: Sequence[Provider]) -> Iterator[str]:
    """The problems of providers beside each other: names, and names of their users."""
    names = [provider.name for provider in providers]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield f"OAuth(providers=...) has {name!r} {names.count(name)} times: name each its own"
    by_prefix: dict[str, list[str]] = {}
    for provider in providers:
        by_prefix.setdefault(provider.prefix_of_users, []).append(provider.name)
    for prefix, found in by_prefix.items():
        if len(found) > 1:
            yield (
                f"OAuth(providers=...): {' and '.join(found)} have username_prefix={prefix!r}, so "
                "a user of one could log in as a user of another who has the same name: give each "
                "its own, such as username_prefix='partner_'"
            )
