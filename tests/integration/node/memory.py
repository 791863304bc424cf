"""The memory limits of containers, by the kernel's control groups (version 1 or 2)."""

from __future__ import annotations

import itertools
import os
import re
import time
from contextlib import suppress
from pathlib import Path

_ROOT = Path("/sys/fs/cgroup")
_UNITS = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30}
_NUMBERS = itertools.count()

_PREFIX = "cdk8s-airflow-"
_STALE_SECONDS = 60
_JOIN = 'echo $$ >"$0/cgroup.procs" && exec "$@"'


def byte_count(quantity: str | int) -> int:
    """The number of bytes of a Kubernetes quantity such as ``512Mi``."""
    match = re.fullmatch(r"(\d+)([kMG]?i?)", str(quantity))
    if match is None or match[2] not in _UNITS:
        raise ValueError(f"not a quantity of memory that this node knows: {quantity!r}")
    return int(match[1]) * _UNITS[match[2]]


def _memory_root() -> Path | None:
    """The folder to make groups in, or None where this machine lets nobody make any."""
    first, second = _ROOT / "memory", _ROOT
    if (first / "memory.limit_in_bytes").exists():
        return first if os.access(first, os.W_OK) else None
    with suppress(OSError):
        if "memory" in (second / "cgroup.controllers").read_text().split():
            (second / "cgroup.subtree_control").write_text("+memory")
            return second
    return None


def limits_are_enforced() -> bool:
    """Whether containers that use more than their limit are killed on this machine."""
    return _memory_root() is not None


def remove_stale_groups() -> None:
    """Removes what an earlier run, killed at once, has left; groups in use stay."""
    root = _memory_root()
    for path in root.glob(f"{_PREFIX}*") if root else ():
        with suppress(OSError):
            if time.time() - path.stat().st_ctime > _STALE_SECONDS:
                path.rmdir()


class MemoryGroup:
    """The control group of one container: its limit, its peak, its kills."""

    def __init__(self, limit: int | None) -> None:
        """Makes the group; without control groups on the machine it does nothing."""
        root = _memory_root()
        self.limit = limit
        self.path: Path | None = None
        if root is None:
            return
        self.path = root / f"{_PREFIX}{next(_NUMBERS)}-{time.time_ns()}"
        self.path.mkdir()
        self._second = (self.path / "memory.max").exists()
        if limit is not None:
            name = "memory.max" if self._second else "memory.limit_in_bytes"
            (self.path / name).write_text(str(limit))

    def join(self, command: list[str]) -> list[str]:
        """The command, started as a member of the group."""
        if self.path is None:
            return command
        return ["/bin/sh", "-c", _JOIN, str(self.path), *command]

    @property
    def peak(self) -> int:
        """The most memory that the group had at a time, page cache included; 0 if unknown."""
        if self.path is None:
            return 0
        name = "memory.peak" if self._second else "memory.max_usage_in_bytes"
        with suppress(OSError):
            return int((self.path / name).read_text())
        return 0

    @property
    def kills(self) -> int:
        """How many processes the kernel has killed because the limit was reached."""
        if self.path is None:
            return 0
        name = "memory.events" if self._second else "memory.oom_control"
        with suppress(OSError):
            found = re.search(r"^oom_kill (\d+)", (self.path / name).read_text(), re.MULTILINE)
            return int(found[1]) if found else 0
        return 0

    def remove(self) -> None:
        """Removes the group once its processes are gone."""
        if self.path is not None:
            for _ in range(50):
                try:
                    self.path.rmdir()
                    return
                except FileNotFoundError:
                    return
                except OSError:
                    time.sleep(0.1)
