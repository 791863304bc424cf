"""Quantities of storage."""

from __future__ import annotations

import re

_QUANTITY = re.compile(r"[1-9][0-9]*(\.[0-9]+)?([kMGTPE]|[KMGTPE]i)?")


def check_quantity(option: str, value: str) -> None:
    """Checks a Kubernetes quantity of storage.

    Raises:
        ValueError: when it is none.
    """
    if not _QUANTITY.fullmatch(value):
        raise ValueError(f"{option}={value!r}: expected a quantity such as '10Gi'")
