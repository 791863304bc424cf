"""Who is asked for what."""

from __future__ import annotations

from collections.abc import Callable

listeners: dict[tuple[type, str], Callable[..., object]] = {}


def listen(target: type, name: str, function: Callable[..., object]) -> None:
    listeners[target, name] = function
