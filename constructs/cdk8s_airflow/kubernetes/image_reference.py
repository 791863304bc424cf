"""The grammar of image references, as registries and container runtimes read them.

See https://github.com/distribution/reference
"""

from __future__ import annotations

import re

_PART = re.compile(r"[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*")
_REGISTRY = re.compile(r"[a-zA-Z0-9][-a-zA-Z0-9]*(\.[a-zA-Z0-9][-a-zA-Z0-9]*)*(:[0-9]{1,5})?")
_IPV6_REGISTRY = re.compile(r"\[[0-9a-fA-F:]+\](:[0-9]{1,5})?")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}")


def is_repository(text: str) -> bool:
    """Whether it is a registry and path without tag: `quay.io:443/team/airflow`."""
    first, slash, rest = text.partition("/")
    is_registry = slash and ("." in first or ":" in first or first == "localhost")
    if is_registry and not (_REGISTRY.fullmatch(first) or _IPV6_REGISTRY.fullmatch(first)):
        return False
    path = rest if is_registry else text
    return len(text) <= 255 and all(_PART.fullmatch(part) for part in path.split("/"))


def is_reference(text: str) -> bool:
    """Whether it is an image with, or without, tag and digest."""
    name, at, digest = text.partition("@")
    if at and not _DIGEST.fullmatch(digest):
        return False
    path, colon, tag = name.rpartition(":")
    if colon and "/" not in tag:
        return bool(_TAG.fullmatch(tag)) and is_repository(path)
    return is_repository(name)
