"""AWS Secrets Manager and the Parameter Store as Airflow's secrets backend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from cdk8s_airflow.kubernetes.addresses import is_http_url
from cdk8s_airflow.kubernetes.credentials import without_credentials
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.parts.peers import peers_in
from cdk8s_airflow.parts.secrets_backend import PREFIXES, SecretsBackend, path_problems

_PATTERNS = (
    "connections_lookup_pattern",
    "variables_lookup_pattern",
    "config_lookup_pattern",
)
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
_ROLE = re.compile(r"arn:[\w-]+:iam::\d+:role/\S+")
_MODULE = "airflow.providers.amazon.aws.secrets"

ConnectionPart: TypeAlias = Literal["user", "password", "host", "schema", "conn_type"]


@dataclass(frozen=True, kw_only=True)
class _Aws(SecretsBackend):
    connections_lookup_pattern: str | None = None
    """Regular expression of the ids that are asked for; all others are not. Default: all are."""
    variables_lookup_pattern: str | None = None
    """The same for keys of variables. Default: all are asked for."""
    config_lookup_pattern: str | None = None
    """The same for options that end in `_secret`. Default: all are asked for."""
    region_name: str | None = None
    """Region of the store. Default: that of the pod's environment, which EKS sets."""
    role_arn: str | None = None
    """Role to assume with the pod's identity, for example of another account. Default: none."""
    aws_access_key_id: SecretKey | None = None
    """Access key, where pods have no identity. Default: the identity of `service_account`."""
    aws_secret_access_key: SecretKey | None = None
    """Its secret. Default: none."""
    endpoint_url: str | None = None
    """URL of the store, for a VPC endpoint or another that speaks its protocol. Default: that of
    the region."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        kind = type(self).__name__
        yield from path_problems(self, PREFIXES)
        for name in _PATTERNS:
            pattern = getattr(self, name)
            try:
                re.compile(pattern or "")
            except re.error as error:
                yield f"{kind}({name}={pattern!r}) is no regular expression: {error}"
        if self.region_name is not None and not _REGION.fullmatch(self.region_name):
            yield (
                f"{kind}(region_name={self.region_name!r}): expected a region such as 'eu-west-1'"
            )
        if self.role_arn is not None and not _ROLE.fullmatch(self.role_arn):
            yield (
                f"{kind}(role_arn={self.role_arn!r}): expected 'arn:aws:iam::<account>:role/<name>'"
            )
        if (self.aws_access_key_id is None) != (self.aws_secret_access_key is None):
            yield (
                f"{kind}: aws_access_key_id and aws_secret_access_key go together: give both, or "
                "neither for the identity of the pods"
            )
        if self.endpoint_url is not None and not is_http_url(self.endpoint_url):
            yield (
                f"{kind}(endpoint_url={without_credentials(self.endpoint_url)!r}): expected "
                "a URL such as 'https://secretsmanager.eu-west-1.amazonaws.com'"
            )

    @property
    def needs(self) -> PodParts:
        """The store, and STS for the identity of the pods."""
        own = peers_in({"url": self.endpoint_url})
        return PodParts(peers=own if own and self.aws_access_key_id else (Peer(port=443), *own))


@dataclass(frozen=True, kw_only=True)
class AwsSecretsManager(_Aws):
    """Connections and variables in AWS Secrets Manager, by the provider `amazon`.

    The official image has it. The identity of the pods needs `secretsmanager:GetSecretValue`.
    """

    connections_prefix: str | None = "airflow/connections"
    """Prefix of connections; None: the store is not asked. Default: `airflow/connections`."""
    variables_prefix: str | None = "airflow/variables"
    """Prefix of variables, likewise. Default: `airflow/variables`."""
    config_prefix: str | None = "airflow/config"
    """Prefix of options that end in `_secret`, likewise. Default: `airflow/config`."""
    sep: str = "/"
    """What is between a prefix and an id. Default: `/`."""
    extra_conn_words: Mapping[ConnectionPart, Sequence[str]] | None = None
    """Part of a connection -> further names by which it may be in a secret with several fields.
    Default: the provider's own."""

    @property
    def backend(self) -> str:
        """The provider's class, `[secrets] backend`."""
        return f"{_MODULE}.secrets_manager.SecretsManagerBackend"


@dataclass(frozen=True, kw_only=True)
class AwsParameterStore(_Aws):
    """Connections and variables in the Parameter Store of AWS Systems Manager, likewise.

    The identity of the pods needs `ssm:GetParameter`, and `kms:Decrypt` for a key of yours.
    """

    connections_prefix: str | None = "/airflow/connections"
    """Prefix of connections; None: the store is not asked. Default: `/airflow/connections`."""
    variables_prefix: str | None = "/airflow/variables"
    """Prefix of variables, likewise. Default: `/airflow/variables`."""
    config_prefix: str | None = "/airflow/config"
    """Prefix of options that end in `_secret`, likewise. Default: `/airflow/config`."""

    @property
    def backend(self) -> str:
        """The provider's class, `[secrets] backend`."""
        return f"{_MODULE}.systems_manager.SystemsManagerParameterStoreBackend"
