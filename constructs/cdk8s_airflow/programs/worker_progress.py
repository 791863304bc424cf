"""Whether a Celery worker takes tasks: one that answers may have lost its queues all the same.

It is idle without a reason when messages wait in its queues and it has a free slot, but has begun
no task for a time. That time is counted from probe to probe, in a file of its pod.
"""

import json
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

STATE = Path(tempfile.gettempdir()) / "worker-probe.json"


def problem(
    app: Any, connection: Any, worker: str, timeout: float, queues: Sequence[str], seconds: float
) -> str:
    """What is wrong with the worker; nothing if it works, or has nothing to do.

    Args:
        app: of Celery.
        connection: to its broker.
        worker: its name.
        timeout: seconds that it may take to answer.
        queues: that it serves.
        seconds: that it may be idle while messages wait.

    Raises:
        OSError: or another error of the broker's client, when the broker does not answer.
    """
    stats = _ask(app, connection, worker, timeout, "stats")
    if stats is None:
        return f"{worker} does not answer"
    begun = sum(stats.get("total", {}).values())
    waiting = sum(_messages(connection, queue) for queue in queues)
    if not waiting:
        STATE.unlink(missing_ok=True)
        return ""
    idle = time.time() - _since(stats["pid"], stats["uptime"], begun)
    if idle <= seconds:
        return ""
    active = _ask(app, connection, worker, timeout, "active")
    if active is None or len(active) >= stats["pool"]["max-concurrency"]:
        _note(stats["pid"], begun)  # it is busy with long tasks
        return ""
    return f"{waiting} messages wait in its queues, and {worker} has begun none for {idle:.0f} s"


def forget() -> None:
    """Counts anew: the broker was away."""
    STATE.unlink(missing_ok=True)


def _ask(app: Any, connection: Any, worker: str, timeout: float, command: str) -> Any:
    """The answer to a remote command; None: there is none."""
    replies = app.control.broadcast(
        command, reply=True, destination=[worker], timeout=timeout, connection=connection, limit=1
    )
    return replies[0][worker] if replies else None


def _messages(connection: Any, queue: str) -> int:
    """Messages of a queue that no worker has taken."""
    channel = connection.channel()
    try:
        return int(channel.queue_declare(queue, passive=True).message_count)
    except connection.channel_errors:  # there is no such queue yet, or, with Redis, no message
        return 0
    finally:
        if getattr(channel, "is_open", True):
            channel.close()


def _since(pid: int, uptime: float, begun: int) -> float:
    """When it was first seen with this number of begun tasks and messages that wait."""
    try:
        known = json.loads(STATE.read_text())
    except (OSError, ValueError):
        known = {}
    now = time.time()
    same = known.get("pid") == pid and known.get("begun") == begun
    # A worker that was started again may have the same number.
    if same and known["since"] >= now - uptime - 1:
        return float(known["since"])
    return _note(pid, begun)


def _note(pid: int, begun: int) -> float:
    now = time.time()
    new = STATE.with_suffix(f".{os.getpid()}")
    new.write_text(json.dumps({"pid": pid, "begun": begun, "since": now}))
    new.replace(STATE)
    return now
