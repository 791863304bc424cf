"""HashiCorp Vault, or OpenBao, as Airflow's secrets backend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from cdk8s_airflow.kubernetes.addresses import split_url
from cdk8s_airflow.kubernetes.credentials import without_credentials
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import ConfigMapKey, SecretKey
from cdk8s_airflow.parts.peers import peers_in
from cdk8s_airflow.parts.secrets_backend import SecretsBackend, path_problems

_FOLDER = "/opt/cdk8s-airflow-vault"
_TOKEN, _CA = f"{_FOLDER}/token", f"{_FOLDER}-authority/ca.crt"
_GROUP_MAY_READ = 0o440


@dataclass(frozen=True, kw_only=True)
class VaultToken(Props):
    """A login to Vault by a token, which somebody renews; a new one is taken up from its Secret."""

    token: SecretKey
    """The token."""


@dataclass(frozen=True, kw_only=True)
class VaultKubernetes(Props):
    """A login to Vault by the token of the pod's ServiceAccount, which has no rights of ours.

    Each role has an account of its own, `{release}-{component}`: bind the role of Vault to those
    that ask, or give the release one, `service_account=ServiceAccount(name=..., create=True)`.
    """

    role: str
    """Role of Vault's auth method."""
    mount_point: str = "kubernetes"
    """Where the auth method is mounted. Default: `kubernetes`."""
    audience: str = "vault"
    """Audience of the token, which that role has to have. Default: `vault`."""


@dataclass(frozen=True, kw_only=True)
class VaultAppRole(Props):
    """A login to Vault by an AppRole."""

    role_id: str | SecretKey
    """Id of the role, literal or from a Secret."""
    secret_id: SecretKey
    """Its secret id, good for several logins: each process has its own."""
    mount_point: str = "approle"
    """Where the auth method is mounted. Default: `approle`."""


VaultAuth: TypeAlias = VaultToken | VaultKubernetes | VaultAppRole
"""How pods log in to Vault."""


@dataclass(frozen=True, kw_only=True)
class Vault(SecretsBackend):
    """Connections and variables in Vault, by the provider `hashicorp`, which the image has.

    A connection is a secret with the key `conn_uri`, or with the parts of one; a variable has the
    key `value`. With `VaultKubernetes` pods get a token of their ServiceAccount for Vault alone.
    """

    url: str
    """URL of the server, for example `https://vault.example.com:8200`."""
    auth: VaultAuth
    """How pods log in."""
    mount_point: str | None = "secret"
    """Where the KV engine is mounted; None: ids of connections and keys of variables begin with it.
    Default: `secret`."""
    kv_engine_version: Literal[1, 2] = 2
    """Version of the KV engine. Default: 2."""
    connections_path: str | Sequence[str] | None = "connections"
    """Path of connections, or several that are tried in order; None: Vault is not asked. Default:
    `connections`."""
    variables_path: str | Sequence[str] | None = "variables"
    """Path of variables, likewise. Default: `variables`."""
    config_path: str | Sequence[str] | None = "config"
    """Path of options that end in `_secret`, likewise. Default: `config`."""
    namespace: str | None = None
    """Namespace of Vault Enterprise or OpenBao. Default: none."""
    ca: SecretKey | ConfigMapKey | None = None
    """CA certificates of the server, PEM. Default: those of the image and of `ca_bundle`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        url = split_url(self.url)
        plain = not (url.query or "@" in url.netloc or url.path.startswith("/v1"))
        if url.scheme not in ("http", "https") or not url.hostname or not plain:
            yield (
                f"Vault(url={without_credentials(self.url)!r}): expected the server, without "
                "credentials and a path of its API, such as 'https://vault.example.com:8200'"
            )
        elif self.ca and not self.url.startswith("https:"):
            yield f"Vault(ca=...) does nothing with {self.url!r}: expected https://"
        yield from path_problems(self, ("connections_path", "variables_path", "config_path"))

    @property
    def backend(self) -> str:
        """The provider's class, `[secrets] backend`."""
        return "airflow.providers.hashicorp.secrets.vault.VaultBackend"

    @property
    def arguments(self) -> dict[str, object]:
        """What it is given, `[secrets] backend_kwargs`."""
        given = super().arguments
        auth = self.auth
        del given["auth"]
        if given.pop("ca", None):
            given["verify"] = _CA
        if isinstance(auth, VaultToken):
            return {**given, "auth_type": "token", "token_path": _TOKEN}
        if isinstance(auth, VaultKubernetes):
            login = {"kubernetes_role": auth.role, "kubernetes_jwt_path": _TOKEN}
            return {**given, "auth_type": "kubernetes", **login, **_mounted(auth)}
        login_by = {"role_id": auth.role_id, "secret_id": auth.secret_id}
        return {**given, "auth_type": "approle", **login_by, **_mounted(auth)}

    @property
    def needs(self) -> PodParts:
        """The files of the token and the authorities, and the server."""
        parts = PodParts(peers=peers_in({"url": self.url}))
        name = "vault-token"
        mount = {"name": name, "mountPath": _FOLDER, "readOnly": True}
        if isinstance(self.auth, VaultToken):
            volume = self.auth.token.volume(name, "token", mode=_GROUP_MAY_READ)
            parts += PodParts(volumes=(volume,), mounts=(mount,))
        if isinstance(self.auth, VaultKubernetes):
            token = {"audience": self.auth.audience, "expirationSeconds": 3600, "path": "token"}
            source = {"sources": [{"serviceAccountToken": token}]}
            parts += PodParts(volumes=({"name": name, "projected": source},), mounts=(mount,))
        if self.ca:
            name = "vault-authority"
            folder = {"name": name, "mountPath": f"{_FOLDER}-authority", "readOnly": True}
            parts += PodParts(volumes=(self.ca.volume(name, "ca.crt"),), mounts=(folder,))
        return parts


def _mounted(auth: VaultKubernetes | VaultAppRole) -> dict[str, object]:
    default = type(auth).mount_point
    return {} if auth.mount_point == default else {"auth_mount_point": auth.mount_point}
