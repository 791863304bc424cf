"""As much of Celery as the probe uses; the host of the broker's URL says how it is."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from urllib.parse import urlsplit


class Connection:
    def __init__(self, state: str) -> None:
        self._state = state

    def ensure_connection(self, *, max_retries: int, timeout: float) -> None:
        assert max_retries == 1
        if self._state == "away":
            raise ConnectionRefusedError("broker-password")
        if self._state == "silent":
            time.sleep(60)

    class Error(Exception):
        pass

    channel_errors = (Error,)

    def channel(self) -> Connection:
        return self

    def close(self) -> None:
        pass

    def queue_declare(self, queue: str, *, passive: bool) -> SimpleNamespace:
        assert passive
        waiting = json.loads(os.environ["QUEUES"])
        if queue not in waiting:
            raise self.Error
        return SimpleNamespace(message_count=waiting[queue])


class Settings(SimpleNamespace):
    def update(self, values: dict[str, object]) -> None:
        vars(self).update(values)


class Celery:
    def __init__(self, *, broker: str, set_as_current: bool) -> None:
        assert not set_as_current
        self._state = urlsplit(broker).hostname or ""
        self.conf = Settings()
        self.control = self

    def __enter__(self) -> Celery:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    @contextmanager
    def connection_for_write(self, *, connect_timeout: float) -> Iterator[Connection]:
        yield Connection(self._state)

    def broadcast(
        self,
        command: str,
        *,
        reply: bool,
        destination: Sequence[str],
        timeout: float,
        connection: Connection,
        limit: int,
    ) -> list[object]:
        assert reply and limit == 1
        answer = json.loads(os.environ["WORKER"])[command]
        return [{destination[0]: answer}] if self._state == "alive" else []

    def ping(
        self, *, destination: Sequence[str], timeout: float, connection: Connection, limit: int
    ) -> list[object]:
        print(json.dumps({"destination": destination, **vars(self.conf)}, default=str))
        return [{"ok": "pong"}] if self._state == "alive" else []
