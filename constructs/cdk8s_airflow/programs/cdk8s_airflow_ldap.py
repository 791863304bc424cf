"""FAB's login by LDAP with time limits, groups by name or DN, and groups that are searched."""

import logging
import os
import ssl
from collections.abc import Iterable, Mapping
from typing import Any

import certifi
import ldap
import ldap.dn
import ldap.filter
from cdk8s_airflow_login import Login
from cdk8s_airflow_login import secret as secret
from flask import current_app
from flask_appbuilder.const import AUTH_LDAP as AUTH_LDAP

log = logging.getLogger(__name__)

TIMEOUT = 10
"""Seconds for the connection and for each answer: a user waits, and so does a thread."""
SYSTEM = "/etc/ssl/certs/ca-certificates.crt"
TRUSTED = ssl.get_default_verify_paths().cafile or (
    SYSTEM if os.path.exists(SYSTEM) else certifi.where()
)
"""File with the certificate authorities of the image, or those that SSL_CERT_FILE names."""

ldap.set_option(ldap.OPT_NETWORK_TIMEOUT, TIMEOUT)
ldap.set_option(ldap.OPT_TIMEOUT, TIMEOUT)


def normal(dn: str) -> tuple[tuple[tuple[str, str], ...], ...] | None:
    """A DN as one compares them, without regard to case and spaces; None: it is none."""
    try:
        parts = ldap.dn.str2dn(dn)
    except ldap.DECODING_ERROR:
        return None
    return tuple(tuple(sorted((a.lower(), v.lower()) for a, v, _ in part)) for part in parts)


def roles_of_groups(groups: Iterable[str], mapping: Mapping[str, Iterable[str]]) -> list[str]:
    """The roles of groups.

    Args:
        groups: DNs, or plain names.
        mapping: group -> roles. A group is a DN, or the name in the first part of one.
    """
    names, found = set(), set()
    for group in groups:
        dn = normal(group) if "=" in group else None
        found.add(dn)
        names.add(dn[0][0][1] if dn else group.lower())
    return [
        role
        for group, roles in mapping.items()
        if (normal(group) in found - {None} if "=" in group else group.lower() in names)
        for role in roles
    ]


class LdapLogin(Login):
    """Users of a directory; who has no role may not come in."""

    def auth_user_ldap(self, username: str, password: str, *args: Any, **kwargs: Any) -> Any:
        """The user, if the password is right and a role follows from the groups."""
        if not password:  # a bind without a password is that of nobody, and succeeds
            return None
        return self.with_a_role(super().auth_user_ldap(username, password, *args, **kwargs))

    def _ldap_calculate_user_roles(self, user_attributes: dict[str, list[bytes]]) -> list[Any]:
        groups = self.ldap_extract_list(user_attributes, self.auth_ldap_group_field)
        return self.roles_of(roles_of_groups(groups, self.auth_roles_mapping))

    def _search_ldap(self, ldap_module: Any, con: Any, username: str) -> Any:
        dn, attributes = super()._search_ldap(ldap_module, con, username)
        base = current_app.config.get("LDAP_GROUP_SEARCH")
        if dn and base:
            text = current_app.config["LDAP_GROUP_SEARCH_FILTER"]
            text = text.replace("%s", ldap.filter.escape_filter_chars(dn))
            answer = con.search_s(base, ldap.SCOPE_SUBTREE, text, ["cn"])
            found = [group.encode() for group, _ in answer if group]
            known = attributes.get(self.auth_ldap_group_field, [])
            attributes = {**attributes, self.auth_ldap_group_field: [*known, *found]}
        return dn, attributes
