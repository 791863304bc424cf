"""Where backups are kept: a bucket of S3, or a volume."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from constructs import Construct

from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import SecretKey, env_vars
from cdk8s_airflow.kubernetes.storage import VolumeClaim, build_claim, claim_name, shared_problems
from cdk8s_airflow.parts.object_stores import HTTPS, folder_problems, server_problems
from cdk8s_airflow.parts.peers import peers_in
from cdk8s_airflow.parts.secret_files import kept_secret
from cdk8s_airflow.platform import Platform

_COMPONENT = "backup"
_FOLDER = "/opt/cdk8s-airflow-backups"


@dataclass(frozen=True, kw_only=True)
class S3Backups(Props):
    """Backups in a bucket of S3, or of a server that speaks its protocol.

    An upload is an object only once it is complete. The image needs boto3, as the official one of
    Airflow has it. A private CA of the server is trusted by `ca_bundle=`.
    """

    bucket: str
    """Name of an existing bucket."""
    prefix: str = ""
    """Folder in it. The names of backups begin with namespace and release, so that several may
    share one. Default: none."""
    region: str | None = None
    """Region. Default: that of the environment, which Pod Identity and IRSA set."""
    endpoint: str | None = None
    """URL of a server that speaks the protocol in place of AWS, such as MinIO:
    `https://minio.example.com:9000`. Default: AWS."""
    access_key: str | SecretKey | None = None
    """Id of the access key, literal or from a Secret. Default: the identity of the pods,
    `service_account=`."""
    secret_key: SecretKey | None = None
    """The access key itself. Default: none."""
    encrypt: bool = False
    """Ask for encryption by the server (AES256) too. Default: False; S3 encrypts anyway."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        name = type(self).__name__
        yield from folder_problems(name, self.bucket, self.prefix)
        yield from server_problems(name, self.endpoint, self.access_key, self.secret_key)

    @property
    def settings(self) -> Mapping[str, object]:
        """What the programs are told."""
        names = ("bucket", "prefix", "region", "endpoint", "encrypt")
        return {name: value for name in names if (value := getattr(self, name))}

    def parts(self, platform: Platform, *, read_only: bool) -> PodParts:
        """What a pod needs to reach it."""
        keys = {"AWS_ACCESS_KEY_ID": self.access_key, "AWS_SECRET_ACCESS_KEY": self.secret_key}
        given = {name: key for name, key in keys.items() if key is not None}
        peers = peers_in({"endpoint": self.endpoint}) if self.endpoint else (HTTPS,)
        return kept_secret(PodParts(env=env_vars(given), peers=peers), platform)

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds nothing: the bucket is there."""


@dataclass(frozen=True, kw_only=True)
class BackupVolume(Props):
    """Backups as files of a volume, best one that does not share the fate of the database's."""

    claim: str | VolumeClaim
    """Name of an existing PersistentVolumeClaim in the release's namespace, or one that the bundle
    creates as `{release}-backup`, and that goes with the bundle. Of the access modes
    `ReadWriteOnce` will do: one pod at a time mounts it."""
    sub_path: str | None = None
    """Folder of the volume, mounted as `subPath`. The kubelet creates it. Default: the whole
    volume."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from shared_problems("BackupVolume", self.claim, self.sub_path, "airflow/backups")
        if isinstance(self.claim, VolumeClaim) and self.claim.access_mode == "ReadOnlyMany":
            yield (
                "BackupVolume(claim=VolumeClaim(access_mode='ReadOnlyMany')): no backup could be "
                "written: use 'ReadWriteOnce'"
            )

    @property
    def settings(self) -> Mapping[str, object]:
        """What the programs are told."""
        return {"folder": _FOLDER}

    def parts(self, platform: Platform, *, read_only: bool) -> PodParts:
        """The mounted volume."""
        name = claim_name(self.claim, platform.name(_COMPONENT))
        mount = {
            "name": "backups",
            "mountPath": _FOLDER,
            "subPath": self.sub_path,
            "readOnly": read_only or None,
        }
        return PodParts(
            volumes=({"name": "backups", "persistentVolumeClaim": {"claimName": name}},),
            mounts=({key: value for key, value in mount.items() if value is not None},),
        )

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the claim, unless it exists already."""
        name = claim_name(self.claim, platform.name(_COMPONENT))
        build_claim(scope, "Claim", self.claim, name, platform.labels(_COMPONENT))


BackupStore: TypeAlias = S3Backups | BackupVolume
"""Where backups are kept."""
