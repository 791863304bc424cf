"""One container as one process tree: bubblewrap, its own namespaces, no privileges."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from signal import Signals

from .cpu import CpuGroup
from .images import Image
from .memory import MemoryGroup
from .network import program
from .volumes import Mount

_ETC = ("ssl", "ca-certificates", "ld.so.cache", "localtime", "alternatives", "mime.types")


@dataclass(frozen=True)
class Identity:
    """Who a container's processes are."""

    user: int
    group: int
    supplementary: Sequence[int]


@dataclass(frozen=True)
class ContainerSpec:
    """All that is decided before the process starts."""

    image: Image
    argv: Sequence[str]
    env: Mapping[str, str]
    working_dir: str
    identity: Identity
    mounts: Sequence[Mount]
    read_only: bool
    hostname: str
    memory_limit: int | None
    cpu_request: str | int | None
    network: Path
    etc: Path
    """The folder with the pod's ``hosts``, ``resolv.conf`` and ``hostname``."""


@dataclass(frozen=True)
class ExecResult:
    """How a command in a container ended."""

    exit_code: int
    output: str
    timed_out: bool = False


class Container:
    """A running (or ended) container process."""

    def __init__(self, spec: ContainerSpec, log: Path) -> None:
        self.spec = spec
        self.log = log
        self.started_at = time.monotonic()
        self._memory = MemoryGroup(spec.memory_limit)
        self._cpu = CpuGroup(spec.cpu_request, self._memory.path)
        self.peak_memory = 0
        """The most memory the container had, in bytes; known when it has ended."""
        self.memory_kills = 0
        """How many of its processes were killed because they had reached the limit."""
        self.cpu_seconds = 0.0
        """How long it has used a processor; known when it has ended."""
        read_end, write_end = os.pipe()
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                self._memory.join(self._cpu.join(_command(spec, write_end))),
                env=dict(spec.env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=[write_end],
            )
        os.close(write_end)
        with os.fdopen(read_end) as info:
            text = info.read()
        self.pid: int = json.loads(text)["child-pid"] if text else 0
        """The main process as the node sees it; 0 when it could not be made."""
        self._exited = threading.Event()
        self.exit_code: int | None = None
        threading.Thread(target=self._wait, daemon=True).start()

    @property
    def running(self) -> bool:
        """Whether the main process is there."""
        return not self._exited.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Waits for the end; False when it did not come in time."""
        return self._exited.wait(timeout)

    def signal(self, number: Signals) -> None:
        """Sends a signal to the main process, as the container runtime does."""
        if self.running and self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def signal_all(self, number: Signals) -> None:
        """Sends a signal to every process of the container."""
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def processes(self) -> list[int]:
        """The node's numbers of all processes of the container."""
        found = []
        with suppress(OSError):
            own = os.readlink(f"/proc/{self.pid}/ns/pid")
            for entry in Path("/proc").iterdir():
                with suppress(OSError):
                    if entry.name.isdigit() and os.readlink(entry / "ns/pid") == own:
                        found.append(int(entry.name))
        return found

    def exec(self, argv: Sequence[str], timeout: float | None = None) -> ExecResult:
        """Runs a command in the container as its user, with its environment and folder."""
        if not self.running:
            return ExecResult(126, "the container is not running")
        command = [
            program("nsenter"), "--target", str(self.pid),
            "--mount", "--uts", "--ipc", "--net", "--pid", "--",
            *_drop_privileges(self.spec.identity),
            "/usr/bin/env", "-C", self.spec.working_dir, *argv,
        ]  # fmt: skip
        process = subprocess.Popen(
            self._memory.join(self._cpu.join(command)),
            env=dict(self.spec.env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            output, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
            return ExecResult(137, output.decode(errors="replace"), timed_out=True)
        return ExecResult(process.returncode, output.decode(errors="replace"))

    def measure(self) -> None:
        """Reads what it has used of memory and processors, which is kept when it ends."""
        self.peak_memory = max(self.peak_memory, self._memory.peak)
        self.memory_kills = max(self.memory_kills, self._memory.kills)
        self.cpu_seconds = max(self.cpu_seconds, self._cpu.seconds)

    def _wait(self) -> None:
        self.exit_code = self._process.wait()
        self.measure()
        self._memory.remove()
        self._cpu.remove()
        self._exited.set()


def write_etc(folder: Path, image: Image) -> None:
    """Writes the parts of ``/etc`` that belong to the image."""
    folder.mkdir(parents=True, exist_ok=True)
    passwd = ["root:x:0:0:root:/root:/bin/bash", *image.passwd]
    (folder / "passwd").write_text("\n".join([*passwd, ""]))
    (folder / "group").write_text("root:x:0:\nservice:x:999:\n")
    (folder / "nsswitch.conf").write_text("passwd: files\ngroup: files\nhosts: files dns\n")


def _command(spec: ContainerSpec, info: int) -> list[str]:
    command = [
        program("nsenter"), f"--net={spec.network}", "--",
        program("bwrap"), "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--new-session",
        "--as-pid-1", "--hostname", spec.hostname, "--info-fd", str(info),
        "--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID",
        "--cap-add", "CAP_SETPCAP",
        "--ro-bind", str(spec.image.root / "usr"), "/usr",
    ]  # fmt: skip
    for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32"):
        place = spec.image.root / name
        if place.is_symlink():
            command += ["--symlink", os.readlink(place), f"/{name}"]
        elif place.is_dir():
            command += ["--ro-bind", str(place), f"/{name}"]
    command += ["--dir", "/run", "--dir", "/var", "--symlink", "../run", "/var/run"]
    command += ["--perms", "1777", "--dir", "/tmp", "--dir", "/etc"]
    for name in _ETC:
        command += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    for path in sorted(spec.etc.iterdir()):
        command += ["--ro-bind", str(path), f"/etc/{path.name}"]
    for folder in spec.image.folders:
        folder = folder.replace("/var/run/", "/run/")
        command += [*_parents(folder), "--dir", folder]
    for target, source in spec.image.binds.items():
        command += [*_parents(target), "--ro-bind", str(source), target]
    command += ["--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", "/dev/shm"]
    command += ["--ro-bind", "/sys", "/sys"]
    for mount in spec.mounts:
        option = "--ro-bind" if mount.read_only else "--bind"
        target = mount.target.replace("/var/run/", "/run/")
        command += [*_parents(target), option, str(mount.source), target]
    if spec.read_only:
        command += ["--remount-ro", "/"]
    return [
        *command, "--chdir", spec.working_dir, "--",
        *_drop_privileges(spec.identity), *spec.argv,
    ]  # fmt: skip


def _parents(target: str) -> list[str]:
    """Makes the folders above a mount readable; bubblewrap would make them for root alone."""
    above = reversed(list(PurePosixPath(target).parents)[:-1])
    return [word for folder in above for word in ("--dir", str(folder))]


def _drop_privileges(identity: Identity) -> list[str]:
    groups = ",".join(str(group) for group in identity.supplementary)
    return [
        "/usr/bin/setpriv", "--reuid", str(identity.user), "--regid", str(identity.group),
        *(["--groups", groups] if groups else ["--clear-groups"]),
        "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", "--",
    ]  # fmt: skip
