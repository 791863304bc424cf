"""Problems of props, each with the path of the value that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Names of fields, keys and indexes that lead to a value."""


@dataclass(frozen=True)
class Problem:
    """A problem of one value."""

    path: Path
    """Where the value is."""
    text: str
    """What follows the path in a message: `='5x': expected ...` or `: no such field`."""

    def below(self, *steps: str | int) -> Problem:
        """The problem with a longer path."""
        return replace(self, path=(*steps, *self.path))

    def __str__(self) -> str:
        """The problem in one line."""
        return f"{format_path(self.path)}{self.text}"


class PropsError(ValueError):
    """The problems of an object of props, in one error."""

    def __init__(self, owner: str, problems: Iterable[Problem]) -> None:
        """Joins the problems to one text.

        Args:
            owner: name of the class of the props.
            problems: their problems; the first step of each path is a prop.
        """
        self.problems: Sequence[Problem] = tuple(problems)
        super().__init__("\n".join(f"{owner}.{problem}" for problem in self.problems))


def refuse(problems: Iterable[str]) -> None:
    """Raises all problems as one error.

    Args:
        problems: each in words that name the option, its value and what was expected.

    Raises:
        ValueError: if there is one.
    """
    if found := "\n".join(problems):
        raise ValueError(found)


def format_path(path: Path) -> str:
    """`pods.tolerations[0].key` and `env['NAME']`: what cannot be a field stands in brackets."""
    text = ""
    for place, step in enumerate(path):
        plain = isinstance(step, str) and step[:1].islower() and step.isalnum()
        text += f".{step}" if plain or (place == 0 and isinstance(step, str)) else f"[{step!r}]"
    return text.removeprefix(".")
