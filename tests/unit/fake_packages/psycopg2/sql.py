"""Statements."""

from __future__ import annotations


class Identifier:
    def __init__(self, name: str) -> None:
        self.text = f'"{name}"'


class Literal:
    def __init__(self, value: str | None) -> None:
        self.text = "NULL" if value is None else f"'{value}'"


class SQL:
    def __init__(self, text: str) -> None:
        self._text = text

    def format(self, *words: Identifier | Literal) -> str:
        return self._text.format(*(word.text for word in words))
