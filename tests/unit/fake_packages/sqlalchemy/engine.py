"""URLs, and the names that listeners are registered with."""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import parse_qsl, unquote, urlsplit


def make_url(url: str) -> SimpleNamespace:
    parts = urlsplit(url)
    return SimpleNamespace(
        host=parts.hostname,
        port=parts.port,
        database=parts.path.removeprefix("/"),
        username=parts.username,
        password=unquote(parts.password or ""),
        query=dict(parse_qsl(parts.query)),
        get_backend_name=lambda: parts.scheme.partition("+")[0],
    )


class URL:
    pass


class Engine:
    pass


class Dialect:
    pass
