"""Extensions."""

from __future__ import annotations


def encrypt_password(password: str, user: str, scope: object, algorithm: str) -> str:
    return f"{algorithm}:{user}:{len(password)}"
