"""Rules of requests and limits of containers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from cdk8s_airflow.kubernetes.problems import Problem
from cdk8s_airflow.kubernetes.quantities import number

_NATIVE = ("cpu", "memory", "ephemeral-storage")


def resource_problems(value: Mapping[str, Any]) -> Iterator[Problem]:
    """The problems of requests and limits that are quantities."""
    requests, limits = value.get("requests") or {}, value.get("limits") or {}
    for part, amounts in (("requests", requests), ("limits", limits)):
        for name, amount in amounts.items():
            yield from _amount_problems(part, name, amount)
    for name, amount in requests.items():
        limit = limits.get(name)
        if limit is not None and number(amount) > number(limit):
            yield Problem(
                ("requests", name), f"={amount!r} is above limits.{name}={limit!r}: lower the "
                "request, or raise the limit"
            )  # fmt: skip
        elif limit is None and not _overcommitted(name):
            yield Problem(
                ("limits",), f" has no {name!r}, which is never shared out twice: give it as limit "
                f"too, {amount!r}"
            )  # fmt: skip
        elif limit is not None and not _overcommitted(name) and number(amount) != number(limit):
            yield Problem(("requests", name), f"={amount!r} is not limits.{name}={limit!r}: "
                          "expected the same, as it is never shared out twice")  # fmt: skip


def _overcommitted(name: str) -> bool:
    return name in _NATIVE or ("/" not in name and not name.startswith("hugepages-"))


def _amount_problems(part: str, name: str, amount: str | int | float) -> Iterator[Problem]:
    path = (part, name)
    if "/" not in name and name not in _NATIVE and not name.startswith("hugepages-"):
        close = get_close_matches(name, _NATIVE, 1, 0.5)
        hint = f"did you mean {close[0]!r}?" if close else f"expected {', '.join(_NATIVE)}"
        yield Problem(path, f": Kubernetes has no such resource; {hint}; one of a device plugin "
                      "has a domain, as 'nvidia.com/gpu'")  # fmt: skip
    elif name != "cpu" and number(amount) != int(number(amount)):
        unit = "counts bytes" if name in _NATIVE else "is counted in whole ones"
        meant = f"; did you mean '{str(amount)[:-1]}Mi'?" if str(amount).endswith("m") else ""
        yield Problem(path, f"={amount!r}: {name} {unit}, so there is no fraction{meant}")
    elif name in ("memory", "ephemeral-storage") and 0 < number(amount) < 2**20:
        yield Problem(path, f"={amount!r} is less than one MiB, as it counts bytes: did you mean "
                      f"'{amount}Mi'?")  # fmt: skip
    elif name == "cpu" and number(amount) >= 1024:
        yield Problem(path, f"={amount!r} are {int(number(amount))} cores: did you mean "
                      f"'{str(amount).rstrip('MGKi')}m'?")  # fmt: skip
