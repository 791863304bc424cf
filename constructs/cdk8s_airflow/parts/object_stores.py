"""Object stores of clouds, which logs and XComs have in common: who they are, and who may enter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cdk8s_airflow.kubernetes.addresses import is_http_url
from cdk8s_airflow.kubernetes.credentials import without_credentials
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.parts.connection import Connection
from cdk8s_airflow.parts.peers import peers_in

HTTPS = Peer(port=443)
"""The services of clouds: any address on their port."""
_BUCKET = re.compile(r"[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]")
_PREFIX = re.compile(r"[\w.!'()-]+(/[\w.!'()-]+)*")
_CONTAINER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ACCOUNT = re.compile(r"[a-z0-9]{3,24}")


@dataclass(frozen=True, kw_only=True)
class ConnectedStore(Props):
    """A store that Airflow reaches by a connection of its own."""

    own_id: ClassVar[str]
    """Id of the connection that a release makes."""

    connection_id: str | None = None
    """Id of a connection of yours to the store, in `connections=` or in your secrets backend, in
    place of credentials here. Default: the library makes one."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.connection_id is not None and self._credentials:
            yield (
                f"{type(self).__name__}(connection_id={self.connection_id!r}) and credentials are "
                "both set: give one of them"
            )

    @property
    def connection(self) -> Connection | None:
        """The connection that the release makes; None: the user names one."""
        return None if self.connection_id is not None else self._connection

    @property
    def store_connection(self) -> str:
        """Id of the connection to the store."""
        return self.own_id if self.connection_id is None else self.connection_id

    @property
    def _connection(self) -> Connection:
        raise NotImplementedError

    @property
    def _credentials(self) -> bool:
        """Whether credentials are given here."""
        raise NotImplementedError


def folder_problems(name: str, bucket: str, prefix: str) -> Iterator[str]:
    """The problems of a bucket and a folder in it, of a class of this name."""
    if not _BUCKET.fullmatch(bucket):
        yield (
            f"{name}(bucket={bucket!r}): expected 3 to 222 lower-case letters, digits, '.', '-' "
            "and '_', without a scheme; a folder in it is prefix="
        )
    if prefix and not _PREFIX.fullmatch(prefix):
        yield f"{name}(prefix={prefix!r}): expected a folder such as 'airflow/logs'"


def server_problems(
    name: str,
    endpoint: str | None,
    access_key: str | SecretKey | None,
    secret_key: SecretKey | None,
) -> Iterator[str]:
    """The problems of a server that speaks the protocol of AWS, and of the key for it.

    Args:
        name: of the class, for messages.
        endpoint: its URL; None: AWS.
        access_key: id of the access key.
        secret_key: the key itself.
    """
    if (access_key is None) is not (secret_key is None):
        yield (
            f"{name}: access_key and secret_key belong together: give both, or none for the "
            "identity of the pods"
        )
    if endpoint is not None and not is_http_url(endpoint):
        yield (
            f"{name}(endpoint={without_credentials(endpoint)!r}): expected a URL such as "
            "'https://minio.example.com:9000', without credentials"
        )


def under(base: str, prefix: str) -> str:
    """A folder below a URL; without one the URL itself."""
    return f"{base}/{prefix}" if prefix else base


@dataclass(frozen=True, kw_only=True)
class AwsStore(ConnectedStore):
    """A service of AWS, or a server that speaks its protocol."""

    region: str | None = None
    """Region. Default: that of the environment, which Pod Identity and IRSA set."""
    endpoint: str | None = None
    """URL of a server that speaks the protocol in place of AWS, such as MinIO:
    `https://minio.example.com:9000`. A private CA is trusted by `ca_bundle=`. Default: AWS."""
    access_key: str | SecretKey | None = None
    """Id of the access key, literal or from a Secret. Default: the identity of the pods,
    `service_account=`."""
    secret_key: SecretKey | None = None
    """The access key itself. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        name = type(self).__name__
        yield from server_problems(name, self.endpoint, self.access_key, self.secret_key)

    @property
    def _credentials(self) -> bool:
        return self.secret_key is not None

    @property
    def _connection(self) -> Connection:
        extra = {"region_name": self.region, "endpoint_url": self.endpoint}
        return Connection(
            conn_type="aws",
            login=self.access_key,
            password=self.secret_key,
            extra={name: value for name, value in extra.items() if value} or None,
        )

    @property
    def _peers(self) -> tuple[Peer, ...]:
        return peers_in({"endpoint": self.endpoint}) if self.endpoint else (HTTPS,)


@dataclass(frozen=True, kw_only=True)
class S3Store(AwsStore):
    """A bucket of S3, or of a server that speaks its protocol."""

    bucket: str
    """Name of an existing bucket."""
    prefix: str = ""
    """Folder in it, for several releases in one bucket. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from folder_problems(type(self).__name__, self.bucket, self.prefix)


@dataclass(frozen=True, kw_only=True)
class GcsStore(ConnectedStore):
    """A bucket of Google Cloud Storage."""

    bucket: str
    """Name of an existing bucket."""
    prefix: str = ""
    """Folder in it, for several releases in one bucket. Default: none."""
    project: str | None = None
    """Id of the project. Default: that of the credentials."""
    key: SecretKey | None = None
    """Key file of a service account, JSON. Default: the identity of the pods,
    `service_account=`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from folder_problems(type(self).__name__, self.bucket, self.prefix)

    @property
    def _credentials(self) -> bool:
        return self.key is not None

    @property
    def _connection(self) -> Connection:
        extra: dict[str, object] = {"project": self.project, "keyfile_dict": self.key}
        kept = {name: value for name, value in extra.items() if value}
        return Connection(conn_type="google_cloud_platform", extra=kept or None)


@dataclass(frozen=True, kw_only=True)
class AzureBlobStore(ConnectedStore):
    """A container of Azure Blob Storage."""

    account: str
    """Name of the storage account."""
    container: str
    """Name of an existing container."""
    prefix: str = "logs"
    """Folder in it, for several releases in one container. Default: `logs`."""
    account_key: SecretKey | None = None
    """Key of the account. Default: the identity of the pods, `service_account=`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        name = type(self).__name__
        if not _ACCOUNT.fullmatch(self.account):
            yield (
                f"{name}(account={self.account!r}): expected 3 to 24 lower-case letters and "
                "digits, the name of the account without '.blob.core.windows.net'"
            )
        if not _CONTAINER.fullmatch(self.container) or not 3 <= len(self.container) <= 63:
            yield (
                f"{name}(container={self.container!r}): expected 3 to 63 lower-case letters, "
                "digits and single dashes"
            )
        if not _PREFIX.fullmatch(self.prefix):
            yield f"{name}(prefix={self.prefix!r}): expected a folder such as 'airflow/logs'"

    @property
    def _credentials(self) -> bool:
        return self.account_key is not None

    @property
    def _connection(self) -> Connection:
        return Connection(
            conn_type="wasb",
            host=f"https://{self.account}.blob.core.windows.net",
            login=self.account,
            password=self.account_key,
        )
