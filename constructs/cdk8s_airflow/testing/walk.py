"""Every value of a manifest, with its path."""

from __future__ import annotations

from collections.abc import Iterator


def walk(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield (path, leaf) of every leaf of a JSON value, empty containers included."""
    if isinstance(value, dict) and value:
        for key, child in value.items():
            yield from walk(child, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and value:
        for index, child in enumerate(value):
            yield from walk(child, f"{path}[{index}]")
    else:
        yield path, value
