"""Content hashes: the same content gives the same name or annotation on every machine."""

from __future__ import annotations

import hashlib
import json


def content_hash(content: object, length: int = 8) -> str:
    """The first hex digits of the SHA-256 of `content` as canonical JSON.

    Args:
        content: anything JSON can hold; the order of mapping keys does not matter.
        length: digits to keep, 1 to 64; 8 suffice for the versions of one object.

    Returns:
        Lower-case hex digits, valid at the end of any Kubernetes name.
    """
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:length]
