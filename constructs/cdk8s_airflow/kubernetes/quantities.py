"""Kubernetes quantities as numbers: `250m`, `1.5`, `512Mi`."""

from __future__ import annotations

import re
from decimal import Decimal

_QUANTITY = re.compile(r"(\d+(?:\.\d*)?|\.\d+)([eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?")
_SCALES = {
    **{suffix: Decimal(1000) ** power for power, suffix in enumerate("num", start=-3)},
    **{suffix: Decimal(1000) ** power for power, suffix in enumerate("kMGTPE", start=1)},
    **{f"{suffix}i": Decimal(1024) ** power for power, suffix in enumerate("KMGTPE", start=1)},
}


def number(quantity: str | int | float) -> Decimal:
    """The number that a quantity means; of bytes, cores, objects.

    See https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/

    Raises:
        ValueError: when it is no quantity.
    """
    found = _QUANTITY.fullmatch(str(quantity))
    if not found:
        raise ValueError(f"{quantity!r} is no quantity: expected '2', '500m', '512Mi' or the like")
    digits, suffix = found.groups()
    if suffix and suffix[0] in "eE" and len(suffix) > 1 and suffix != "Ei":
        return Decimal(f"{digits}{suffix}")
    return Decimal(digits) * _SCALES.get(suffix, Decimal(1))


def spelled(resource: str, amount: Decimal) -> str:
    """An amount of a resource as people say it: `1500m` cores, `2.5Gi` bytes, `12` objects."""
    if resource.endswith("cpu"):
        milli = amount * 1000
        return f"{amount:f}" if amount == int(amount) else f"{int(milli)}m"
    if resource.endswith(("memory", "storage")):
        for suffix in ("Gi", "Mi"):
            if amount >= _SCALES[suffix]:
                return f"{(amount / _SCALES[suffix]):.4g}{suffix}"
    return str(int(amount))
