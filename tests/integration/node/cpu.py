"""The CPU requests of containers, as weights of the kernel's control groups, and what they used."""

from __future__ import annotations

import itertools
import re
import time
from contextlib import suppress
from pathlib import Path

_ROOT = Path("/sys/fs/cgroup")
_NUMBERS = itertools.count()
_PODS = "cdk8s-airflow-pods"
_PODS_SHARES = 8192
"""The weight of all pods together, beside processes of this machine with 1024 each."""
_JOIN = 'for group in $0; do echo $$ >"$group/cgroup.procs"; done; exec "$@"'
_STALE_SECONDS = 60
_LEAST_SHARES = 2


def shares(request: str | int | None) -> int:
    """How a kubelet weighs a container by its CPU request: 1024 for each core."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(m?)", str(request or 0))
    if match is None:
        raise ValueError(f"not a quantity of cores that this node knows: {request!r}")
    cores = float(match[1]) / (1000 if match[2] else 1)
    return max(int(cores * 1024), _LEAST_SHARES)


def remove_stale_groups() -> None:
    """Removes what an earlier run, killed at once, has left; groups in use stay."""
    for path in (
        found for name in ("cpu", "cpuacct") for found in (_ROOT / name / _PODS).glob("*")
    ):
        with suppress(OSError):
            if time.time() - path.stat().st_ctime > _STALE_SECONDS:
                path.rmdir()


class CpuGroup:
    """The weight of one container where processors are scarce, and how long it has used them."""

    def __init__(self, request: str | int | None, memory: Path | None) -> None:
        """Makes the groups; where this machine lets nobody make any it does nothing.

        Args:
            request: ``resources.requests.cpu``.
            memory: The group of the container's memory, which is the same in version 2.
        """
        self._made: list[Path] = []
        self._usage: Path | None = None
        if memory is not None and (memory / "cgroup.controllers").exists():
            with suppress(OSError):
                (memory.parent / "cgroup.subtree_control").write_text("+cpu")
                weight = 1 + (shares(request) - 2) * 9999 // 262142
                (memory / "cpu.weight").write_text(str(weight))
                self._usage = memory / "cpu.stat"
            return
        name = f"{next(_NUMBERS)}-{time.time_ns()}"
        with suppress(OSError):
            for controller in ("cpu", "cpuacct"):
                pods = _ROOT / controller / _PODS
                pods.mkdir(exist_ok=True)
                (pods / name).mkdir()
                self._made.append(pods / name)
            (self._made[0].parent / "cpu.shares").write_text(str(_PODS_SHARES))
            (self._made[0] / "cpu.shares").write_text(str(shares(request)))
            self._usage = self._made[1] / "cpuacct.usage"

    def join(self, command: list[str]) -> list[str]:
        """The command, started as a member of the groups."""
        if not self._made:
            return command
        return ["/bin/sh", "-c", _JOIN, " ".join(map(str, self._made)), *command]

    @property
    def seconds(self) -> float:
        """How long its processes have used a processor; 0 if unknown."""
        with suppress(OSError):
            text = self._usage.read_text() if self._usage else "0"
            found = re.search(r"usage_usec (\d+)", text)
            return int(found[1]) / 1e6 if found else int(text) / 1e9
        return 0.0

    def remove(self) -> None:
        """Removes the groups once their processes are gone."""
        for path in self._made:
            for _ in range(50):
                try:
                    path.rmdir()
                    break
                except FileNotFoundError:
                    break
                except OSError:
                    time.sleep(0.1)
