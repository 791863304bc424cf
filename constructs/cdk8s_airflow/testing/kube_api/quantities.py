"""Quantities as the API server gives them back."""

from __future__ import annotations

import math
import re
from fractions import Fraction

_FORM = re.compile(r"([+-]?)(\d*\.?\d*)(?:[eE]([+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)")
_THOUSANDS = {suffix: 1000**power for power, suffix in enumerate(("", *"kMGTPE"))}
_PARTS = {"n": 1000**3, "u": 1000**2, "m": 1000}
_KIBIS = {f"{suffix}i": 1024**power for power, suffix in enumerate("KMGTPE", start=1)}


def canonical(quantity: object) -> str:
    """The quantity with the largest suffix that needs no fraction, of its own kind of suffix.

    Powers of 1024 only stay for whole numbers from 1024 on; what is finer than a billionth is
    rounded up.

    Raises:
        ValueError: when it is no quantity.
    """
    found = _FORM.fullmatch(str(quantity).strip())
    if not found or not found[2].strip("."):
        raise ValueError(f"{quantity!r} is no quantity")
    sign, digits, exponent, suffix = found[1], found[2], found[3], found[4] or ""
    amount = Fraction(digits) * Fraction(10) ** int(exponent or 0)
    amount = amount * {**_THOUSANDS, **_KIBIS}.get(suffix, 1) / _PARTS.get(suffix, 1)
    if not amount:
        return "0"
    sign = sign.strip("+")
    if suffix in _KIBIS and amount >= 1024 and amount.denominator == 1:
        scale, size = max(
            (s for s in _KIBIS.items() if amount % s[1] == 0), key=_size, default=("", 1)
        )
        return f"{sign}{amount / size}{scale}"
    amount = Fraction(math.ceil(amount * 10**9), 10**9)
    for unit, size in sorted(_THOUSANDS.items(), key=_size, reverse=True):
        if amount % size == 0:
            power = 3 * list(_THOUSANDS).index(unit)
            return f"{sign}{amount / size}{(f'e{power}' if power else '') if exponent else unit}"
    unit, parts = min((p for p in _PARTS.items() if (amount * p[1]).denominator == 1), key=_size)
    return (
        f"{sign}{amount * parts}{f'e-{3 * (3 - list(_PARTS).index(unit))}' if exponent else unit}"
    )


def _size(scale: tuple[str, int]) -> int:
    return scale[1]
