"""Writes the keys by which API servers check tokens to a file, a JSON Web Key Set.

Usage: python write_token_keys.py FILE

SIGNERS holds `{NAME: id}`: the key is the value of the environment variable NAME, or of the file
that NAME_FILE names, and its id is what tokens that it has signed say. Airflow signs with HS512
where it has a secret.
"""

import base64
import json
import os
import sys

from url import credential


def key_set(names: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    """The keys."""
    return {
        "keys": [
            {"kty": "oct", "alg": "HS512", "use": "sig", "kid": kid, "k": encoded(credential(name))}
            for name, kid in names.items()
        ]
    }


def encoded(secret: str) -> str:
    """A secret in the URL-safe base64 of JSON Web Keys, without its padding."""
    return base64.urlsafe_b64encode(secret.encode()).decode().rstrip("=")


def main(path: str) -> None:
    """Writes the file, readable by its owner only."""
    keys = key_set(json.loads(os.environ["SIGNERS"]))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(keys, file)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyError as error:
        sys.exit(f"write_token_keys.py: environment variable {error} is not set")
