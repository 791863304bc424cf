"""Logins to SQL servers by the identities of clouds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import SecretKey

_HTTPS = Peer(port=443)
_INSTANCE = Peer(host="169.254.169.254", port=80)
"""Where a cloud's machines get their credentials; on GKE the pods too, for workload identity."""
_GKE = Peer(host="169.254.169.252", port=988)
_POD_IDENTITY = (Peer(host="169.254.170.23", port=80), Peer(host="fd00:ec2::23", port=80))
"""The agent of EKS Pod Identity."""
_RDS = re.compile(r"\.([a-z]{2}(?:-[a-z]+)+-\d)\.rds\.amazonaws\.com(?:\.cn)?$")


@dataclass(frozen=True, kw_only=True)
class TokenLogin(Props):
    """A password that is made to connect, and ends soon after."""

    @property
    def settings(self) -> Mapping[str, object]:
        """What the program cdk8s_airflow_token.py is told."""
        raise NotImplementedError

    @property
    def peers(self) -> tuple[Peer, ...]:
        """Where the token, or the identity that it is made with, comes from."""
        raise NotImplementedError

    def problems(self, kind: str, host: str | SecretKey, user: str | SecretKey) -> Iterator[str]:
        """What is wrong with this server or user.

        Args:
            kind: the class of the server's props.
            host: of the server.
            user: that logs in.
        """
        yield from ()


@dataclass(frozen=True, kw_only=True)
class RdsIam(TokenLogin):
    """A login to RDS or Aurora by IAM: boto3 signs a token with the identity of the pod.

    That identity needs `rds-db:connect` for the user, who has `rds_iam` in PostgreSQL or
    `AWSAuthenticationPlugin` in MySQL. A token is good for 15 minutes, and kept for 9.
    """

    region: str | None = None
    """Region of the server, for example `eu-west-1`. Default: that in the host's name."""
    endpoint: str | None = None
    """Name of the server by which RDS knows it, where `host` is another, as of a tunnel: it is
    signed. Default: `host`."""

    @property
    def settings(self) -> Mapping[str, object]:
        """What the program cdk8s_airflow_token.py is told."""
        return {"kind": "rds", "region": self.region, "endpoint": self.endpoint}

    @property
    def peers(self) -> tuple[Peer, ...]:
        """STS, the agent of Pod Identity, and the machine's own identity."""
        return (_HTTPS, *_POD_IDENTITY, _INSTANCE)

    def problems(self, kind: str, host: str | SecretKey, user: str | SecretKey) -> Iterator[str]:
        """A problem, if the name that is signed is none of RDS."""
        name = self.endpoint or host
        if isinstance(name, SecretKey) or ((found := _RDS.search(name)) and not self.region):
            return
        if self.region is None:
            yield (
                f"{kind}(token=RdsIam()): {name!r} does not tell the region, as names of RDS do: "
                "give RdsIam(region='eu-west-1', endpoint='<name>.rds.amazonaws.com')"
            )
        elif found and found[1] != self.region:
            yield (
                f"{kind}(token=RdsIam(region={self.region!r})): {name!r} is in {found[1]!r}, and a "
                "token is good in the region of its server alone: leave region out"
            )
        elif not found and self.endpoint is None:
            yield (
                f"{kind}(token=RdsIam(...)): {name!r} is no name by which RDS knows a server, and "
                "a token is good for that name alone: add endpoint='<name>.rds.amazonaws.com'"
            )


@dataclass(frozen=True, kw_only=True)
class CloudSqlIam(TokenLogin):
    """A login to Cloud SQL by IAM: google-auth gets an access token of the pod's identity.

    That identity needs the role `roles/cloudsql.instanceUser`, and the instance the flag
    `cloudsql.iam_authentication`. A token is kept until a minute before its end, for 9 minutes at
    most.
    """

    @property
    def settings(self) -> Mapping[str, object]:
        """What the program cdk8s_airflow_token.py is told."""
        return {"kind": "cloudsql"}

    @property
    def peers(self) -> tuple[Peer, ...]:
        """Google's services, and the metadata server of the node."""
        return (_HTTPS, _INSTANCE, _GKE)

    def problems(self, kind: str, host: str | SecretKey, user: str | SecretKey) -> Iterator[str]:
        """A problem, if the user is an account's whole name, which no server knows."""
        if not isinstance(user, str):
            return
        known = user.removesuffix(".gserviceaccount.com")
        if "Mysql" in kind:
            known = user.partition("@")[0]
        if known != user:
            yield (
                f"{kind}(user={user!r}, token=CloudSqlIam()): Cloud SQL knows this account by the "
                f"name {known!r}: expected that"
            )


@dataclass(frozen=True, kw_only=True)
class AzureEntra(TokenLogin):
    """A login to Azure Database by Microsoft Entra: azure-identity gets a token of the pod's.

    `user` is the name of the identity in the database. A token is kept until a minute before its
    end, for 9 minutes at most.
    """

    client_id: str | None = None
    """Client id of the identity, where the pod may have several. Default: the one of its
    ServiceAccount, or of its node."""
    scope: str = "https://ossrdbms-aad.database.windows.net/.default"
    """What the token is for; other clouds than the public one have other names. Default: Azure
    Database for PostgreSQL and MySQL."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if not re.fullmatch(r"https://[\w.-]+/\.default", self.scope):
            yield (
                f"AzureEntra(scope={self.scope!r}): expected a URL that ends in '/.default', such "
                "as 'https://ossrdbms-aad.database.windows.net/.default'"
            )

    @property
    def settings(self) -> Mapping[str, object]:
        """What the program cdk8s_airflow_token.py is told."""
        return {"kind": "azure", "client_id": self.client_id, "scope": self.scope}

    @property
    def peers(self) -> tuple[Peer, ...]:
        """login.microsoftonline.com or its like, and the machine's own identity."""
        return (_HTTPS, _INSTANCE)
