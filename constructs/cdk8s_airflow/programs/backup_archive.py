"""What is in a backup: a compressed tar with the Secrets, the dump in pieces and a manifest, last.

    secrets/<Secret>/<key>
    database/000000.sql, database/000001.sql ...
    manifest.json

Its pieces one after the other are the dump: `cat database/*.sql | psql`.
"""

import gzip
import hashlib
import io
import json
import tarfile
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, cast

from backup_age import Source
from backup_crypt import CryptError, Encrypting

FORMAT = "cdk8s-airflow-backup/1"
PIECE = 8 << 20
"""Bytes of a piece; one is in memory, as tar wants the size first."""
MOST_TEXT = 64 << 20
"""Of manifest and Secrets, which are read into memory."""


class ArchiveError(Exception):
    """Why it is no backup of ours, or not a whole one."""


class _Sink:
    """Where compressed data go, until they are wanted no longer."""

    def __init__(self, out: Encrypting) -> None:
        self.out: Encrypting | None = out

    def write(self, data: bytes) -> int:
        if self.out is not None:
            self.out.write(data)
        return len(data)

    def flush(self) -> None:
        """Needs to do nothing."""


class Writer:
    """Writes an archive."""

    def __init__(self, out: Encrypting) -> None:
        """Begins it."""
        self._out = out
        self._sink = _Sink(out)
        file = cast(IO[bytes], self._sink)
        self._zip = gzip.GzipFile(fileobj=file, mode="wb", compresslevel=6, mtime=0)
        self._tar = tarfile.open(fileobj=self._zip, mode="w|", format=tarfile.PAX_FORMAT)
        self._waiting, self._pieces, self._bytes = bytearray(), 0, 0
        self._hash = hashlib.sha256()
        self._time = int(time.time())

    def secret(self, name: str, key: str, value: bytes) -> None:
        """Adds a key of a Secret."""
        self._add(f"secrets/{name}/{key}", value)

    def dump(self, data: bytes) -> None:
        """Adds to the dump."""
        self._waiting += data
        while len(self._waiting) >= PIECE:
            self._piece(bytes(self._waiting[:PIECE]))
            del self._waiting[:PIECE]

    def finish(self, manifest: Mapping[str, Any]) -> int:
        """Ends it; the size of the dump."""
        if self._waiting:
            self._piece(bytes(self._waiting))
        found = {"bytes": self._bytes, "sha256": self._hash.hexdigest(), "pieces": self._pieces}
        whole = {"format": FORMAT, **manifest, "dump": found}
        self._add("manifest.json", json.dumps(whole, indent=1, sort_keys=True).encode())
        self._tar.close()
        self._zip.close()
        self._out.finish()
        return self._bytes

    def discard(self) -> None:
        """Ends it unfinished: what tar and gzip still hold goes nowhere, even when collected."""
        self._sink.out = None
        self._tar.close()
        self._zip.close()

    def _piece(self, data: bytes) -> None:
        self._hash.update(data)
        self._bytes += len(data)
        self._add(f"database/{self._pieces:06}.sql", data)
        self._pieces += 1

    def _add(self, name: str, data: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = len(data), self._time, 0o600
        self._tar.addfile(member, io.BytesIO(data))


@dataclass
class Content:
    """What was in a backup, beside the dump."""

    manifest: Mapping[str, Any] = field(default_factory=dict)
    secrets: dict[tuple[str, str], bytes] = field(default_factory=dict)
    """Name and key of a Secret -> its value."""

    @property
    def rows(self) -> Mapping[str, int]:
        """Table -> number of its rows."""
        rows: Mapping[str, int] = self.manifest["rows"]
        return rows

    @property
    def origin(self) -> str:
        """`namespace.release` of which it is."""
        return f"{self.manifest['namespace']}.{self.manifest['release']}"


def read(source: Source, dump: Callable[[bytes], object] | None = None) -> Content:
    """Reads a backup to its end.

    Args:
        source: decrypted.
        dump: gets the dump; what it got is good only if this function returns.

    Raises:
        ArchiveError: when it is none, when something is missing, or is another than it was.
    """
    found, pieces, size, digest = Content(), 0, 0, hashlib.sha256()
    try:
        with gzip.GzipFile(fileobj=cast(IO[bytes], source), mode="rb") as unzipped:
            with tarfile.open(fileobj=unzipped, mode="r|") as tar:
                for member in tar:
                    file = tar.extractfile(member)
                    if file is None or found.manifest:
                        raise ArchiveError(f"{member.name} does not belong into a backup")
                    folder, _, rest = member.name.partition("/")
                    if member.name == f"database/{pieces:06}.sql" and member.size <= PIECE:
                        data = file.read()
                        digest.update(data)
                        pieces, size = pieces + 1, size + len(data)
                        if dump:
                            dump(data)
                    elif member.size > MOST_TEXT:
                        raise ArchiveError(f"{member.name} is too large")
                    elif folder == "secrets" and rest.count("/") == 1:
                        name, _, key = rest.partition("/")
                        found.secrets[name, key] = file.read()
                    elif member.name == "manifest.json":
                        found.manifest = json.loads(file.read())
                    else:
                        raise ArchiveError(f"{member.name} does not belong into a backup")
            while unzipped.read(1 << 20):
                pass
        while source.read(1 << 20):
            pass
    except CryptError as error:
        raise ArchiveError(f"it cannot be decrypted: {error}") from error
    except (EOFError, OSError, ValueError, tarfile.TarError, zlib.error) as error:
        raise ArchiveError(f"it is no backup, or is damaged: {error}") from error
    if found.manifest.get("format") != FORMAT:
        raise ArchiveError("it has no manifest of a backup, or one of another version")
    if found.manifest["dump"] != {"bytes": size, "sha256": digest.hexdigest(), "pieces": pieces}:
        raise ArchiveError("the dump in it is not the one that its manifest tells of")
    return found
