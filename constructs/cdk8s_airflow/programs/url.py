"""Prints a URL or a JSON text whose credentials come from the environment, quoted.

Usage: python -IS url.py 'redis://:{REDIS_PASSWORD}@host:6379/0'
       python -IS url.py --json '{"password": "{REDIS_PASSWORD}"}'

`{NAME}` becomes the quoted value of the environment variable NAME, so that a password may hold any
character. No newline is printed: Airflow takes the output of an `AIRFLOW__..._CMD` as it is.
"""

import json
import os
import re
import shlex
import sys
from urllib.parse import quote


def fill(template: str, as_json: bool = False) -> str:
    """The template with each `{NAME}` replaced."""

    def value(name: re.Match[str]) -> str:
        text = os.environ[name[1]]
        return json.dumps(text)[1:-1] if as_json else quote(text, safe="")

    return re.sub(r"\{(\w+)\}", value, template)


def option(name: str) -> str:
    """The value of an option of Airflow: its variable, or what its `_CMD` would print."""
    if name in os.environ:
        return os.environ[name]
    words = shlex.split(os.environ[f"{name}_CMD"])
    return fill(words[-1], "--json" in words)


if __name__ == "__main__":
    try:
        sys.stdout.write(fill(sys.argv[-1], "--json" in sys.argv))
    except KeyError as error:
        sys.exit(f"url.py: environment variable {error} is not set")
