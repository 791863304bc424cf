"""What a second apply would find changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from cdk8s_airflow.testing.kube_api.stored import stored, type_of_object
from cdk8s_airflow.testing.kube_api.types import Manifest, Type


def changes(manifest: Manifest) -> Iterator[str]:
    """Where an object comes back from the API server in another way than it was sent.

    What comes back unchanged is no difference for any kind of apply or diff. A field that is
    filled in is none either, unless it lies in a list or map that has one owner as a whole: there
    a server-side apply after a client-side one is a conflict.

    Raises:
        LookupError: when the kind, or an empty value, is not in the tables.
    """
    yield from _changes(type_of_object(manifest), manifest, stored(manifest), "", whole=False)


def _changes(kind: Type, sent: Any, back: Any, place: str, *, whole: bool) -> Iterator[str]:
    if isinstance(sent, dict):
        whole = whole or kind.merging == "atomic"
        for name, item in sent.items():
            here = f"{place}.{name}".lstrip(".")
            if name in back:
                yield from _changes(kind.field(name), item, back[name], here, whole=whole)
            else:
                yield f"{here}: the API server drops {item!r}: leave it out"
        added = {name: item for name, item in back.items() if name not in sent} if whole else {}
        for name, item in added.items():
            yield f"{place}: the API server fills in {name}: {item!r}, write it, too"
    elif isinstance(sent, list):
        yield from _twice(kind, back, place)
        whole = whole or kind.merging == "atomic"
        for number, (item, other) in enumerate(zip(sent, back, strict=True)):
            yield from _changes(kind.item, item, other, f"{place}[{number}]", whole=whole)
    elif (type(sent), sent) != (type(back), back):
        yield f"{place}: {sent!r} comes back as {back!r}, write it so"


def _twice(kind: Type, items: list[Any], place: str) -> Iterator[str]:
    """Items that a merge cannot tell apart."""
    if kind.merging == "map":
        keys = [tuple(item.get(key) for key in kind.keys) for item in items]
    elif kind.merging == "set":
        keys = [(item,) for item in items]
    else:
        return
    for key, count in Counter(keys).items():
        if count > 1:
            yield f"{place}: {', '.join(map(str, key))} is there {count} times"
