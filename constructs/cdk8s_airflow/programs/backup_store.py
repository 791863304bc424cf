"""Where backups are kept: a folder of a volume, or a bucket of S3.

A backup under way has no name that `names()` knows: a file is renamed when it is whole and on the
disk, and an object of S3 is there once its upload is completed. What a pod has left that died is
removed after a day by a later run.
"""

from typing import Protocol

DAY = 86400.0
"""Seconds after which what is half is nobody's any more."""


class StoreError(Exception):
    """Why the store does not do it."""


class Target(Protocol):
    """A backup that is written."""

    size: int

    def write(self, data: bytes, /) -> int:
        """Takes all of them."""
        ...

    def commit(self) -> None:
        """Makes it a backup."""
        ...

    def abort(self) -> None:
        """Leaves nothing of it."""
        ...


class Source(Protocol):
    """A backup that is read."""

    def read(self, size: int, /) -> bytes:
        """At most so many; none at the end."""
        ...


class Store(Protocol):
    """Where backups are."""

    def names(self, begins: str) -> list[str]:
        """The names of whole backups that begin so, in order."""
        ...

    def check(self) -> None:
        """Raises StoreError where nothing can be written."""
        ...

    def create(self, name: str) -> Target:
        """A new backup."""
        ...

    def open(self, name: str) -> Source:
        """Reads one from its beginning."""
        ...

    def delete(self, name: str) -> None:
        """Deletes one."""
        ...

    def tidy(self, begins: str) -> list[str]:
        """Removes what has been left half; what it was."""
        ...
