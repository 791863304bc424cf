"""What the providers of Airflow say about the types of connections, and checks by it."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from cdk8s_airflow.parts.connection import Connection

_ALMOST = 0.8
"""Likeness of two names that are meant to be one: `srv_lookup` and `srv_lokup`."""
PREFIX = "apache-airflow-providers-"


@cache
def connection_types() -> Mapping[str, Any]:
    """The data that scripts/generate_connection_types.py writes; read on first use only."""
    text = files("cdk8s_airflow.parts").joinpath("connection_types.json").read_text("utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


def misspelt_fields(connections: Mapping[str, object]) -> Iterator[str]:
    """The problems of fields of `extra` that are almost one of the type.

    Hooks take more than their providers describe, so that an unlike name is none.
    """
    for id, connection in connections.items():
        known = _facts(connection).get("extra", ())
        for name in (connection.extra or {}) if isinstance(connection, Connection) else ():
            field = name.rpartition("__")[2]  # as in extra__http__srv_lookup
            meant = difflib.get_close_matches(field, known, n=1, cutoff=_ALMOST)
            if meant and not field.startswith(meant[0]) and not meant[0].startswith(field):
                yield (
                    f"connections[{id!r}].extra has {name!r}, which no {_type(connection)} "
                    f"connection knows; did you mean {meant[0]!r}?"
                )


def doubtful_types(connections: Mapping[str, object], packages: Sequence[str]) -> Iterator[str]:
    """Warnings of types that nobody knows or the image lacks, and of fields that are not used.

    Args:
        connections: all connections.
        packages: requirements beside the official image; with an image of the user's, what it has
            is not known.
    """
    types = connection_types()["types"] if connections else {}
    for id, connection in connections.items():
        if not isinstance(connection, Connection):
            continue
        where = f"connections[{id!r}].conn_type={connection.conn_type!r}"
        facts = types.get(connection.conn_type)
        if facts is None:
            close = difflib.get_close_matches(connection.conn_type, types, n=1)
            if close:
                yield f"{where}: no provider that is known has it; did you mean {close[0]!r}?"
            continue
        provider = f"{PREFIX}{facts['provider']}"
        lacks = facts["provider"] and facts["provider"] not in connection_types()["in_image"]
        if lacks and not any(provider in each for each in packages):
            yield (
                f"{where} is of {provider}, which the official image lacks: give extra_packages="
                f"[{provider!r}], or an image with it"
            )
        unused = [name for name in facts["unused"] if getattr(connection, name, None) is not None]
        if unused:
            yield (
                f"connections[{id!r}] has {', '.join(unused)}, which {_type(connection)} "
                "connections do not use: leave it out, or give it in extra"
            )


def _facts(connection: object) -> Mapping[str, Any]:
    if not isinstance(connection, Connection) or not connection.extra:
        return {}
    found: Mapping[str, Any] = connection_types()["types"].get(connection.conn_type, {})
    return found


def _type(connection: object) -> str:
    return connection.conn_type if isinstance(connection, Connection) else ""
