"""Keycloak's own auth manager: users and their permissions are in Keycloak."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cdk8s_airflow.auth.login import Login
from cdk8s_airflow.kubernetes.addresses import split_url, url_problems
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.references import SecretKey, env_vars
from cdk8s_airflow.parts.config_check import variable
from cdk8s_airflow.parts.secret_files import kept_secret
from cdk8s_airflow.platform import Platform, Role

KEYCLOAK = "airflow.providers.keycloak.auth_manager.keycloak_auth_manager.KeycloakAuthManager"
PACKAGE = "apache-airflow-providers-keycloak"
"""What the image needs; the official one does not have it."""
_SECTION = "keycloak_auth_manager"
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, kw_only=True)
class Keycloak(Login):
    """Users log in at Keycloak, which decides of each request what they may do.

    `airflow keycloak-auth-manager create-all` makes the scopes, resources and permissions of the
    client. For users of Keycloak with the roles of FAB take `Oidc`. The image needs
    `apache-airflow-providers-keycloak`; `extra_packages` installs it.
    """

    server_url: str
    """URL of Keycloak, `https://keycloak.example.com`, for users and the API server alike."""
    realm: str
    """The realm of users and groups."""
    client_id: str
    """Id of the client in it, which has "Client authentication" and "Authorization" on."""
    client_secret: SecretKey
    """Secret of the client."""
    federated_client_ids: Sequence[str] | None = None
    """Clients whose access tokens Airflow changes for tokens of its API, for machines:
    `jwt_federated_client_ids`. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from url_problems("Keycloak.server_url", self.server_url)
        if "/realms/" in self.server_url:
            yield (
                f"Keycloak(server_url={self.server_url!r}): expected the URL before /realms/, and "
                "the realm as realm="
            )
        for option in ("realm", "client_id"):
            if not getattr(self, option).strip():
                yield f"Keycloak({option}=''): expected a name"

    @property
    def manager(self) -> str:
        """Keycloak's auth manager."""
        return KEYCLOAK

    @property
    def needs_url(self) -> bool:
        """Keycloak sends users back."""
        return True

    @property
    def options(self) -> Mapping[tuple[str, str], str]:
        """The options that have fields here."""
        names = ("server_url", "realm", "client_id", "client_secret")
        found = {(_SECTION, name): name for name in names}
        return {**found, (_SECTION, "jwt_federated_client_ids"): "federated_client_ids"}

    def login_parts(self, role: Role, platform: Platform) -> PodParts:
        """Its options and its server, for the API server alone: nobody else asks Keycloak."""
        if role is not Role.API_SERVER:
            return NOTHING
        env = {
            variable(_SECTION, "server_url"): self.server_url,
            variable(_SECTION, "realm"): self.realm,
            variable(_SECTION, "client_id"): self.client_id,
        }
        if self.federated_client_ids:
            ids = ",".join(self.federated_client_ids)
            env[variable(_SECTION, "jwt_federated_client_ids")] = ids
        url = split_url(self.server_url)
        peer = Peer(host=url.hostname or "", port=url.port or _PORTS[url.scheme])
        secret = {variable(_SECTION, "client_secret"): self.client_secret}
        return PodParts(env=env_vars(env), peers=(peer,)) + kept_secret(
            PodParts(env=env_vars(secret)), platform
        )
