"""Prints a URL whose credentials come from the environment, percent-quoted.

Usage: python -IS url.py 'redis://:{REDIS_PASSWORD}@host:6379/0'

`{NAME}` becomes the quoted value of the environment variable NAME, so that a password may hold any
character. No newline is printed: Airflow takes the output of an `AIRFLOW__..._CMD` as it is.
"""

import os
import re
import shlex
import sys
from urllib.parse import quote


def fill(template: str) -> str:
    """The template with each `{NAME}` replaced."""
    return re.sub(r"\{(\w+)\}", lambda name: quote(os.environ[name[1]], safe=""), template)


def option(name: str) -> str:
    """The value of a URL option of Airflow: its variable, or what its `_CMD` would print."""
    if name in os.environ:
        return os.environ[name]
    return fill(shlex.split(os.environ[f"{name}_CMD"])[-1])


if __name__ == "__main__":
    try:
        sys.stdout.write(fill(sys.argv[1]))
    except KeyError as error:
        sys.exit(f"url.py: environment variable {error} is not set")
