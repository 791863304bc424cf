"""Colour, only on a terminal that may have it."""

from __future__ import annotations

import os
import sys

GREEN, RED, YELLOW, BOLD = "32", "31", "33", "1"
"""Colours of ANSI terminals."""


def paint(text: str, colour: str) -> str:
    """The text in a colour; as it is when it goes to a file or a pipe, or NO_COLOR is set."""
    if not colour or os.environ.get("NO_COLOR") or not sys.stdout.isatty():
        return text
    return f"\x1b[{colour}m{text}\x1b[0m"
