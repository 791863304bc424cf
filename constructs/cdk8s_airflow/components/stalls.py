"""How long a process may do nothing while there is work, before its probe fails."""

from __future__ import annotations

STALLED_SECONDS = 300
"""Far above what a busy process needs from one task to the next, on a node without a free CPU."""
_LEAST = 30
"""Below it one slow look of the scheduler would be a stall."""


def stalled_problem(owner: str, seconds: int | None) -> str:
    """What is wrong with such a time, or nothing.

    Args:
        owner: of the field, for the message.
        seconds: the time; None: the process is not watched.
    """
    if seconds is None or seconds >= _LEAST:
        return ""
    return (
        f"{owner}.stalled_seconds={seconds}: expected {_LEAST} or more, or None to watch its "
        "heartbeat alone"
    )
