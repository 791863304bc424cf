"""Celery's results in Redis, for a scheduler that lives on when Redis is away.

In each loop the scheduler asks for the states of its tasks; an error ends it, and an endless wait
has it killed. Here a state that cannot be read is one that is not known yet: the next loop asks.
"""

import logging
from collections.abc import Sequence

from celery.backends import redis

log = logging.getLogger(__name__)


class _Patient(redis.RedisBackend):  # type: ignore[misc]
    def get(self, key: str) -> bytes | None:
        """The value of a key, or nothing when the server does not answer."""
        return self.mget([key])[0]

    def mget(self, keys: Sequence[str]) -> Sequence[bytes | None]:
        """The values of the keys, or nothing for each of them when the server does not answer."""
        try:
            values: Sequence[bytes | None] = super().mget(keys)
        except self.connection_errors as error:
            log.warning("Redis does not tell %d states of tasks: %s", len(keys), error)
            return [None] * len(keys)
        return values


class Redis(_Patient):
    """One server."""


class Sentinel(_Patient, redis.SentinelBackend):  # type: ignore[misc]
    """Servers behind Sentinel."""
