"""What of a log tells most in few lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby


def tail(text: str, count: int, width: int = 300) -> list[str]:
    """The last lines, cut to a width; a line that comes again and again is one."""
    return list(_folded(text.splitlines(), width))[-count:]


def _folded(lines: list[str], width: int) -> Iterator[str]:
    for line, same in groupby(lines):
        times = len(list(same))
        yield line[:width] + (f" ({times} times)" if times > 1 else "")
