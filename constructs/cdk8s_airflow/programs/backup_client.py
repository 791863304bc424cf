"""Runs the database's own client in the container beside this one, whose image has it.

Both have one folder in memory: a request is a script of the shell there, and its data pass through
a pipe. That container knows no password but the one in the request, and gets nothing else.
"""

import errno
import os
import select
import shlex
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

FOLDER = Path("/opt/cdk8s-airflow-client")
PAUSE = 0.1
BLOCK = 1 << 20
START_SECONDS = 300.0
"""For an image to be pulled, and a container to be started."""


class ClientError(Exception):
    """Why a command failed, as it said itself."""


class Command:
    """One script that runs there."""

    def __init__(self, script: str, env: Mapping[str, str] | None = None) -> None:
        """Asks for it; `$PIPE` is where its data are."""
        self._pipe, self._status = FOLDER / "data", FOLDER / "status"
        for name in ("data", "status", "errors", "output", "running"):
            (FOLDER / name).unlink(missing_ok=True)
        os.mkfifo(self._pipe, 0o600)
        lines = [f"export {name}={shlex.quote(value)}" for name, value in (env or {}).items()]
        request = FOLDER / "new"
        request.touch(0o600)
        request.write_text("\n".join([*lines, f"PIPE={self._pipe}", script, ""]))
        request.rename(FOLDER / "request")
        self._asked = time.monotonic()

    def _ended(self) -> bool:
        """Whether it has ended.

        Raises:
            ClientError: when it has not even begun, long after it should have.
        """
        if self._status.exists():
            return True
        waiting = (FOLDER / "request").exists()
        if waiting and time.monotonic() - self._asked > START_SECONDS:
            raise ClientError("the container database-client does not run: see the pod's events")
        return False

    def result(self) -> str:
        """What it has printed, once it has ended.

        Raises:
            ClientError: when it failed.
        """
        while not self._ended():
            time.sleep(PAUSE)
        code = self._status.read_text().strip()
        errors = _text("errors")
        if code != "0":
            why = f": {errors}" if errors else ""
            gone = ", as its container died; is its memory limit reached?" if code == "137" else ""
            raise ClientError(f"the database's client ended with {code}{gone}{why}")
        if errors:
            print(errors, flush=True)
        return _text("output")

    def chunks(self) -> Iterator[bytes]:
        """What it writes to the pipe.

        Raises:
            ClientError: when it failed, which may be after the last chunk.
        """
        pipe = os.open(self._pipe, os.O_RDONLY | os.O_NONBLOCK)
        poll = select.poll()
        poll.register(pipe, select.POLLIN)
        try:
            while True:
                ended = self._ended()
                poll.poll(PAUSE * 1000)
                try:
                    data = os.read(pipe, BLOCK)
                except BlockingIOError:
                    continue
                if data:
                    yield data
                elif ended:
                    break
                else:  # nobody has opened it yet, or its last process is about to end
                    time.sleep(PAUSE)
        finally:
            os.close(pipe)
        self.result()

    def open(self) -> int:
        """The pipe, to write to.

        Raises:
            ClientError: when the command has ended before it read.
        """
        while True:
            try:
                pipe = os.open(self._pipe, os.O_WRONLY | os.O_NONBLOCK)
            except OSError as error:
                if error.errno != errno.ENXIO:
                    raise
                if self._ended():
                    self.result()
                    raise ClientError("the database's client did not read") from error
                time.sleep(PAUSE)
            else:
                os.set_blocking(pipe, True)
                return pipe

    def write(self, pipe: int, data: bytes) -> None:
        """Writes all to the pipe.

        Raises:
            ClientError: when the command reads no more.
        """
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(pipe, view) :]
        except BrokenPipeError as error:
            self.result()
            raise ClientError("the database's client stopped to read") from error


def _text(name: str) -> str:
    file = FOLDER / name
    return file.read_text(errors="replace").strip()[-4000:] if file.exists() else ""
