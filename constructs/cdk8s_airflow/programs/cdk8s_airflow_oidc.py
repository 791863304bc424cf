"""FAB's login by OAuth with ID tokens that are checked in full; webserver_config.py names it.

FAB takes what the userinfo endpoint says, and authlib alone looks neither at the audience of an ID
token that names this client as `azp`, nor whether the issuer is the one that was meant. It also
accepts an answer without an ID token, and one that ended two minutes ago. In HTTP basic
authentication it leaves special characters of a client secret as they are.
"""

import logging
from base64 import b64encode
from typing import Any
from urllib.parse import quote_plus, urlsplit

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client.apps import FlaskOAuth2App
from cdk8s_airflow_claims import RefusedError, check_email, claim, groups_in, roles_of_groups
from cdk8s_airflow_login import Login
from cdk8s_airflow_login import secret as secret
from flask import current_app
from flask_appbuilder.const import AUTH_OAUTH as AUTH_OAUTH
from requests.adapters import HTTPAdapter

log = logging.getLogger(__name__)

LEEWAY = 10
"""Seconds by which the clocks of provider and release may differ."""
UNSIGNED = "none"


class _OwnCa(HTTPAdapter):  # type: ignore[misc]
    """Trusts one file of certificate authorities, which REQUESTS_CA_BUNDLE would override."""

    def __init__(self, file: str) -> None:
        self._file = file
        super().__init__()

    def send(self, *args: Any, **kwargs: Any) -> Any:
        return super().send(*args, **{**kwargs, "verify": self._file})


def basic(client: Any, method: str, uri: str, headers: dict[str, str], body: str) -> Any:
    """HTTP basic authentication as OAuth has it: authlib's leaves special characters as they are.

    Args:
        client: has `client_id` and `client_secret`.
        method: of the request.
        uri: of the request.
        headers: of the request.
        body: of the request.
    """
    pair = f"{quote_plus(client.client_id)}:{quote_plus(client.client_secret)}"
    headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    return uri, headers, body


class OAuthClient(FlaskOAuth2App):  # type: ignore[misc]
    """A client whose users come back to the URL of the UI, whatever proxies say of the request."""

    def __init__(self, *args: Any, redirect_uri: str, ca: str = "", **kwargs: Any) -> None:
        """Makes the client.

        Args:
            args: as authlib has them.
            redirect_uri: where users come back.
            ca: file with the provider's certificate authority; empty: those of the image.
            kwargs: as authlib has them.
        """
        super().__init__(*args, **kwargs)
        self._redirect_uri, self._ca = redirect_uri, ca

    def authorize_redirect(self, redirect_uri: str | None = None, **kwargs: Any) -> Any:
        """Sends a user to the provider; one of another host of the UI comes back to that host."""
        came_to = urlsplit(redirect_uri or "").hostname
        if came_to in (None, urlsplit(self._redirect_uri).hostname):
            redirect_uri = self._redirect_uri
        return super().authorize_redirect(redirect_uri, **kwargs)

    def _get_session(self) -> Any:
        return self._trusting(super()._get_session())

    def _get_oauth_client(self, **metadata: Any) -> Any:
        session = super()._get_oauth_client(**metadata)
        session.register_client_auth_method(("client_secret_basic", basic))
        return self._trusting(session)

    def _trusting(self, session: Any) -> Any:
        if self._ca:
            session.mount("https://", _OwnCa(self._ca))
        return session


class OidcClient(OAuthClient):
    """A client that takes only an ID token of the issuer, for itself, and in its time."""

    def __init__(self, *args: Any, issuer: str, **kwargs: Any) -> None:
        """Makes the client.

        Args:
            args: as authlib has them.
            issuer: what the provider calls itself.
            kwargs: those of `OAuthClient`.
        """
        super().__init__(*args, **kwargs)
        self._issuer = issuer

    def load_server_metadata(self) -> Any:
        """What the provider says of itself; it has to be the issuer that was meant."""
        metadata = super().load_server_metadata()
        said = metadata.get("issuer")
        if said != self._issuer:
            metadata.pop("_loaded_at", None)
            raise RefusedError(f"{self.name!r} calls itself {said!r}, but issuer={self._issuer!r}")
        algorithms = metadata.get("id_token_signing_alg_values_supported", ["RS256"])
        metadata["id_token_signing_alg_values_supported"] = [
            name for name in algorithms if name.lower() != UNSIGNED
        ]
        return metadata

    def authorize_access_token(self, **kwargs: Any) -> Any:
        """The tokens of a user who has come back; `userinfo` has the claims of the ID token."""
        tokens = super().authorize_access_token(**kwargs)
        if not tokens.get("userinfo"):
            raise OAuthError(description=f"{self.name!r} has sent no ID token")
        return tokens

    def parse_id_token(self, token: Any, nonce: str, *args: Any, **kwargs: Any) -> Any:
        """The claims of an ID token, which have to be for this client and of the issuer."""
        options = {
            "iss": {"essential": True, "value": self._issuer},
            "aud": {"essential": True, "value": self.client_id},
            "exp": {"essential": True},
        }
        return super().parse_id_token(token, nonce, claims_options=options, leeway=LEEWAY)


class OidcLogin(Login):
    """Users of providers; who has no role may not come in."""

    def get_oauth_user_info(self, provider: str, resp: dict[str, Any]) -> dict[str, Any]:
        """What Airflow knows of a user: from the ID token, and what it lacks from the userinfo."""
        (found,) = (each for each in self.oauth_providers if each["name"] == provider)
        if "username_claim" not in found:
            info = super().get_oauth_user_info(provider, resp)
            return {**info, "provider": found}
        claims = dict(resp["userinfo"])
        wanted = [found["username_claim"], found["groups_claim"], "email"]
        client = self.oauth_remotes[provider]
        if any(claim(claims, each) is None for each in wanted):
            if client.load_server_metadata().get("userinfo_endpoint"):
                more = client.userinfo(token=resp)
                if more.get("sub") != claims["sub"]:
                    raise RefusedError("userinfo is of another user than the ID token")
                claims = {**more, **claims}
        check_email(claims, found)
        username = claim(claims, found["username_claim"])
        if not username:
            raise RefusedError(f"no claim {found['username_claim']!r} with a name of the user")
        return {
            "username": f"{found['username_prefix']}{username}",
            "first_name": claims.get("given_name") or claims.get("name") or "",
            "last_name": claims.get("family_name") or "",
            "email": claims.get("email") or "",
            "role_keys": groups_in(claims, found["groups_claim"]),
            "provider": found,
        }

    def auth_user_oauth(self, userinfo: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """The user, if a role follows from the groups."""
        return self.with_a_role(super().auth_user_oauth(userinfo, *args, **kwargs))

    def _oauth_calculate_user_roles(self, userinfo: dict[str, Any]) -> list[Any]:
        own = userinfo["provider"].get("roles", {})
        shared = current_app.config["AUTH_ROLES_MAPPING"]
        return self.roles_of(roles_of_groups(userinfo.get("role_keys", []), own, shared))
