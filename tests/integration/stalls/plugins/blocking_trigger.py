"""A trigger that blocks all others of its process, but only the first time in a pod."""
# mypy: allow-subclassing-any

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from airflow.triggers.base import BaseTrigger, TriggerEvent

SEEN = Path("/tmp/blocked")


class BlockingTrigger(BaseTrigger):
    """Sleeps in the event loop."""

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Names the class."""
        return "blocking_trigger.BlockingTrigger", {}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Blocks, and is done the next time."""
        if not SEEN.exists():
            SEEN.touch()
            time.sleep(100_000)
        yield TriggerEvent("done")
