"""Stores of Google and Azure as Airflow's secrets backend, and the union of all backends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.parts.aws_secrets import AwsParameterStore, AwsSecretsManager
from cdk8s_airflow.parts.peers import peers_in
from cdk8s_airflow.parts.secrets_backend import PREFIXES, SecretsBackend, path_problems
from cdk8s_airflow.parts.vault import Vault

_HTTPS = Peer(port=443)
_NODE = Peer(host="169.254.169.254", port=80)
_KEY = "/opt/cdk8s-airflow-google/key.json"
_DASHED = "_-"
_VAULT_URL = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?/?")


@dataclass(frozen=True, kw_only=True)
class GcpSecretManager(SecretsBackend):
    """Connections and variables in Google's Secret Manager, by the provider `google`.

    The official image has it. The identity of the pods needs `roles/secretmanager.secretAccessor`.
    """

    connections_prefix: str | None = "airflow-connections"
    """Prefix of connections; None: the store is not asked. Default: `airflow-connections`."""
    variables_prefix: str | None = "airflow-variables"
    """Prefix of variables, likewise. Default: `airflow-variables`."""
    config_prefix: str | None = "airflow-config"
    """Prefix of options that end in `_secret`, likewise. Default: `airflow-config`."""
    sep: str = "-"
    """What is between a prefix and an id. Default: `-`."""
    project_id: str | None = None
    """Project of the secrets. Default: that of the identity."""
    key: SecretKey | None = None
    """Key file of a service account, JSON, where pods have no identity. Default: the identity of
    `service_account`."""
    impersonation_chain: str | Sequence[str] | None = None
    """Service account to act as, or several of which each may act as the next. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from path_problems(self, (*PREFIXES, "sep"), _DASHED)

    @property
    def backend(self) -> str:
        """The provider's class, `[secrets] backend`."""
        return "airflow.providers.google.cloud.secrets.secret_manager.CloudSecretManagerBackend"

    @property
    def arguments(self) -> dict[str, object]:
        """What it is given, `[secrets] backend_kwargs`."""
        given = super().arguments
        return {**given, "gcp_key_path": _KEY} if given.pop("key", None) else given

    @property
    def needs(self) -> PodParts:
        """Google's services, the metadata server that gives the identity, or the key file."""
        if self.key is None:
            return PodParts(peers=(_HTTPS, _NODE, Peer(host="169.254.169.252", port=988)))
        folder, _, file = _KEY.rpartition("/")
        mount = {"name": "google-key", "mountPath": folder, "readOnly": True}
        volume = self.key.volume("google-key", file, mode=0o440)
        return PodParts(volumes=(volume,), mounts=(mount,), peers=(_HTTPS,))


@dataclass(frozen=True, kw_only=True)
class AzureKeyVault(SecretsBackend):
    """Connections and variables in Azure Key Vault, by the provider `microsoft-azure`.

    The official image has it. The identity of the pods needs `Key Vault Secrets User`. In names of
    secrets `_` is `-`.
    """

    vault_url: str
    """URL of the vault, `https://<name>.vault.azure.net`."""
    connections_prefix: str | None = "airflow-connections"
    """Prefix of connections; None: the store is not asked. Default: `airflow-connections`."""
    variables_prefix: str | None = "airflow-variables"
    """Prefix of variables, likewise. Default: `airflow-variables`."""
    config_prefix: str | None = "airflow-config"
    """Prefix of options that end in `_secret`, likewise. Default: `airflow-config`."""
    sep: str = "-"
    """What is between a prefix and an id. Default: `-`."""
    tenant_id: str = ""
    """Tenant of a service principal. Default: none, the identity of `service_account`."""
    client_id: str = ""
    """Client id of a service principal. Default: none."""
    client_secret: SecretKey | None = None
    """Its secret. Default: none."""
    managed_identity_client_id: str = ""
    """Client id of an identity of the pods, where they may have several. Default: none."""
    workload_identity_tenant_id: str = ""
    """Tenant of that identity. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from path_problems(self, (*PREFIXES, "sep"), _DASHED)
        if not _VAULT_URL.fullmatch(self.vault_url):
            yield (
                f"AzureKeyVault(vault_url={self.vault_url!r}): expected a URL such as "
                "'https://team.vault.azure.net'"
            )
        names = ("tenant_id", "client_id", "client_secret")
        missing = [name for name in names if not getattr(self, name)]
        if 0 < len(missing) < len(names):
            yield (
                f"AzureKeyVault: a service principal is {', '.join(names)} together, and "
                f"{' and '.join(missing)} {'is' if missing[1:] == [] else 'are'} missing: give "
                "all, or none for the identity of the pods"
            )
        both = bool(self.managed_identity_client_id), bool(self.workload_identity_tenant_id)
        if any(both) and not all(both):
            yield (
                "AzureKeyVault: managed_identity_client_id and workload_identity_tenant_id go "
                "together, as the provider takes no one of them alone: give both, or neither"
            )

    @property
    def backend(self) -> str:
        """The provider's class, `[secrets] backend`."""
        return "airflow.providers.microsoft.azure.secrets.key_vault.AzureKeyVaultBackend"

    @property
    def needs(self) -> PodParts:
        """The vault, Entra, and the machine's own identity."""
        own = () if self.client_secret else (_NODE,)
        return PodParts(peers=(*peers_in({"url": self.vault_url}), _HTTPS, *own))


AnySecretsBackend: TypeAlias = (
    Vault | AwsSecretsManager | AwsParameterStore | GcpSecretManager | AzureKeyVault
)
"""Where connections and variables are kept, if not in Airflow's database."""
