"""Hints with the nearest known name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint for a message: the nearest known name, or the list of all."""
    names = sorted(known)
    close = close_to(name, names)
    return f"; did you mean {close!r}?" if close else f"; it has {', '.join(names)}"


def close_to(name: str, known: Iterable[str]) -> str:
    """The nearest known name, or nothing."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if not close:
        close = [each for each in names if each.casefold() == name.casefold()]
    return close[0] if close else ""
