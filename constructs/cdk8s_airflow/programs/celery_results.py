"""Celery's results in Redis, for a scheduler that lives on when Redis is away.

In each loop the scheduler asks for the states of its tasks, and an error ends it. Here a state that
cannot be read is one that is not known yet: the next loop asks again.
"""

import logging
from collections.abc import Sequence

from celery.backends import redis

log = logging.getLogger(__name__)


class _Patient(redis.RedisBackend):  # type: ignore[misc]
    def mget(self, keys: Sequence[str]) -> Sequence[bytes | None]:
        """The values of the keys, or nothing for each of them when the server does not answer."""
        try:
            values: Sequence[bytes | None] = super().mget(keys)
        except self.connection_errors as error:
            log.warning("Redis does not tell the states of %d tasks: %s", len(keys), error)
            return [None] * len(keys)
        return values


class Redis(_Patient):
    """One server."""


class Sentinel(_Patient, redis.SentinelBackend):  # type: ignore[misc]
    """Servers behind Sentinel."""
