"""Large XComs in an object store, by the backend of Airflow's common.io provider."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.part import Feature
from cdk8s_airflow.parts.object_stores import (
    HTTPS,
    AzureBlobStore,
    ConnectedStore,
    GcsStore,
    S3Store,
    under,
)
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import RUNS_USER_CODE

XCOM_CONNECTION = "cdk8s_airflow_xcom"
"""Id of the connection to the store that a release makes."""
_BACKEND = "airflow.providers.common.io.xcom.backend.XComObjectStorageBackend"
_SECTION = "AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE"
Compression: TypeAlias = Literal["bz2", "gzip", "lzma", "xz"]
"""What Python itself can compress by; the backend calls it so, not by the ending of a file."""


@dataclass(frozen=True, kw_only=True)
class XComStore(ConnectedStore, Feature):
    """XComs outside of the database, from a size on.

    The database has the object's URL in their place. Tasks and triggers write and read the objects
    themselves, so workers, task pods, triggerer and DAG processor get options, connection and the
    way through the NetworkPolicy; the API server shows the URL. An XCom goes when its task runs
    again. The cleanup of the database leaves objects behind, which a rule of the bucket deletes.
    """

    own_id: ClassVar[str] = XCOM_CONNECTION

    threshold: int = 1 << 20
    """Bytes of JSON from which an XCom is an object; 0 means all. Default: 1 MiB, as an object
    costs two requests to the store where a row costs none of its own."""
    compression: Compression | None = None
    """How objects are compressed. Default: not at all."""

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The options and the way to the store, for the roles that run what users write."""
        if role not in RUNS_USER_CODE:
            return NOTHING
        env = {
            "AIRFLOW__CORE__XCOM_BACKEND": _BACKEND,
            f"{_SECTION}_PATH": self._url,
            f"{_SECTION}_THRESHOLD": str(self.threshold),
        }
        if self.compression:
            env[f"{_SECTION}_COMPRESSION"] = self.compression
        return PodParts(env=env_vars(env), peers=self._peers)

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.threshold < 0:
            yield (
                f"{type(self).__name__}(threshold={self.threshold}): expected 0 or more bytes; to "
                "keep XComs in the database leave xcom= out"
            )

    @property
    def _url(self) -> str:
        raise NotImplementedError

    @property
    def _peers(self) -> tuple[Peer, ...]:
        """The servers of the store."""
        return (HTTPS,)


@dataclass(frozen=True, kw_only=True)
class S3XComs(S3Store, XComStore):
    """XComs in a bucket of S3, or of a server that speaks its protocol.

    Airflow needs the package `s3fs` for it, which the official image lacks.
    """

    @property
    def _url(self) -> str:
        return under(f"s3://{self.store_connection}@{self.bucket}", self.prefix)


@dataclass(frozen=True, kw_only=True)
class GcsXComs(GcsStore, XComStore):
    """XComs in a bucket of Google Cloud Storage."""

    @property
    def _url(self) -> str:
        return under(f"gs://{self.store_connection}@{self.bucket}", self.prefix)


@dataclass(frozen=True, kw_only=True)
class AzureBlobXComs(AzureBlobStore, XComStore):
    """XComs in a container of Azure Blob Storage."""

    prefix: str = "xcom"
    """Folder in it, for several releases in one container. Default: `xcom`."""

    @property
    def _url(self) -> str:
        return under(f"abfs://{self.store_connection}@{self.container}", self.prefix)


AnyXComStore: TypeAlias = S3XComs | GcsXComs | AzureBlobXComs
"""A store of XComs."""
