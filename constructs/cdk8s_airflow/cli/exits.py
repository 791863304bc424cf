"""How commands end. The codes are a contract with those who call the command in CI."""

from __future__ import annotations

DONE = 0
FAILED = 1
"""Refused or failed; the reason is on standard error."""
MISUSED = 2
"""The command line was not understood."""
DIFFERENT = 3
"""Differences or findings, where the command was asked to tell by its exit code."""


class CommandError(Exception):
    """A command refuses or has failed; its text tells why, and what to do."""
