"""Numbers of generated keys: a new number is a new Secret, beside those that are in use."""

from __future__ import annotations

from collections.abc import Sequence

FIRST = 1
"""The number of what a new release has; its Secret carries none in its name."""


def numbered(name: str, number: int) -> str:
    """A name with its number, if that is not the first.

    Args:
        name: of a Secret, or of a user.
        number: of the key.
    """
    return name if number == FIRST else f"{name}-{number}"


def number_problems(option: str, numbers: Sequence[int]) -> list[str]:
    """The problems of a list of numbers, the one in use first.

    Args:
        option: how messages name the list.
        numbers: the list.
    """
    if not numbers or any(number < FIRST for number in numbers) or _repeated(numbers):
        return [
            f"{option}={list(numbers)!r}: expected different numbers from {FIRST} on, the one in "
            "use first, such as [1], then [1, 2], [2, 1], [2]"
        ]
    return []


def _repeated(numbers: Sequence[int]) -> bool:
    return len(set(numbers)) < len(numbers)
