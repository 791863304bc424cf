"""What the claims of an ID token say of a user: groups, roles, an address."""

from collections.abc import Iterable, Mapping
from typing import Any


class RefusedError(Exception):
    """A login that is not to be; the reason is for the log."""


def claim(claims: Mapping[str, Any], path: str) -> Any:
    """A claim by its name, or by a path with dots; None: there is none."""
    if path in claims:
        return claims[path]
    found: Any = claims
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def groups_in(claims: Mapping[str, Any], path: str) -> list[str]:
    """The groups in a claim, which may be one; Keycloak's begin with a slash, or not."""
    found = claim(claims, path) or []
    found = [found] if isinstance(found, str) else found
    return [str(group).removeprefix("/") for group in found]


def roles_of_groups(groups: Iterable[str], *mappings: Mapping[str, Iterable[str]]) -> list[str]:
    """The roles of groups, by mappings of group -> roles."""
    held = set(groups)
    return [
        role
        for mapping in mappings
        for group, roles in mapping.items()
        if group.removeprefix("/") in held
        for role in roles
    ]


def check_email(claims: Mapping[str, Any], provider: Mapping[str, Any]) -> None:
    """Refuses an address that is not verified, or of another domain, where that matters."""
    domains = [domain.lower() for domain in provider.get("email_domains", ())]
    if not domains and provider["username_claim"] != "email":
        return
    email = str(claims.get("email") or "")
    if claims.get("email_verified") is False:
        raise RefusedError(f"the provider has not verified the address {email!r}")
    if domains and email.rpartition("@")[2].lower() not in domains:
        raise RefusedError(f"the address {email!r} is of none of {', '.join(domains)}")
