"""Users of an LDAP directory, Active Directory included, by FAB."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cdk8s_airflow.auth.groups import GroupLogin
from cdk8s_airflow.auth.login import READS_LOGIN
from cdk8s_airflow.auth.webserver_config import Code
from cdk8s_airflow.kubernetes.addresses import split_url
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.references import ConfigMapKey, SecretKey
from cdk8s_airflow.platform import Platform, Role

_MODULE = "cdk8s_airflow_ldap"
_PASSWORD = "LOGIN_LDAP_BIND_PASSWORD"
_CA = "/opt/cdk8s-airflow-login/ca"
_PORTS = {"ldap": 389, "ldaps": 636}
_URL = re.compile(r"ldaps?://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?)(:\d{1,5})?/?")
_ATTRIBUTE = re.compile(r"[A-Za-z][\w;.-]*")


@dataclass(frozen=True, kw_only=True)
class Ldap(GroupLogin):
    """Users log in with their password of an LDAP directory.

    FAB binds as `bind_user`, searches the user below `search_base`, then binds as the user. Without
    `bind_user` it binds as the user at once, by the name that `username_format` makes.
    """

    server: str | Sequence[str]
    """URL of the server, `ldaps://ldap.example.com`, or of several, of which the first that answers
    is asked. `ldap://` speaks TLS too, by StartTLS."""
    search_base: str
    """Where users are searched, with all that is below: `ou=people,dc=example,dc=com`."""
    bind_user: str | None = None
    """Who searches: a DN, or `airflow@example.com` with Active Directory. Default: the user
    himself, with `username_format`."""
    bind_password: SecretKey | None = None
    """Password of `bind_user`."""
    username_format: str | None = None
    """What a user without `bind_user` binds as, `%s` for the name: `uid=%s,ou=people,dc=example,
    dc=com`, or `%s@example.com` with Active Directory. Default: none."""
    uid_field: str = "uid"
    """Attribute with the name that users type; `sAMAccountName` in Active Directory.
    Default: `uid`."""
    search_filter: str | None = None
    """A filter that users have to pass beside it, such as `(objectClass=person)`. Default: none."""
    first_name_field: str = "givenName"
    """Attribute with the first name. Default: `givenName`."""
    last_name_field: str = "sn"
    """Attribute with the last name. Default: `sn`."""
    email_field: str = "mail"
    """Attribute with the e-mail address. Default: `mail`."""
    group_field: str = "memberOf"
    """Attribute of a user with the DNs of his groups. Default: `memberOf`."""
    group_search_base: str | None = None
    """Where groups are searched whose `member` is the user, for directories without `memberOf`.
    Default: they are not searched."""
    group_search_filter: str = "(member=%s)"
    """The filter of that search, `%s` for the user's DN. Default: `(member=%s)`."""
    nested_groups: bool = False
    """Whether groups of groups count, which Active Directory alone knows. Default: False."""
    start_tls: bool | None = None
    """Whether `ldap://` speaks TLS by StartTLS; False sends passwords in clear text.
    Default: True for `ldap://`."""
    ca: ConfigMapKey | SecretKey | None = None
    """The certificate authority of the server (PEM). Default: those that the image trusts, and
    those of `ca_bundle`."""

    def problems(self) -> Iterator[str]:
        """The problems of its fields, a sentence each."""
        yield from super().problems()
        if not self.servers:
            yield "Ldap(server=[]): expected a URL such as 'ldaps://ldap.example.com'"
        for url in self.servers:
            if not (_URL.fullmatch(url) and split_url(url).hostname):
                yield (
                    f"Ldap(server={url!r}): expected a URL such as 'ldaps://ldap.example.com' or "
                    "'ldap://10.0.0.5:3389'; where to search belongs into search_base"
                )
        schemes = {url.partition("://")[0] for url in self.servers}
        if schemes == set(_PORTS):
            yield "Ldap(server=...): expected either ldaps:// or ldap:// for all servers"
        if self.start_tls and "ldaps" in schemes:
            yield "Ldap(start_tls=True) with ldaps://, which is TLS from the start: leave it out"
        if self.ca and self.start_tls is False and "ldap" in schemes:
            yield "Ldap(ca=...) is of no use with start_tls=False: leave one of them out"
        if "=" not in self.search_base:
            yield (
                f"Ldap(search_base={self.search_base!r}): expected a DN such as "
                "'ou=people,dc=example,dc=com'"
            )
        yield from self._bind_problems()
        yield from self._search_problems()

    def _bind_problems(self) -> Iterator[str]:
        if (self.bind_user is None) != (self.bind_password is None):
            yield "Ldap(...): bind_user and bind_password belong together: give both or none"
        if (self.bind_user is None) == (self.username_format is None):
            yield (
                "Ldap(...): expected either bind_user and bind_password, who search users, or "
                "username_format, by which users bind themselves"
            )
        if self.username_format is not None and self.username_format.count("%s") != 1:
            yield (
                f"Ldap(username_format={self.username_format!r}): expected one %s, in place of "
                "the name, as in 'uid=%s,ou=people,dc=example,dc=com'"
            )

    def _search_problems(self) -> Iterator[str]:
        for option in ("uid", "first_name", "last_name", "email", "group"):
            name = getattr(self, f"{option}_field")
            if not _ATTRIBUTE.fullmatch(name):
                yield f"Ldap({option}_field={name!r}): expected the name of an attribute"
        for option in ("search_filter", "group_search_filter"):
            text = getattr(self, option)
            if text is not None and not _is_filter(text):
                yield f"Ldap({option}={text!r}): expected a filter in brackets: '(a=b)'"
        if self.group_search_filter.count("%s") != 1:
            yield (
                f"Ldap(group_search_filter={self.group_search_filter!r}): expected one %s, in "
                "place of the user's DN, as in '(member=%s)'"
            )

    @property
    def servers(self) -> Sequence[str]:
        """The URLs of the servers."""
        return (self.server,) if isinstance(self.server, str) else tuple(self.server)

    @property
    def classes(self) -> tuple[str, str]:
        """Module and name of the security manager."""
        return _MODULE, "LdapLogin"

    @property
    def secrets(self) -> Mapping[str, SecretKey]:
        """The password of who searches."""
        return {_PASSWORD: self.bind_password} if self.bind_password else {}

    def settings(self, platform: Platform) -> Mapping[str, object]:
        """The settings of FAB for LDAP."""
        plain = {url.partition("://")[0] for url in self.servers} == {"ldap"}
        start_tls = plain and self.start_tls is not False
        found = {
            "AUTH_TYPE": Code(f"{_MODULE}.AUTH_LDAP"),
            "AUTH_LDAP_SERVER": " ".join(self.servers),
            "AUTH_LDAP_USE_TLS": start_tls,
            "AUTH_LDAP_TLS_DEMAND": start_tls or not plain,
            "AUTH_LDAP_TLS_CACERTFILE": f"{_CA}/ca.crt" if self.ca else Code(f"{_MODULE}.TRUSTED"),
            "AUTH_LDAP_SEARCH": self.search_base,
            "AUTH_LDAP_SEARCH_FILTER": self.search_filter,
            "AUTH_LDAP_BIND_USER": self.bind_user,
            "AUTH_LDAP_BIND_PASSWORD": Code(f'{_MODULE}.secret("{_PASSWORD}")'),
            "AUTH_LDAP_USERNAME_FORMAT": self.username_format,
            "AUTH_LDAP_UID_FIELD": self.uid_field,
            "AUTH_LDAP_FIRSTNAME_FIELD": self.first_name_field,
            "AUTH_LDAP_LASTNAME_FIELD": self.last_name_field,
            "AUTH_LDAP_EMAIL_FIELD": self.email_field,
            "AUTH_LDAP_GROUP_FIELD": self.group_field,
            "AUTH_LDAP_USE_NESTED_GROUPS_FOR_ROLES": self.nested_groups,
            "LDAP_GROUP_SEARCH": self.group_search_base,
            "LDAP_GROUP_SEARCH_FILTER": self.group_search_filter,
        }
        unset = {name for name, value in found.items() if value is None}
        unset |= {"AUTH_LDAP_BIND_PASSWORD"} if self.bind_password is None else set()
        unset |= {"LDAP_GROUP_SEARCH_FILTER"} if self.group_search_base is None else set()
        unset |= {"AUTH_LDAP_TLS_CACERTFILE"} if plain and not start_tls else set()
        kept = {name: value for name, value in found.items() if name not in unset}
        return {**kept, **self.group_settings}

    def login_parts(self, role: Role, platform: Platform) -> PodParts:
        """The servers as peers, and the file of their certificate authority."""
        parts = super().login_parts(role, platform)
        if role not in READS_LOGIN:
            return parts
        peers = []
        for url in self.servers:
            found = split_url(url)
            port = found.port or _PORTS[found.scheme]
            peers.append(Peer(host=found.hostname or "", port=port))
        parts += PodParts(peers=tuple(peers))
        if self.ca:
            parts += PodParts(
                volumes=(self.ca.volume("login-ca", "ca.crt"),),
                mounts=({"name": "login-ca", "mountPath": _CA, "readOnly": True},),
            )
        return parts


def _is_filter(text: str) -> bool:
    return text.startswith("(") and text.endswith(")") and text.count("(") == text.count(")")
