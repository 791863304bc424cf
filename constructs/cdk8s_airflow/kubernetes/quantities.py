"""Kubernetes quantities as numbers and in canonical form: `250m`, `1.5`, `512Mi`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_UP, Decimal
from functools import lru_cache

from cdk8s_airflow.kubernetes.objects import Manifest, wire_mapping
from cdk8s_airflow.kubernetes.problems import refuse
from cdk8s_airflow.kubernetes.structs import k8s

_QUANTITY = re.compile(r"(\d+(?:\.\d*)?|\.\d+)([eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?")
_SCALES = {
    **{suffix: Decimal(1000) ** power for power, suffix in enumerate("num", start=-3)},
    **{suffix: Decimal(1000) ** power for power, suffix in enumerate("kMGTPE", start=1)},
    **{f"{suffix}i": Decimal(1024) ** power for power, suffix in enumerate("KMGTPE", start=1)},
}
_DECIMAL = ("n", "u", "m", "", "k", "M", "G", "T", "P", "E")
_BINARY = ("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei")


def number(quantity: str | int | float) -> Decimal:
    """The value of a quantity: bytes, cores or objects.

    See https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/

    Raises:
        ValueError: when it is not a quantity.
    """
    found = _QUANTITY.fullmatch(str(quantity))
    if not found:
        raise ValueError(f"{quantity!r} is no quantity: expected '2', '500m', '512Mi' or the like")
    digits, suffix = found.groups()
    if suffix and suffix[0] in "eE" and len(suffix) > 1 and suffix != "Ei":
        return Decimal(f"{digits}{suffix}")
    return Decimal(digits) * _SCALES.get(suffix, Decimal(1))


@lru_cache(typed=True)
def canonical(quantity: str | int | float) -> str:
    """A quantity in the form that the API server returns: `1Gi` for `1024Mi`, `500m` for `0.5`.

    In another form it would look changed to tools that compare.

    Raises:
        ValueError: when it is not a quantity.
    """
    amount = number(quantity)
    if amount == 0:
        return "0"
    text = str(quantity)
    if text.endswith("i") and amount >= 1024 and amount == int(amount):
        digits, power = _shortest(int(amount), 1024, len(_BINARY) - 1)
        return f"{digits}{_BINARY[power]}"
    nano = int((amount * 10**9).to_integral_value(ROUND_UP))
    digits, power = _shortest(nano, 1000, len(_DECIMAL) - 1)
    if re.search(r"[eE][+-]?\d", text):
        return f"{digits}e{3 * power - 9}" if power != _DECIMAL.index("") else str(digits)
    return f"{digits}{_DECIMAL[power]}"


def _shortest(amount: int, base: int, most: int) -> tuple[int, int]:
    """Amount and power of the base, with the highest power that leaves a whole number."""
    power = 0
    while amount % base == 0 and power < most:
        amount, power = amount // base, power + 1
    return amount, power


def total_size(*sizes: str) -> str:
    """The sum of sizes in bytes, as a quantity in whole Mi."""
    mebibytes = sum(map(number, sizes), start=Decimal()) / 2**20
    return canonical(f"{mebibytes.to_integral_value(ROUND_UP)}Mi")


def canonical_amounts(owner: str, amounts: Mapping[str, object]) -> dict[str, str]:
    """Amounts of resources, each in canonical form.

    Args:
        owner: name of the option in messages.
        amounts: quantities by the name of the resource, in wire form.

    Raises:
        ValueError: with all values that are not quantities.
    """
    found, problems = {}, []
    for name, amount in amounts.items():
        try:
            found[name] = canonical(str(amount))
        except ValueError as error:
            problems.append(f"{owner}[{name!r}]: {error}")
    refuse(problems)
    return found


def canonical_resources(resources: k8s.ResourceRequirements | Manifest) -> Manifest:
    """`resources` of a container with canonical quantities.

    Raises:
        ValueError: for a value that is not a quantity.
    """
    form = wire_mapping(resources)
    amounts = {part: form[part] for part in ("requests", "limits") if part in form}
    return {
        **form,
        **{
            part: canonical_amounts(f"resources.{part}", quantities)
            for part, quantities in amounts.items()
            if isinstance(quantities, dict)
        },
    }


def format_amount(resource: str, amount: Decimal) -> str:
    """An amount of a resource for messages: `1500m` cores, `2.5Gi` bytes, `12` objects."""
    if resource.endswith("cpu"):
        milli = amount * 1000
        return f"{amount:f}" if amount == int(amount) else f"{int(milli)}m"
    if resource.endswith(("memory", "storage")):
        for suffix in ("Gi", "Mi"):
            if amount >= _SCALES[suffix]:
                return f"{(amount / _SCALES[suffix]):.4g}{suffix}"
    return str(int(amount))
