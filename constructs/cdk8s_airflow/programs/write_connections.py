"""Writes Airflow's connections to a file, with the credentials of the environment in them.

Usage: python -IS write_connections.py FILE

CONNECTIONS holds `{"connections": {id: {...}}, "credentials": {NAME: [path, ...]}}`: the value of
the environment variable NAME goes to each path, for example `["mysql_default", "password"]`. JSON
quotes it, so that it may hold any character.
"""

import json
import os
import sys


def fill(text: str) -> dict[str, object]:
    """The connections, with each credential at its places."""
    content = json.loads(text)
    connections: dict[str, object] = content["connections"]
    for name, paths in content["credentials"].items():
        for *parents, last in paths:
            place = content["connections"]
            for step in parents:
                place = place[step]
            place[last] = os.environ[name]
    return connections


def main(path: str) -> None:
    """Writes the file, readable by its owner only."""
    connections = fill(os.environ["CONNECTIONS"])
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(connections, file)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyError as error:
        sys.exit(f"write_connections.py: environment variable {error} is not set")
