"""Errors of an app as sentences, for those who write values files and no Python."""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

_NODE = re.compile(r"\s+at |\s*Node\.js v|\s*Error: Validation failed|\s*\^|$")


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turns an error about props or values files into its text, and ends the program with 1.

    Other errors are errors of the program, and keep their traceback.

    Raises:
        SystemExit: after a refusal.
    """
    try:
        yield
    except (TypeError, ValueError, ModuleNotFoundError) as error:
        if not _is_ours(error):
            raise
        sys.exit(str(error))
    except RuntimeError as error:
        if "Validation failed" not in str(error):
            raise
        sys.exit("\n".join(_lines(str(error))))


def _lines(text: str) -> Iterator[str]:
    """The lines of an error from Node, without its stack and the paths of constructs."""
    seen = set()
    for line in text.splitlines():
        plain = re.sub(r"^\s*(\[[^\]]*\] )?", "", line)
        if not _NODE.match(line) and "Validation failed" not in plain and plain not in seen:
            seen.add(plain)
            yield plain


def _is_ours(error: Exception) -> bool:
    """Whether the package has raised it, and not Python below one of its lines."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return "cdk8s_airflow" in last.filename and (last.line or "").lstrip().startswith("raise")
