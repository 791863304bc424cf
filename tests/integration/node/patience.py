"""How long a test waits before it calls something lost. No test asserts how fast something is."""

BUSY = 3
"""A limit is that of a quiet machine; a shared one has needed three times as long."""


def patience(seconds: float) -> float:
    """The limit of a wait, from what a quiet machine needs at most."""
    return BUSY * seconds
