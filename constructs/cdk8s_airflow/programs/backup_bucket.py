"""Backups as objects of S3, or of a server that speaks its protocol."""

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from typing import Any

from backup_store import DAY, Source, StoreError, Target
from url import credential

PART = 16 << 20
"""Bytes of a part of an upload; S3 takes 10,000, so they grow."""
GROWS_EACH, MOST_PARTS = 1000, 10_000


class Bucket:
    """A bucket; see `backup_store.Store`."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Makes the client.

        Raises:
            StoreError: when the image has none.
        """
        try:
            import boto3
            from botocore.config import Config
            from botocore.exceptions import BotoCoreError, ClientError
        except ImportError as error:
            raise StoreError(
                "the image has no boto3, by which a bucket is reached: take one with "
                "apache-airflow-providers-amazon, as Airflow's official one is"
            ) from error
        self._errors = (BotoCoreError, ClientError)
        self._bucket, prefix = settings["bucket"], settings.get("prefix") or ""
        self._prefix = f"{prefix}/" if prefix else ""
        config = Config(
            retries={"mode": "standard", "max_attempts": 6},
            connect_timeout=10,
            read_timeout=120,
            s3={"addressing_style": "path"} if settings.get("endpoint") else None,
        )
        self._s3: Any = boto3.client(
            "s3",
            region_name=settings.get("region"),
            endpoint_url=settings.get("endpoint"),
            config=config,
            **_keys(),
        )
        self._more = {"ServerSideEncryption": "AES256"} if settings.get("encrypt") else {}

    def call(self, method: str, key: str = "", **more: Any) -> Any:
        """One call; an error names what was asked for."""
        if key:
            more["Key"] = f"{self._prefix}{key}"
        try:
            return getattr(self._s3, method)(Bucket=self._bucket, **more)
        except self._errors as error:
            where = f"s3://{self._bucket}/{more.get('Key', self._prefix)}"
            raise StoreError(f"{method} {where}: {error}") from error

    def _pages(self, method: str, field: str, begins: str) -> list[Any]:
        found: list[Any] = []
        more: dict[str, Any] = {}
        while True:
            page = self.call(method, Prefix=f"{self._prefix}{begins}", **more)
            found += page.get(field, ())
            if not page.get("IsTruncated"):
                return found
            if method == "list_objects_v2":
                more = {"ContinuationToken": page["NextContinuationToken"]}
            else:
                more = {
                    "KeyMarker": page["NextKeyMarker"],
                    "UploadIdMarker": page["NextUploadIdMarker"],
                }

    def names(self, begins: str) -> list[str]:
        """The names of whole backups that begin so, in order."""
        keys = [each["Key"] for each in self._pages("list_objects_v2", "Contents", begins)]
        return sorted(key.removeprefix(self._prefix) for key in keys)

    def check(self) -> None:
        """Raises StoreError where nothing can be written."""
        self.call("list_objects_v2", MaxKeys=1, Prefix=self._prefix)

    def create(self, name: str) -> Target:
        """A new backup."""
        return _Upload(self, name, self._more)

    def open(self, name: str) -> Source:
        """Reads one from its beginning."""
        return _Download(self, name)

    def delete(self, name: str) -> None:
        """Deletes one."""
        self.call("delete_object", name)

    def tidy(self, begins: str) -> list[str]:
        """Removes what has been left half; what it was."""
        before = datetime.now(timezone.utc) - timedelta(seconds=DAY)
        removed = []
        for each in self._pages("list_multipart_uploads", "Uploads", begins):
            if each["Initiated"] < before:
                name = each["Key"].removeprefix(self._prefix)
                self.call("abort_multipart_upload", name, UploadId=each["UploadId"])
                removed.append(f"an upload of {name}")
        return removed


def _keys() -> dict[str, str]:
    """The access key, if it is not that of the pod's identity."""
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    given = [name for name in names if {name, f"{name}_FILE"} & os.environ.keys()]
    return {name.lower(): credential(name).strip() for name in given}


class _Upload:
    """An upload in parts, of which nobody sees anything until it is completed."""

    def __init__(self, bucket: Bucket, name: str, more: Mapping[str, str]) -> None:
        self._bucket, self._name, self.size = bucket, name, 0
        self._id = bucket.call("create_multipart_upload", name, **more)["UploadId"]
        self._parts: list[dict[str, object]] = []
        self._waiting = bytearray()

    def write(self, data: bytes, /) -> int:
        self._waiting += data
        self.size += len(data)
        size = PART * (1 + len(self._parts) // GROWS_EACH)
        while len(self._waiting) >= size:
            self._send(bytes(self._waiting[:size]))
            del self._waiting[:size]
        return len(data)

    def _send(self, data: bytes) -> None:
        number = len(self._parts) + 1
        if number > MOST_PARTS:
            raise StoreError(f"{self._name} is too large for one object")
        sent = self._bucket.call(
            "upload_part", self._name, UploadId=self._id, PartNumber=number, Body=data
        )
        self._parts.append({"PartNumber": number, "ETag": sent["ETag"]})

    def commit(self) -> None:
        if self._waiting or not self._parts:
            self._send(bytes(self._waiting))
        self._bucket.call(
            "complete_multipart_upload", self._name, UploadId=self._id,
            MultipartUpload={"Parts": self._parts},
        )  # fmt: skip
        found = self._bucket.call("head_object", self._name)["ContentLength"]
        if found != self.size:
            raise StoreError(f"{self._name} has {found} bytes in the bucket, not {self.size}")

    def abort(self) -> None:
        with suppress(StoreError):
            self._bucket.call("abort_multipart_upload", self._name, UploadId=self._id)


class _Download:
    """An object, read in ranges, so that a connection that breaks is no end; one version of it."""

    def __init__(self, bucket: Bucket, name: str) -> None:
        self._bucket, self._name, self._at = bucket, name, 0
        found = bucket.call("head_object", name)
        self._size, self._tag = found["ContentLength"], found["ETag"]
        self._ready = b""

    def read(self, size: int, /) -> bytes:
        if not self._ready and self._at < self._size:
            last = min(self._at + PART, self._size) - 1
            answer = self._bucket.call(
                "get_object", self._name, Range=f"bytes={self._at}-{last}", IfMatch=self._tag
            )
            self._ready = answer["Body"].read()
            self._at += len(self._ready)
            if not self._ready:
                raise StoreError(f"{self._name} ends after {self._at} of {self._size} bytes")
        data, self._ready = self._ready[:size], self._ready[size:]
        return data
