"""Durations as Prometheus writes them: `30s`, `1h30m`."""

from __future__ import annotations

import re

_DURATION = re.compile(r"([1-9][0-9]*h)?([1-9][0-9]*m)?([1-9][0-9]*s)?")
_PART = re.compile(r"([0-9]{1,9})([hms])")
_UNITS = {"h": 3600, "m": 60, "s": 1}


def is_duration(text: str) -> bool:
    """Whether a text is hours, minutes and seconds, in this order."""
    return bool(text and _DURATION.fullmatch(text))


def seconds(text: str) -> int:
    """The seconds of a duration."""
    return sum(int(number) * _UNITS[unit] for number, unit in _PART.findall(text))
