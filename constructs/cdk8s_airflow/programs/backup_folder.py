"""Backups as files of a mounted volume."""

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from backup_store import DAY, StoreError, Target


class Folder:
    """A folder; see `backup_store.Store`."""

    def __init__(self, folder: Path) -> None:
        """Takes the folder."""
        self._folder = folder

    def names(self, begins: str) -> list[str]:
        """The names of whole backups that begin so, in order."""
        return sorted(each.name for each in self._folder.glob(f"{begins}*") if each.is_file())

    def check(self) -> None:
        """Raises StoreError where nothing can be written."""
        probe = self._folder / f".write-{os.getpid()}"
        try:
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            raise StoreError(f"the volume at {self._folder} cannot be written: {error}") from error

    def create(self, name: str) -> Target:
        """A new backup."""
        return _File(self._folder, name)

    def open(self, name: str) -> IO[bytes]:
        """Reads one from its beginning."""
        try:
            return open(self._folder / name, "rb")
        except OSError as error:
            raise StoreError(str(error)) from error

    def delete(self, name: str) -> None:
        """Deletes one."""
        try:
            (self._folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(str(error)) from error

    def tidy(self, begins: str) -> list[str]:
        """Removes what has been left half; what it was."""
        removed = []
        for each in self._folder.glob(f".{begins}*.partial"):
            with suppress(OSError):
                if each.stat().st_mtime < time.time() - DAY:
                    each.unlink()
                    removed.append(each.name)
        return removed


class _File:
    """A file with a name of its own until it is whole."""

    def __init__(self, folder: Path, name: str) -> None:
        self._final, self._path = folder / name, folder / f".{name}.partial"
        self.size = 0
        try:
            self._file = open(self._path, "xb")
        except OSError as error:
            raise StoreError(str(error)) from error

    def write(self, data: bytes, /) -> int:
        try:
            self._file.write(data)
        except OSError as error:
            raise StoreError(f"the volume took {self.size} bytes, and then: {error}") from error
        self.size += len(data)
        return len(data)

    def commit(self) -> None:
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            if self._path.stat().st_size != self.size or self._final.exists():
                raise StoreError(f"{self._path.name} is not what has been written to it")
            self._path.rename(self._final)
            folder = os.open(self._final.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            raise StoreError(str(error)) from error

    def abort(self) -> None:
        with suppress(OSError):
            self._file.close()
            self._path.unlink(missing_ok=True)
