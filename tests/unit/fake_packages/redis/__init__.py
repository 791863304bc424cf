"""As much of redis as the programs use: a client that prints what it is told to do."""

from __future__ import annotations

import json
import os


class RedisError(Exception):
    pass


class Redis:
    def __init__(self, **parts: object) -> None:
        print(json.dumps(["redis", parts]))

    def execute_command(self, *words: str) -> None:
        if "REDIS_AWAY" in os.environ:
            raise RedisError("connection refused")
        print(json.dumps(words))

    def close(self) -> None:
        print(json.dumps(["close redis"]))
